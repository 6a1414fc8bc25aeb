"""What differs between two texts of an article: block by block first, then word by word where a block was rewritten.

Blocks that stand in both are found by Python's SequenceMatcher over whole blocks; between them, what is alike is paired in
order by the words that both have, and each pair is compared by words (differences.py). The work is bounded: beyond LIMIT
pairs of words in all, a block that was rewritten is shown as taken out and put in.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString

from factcheck.articles.models import Snapshot
from factcheck.rendering.differences import merged

type Kind = Literal["same", "changed", "added", "removed"]

LIMIT = 3_000_000
PAIRS = 10_000
ALIKE = 0.35  # of the words of both
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|\w+")


class Row(NamedTuple):
    """A block of the older text, of the newer, or one that stands in both, rewritten or not."""

    kind: Kind
    html: SafeString


class Stretch(NamedTuple):
    """Rows that follow each other; those that are the same are folded, but for the one at either side of a change."""

    folded: bool
    rows: list[Row]


class Rewritten(NamedTuple):
    """The whole difference, and how many blocks were rewritten, put in and taken out."""

    stretches: list[Stretch]
    changed: int
    added: int
    removed: int


def rewritten(old: Sequence[str], new: Sequence[str]) -> Rewritten:
    """What differs between the blocks of two texts."""
    rows = list(_rows(old, new))
    kinds = Counter(row.kind for row in rows)
    return Rewritten(list(_folded(rows)), kinds["changed"], kinds["added"], kinds["removed"])


def blocks_of(text: str, blocks: Sequence[Sequence[str | int]]) -> list[str]:
    """The text of each block, told as (kind, start, end)."""
    return [text[int(start) : int(end)] for _kind, start, end in blocks]


def between(older: Snapshot, newer: Snapshot) -> Rewritten:
    return rewritten(blocks_of(older.text, older.blocks), blocks_of(newer.text, newer.blocks))


def _rows(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    left = LIMIT
    # Many blocks that are the same over and over ("***") would take the square of their number.
    often = max(len(old), len(new)) > 2_000
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=often).get_opcodes():
        if kind == "equal":
            yield from (Row("same", format_html("{}", block)) for block in old[i1:i2])
            continue
        for before, after in _paired(old[i1:i2], new[j1:j2]):
            if before is None:
                yield Row("added", format_html("<ins>{}</ins>", after))
            elif after is None:
                yield Row("removed", format_html("<del>{}</del>", before))
            elif (needed := len(_WORD.findall(before)) * len(_WORD.findall(after))) <= left:
                left -= needed
                yield Row("changed", merged(before, after))
            else:
                yield Row("changed", format_html("<del>{}</del> <ins>{}</ins>", before, after))


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """What was taken out and what was put in, in reading order; blocks that share their words together."""
    pairs: list[tuple[int, int]] = []
    if len(old) * len(new) <= PAIRS:
        words = [Counter(_WORD.findall(block)) for block in old]
        others = [Counter(_WORD.findall(block)) for block in new]
        pairs = _in_order([[_alike(one, other) for other in others] for one in words])
    at, to = 0, 0
    for before, after in [*pairs, (len(old), len(new))]:
        yield from ((block, None) for block in old[at:before])
        yield from ((None, block) for block in new[to:after])
        if before < len(old):
            yield old[before], new[after]
        at, to = before + 1, after + 1


def _alike(one: Counter[str], other: Counter[str]) -> float:
    """The share of the words of both that both have (Dice, 1945)."""
    total = one.total() + other.total()
    alike = 2 * (one & other).total() / total if total else 0.0
    return alike if alike >= ALIKE else 0.0


def _in_order(alike: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs that are alike most in all, none crossing another: the longest common subsequence, weighted."""
    rows, columns = len(alike), len(alike[0]) if alike else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            together = alike[row][column]
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                together + best[row + 1][column + 1] if together else 0.0,
            )
    pairs, row, column = [], 0, 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return pairs


def _folded(rows: Sequence[Row]) -> Iterator[Stretch]:
    """Of what is the same, the block before and the block after a change stay in sight."""
    near = {number + step for number, row in enumerate(rows) if row.kind != "same" for step in (-1, 0, 1)}
    stretch: list[Row] = []
    folded = False
    for number, row in enumerate(rows):
        away = number not in near
        if stretch and away != folded:
            yield Stretch(folded, stretch)
            stretch = []
        folded = away
        stretch.append(row)
    if stretch:
        yield Stretch(folded, stretch)

"""What differs between two texts of an article: block by block first, then word by word where a block was rewritten.

Blocks that stand once in both texts are found first, then by Python's SequenceMatcher those that stand there more often;
between them, what is alike is paired in order by the words that both have, and each pair is compared by words
(differences.py). The work is bounded: beyond LIMIT pairs of words in all, a block that was rewritten is shown as taken out
and put in.
"""

import re
from bisect import bisect_left
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
BLOCKS = 3_000_000  # blocks of one text times blocks of the other that are compared with each other
PAIRS = 10_000
NEAR = 12
ALIKE = 0.35  # of the words of both
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]|\w+")


class Row(NamedTuple):
    """A block of the older text, of the newer, or one that stands in both, rewritten or not."""

    kind: Kind
    html: SafeString


class Stretch(NamedTuple):
    """Rows that follow each other; those that are the same are folded, but for the one at either side of a change.

    One alone is not folded: the line that stands for it would be as long.
    """

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
    for same, before, after in _stretches(old, new):
        if same:
            yield from (Row("same", format_html("{}", block)) for block in before)
            continue
        for was, becomes in _paired(before, after):
            if was is None:
                yield Row("added", format_html("<ins>{}</ins>", becomes))
            elif becomes is None:
                yield Row("removed", format_html("<del>{}</del>", was))
            elif (needed := len(_WORD.findall(was)) * len(_WORD.findall(becomes))) <= left:
                left -= needed
                yield Row("changed", merged(was, becomes))
            else:
                yield Row("changed", format_html("<del>{}</del> <ins>{}</ins>", was, becomes))


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[bool, Sequence[str], Sequence[str]]]:
    """Blocks that stand in both, and what stands between them in either: (same, of the old, of the new)."""
    left = BLOCKS
    at, to = 0, 0
    for before, after in [*_anchors(old, new), (len(old), len(new))]:
        needed = (before - at) * (after - to)
        if needed and needed <= left:
            left -= needed
            matcher = SequenceMatcher(None, old[at:before], new[to:after], autojunk=False)
            for kind, i1, i2, j1, j2 in matcher.get_opcodes():
                yield kind == "equal", old[at + i1 : at + i2], new[to + j1 : to + j2]
        elif before > at or after > to:
            yield False, old[at:before], new[to:after]
        if before < len(old):
            yield True, old[before : before + 1], new[after : after + 1]
        at, to = before + 1, after + 1


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Blocks that stand once in both, as many of them as follow each other in both.

    Patience sorting (Fredman, "On computing the length of longest increasing subsequences", 1975): n log n for n blocks.
    """
    once = [block for block, times in Counter(old).items() if times == 1]
    there = {block: number for number, block in enumerate(new)}
    counts = Counter(new)
    places = {block: number for number, block in enumerate(old)}
    pairs = sorted((places[block], there[block]) for block in once if counts[block] == 1)
    ends: list[int] = []
    last: list[int] = []  # which pair ends the best row of each length
    before: list[int] = []
    for number, (_place, other) in enumerate(pairs):
        length = bisect_left(ends, other)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [other]
        last[length : length + 1] = [number]
    found, number = [], last[-1] if last else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """What was taken out and what was put in, in reading order; blocks that share their words together."""
    if len(old) * len(new) > BLOCKS:
        yield from ((block, None) for block in old)
        yield from ((None, block) for block in new)
        return
    words = [Counter(_WORD.findall(block)) for block in old]
    others = [Counter(_WORD.findall(block)) for block in new]
    if len(old) * len(new) <= PAIRS:
        pairs = _in_order([[_alike(one, other) for other in others] for one in words])
    else:
        pairs = list(_next_alike(words, others))
    at, to = 0, 0
    for before, after in [*pairs, (len(old), len(new))]:
        yield from ((block, None) for block in old[at:before])
        yield from ((None, block) for block in new[to:after])
        if before < len(old):
            yield old[before], new[after]
        at, to = before + 1, after + 1


def _next_alike(words: Sequence[Counter[str]], others: Sequence[Counter[str]]) -> Iterator[tuple[int, int]]:
    """Of very many: each with the next one that is like it, not far from where it would stand."""
    at = 0
    for number, one in enumerate(words):
        near = range(at, min(at + NEAR, len(others)))
        found = next((other for other in near if _alike(one, others[other])), None)
        if found is not None:
            yield number, found
            at = found + 1


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
            yield Stretch(folded and len(stretch) > 1, stretch)
            stretch = []
        folded = away
        stretch.append(row)
    if stretch:
        yield Stretch(folded and len(stretch) > 1, stretch)

"""A text and its highlights as HTML, for both faces: the desk's workspace and the readers' article page.

Strings, not templates: a long article with hundreds of highlights is drawn in a few milliseconds. What stands in the
elements is the snapshot's text, code point for code point, apart from elements that carry `data-decoration`.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import chain, pairwise
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from factcheck.anchoring import spans
from factcheck.anchoring.spans import Run, Span
from factcheck.articles.models import Block, BlockKind

CONTEXT = 200  # code points on either side of a highlight that an excerpt may show
NEAR = 24  # excerpts nearer to each other than this are shown as one
LANES = 3

_ELEMENTS = {
    BlockKind.PARAGRAPH.value: "p",
    BlockKind.HEADING.value: "h2",
    BlockKind.QUOTATION.value: "blockquote",
    BlockKind.LIST_ITEM.value: "li",
}
_OMITTED = ("", '<p class="ellipsis" data-decoration>[…]</p>')
_ELLIPSIS_BEFORE = '<span class="ellipsis" data-decoration>… </span>'
_ELLIPSIS_AFTER = '<span class="ellipsis" data-decoration> …</span>'
# The end of a sentence, with the quotation marks and brackets that close after it and the space up to the next one. A
# full stop ends one only after three letters or a digit, so that initials and "Dr." do not.
_SENTENCE_END = re.compile(
    r"(?:(?<=\w\w\w|\d\d\d)\.|(?<=\d)\.|(?<![(\[])…|[!?؟۔।])[\"'”’»)\]]*\s+(?=\S)|[。！？][」』”’）]*"
)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Mark:
    """A highlight as it is drawn. Spans are code points; the sign "none" means that there is no verdict yet."""

    key: str
    spans: tuple[tuple[int, int], ...]
    hue: str = "grey"
    sign: str = "none"
    word: str = ""
    number: int | None = None
    href: str = ""  # readers: the address of the claim
    title: str = ""


class Piece(NamedTuple):
    """What is shown of a block, and whether something of it is left out before and after."""

    kind: str
    start: int
    end: int
    block: int
    cut_before: bool = False
    cut_after: bool = False


def blocks_html(text: str, blocks: Sequence[Block], marks: Iterable[Mark]) -> SafeString:
    """The whole text: an element a block with `data-start`, list items in a list, each highlight as nested marks.

    The first run of a highlight has the id "highlight-KEY"; where a passage of it ends stands its number or, when it
    leads somewhere, its sign and word. Raises ValueError for spans without length or outside the text.
    """
    pieces = [Piece(block.kind, block.start, block.end, number) for number, block in enumerate(blocks)]
    drawn = ((piece.kind, element) for piece, element in _drawn(text, pieces, list(marks)))
    return mark_safe("".join(_in_lists(drawn)))  # noqa: S308  # every part was escaped on its way in


def excerpts_html(text: str, blocks: Sequence[Block], marks: Iterable[Mark], context: int = CONTEXT) -> SafeString:
    """The highlights, each in its sentence, and nothing else of the text; "[…]" stands for blocks that are left out.

    Of the sentence at most `context` code points are shown on either side, cut between words.
    """
    marks = list(marks)
    drawn = _drawn(text, _excerpts(text, blocks, marks, context), marks)
    return mark_safe("".join(_in_lists(_with_omissions(drawn, len(blocks)))))  # noqa: S308  # escaped where it was put together


@cache
def sign_html(sign: str) -> str:
    """A rating's sign by its key, as the templates show it."""
    return render_to_string("shared/sign.html", {"sign": sign}).strip()


def _with_omissions(drawn: Iterable[tuple[Piece, str]], blocks: int) -> Iterator[tuple[str, str]]:
    before = -1
    for piece, element in drawn:
        if piece.block > before + 1:
            yield _OMITTED
        before = piece.block
        yield piece.kind, element
    if before < blocks - 1:
        yield _OMITTED


def _in_lists(elements: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The elements, with a list around each row of list items."""
    listing = False
    for kind, element in elements:
        if (kind == BlockKind.LIST_ITEM) != listing:
            listing = not listing
            yield "<ul>" if listing else "</ul>"
        yield element
    if listing:
        yield "</ul>"


def _drawn(text: str, pieces: Sequence[Piece], marks: Sequence[Mark]) -> Iterator[tuple[Piece, str]]:
    """Each piece with its element."""
    pen = _Pen(marks)
    cut = [
        (piece, list(runs))
        for piece, runs in spans.blocks(
            text, pieces, [Span(start, end, mark.key) for mark in marks for start, end in mark.spans]
        )
    ]
    runs = list(chain.from_iterable(runs for _, runs in cut))
    # Where a passage ends: a highlight that the next run does not go on with.
    ends = [set(run.keys).difference(after.keys) for run, after in pairwise(runs)]
    ends += [set(runs[-1].keys)] if runs else []
    ending = iter(ends)
    for piece, of_piece in cut:
        words = "".join(pen.run(run, next(ending)) for run in of_piece)
        before = _ELLIPSIS_BEFORE if piece.cut_before else ""
        after = _ELLIPSIS_AFTER if piece.cut_after else ""
        element = _ELEMENTS[piece.kind]
        # Each by its own direction: an Arabic article may have a Latin title, and a quotation of either kind.
        yield piece, f'<{element} dir="auto" data-start="{piece.start}">{before}{words}{after}</{element}>'


class _Pen:
    """Draws run after run, and knows which highlights it has drawn before."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.order = {mark.key: number for number, mark in enumerate(marks)}
        self.marks = {mark.key: mark for mark in marks}
        self.tags = {key: _tag(self.marks[key], lane) for key, lane in _lanes(marks).items()}
        self.opening = {key: tag + _first(self.marks[key]) for key, tag in self.tags.items()}
        self.linked: set[str] = set()

    def run(self, run: Run, ending: Iterable[object]) -> str:
        words = _escaped(run.text)
        if not run.keys:
            return words
        keys = [str(key) for key in run.keys]
        tags = "".join(f"{(self.opening if key in run.opens else self.tags)[key]}>" for key in keys)
        if href := self.marks[keys[-1]].href:
            words = f"{self._link(keys[-1], href)}{words}</a>"
        ended = sorted((str(key) for key in ending), key=self.order.__getitem__)
        return f"{tags}{words}{'</mark>' * len(keys)}{''.join(self._decoration(key) for key in ended)}"

    def _link(self, key: str, href: str) -> str:
        """A link; of all that lead from one highlight to the same place, the keyboard stops at the first."""
        again = ' tabindex="-1"' if key in self.linked else ""
        self.linked.add(key)
        return f'<a href="{escape(href)}"{again}>'

    def _decoration(self, key: str) -> str:
        mark = self.marks[key]
        if mark.href:
            word = f'<span class="word">{escape(mark.word)}</span>' if mark.word else ""
            told = f"{self._link(key, mark.href)}{sign_html(mark.sign)}{word}</a>"
        elif mark.number is not None:
            told = str(mark.number)
        else:
            return ""
        of = "" if mark.href else f' data-of="{escape(mark.key)}"'
        return f'<sup class="n hue-{escape(mark.hue)}" data-decoration{of}>{told}</sup>'


def _tag(mark: Mark, lane: int) -> str:
    """The beginning of a highlight's element, not closed yet."""
    no_verdict = " open" if mark.sign == "none" else ""
    key = "" if mark.href else f' data-highlight="{escape(mark.key)}"'
    title = f' title="{escape(mark.title)}"' if mark.title else ""
    return f'<mark class="hl hue-{escape(mark.hue)}{no_verdict} depth-{lane}"{key}{title}'


def _first(mark: Mark) -> str:
    """What the first element of a highlight has besides; on the desk it points to the claim's card."""
    details = "" if mark.href else f' aria-details="card-{escape(mark.key)}"'
    return f' id="highlight-{escape(mark.key)}"{details}'


def _lanes(marks: Iterable[Mark]) -> dict[str, int]:
    """A lane for each highlight: the first that is free in all its passages; the last one when none is."""
    taken: list[list[tuple[int, int]]] = [[] for _ in range(LANES)]
    lanes: dict[str, int] = {}
    for mark in sorted(marks, key=lambda mark: min(((start, -end) for start, end in mark.spans), default=(0, 0))):
        lane = next((number for number, row in enumerate(taken) if _free(row, mark.spans)), None)
        if lane is not None:
            for span in mark.spans:
                insort(taken[lane], span)
        lanes[mark.key] = LANES if lane is None else lane + 1
    return lanes


def _free(row: list[tuple[int, int]], places: Iterable[tuple[int, int]]) -> bool:
    for start, end in places:
        at = bisect_left(row, (end, end))
        if at and row[at - 1][1] > start:
            return False
    return True


def _excerpts(text: str, blocks: Sequence[Block], marks: Iterable[Mark], context: int) -> list[Piece]:
    """What is shown of each block: the highlights' sentences, those near each other as one."""
    starts, ends = [block.start for block in blocks], [block.end for block in blocks]
    standing: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for start, end in sorted({span for mark in marks for span in mark.spans}):
        for number in range(bisect_right(ends, start), bisect_left(starts, end)):
            standing[number].append((max(start, starts[number]), min(end, ends[number])))
    pieces: list[Piece] = []
    for number, places in sorted(standing.items()):
        block = blocks[number]
        windows: list[tuple[int, int]] = []
        for start, end in places:
            window = (_backwards(text, block, start, context), _forwards(text, block, end, context))
            if windows and window[0] <= windows[-1][1] + NEAR:
                window = (min(windows[-1][0], window[0]), max(windows.pop()[1], window[1]))
            windows.append(window)
        pieces += [
            Piece(
                block.kind,
                start,
                end,
                number,
                cut_before=not at and start > block.start,
                cut_after=end < block.end,
            )
            for at, (start, end) in enumerate(windows)
        ]
    return pieces


def _backwards(text: str, block: Block, at: int, context: int) -> int:
    """Where the excerpt of a highlight that begins there begins."""
    furthest = max(block.start, at - context)
    ends = [end.end() for end in _SENTENCE_END.finditer(text, furthest, min(at + 1, block.end)) if end.end() <= at]
    if ends:
        return ends[-1]
    if furthest == block.start:
        return furthest
    if space := _SPACE.search(text, furthest, at):
        return space.end()
    while furthest < at and _goes_on(text, furthest):
        furthest += 1
    return furthest


def _forwards(text: str, block: Block, at: int, context: int) -> int:
    """Where the excerpt of a highlight that ends there ends."""
    furthest = min(block.end, at + context)
    for end in _SENTENCE_END.finditer(text, max(block.start, at - 4), min(furthest + 1, block.end)):
        if end.end() >= at:
            return max(at, end.start() + len(end.group().rstrip()))
    if furthest == block.end:
        return furthest
    if spaces := [space.start() for space in _SPACE.finditer(text, at, furthest)]:
        return spaces[-1]
    while furthest > at and _goes_on(text, furthest):
        furthest -= 1
    return furthest


def _goes_on(text: str, at: int) -> bool:
    """Whether a cut there would part a character from its marks or joined pictures."""
    return unicodedata.category(text[at]).startswith("M") or "\u200d" in text[at - 1 : at + 1]


def _escaped(text: str) -> str:
    # A carriage return would be read as a line feed.
    return escape(text).replace("\r", "&#13;")

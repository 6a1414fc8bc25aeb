"""Cut a text into runs, so that any number of highlights can be drawn on it, however they overlap.

A tree of elements cannot hold two highlights that overlap without nesting. So the text is cut wherever a
highlight begins or ends, and each run knows all the highlights that cover it. Offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol


class Span(NamedTuple):
    """Words to be drawn as one highlight, known by its key.

    A highlight of several passages is several spans with one key; those that overlap or touch become one.
    """

    start: int
    end: int
    key: Hashable


class Run(NamedTuple):
    """A piece of text that the same highlights cover from its beginning to its end.

    `keys` are those highlights, the outermost first: the longest, then the one that begins first, then as
    given. `opens` are the ones drawn here for the first time, `closes` the ones drawn here for the last
    time, each in the order of `keys`; in everything that one call cuts, a key opens once and closes once.
    """

    start: int
    end: int
    text: str
    keys: tuple[Hashable, ...]
    opens: tuple[Hashable, ...]
    closes: tuple[Hashable, ...]


class Extent(Protocol):
    """A piece of a text: anything with a start and an end, such as a block."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


class _Extent(NamedTuple):
    start: int
    end: int


def cut(text: str, spans: Iterable[Span], start: int = 0, end: int | None = None) -> Iterator[Run]:
    """The runs of text[start:end] in reading order; joined, they are that text. No run is empty.

    What spans have outside of it is not drawn. Several pieces of one text belong into one call of `blocks`,
    so that each key opens and closes once in all of them. Takes O(n log n) for n spans, and time for each
    key that it hands out.

    Raises ValueError for a span without length or outside the text, and for a piece outside the text.
    """
    piece = _Extent(start, len(text) if end is None else end)
    return (run for _, runs in blocks(text, [piece], spans) for run in runs)


def blocks[B: Extent](text: str, blocks: Iterable[B], spans: Iterable[Span]) -> Iterator[tuple[B, list[Run]]]:
    """Each block with its runs; a span may cross blocks, and what stands between them is not drawn.

    The blocks stand in reading order and do not overlap. They need not be whole: for an excerpt, pass the
    pieces that are shown. A span of which nothing is shown is in no run.

    Raises ValueError as `cut` does, and for blocks out of order.
    """
    pieces = list(blocks)
    _check(text, pieces)
    return _sweep(text, pieces, _drawn(_joined(text, spans), pieces))


class _Drawn(NamedTuple):
    """What is shown of a span, and whether its key opens and closes with it."""

    start: int
    end: int
    key: Hashable
    opens: bool
    closes: bool


def _check(text: str, pieces: Sequence[Extent]) -> None:
    before = 0
    for piece in pieces:
        if not before <= piece.start <= piece.end <= len(text):
            raise ValueError(f"{piece.start}:{piece.end} is out of order or leaves a text of {len(text)} code points.")
        before = piece.end


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans from the outermost to the innermost, those of one key that overlap or touch made one."""
    of_key: dict[Hashable, list[tuple[int, int]]] = defaultdict(list)
    for start, end, key in spans:
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{start}:{end} has no length or leaves a text of {len(text)} code points.")
        of_key[key].append((start, end))
    joined: list[Span] = []
    for key, places in of_key.items():
        start, end = min(places)
        for next_start, next_end in sorted(places):
            if next_start > end:
                joined.append(Span(start, end, key))
                start = next_start
            end = max(end, next_end)
        joined.append(Span(start, end, key))
    # The sort is stable: what is alike in both keeps the order in which it was given.
    return sorted(joined, key=lambda span: (span.start - span.end, span.start))


def _drawn(spans: list[Span], pieces: Sequence[Extent]) -> list[_Drawn]:
    """The spans drawn in to the pieces, so that none begins or ends where nothing is shown."""
    shown = [piece for piece in pieces if piece.start < piece.end]
    starts, ends = [piece.start for piece in shown], [piece.end for piece in shown]
    clipped: list[Span] = []
    for start, end, key in spans:
        first, last = bisect_right(ends, start), bisect_left(starts, end) - 1
        if first <= last:
            clipped.append(Span(max(start, starts[first]), min(end, ends[last]), key))
    opening: dict[Hashable, int] = {}
    closing: dict[Hashable, int] = {}
    for start, end, key in clipped:
        opening[key] = min(start, opening.get(key, start))
        closing[key] = max(end, closing.get(key, end))
    return [_Drawn(start, end, key, start == opening[key], end == closing[key]) for start, end, key in clipped]


def _sweep[B: Extent](text: str, pieces: list[B], drawn: list[_Drawn]) -> Iterator[tuple[B, list[Run]]]:
    """Walk over every edge once, keeping the spans that cover the place; a span's number is its rank."""
    starting: dict[int, list[int]] = defaultdict(list)
    ending: dict[int, list[int]] = defaultdict(list)
    for rank, span in enumerate(drawn):
        starting[span.start].append(rank)
        ending[span.end].append(rank)
    edges = sorted(
        {
            *starting,
            *ending,
            *(edge for piece in pieces for edge in (piece.start, piece.end)),
        }
    )
    covering: list[int] = []
    at = 0
    for piece in pieces:
        runs: list[Run] = []
        while edges[at] < piece.end:
            start, end = edges[at], edges[at + 1]
            for rank in ending.get(start, ()):
                del covering[bisect_left(covering, rank)]
            for rank in starting.get(start, ()):
                insort(covering, rank)
            if start >= piece.start:
                runs.append(
                    Run(
                        start,
                        end,
                        text[start:end],
                        tuple(drawn[rank].key for rank in covering),
                        tuple(drawn[rank].key for rank in starting.get(start, ()) if drawn[rank].opens),
                        tuple(drawn[rank].key for rank in ending.get(end, ()) if drawn[rank].closes),
                    )
                )
            at += 1
        yield piece, runs

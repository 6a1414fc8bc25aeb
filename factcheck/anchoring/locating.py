"""Find a quote in a text that may have changed since the quote was taken.

This engine knows verbatim words only. It looks for them with as much of their old context as still stands,
in falling order, and stops at the first that is found: all of the context; its nearer half on both sides;
one whole side; the nearer half of one side; the words alone. It says that it is not sure rather than guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from factcheck.anchoring.quote import Quote

NEAR = 16
"""Code points of a side that stand for all of it when the farther ones were edited: half of the usual."""

ENOUGH = 32
"""Code points, words and agreeing context together, by which words that lost a neighbour are known.

Measured on 565 English posts of 10,000 characters on average: a phrase of 32 has a verbatim twin elsewhere in
its post in 1.6 % of cases, one of 16 in 7 %, one of 8 in 30 %.
"""

MOST_CANDIDATES = 100
"""Candidates listed at most: nobody chooses among more, and a single letter can have a million."""


class Status(StrEnum):
    """How the quote stands in the text.

    exact      the words stand unchanged where they would be after the edits before them
    moved      unchanged, but elsewhere among their neighbours
    edited     the words themselves were changed (not produced yet: such words are reported as gone)
    ambiguous  the words stand there, once or more often, but which of them is meant cannot be told
    gone       the words do not stand there
    """

    EXACT = "exact"
    MOVED = "moved"
    EDITED = "edited"
    AMBIGUOUS = "ambiguous"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a quote stands, in code points of the text it was looked for in.

    `start` and `end` are None for ambiguous and gone. `candidates` are the places that may be meant, in
    reading order: the place itself when it was found, at most a hundred when ambiguous, none when gone.
    """

    status: Status
    start: int | None = None
    end: int | None = None
    candidates: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text made ready for many quotes to be located in it."""

    text: str


def prepare(text: str) -> Prepared:
    """Make a text ready, so that what is needed for every quote is worked out once."""
    return Prepared(text)


def locate(quote: Quote, text: str | Prepared) -> Location:
    """Where the quote stands in the text; never raises.

    Exact: all the context there is agrees, or at least its nearer half on both sides; or the words stand at
    their `start` and one side agrees. Moved: one side agrees, or neither, but the words are long enough to
    know them by. Ambiguous: several places agree equally well and none is at `start`; or so little agrees
    that it may be there by chance, even when it is there once. Gone: the words do not stand there verbatim.

    Of places that agree equally well the one at `start` is taken, so that a text in which nothing changed
    gives every quote back as exact. Where a text repeats itself, context and all, and one repetition was
    cut out before the quote, this takes the next repetition for the quote.
    """
    string = text.text if isinstance(text, Prepared) else text
    for in_place, contexts in _steps(quote):
        if found := _places(quote, contexts, string):
            return _judge(quote, found, in_place)
    return Location(Status.GONE)


def _steps(quote: Quote) -> Iterator[tuple[bool, list[tuple[str, str]]]]:
    """What may stand around the words, the most first, and whether it leaves them in place."""
    near_prefix, near_suffix = quote.prefix[-NEAR:], quote.suffix[:NEAR]
    yield True, [(quote.prefix, quote.suffix)]
    yield True, [(near_prefix, near_suffix)]
    yield False, [(quote.prefix, ""), ("", quote.suffix)]
    yield False, [(near_prefix, ""), ("", near_suffix)]
    yield False, [("", "")]


def _places(quote: Quote, contexts: list[tuple[str, str]], text: str) -> dict[int, int]:
    """Where the words begin in one of these contexts, and how many code points agree there with them."""
    found: dict[int, int] = {}
    for prefix, suffix in contexts:
        whole = prefix + quote.exact + suffix
        # The old place is asked for by itself, since it may lie beyond the candidates that are listed.
        begin = -1 if quote.start is None else quote.start - len(prefix)
        if begin >= 0 and text.startswith(whole, begin):
            found[begin + len(prefix)] = len(whole)
        for begin in islice(_occurrences(whole, text), MOST_CANDIDATES):
            found.setdefault(begin + len(prefix), len(whole))
    return found


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Every place where the words begin, also where they overlap their own repetition."""
    begin = text.find(words)
    while begin >= 0:
        yield begin
        begin = text.find(words, begin + 1)


def _judge(quote: Quote, found: dict[int, int], in_place: bool) -> Location:
    """What to say of places that agree equally well."""
    length = len(quote.exact)
    if quote.start in found:
        start, status = quote.start, Status.EXACT
        sure = in_place or found[start] > length or length >= ENOUGH
    else:
        start = next(iter(found))
        # Without a start and without neighbours there is no place that the words could have left.
        known = quote.start is None or quote.prefix or quote.suffix
        status = Status.EXACT if in_place and known else Status.MOVED
        sure = len(found) == 1 and (in_place or found[start] >= ENOUGH)
    if sure:
        return Location(status, start, start + length, ((start, start + length),))
    candidates = tuple((begin, begin + length) for begin in sorted(found)[:MOST_CANDIDATES])
    return Location(Status.AMBIGUOUS, candidates=candidates)

"""Find a quote in a text that may have changed since the quote was taken.

Quote and text are folded, so that typography, case and Unicode form do not count (folding.py). The places that may be meant
are the words verbatim, what stands now between the ends of the old context, and where the text shares many short runs of
characters with the quote (finding.py). Each is judged by the words, the context and its lead over the others together
(weighing.py). Where that is not enough the answer is ambiguous or gone rather than a guess: a sentence that was taken out must
not come back on one that is like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, islice

from rapidfuzz.distance import Levenshtein

from factcheck.anchoring import weighing
from factcheck.anchoring.finding import MOST_CANDIDATES, Place, Prepared, Search, occurrences, prepare
from factcheck.anchoring.folding import fold
from factcheck.anchoring.quote import Quote
from factcheck.anchoring.weighing import sure, weighed

__all__ = ["MOST_CANDIDATES", "Change", "Location", "Prepared", "Status", "locate", "prepare"]

SURE = 0.6
"""The lead in probability over all other places from which on one is taken for the quote's."""


class Status(StrEnum):
    """How the quote stands in the text.

    exact      the words stand unchanged where they would be after the edits before them
    moved      unchanged, but elsewhere among their neighbours
    edited     the words themselves were changed
    ambiguous  they may stand there, but which place is meant cannot be told
    gone       they do not stand there
    """

    EXACT = "exact"
    MOVED = "moved"
    EDITED = "edited"
    AMBIGUOUS = "ambiguous"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Change:
    """Words of the quote and what stands for them in the text; one of the two is empty where words came or went.

    `was_at` counts in the quote's exact words, `now_at` in the text, both in code points.
    """

    was: str
    now: str
    was_at: int
    now_at: int


@dataclass(frozen=True, slots=True)
class Location:
    """Where a quote stands, in code points of the text it was looked for in.

    `start` and `end` are None for ambiguous and gone. `candidates` are the places that may be meant, in
    reading order: the place itself when it was found, at most a hundred when ambiguous, none when gone.

    `confidence` is the probability that the answer is right: that this is the place, that it is one of the
    candidates, that it is gone. `margin` is how much likelier the likeliest place is than the runner-up.
    Locations are equal that name the same place, however sure.
    """

    status: Status
    start: int | None = None
    end: int | None = None
    candidates: tuple[tuple[int, int], ...] = ()
    confidence: float = field(default=0.0, compare=False)
    margin: float = field(default=0.0, compare=False)
    was: str = field(default="", compare=False, repr=False)
    now: str = field(default="", compare=False, repr=False)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Which words were changed into what, in reading order; none unless edited."""
        return tuple(_changes(self.was, self.now, self.start or 0)) if self.status is Status.EDITED else ()


def locate(quote: Quote, text: str | Prepared) -> Location:
    """Where the quote stands in the text; never raises.

    It is found where one place is likelier than all others by SURE. Otherwise it is ambiguous if it likely stands at one of
    several places, or if its words do stand there; else it is gone.

    Where a text repeats itself, context and all, and one repetition was cut out before the quote, this takes the next
    repetition for the quote: a text in which nothing changed gives every quote back as exact.
    """
    prepared = text if isinstance(text, Prepared) else prepare(text)
    start = quote.start
    if start is not None and start >= len(quote.prefix):
        whole = quote.prefix + quote.exact + quote.suffix
        if prepared.text.startswith(whole, start - len(quote.prefix)):
            span = (start, start + len(quote.exact))
            return Location(Status.EXACT, *span, (span,), confidence=weighing.CERTAIN, margin=1.0)
    search = Search.of(quote, prepared)
    if not search.words:
        return _of_signs_alone(quote, prepared.text)
    places, closed = search.places()
    ranked = weighed(search, places, closed)
    if not ranked:
        return Location(Status.GONE, confidence=sure(1.0, weighing.GONE))
    best = ranked[0]
    margin = best.likely - (ranked[1].likely if len(ranked) > 1 else 0.0)
    same = [place for place in ranked if place.same]
    if not (quote.prefix or quote.suffix) and len(same) == 1:
        # Nothing is known but the words, and nothing speaks against the one place where they stand.
        return _found(search, same[0], max(weighing.ALONE, sure(same[0].likely, weighing.FOUND)), margin)
    # Where the words were taken out, a copy that is written differently was hardly moved there.
    copied = closed >= 0.8 and best.same and quote.exact not in prepared.text
    if margin >= SURE and not copied:
        return _found(search, best, sure(best.likely, weighing.FOUND), margin)
    some = sum(place.likely for place in ranked)
    if (gone := sure(1 - some, weighing.GONE)) >= 0.5 and not (same and some >= 0.02):
        return Location(Status.GONE, confidence=gone, margin=margin)
    meant = [place for place in ranked if place.likely * 5 >= best.likely][:MOST_CANDIDATES]
    spans = tuple(sorted(_span(search, place) for place in meant))
    some = sure(sum(place.likely for place in meant), weighing.SEVERAL if best.same else weighing.SEVERAL_EDITED)
    return Location(Status.AMBIGUOUS, candidates=spans, confidence=some, margin=margin)


def _of_signs_alone(quote: Quote, text: str) -> Location:
    """Of words that fold to nothing, such as a line feed: where they stand, compared as they came."""
    whole = quote.prefix + quote.exact + quote.suffix
    found = list(islice(occurrences(whole, text), 2))
    if len(found) == 1:
        start = found[0] + len(quote.prefix)
        span = (start, start + len(quote.exact))
        return Location(Status.EXACT, *span, (span,), confidence=weighing.CERTAIN, margin=1.0)
    spans = [(at, at + len(quote.exact)) for at in islice(occurrences(quote.exact, text), MOST_CANDIDATES)]
    if spans:
        return Location(Status.AMBIGUOUS, candidates=tuple(spans), confidence=weighing.CERTAIN)
    return Location(Status.GONE, confidence=weighing.CERTAIN)


def _found(search: Search, place: Place, likely: float, margin: float) -> Location:
    start, end = span = _span(search, place)
    if not place.same:
        was, now = search.quote.exact, search.prepared.text[start:end]
        return Location(Status.EDITED, start, end, (span,), likely, margin, was, now)
    status = Status.EXACT if _in_place(search, place, start) else Status.MOVED
    return Location(status, start, end, (span,), likely, margin)


def _span(search: Search, place: Place) -> tuple[int, int]:
    """Start and end of a place in the text as it came."""
    folded, exact = search.prepared.folded, search.quote.exact
    start, end = folded.start(place.start), folded.end(place.end)
    if place.same:
        # What the folding dropped at the ends, spaces above all, still belongs to the words where it stands there.
        at = search.prepared.text.find(exact, max(0, start - len(exact)), end + len(exact))
        if 0 <= at <= start + len(exact) and at < end and start < at + len(exact):
            return at, at + len(exact)
    return start, end


def _in_place(search: Search, place: Place, start: int) -> bool:
    """Whether words that stand there unchanged stand where they would be after the edits before them.

    They do at their old offset, and where their neighbours are. With one neighbour alone they do if the other is not to be
    found: then it was edited, else it was left behind.
    """
    quote, string, near = search.quote, search.prepared.folded.text, search.near
    before, after = search.prefix[-near:], search.suffix[:near]
    if quote.start == start or (quote.start is None and not before and not after):
        return True
    left = string.endswith(before, 0, place.start) if before else None
    right = string.startswith(after, place.end) if after else None
    if left and right is False:
        return after not in string
    if right and left is False:
        return before not in string
    return bool(left or right)


# -- changes --------------------------------------------------------------------------------------

WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]|\w+|[^\w\s]"
)
"""A word or a sign; of scripts that put no spaces between words, a character."""


def _changes(was: str, now: str, start: int) -> Iterator[Change]:
    """What differs between two texts, word by word; changes that touch are one."""
    old, new = list(WORD.finditer(was)), list(WORD.finditer(now))
    edits = Levenshtein.opcodes([fold(word[0]).text for word in old], [fold(word[0]).text for word in new])
    for differs, run in groupby(edits, lambda edit: edit.tag != "equal"):
        if differs:
            each = list(run)
            was_at, was_end = _stretch(old, each[0].src_start, each[-1].src_end, len(was))
            now_at, now_end = _stretch(new, each[0].dest_start, each[-1].dest_end, len(now))
            yield Change(was[was_at:was_end], now[now_at:now_end], was_at, start + now_at)


def _stretch(words: list[re.Match[str]], first: int, after: int, length: int) -> tuple[int, int]:
    """Start and end of words[first:after]; where there are none, the start of the next word twice."""
    if first == after:
        at = words[first].start() if first < len(words) else length
        return at, at
    return words[first].start(), words[after - 1].end()

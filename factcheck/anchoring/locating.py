"""Find a quote in a text that may have changed since the quote was taken.

How. Quote and text are folded (folding.py), so that typography, case and Unicode form do not count. The places that may be
meant come from three sides:

1. the words verbatim;
2. the slot: what stands now between the ends of the quote's old context;
3. shared runs of a few characters. The prepared text knows where each stands; those that it shares with the quote vote for
   the shift between the two, and where many agree the quote is aligned with the text (Levenshtein's distance, of rapidfuzz)
   to find its ends. This is the seed and extend of sequence search (Altschul et al. 1990, "Basic local alignment search
   tool", J. Mol. Biol. 215).

Each place is described by a few numbers: how alike the words are, how alike the context on either side, how near to the old
offset, and whether the old slot is closed (its two sides now touch), so that the words were taken out of it. A conditional
logit (McFadden 1974, "Conditional logit analysis of qualitative choice behavior") weighs the places against each other and
against their being none: the words, the context and the lead over the runner-up are thus judged together, and what comes
out is a probability. Its weights were fitted on generated edits, see WEIGHTS.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby, islice
from math import exp, log, log2
from operator import mul

from rapidfuzz.distance import Levenshtein

from factcheck.anchoring.finding import MOST_CANDIDATES, Place, Prepared, Search, occurrences, prepare
from factcheck.anchoring.folding import fold
from factcheck.anchoring.quote import Quote

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


# -- judging --------------------------------------------------------------------------------------

WHICH: tuple[float, ...] = (
    0.0,
    4.12,
    0.37,
    -0.3,
    0.0,
    4.3,
    0.49,
    -0.89,
    2.44,
    2.7,
    0.46,
    2.19,
    1.02,
    0.75,
    -1.31,
    -0.67,
    0.42,
    1.68,
    -0.28,
    -1.67,
    -0.21,
    -0.56,
    -0.25,
    -0.36,
    4.04,
    -0.58,
    1.94,
    2.13,
    0.0,
    2.78,
    -1.68,
    -0.43,
    -0.15,
    -2.44,
)

WHETHER: tuple[float, ...] = (
    -6.38,
    3.83,
    -3.95,
    0.08,
    -1.42,
    7.21,
    -1.58,
    -1.08,
    3.87,
    -0.12,
    -0.05,
    2.92,
    -0.4,
    1.22,
    -0.97,
    -0.54,
    0.81,
    3.62,
    0.48,
    -1.89,
    -0.51,
    1.47,
    -0.35,
    -0.87,
    0.61,
    0.02,
    0.92,
    1.33,
    -2.28,
    1.55,
    -2.83,
    2.91,
    -0.61,
    1.57,
)


def described(search: Search, place: Place, closed: float, verbatim: bool) -> tuple[float, ...]:
    """The numbers by which a place is weighed, in the order of WHICH and WHETHER.

    closed -- how surely the old slot is; verbatim -- whether the same words stand anywhere.
    """
    words, same, near = place.words, float(place.same), place.near
    length = min(log2(len(search.words) + 1), 8.0) / 8
    known = (place.left is not None) + (place.right is not None)
    # A third of the letters agree by chance.
    left, right = (max(0.0, (side or 0.0) - 0.3) / 0.7 for side in (place.left, place.right))
    one, both = left + right, left * right
    whole = max(0.0, left - 0.7) + max(0.0, right - 0.7)
    sharp = max(0.0, left - 0.8) * max(0.0, right - 0.8) * 25
    return (
        1.0,
        words,
        max(0.0, words - 0.5),
        max(0.0, words - 0.8),
        length,
        length * words,
        length * max(0.0, words - 0.6),
        same,
        same * length,
        one,
        both,
        whole,
        sharp,
        sharp * same,
        one * length,
        both * length,
        whole * length,
        words * one,
        words * both,
        same * one,
        same * both,
        2.0 - known,
        (2.0 - known) * same,
        (2.0 - known) * length,
        near,
        near * near,
        near * length,
        near * same,
        closed,
        closed * same,
        closed * one,
        closed * both,
        same * one * length,
        float(verbatim) * (1.0 - same) * length,
    )


def weighed(search: Search, places: list[Place], closed: float) -> list[Place]:
    """The places with their probabilities, the likeliest first; of those that overlap the better."""
    verbatim = any(place.same for place in places)
    for place in places:
        place.values = described(search, place, closed, verbatim)
        place.score = sum(map(mul, WHICH, place.values))
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: -place.score):
        if not any(_collide(place, other) for other in kept):
            kept.append(place)
    if kept:
        best = kept[0]
        whether = 1 / (1 + exp(-max(-50.0, sum(map(mul, WHETHER, best.values)))))
        odds = [exp(max(-50.0, place.score - best.score)) for place in kept]
        total = sum(odds)
        for place, each in zip(kept, odds, strict=True):
            place.likely = whether * each / total
    return kept


def _collide(one: Place, other: Place) -> bool:
    """Whether two places overlap and so are one; words may well overlap their own repetition."""
    if one.same and other.same:
        return one.start == other.start
    return one.start < other.end and other.start < one.end


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
            return Location(Status.EXACT, *span, (span,), confidence=CERTAIN, margin=1.0)
    search = Search.of(quote, prepared)
    if not search.words:
        return _of_signs_alone(quote, prepared.text)
    ranked = weighed(search, *search.places())
    if not ranked:
        return Location(Status.GONE, confidence=_sure(1.0, GONE))
    best = ranked[0]
    margin = best.likely - (ranked[1].likely if len(ranked) > 1 else 0.0)
    same = [place for place in ranked if place.same]
    if not (quote.prefix or quote.suffix) and len(same) == 1:
        # Nothing is known but the words, and nothing speaks against the one place where they stand.
        return _found(search, same[0], max(ALONE, _sure(same[0].likely, FOUND)), margin)
    if margin >= SURE:
        return _found(search, best, _sure(best.likely, FOUND), margin)
    some = sum(place.likely for place in ranked)
    if some < 0.5 and not (same and some >= 0.02):
        return Location(Status.GONE, confidence=_sure(1 - some, GONE), margin=margin)
    meant = [place for place in ranked if place.likely * 5 >= best.likely][:MOST_CANDIDATES]
    spans = tuple(sorted(_span(search, place) for place in meant))
    return Location(Status.AMBIGUOUS, None, None, spans, _sure(sum(place.likely for place in meant), SEVERAL), margin)


CERTAIN = 0.999

ALONE = 0.85
"""How sure words are at the least that stand in one place, if nothing else is known of them; counted on generated edits."""

FOUND: tuple[float, float] = (0.58, 0.8)
SEVERAL: tuple[float, float] = (-0.03, 0.86)
GONE: tuple[float, float] = (-0.73, 1.29)


def _sure(likely: float, line: tuple[float, float]) -> float:
    """A probability set right by a straight line through its log odds (Platt 1999, "Probabilistic outputs")."""
    likely = min(max(likely, 0.001), 0.999)
    return 1 / (1 + exp(-line[0] - line[1] * log(likely / (1 - likely))))


def _of_signs_alone(quote: Quote, text: str) -> Location:
    """Of words that fold to nothing, such as a line feed: where they stand, compared as they came."""
    whole = quote.prefix + quote.exact + quote.suffix
    found = list(islice(occurrences(whole, text), 2))
    if len(found) == 1:
        start = found[0] + len(quote.prefix)
        span = (start, start + len(quote.exact))
        return Location(Status.EXACT, *span, (span,), confidence=CERTAIN, margin=1.0)
    spans = [(at, at + len(quote.exact)) for at in islice(occurrences(quote.exact, text), MOST_CANDIDATES)]
    if spans:
        return Location(Status.AMBIGUOUS, candidates=tuple(spans), confidence=CERTAIN)
    return Location(Status.GONE, confidence=CERTAIN)


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
    if quote.start == start or not (quote.start is not None or search.prefix or search.suffix):
        return True
    before, after = search.prefix[-near:], search.suffix[:near]
    left = string.endswith(before, 0, place.start) if before else place.left is not None
    right = string.startswith(after, place.end) if after else place.right is not None
    if left and right:
        return True
    if left:
        return after not in string
    return right and before not in string


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

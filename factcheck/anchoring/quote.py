"""Words in a text, told so that they can be proved and found again.

A quote holds the exact words, some of the text on either side, and where the words begin. These are the
TextQuoteSelector and TextPositionSelector of the Web Annotation Data Model (W3C Recommendation, 23 February
2017, sections 4.2.4 and 4.2.5, https://www.w3.org/TR/annotation-model/), which counts in Unicode code
points, as Python does. Nothing is normalised: the words are compared as they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

CONTEXT = 32
"""Code points kept on either side: of 27,085 spans quoted in news, 9 stay ambiguous with that many."""


class Reason(StrEnum):
    """Why a quote does not stand in a text; the desk has a sentence for each."""

    EMPTY = "empty"
    OUTSIDE = "outside"
    WORDS_DIFFER = "words_differ"
    CONTEXT_DIFFERS = "context_differs"
    AMBIGUOUS = "ambiguous"
    ABSENT = "absent"


class Mismatch(ValueError):  # an answer to give, not a fault of the program
    """A quote and a text do not agree; `reason` says in what."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words, the text just before and just after them, and the code point at which they begin.

    `prefix` and `suffix` are empty, and `start` is None, where nothing is known. Empty words raise
    Mismatch(EMPTY), which is a ValueError.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None

    def __post_init__(self) -> None:
        if not self.exact:
            raise Mismatch(Reason.EMPTY, "A quote needs at least one character of text.")

    @classmethod
    def at(cls, text: str, start: int, end: int, context: int = CONTEXT) -> Quote:
        """The quote of text[start:end] with up to `context` code points on either side.

        Raises Mismatch: EMPTY where the span has no length, OUTSIDE where it leaves the text.
        """
        if start < 0 or end > len(text):
            raise Mismatch(
                Reason.OUTSIDE,
                f"{start}:{end} leaves a text of {len(text)} code points.",
            )
        return cls(
            text[start:end],
            text[max(0, start - context) : start],
            text[end : end + context],
            start,
        )

    @property
    def end(self) -> int | None:
        """The code point after the last word; None when `start` is not known."""
        return None if self.start is None else self.start + len(self.exact)

    def stands_in(self, text: str) -> bool:
        """Whether `prove` finds the quote in the text."""
        try:
            prove(self, text)
        except Mismatch:
            return False
        return True

    def selectors(self) -> list[dict[str, str | int]]:
        """The quote as W3C selectors, ready for JSON; what is not known is left out."""
        words: dict[str, str | int] = {"type": "TextQuoteSelector", "exact": self.exact}
        if self.prefix:
            words["prefix"] = self.prefix
        if self.suffix:
            words["suffix"] = self.suffix
        selectors = [words]
        if self.start is not None:
            end = self.start + len(self.exact)
            selectors.append({"type": "TextPositionSelector", "start": self.start, "end": end})
        return selectors

    @classmethod
    def from_selectors(cls, selectors: Iterable[Mapping[str, object]]) -> Quote:
        """The quote that W3C selectors describe; selectors of other types are passed over.

        Raises ValueError unless there is one TextQuoteSelector of strings and at most one
        TextPositionSelector of integers, as long as the words (else Mismatch(WORDS_DIFFER)).
        """
        by_type: dict[object, Mapping[str, object]] = {}
        for selector in selectors:
            if by_type.setdefault(selector.get("type"), selector) is not selector:
                raise ValueError(f"More than one {selector.get('type')}.")
        if "TextQuoteSelector" not in by_type:
            raise ValueError("No TextQuoteSelector.")
        words = by_type["TextQuoteSelector"]
        exact, prefix, suffix = (_string(words, name) for name in ("exact", "prefix", "suffix"))
        if (position := by_type.get("TextPositionSelector")) is None:
            return cls(exact, prefix, suffix)
        quote = cls(exact, prefix, suffix, _offset(position, "start"))
        if quote.end != _offset(position, "end"):
            raise Mismatch(Reason.WORDS_DIFFER, "The position is not as long as the words.")
        return quote


def prove(quote: Quote, text: str) -> tuple[int, int]:
    """Start and end, in code points, of the one place in the text with which all of the quote agrees.

    With a `start`, that place alone is looked at. Without one, the words must stand exactly once next to
    the prefix and suffix given, which may be shorter than usual, or empty. Quote.at(text, *prove(quote,
    text)) is the same quote with its position and full context.

    Raises Mismatch: OUTSIDE, WORDS_DIFFER or CONTEXT_DIFFERS at the start given; ABSENT, CONTEXT_DIFFERS or
    AMBIGUOUS when looking for it.
    """
    if quote.start is None:
        return _the_only_place(quote, text)
    start, end = quote.start, quote.start + len(quote.exact)
    if start < 0 or end > len(text):
        raise Mismatch(Reason.OUTSIDE, f"{start}:{end} leaves a text of {len(text)} code points.")
    if not text.startswith(quote.exact, start):
        raise Mismatch(Reason.WORDS_DIFFER, f"Other words stand at {start}:{end}.")
    if not (text.endswith(quote.prefix, 0, start) and text.startswith(quote.suffix, end)):
        raise Mismatch(Reason.CONTEXT_DIFFERS, f"Other words stand around {start}:{end}.")
    return start, end


def _the_only_place(quote: Quote, text: str) -> tuple[int, int]:
    whole = quote.prefix + quote.exact + quote.suffix
    found = text.find(whole)
    if found < 0:
        if quote.exact in text:
            raise Mismatch(
                Reason.CONTEXT_DIFFERS,
                "The words stand in the text, but next to others.",
            )
        raise Mismatch(Reason.ABSENT, "The words do not stand in the text.")
    # From the very next code point, since words may overlap their own repetition ("ha ha" in "ha ha ha").
    if text.find(whole, found + 1) >= 0:
        raise Mismatch(Reason.AMBIGUOUS, "The words stand in the text more than once.")
    start = found + len(quote.prefix)
    return start, start + len(quote.exact)


def everywhere(words: str, text: str) -> Iterator[Quote]:
    """Each place at which the words stand in the text, in reading order, also where they overlap their own repetition."""
    start = text.find(words) if words else -1
    while start >= 0:
        yield Quote.at(text, start, start + len(words))
        start = text.find(words, start + 1)


def _string(selector: Mapping[str, object], name: str) -> str:
    value = selector.get(name, "")
    if not isinstance(value, str):
        raise ValueError(f"{name} is not a string.")
    return value


def _offset(selector: Mapping[str, object], name: str) -> int:
    value = selector.get(name)
    # JSON's true is an int to Python.
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{name} is not an integer.")
    return value

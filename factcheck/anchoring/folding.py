"""Texts as they are compared: what a change of typography, case or Unicode form alters is folded away.

`fold` lowers the case by Unicode's full case folding and takes each character's compatibility form (NFKC, Unicode Standard
Annex 15), then makes quotation marks, dashes and spaces plain. Runs of white space and of dashes become one; soft hyphens,
zero-width characters and marks of writing direction are left out. Accents stay, since they tell words apart.

A map leads from each place in the folded text back to the code points that it came from. It holds the places only at which
lengths differ, so it is short for most texts and empty for many.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_ALIKE = {
    **dict.fromkeys("“”„‟«»‹›″‶〝〞〟❝❞", '"'),
    **dict.fromkeys("‘’‚‛′‵`´ʹʼ❛❜", "'"),
    **dict.fromkeys("‐‑‒–—―−⁃﹘﹣－⸺⸻", "-"),
    "ı": "i",  # TITLE and title, also where the writer's language has two letters of it
}
_PLAIN_SPACES = {ord(space): " " for space in "\t\n\v\f\r\x1c\x1d\x1e\x1f"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where its parts came from.

    The lists run in parallel: text[begins[n]:ends[n]] came from the code points begun[n]:ended[n] of the original, whose
    number differs. Everything between two of these came one for one.
    """

    text: str
    begins: list[int]
    ends: list[int]
    begun: list[int]
    ended: list[int]

    def start(self, at: int) -> int:
        """The code point of the original with which the folded character at `at` begins."""
        n = bisect_right(self.begins, at) - 1
        if n < 0:
            return at
        return self.begun[n] if at < self.ends[n] else self.ended[n] + at - self.ends[n]

    def end(self, at: int) -> int:
        """The code point of the original after the folded character before `at`."""
        n = bisect_right(self.begins, at - 1) - 1
        if n < 0:
            return at
        return self.ended[n] if at <= self.ends[n] else self.ended[n] + at - self.ends[n]

    def folded(self, start: int) -> int:
        """Where the folded character stands that came from the original's code point `start`, or the next one after it."""
        n = bisect_right(self.begun, start) - 1
        if n < 0:
            return start
        return self.begins[n] if start < self.ended[n] else self.ends[n] + start - self.ended[n]


@lru_cache(maxsize=1 << 14)
def _alike(characters: str) -> str:
    """What a character, or one with its combining marks, is compared as."""
    form = unicodedata.normalize("NFKC", characters).casefold()
    return "".join(
        _ALIKE.get(each)
        or (" " if each.isspace() else "" if unicodedata.category(each) == "Cf" or _selects(each) else each)
        for each in unicodedata.normalize("NFKC", form)
    )


def _selects(character: str) -> bool:
    """Whether it only chooses between pictures of the character before it."""
    return "\ufe00" <= character <= "\ufe0f"


def fold(text: str) -> Folded:
    """Fold a text; linear in its length."""
    # One for one, by means that run through the whole text at once.
    plain = text.replace("İ", "i").lower()  # no other character becomes longer by lower()
    longer = []
    if plain.isascii():
        plain = plain.translate(_PLAIN_SPACES)
    else:
        for character in set(plain):
            alike = _alike(character)
            if len(alike) != 1:
                longer.append(character)
            elif alike != character:
                plain = plain.replace(character, alike)
    pieces = []
    if "  " in plain or "--" in plain or longer:
        dropped = "".join(each for each in longer if not _alike(each))
        pieces.append(f"[ {re.escape(dropped)}]{{2,}}|--+")
    if longer:
        pieces.append(f"[{re.escape(''.join(longer))}]")
    if not unicodedata.is_normalized("NFC", plain):
        marks = "".join(each for each in set(plain) if _combines(each))
        if marks:
            pieces.insert(0, f".[{re.escape(marks)}]+")
    if not pieces:
        return Folded(plain, [], [], [], [])
    return _unequal(plain, re.compile("|".join(pieces), re.DOTALL))


def _combines(character: str) -> bool:
    """Whether it may become one character with the one before it: marks, and the later letters of Korean syllables."""
    return unicodedata.category(character) in ("Mn", "Mc") or "\u1160" <= character <= "\u11ff"


def _unequal(plain: str, pieces: re.Pattern[str]) -> Folded:
    """Put in what has another length than what it came from."""
    parts: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    begun: list[int] = []
    ended: list[int] = []
    done = length = 0
    for match in pieces.finditer(plain):
        start, end = match.span()
        found = match[0]
        if found[0] == "-":
            alike = "-"
        elif found[0] == " " or (end - start > 1 and not _alike(found[0])):
            alike = " " if " " in found else ""
        else:
            alike = _alike(found)
        parts += (plain[done:start], alike)
        length += start - done
        begins.append(length)
        length += len(alike)
        ends.append(length)
        begun.append(start)
        ended.append(end)
        done = end
    parts.append(plain[done:])
    return Folded("".join(parts), begins, ends, begun, ended)

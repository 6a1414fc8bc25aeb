"""Texts made comparable: without case and accents, and as signs that every PostgreSQL indexes alike.

It stands at the bottom, since claims, claimants, sources and articles are all found by it. `fold` and `signs` and the
database's functions `words_folded` and `words_signs` follow the same rules, so that what is asked and what is indexed meet.
"""

import re
from unicodedata import normalize

from django.db import models

# Of Latin, Greek and Cyrillic letters, of Hebrew and of Arabic ones.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]"
)
# Letters of their own, which no decomposition takes apart.
_RELATIVES = str.maketrans(dict(zip("øłđħıς", "oldhiσ", strict=True)) | {"ß": "ss", "æ": "ae", "œ": "oe"})
_BETWEEN_WORDS = re.compile("[\u0080-\u00bf\u060c\u061b\u061f\u06d4\u0964\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Folded(models.Func):
    """A text as it is compared, in the database."""

    function = "words_folded"
    output_field = models.TextField()


class Signs(models.Func):
    """A text as it is indexed by trigrams, in the database."""

    function = "words_signs"
    output_field = models.TextField()


def fold(text: str) -> str:
    """The text in lower case, without accents, with spaces for the signs that stand between words in no ASCII text."""
    plain = _ACCENTS.sub("", normalize("NFKD", text.lower())).lower().translate(_RELATIVES)
    return _BETWEEN_WORDS.sub(" ", plain)


def signs(text: str) -> str:
    """The folded text in ASCII.

    Where the database's character type is C, as in the embedded one, pg_trgm takes only ASCII for letters and would see
    nothing in a Russian, Arabic or Chinese text. So every other letter stands as one of 36 signs, by its code point: the
    letters of one alphabet hardly ever share a sign, and three Chinese characters in a row hardly ever all three. Words
    that stand in a text stand in its signs; the other way round it is only likely.
    """
    return _NOT_ASCII.sub(lambda letter: _SIGNS[ord(letter[0]) % 36], fold(text))

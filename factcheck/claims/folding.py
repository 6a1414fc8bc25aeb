"""Texts made comparable: without case and accents, in signs that every PostgreSQL compares alike.

`fold` and the database's function `claims_folded`, called by `Folded`, follow the same rules, so that what is asked and
what is indexed meet.
"""

import re
from unicodedata import normalize

from django.db import models

_ACCENTS = re.compile("[\u0300-\u036f]")
_RELATIVES = str.maketrans("øłđħıßæœ", "oldhisao")
_BETWEEN_WORDS = re.compile("[\u0080-\u00bf\u060c\u061b\u061f\u06d4\u0964\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f]")
_NOT_ASCII = re.compile("[^\0-\x7f]")
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Folded(models.Func):
    """A text as it is compared, in the database."""

    function = "claims_folded"
    output_field = models.TextField()


def fold(text: str) -> str:
    """The text in lower case, without accents, in ASCII.

    Where the database's character type is C, as in the embedded one, pg_trgm takes only ASCII for letters and would see
    nothing in a Russian, Arabic or Chinese text. So every other letter stands as one of 36 signs, by its code point: the
    letters of one alphabet hardly ever share a sign, and three Chinese characters in a row hardly ever all three.
    """
    plain = _ACCENTS.sub("", normalize("NFKD", text.lower())).lower().translate(_RELATIVES)
    return _NOT_ASCII.sub(lambda sign: _SIGNS[ord(sign[0]) % 36], _BETWEEN_WORDS.sub(" ", plain))

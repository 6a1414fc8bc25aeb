"""Finding records by words, whatever their case and accents, in any script: each word stands somewhere, as a piece."""

from collections.abc import Callable
from typing import Any

from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.lookups import Contains

MOST_WORDS = 10


class Folded(Func):
    """A text as it is compared: without case and accents (the database's own words_folded)."""

    function = "words_folded"
    output_field = models.TextField()


def words_of(query: str) -> list[str]:
    """The words somebody looks for, each once; more than MOST_WORDS tell nothing more."""
    return list(dict.fromkeys(query.split()))[:MOST_WORDS]


def holding[Found: models.QuerySet[Any]](found: Found, query: str, where: Callable[[str], Q | Contains]) -> Found:
    """Those for which `where` holds of every word of the query; all of them for an empty one."""
    for word in words_of(query):
        found = found.filter(where(word))
    return found


def holds(expression: str, word: str) -> Contains:
    """Whether the word stands in a field's text."""
    return Contains(Folded(expression), Folded(Value(word)))

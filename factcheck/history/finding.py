"""Finding records by words, whatever their case and accents, in any script: each word stands somewhere, as a piece."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.lookups import Contains

from factcheck.history.folding import Folded, Signs, fold

MOST_WORDS = 10
# An index of trigrams tells nothing of a word with fewer letters: all rows are read for it. So there may be fewer of them.
INDEXED = 3
MOST_SHORT_WORDS = 3


def words_of(query: str) -> list[str]:
    """The words somebody looks for, folded, each once, the longest first: MOST_WORDS, of the short ones MOST_SHORT_WORDS."""
    words = sorted(dict.fromkeys(fold(query).split()), key=len, reverse=True)
    long = [word for word in words if len(word) >= INDEXED]
    short = [word for word in words if len(word) < INDEXED]
    return (long + short[:MOST_SHORT_WORDS])[:MOST_WORDS]


def holding[Found: models.QuerySet[Any]](found: Found, query: str, where: Callable[[str], Q]) -> Found:
    """Those for which `where` holds of every word of the query; all of them for an empty one."""
    for word in words_of(query):
        found = found.filter(where(word))
    return found


def holds(name: str, word: str, *, signs: str = "") -> Q:
    """Whether the word stands in a field's text. signs -- a field that keeps its signs; then its folded text is kept, too.

    The signs let an index answer; because different words may have the same signs, the words themselves are asked for, too.
    """
    there = Q(Within(F(name) if signs else Folded(name), Folded(Value(word))))
    return (
        Q(Contains(F(signs) if signs else Signs(name), Signs(Value(word)))) & there if len(word) >= INDEXED else there
    )


class Within(Func):
    """Whether the second text stands in the first, asked without an index.

    Put so that the planner takes it for true of most rows: the signs have been asked before.
    """

    template = "strpos(%(expressions)s) <> 0"
    output_field = BooleanField()


def among(name: str, others: models.QuerySet[Any], column: str = "pk") -> Q:
    """Whether a field points to one of the others, or to what stands in a column of theirs; unlike `IN (SELECT …)`, beside an OR an index can answer it."""
    return Q(
        Func(
            F(name),
            ArraySubquery(others.order_by().values(column)),
            template="%(expressions)s)",
            arg_joiner=" = ANY(",
            output_field=BooleanField(),
        )
    )

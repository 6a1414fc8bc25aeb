"""Lines of time: what was done to a record, or by a person, newest first and page by page.

A line holds acts, and changes of rows that belong to no act: statements that somebody typed by hand. A page begins after
a moment of the line, never at a count, so that what is done meanwhile shifts nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from factcheck.history.models import Entry, RowChange

# From where changes outside every act came, for a sieve: no act says it of itself.
BY_HAND = "hand"
ROW = "row-"

type Moment = Entry | RowChange


@dataclass(frozen=True)
class Line:
    """Which moments a line holds: acts of any of these kinds, and rows that changed outside every act.

    The kinds of acts are asked for one by one, since an index answers each but not both together.
    """

    acts: tuple[Q, ...]
    rows: Q | None = None


@dataclass(frozen=True)
class Sieve:
    """What a line is narrowed by.

    acts -- names of acts, or beginnings of them that end in a dot; person -- a number, 0 for the program itself;
    via -- a Via or BY_HAND; since, until -- moments, the second one not included.
    """

    acts: tuple[str, ...] = ()
    person: int | None = None
    via: str = ""
    since: datetime | None = None
    until: datetime | None = None


EVERYTHING = Sieve()


def read(line: Line, sieve: Sieve = EVERYTHING, *, most: int, after: Moment | None = None) -> list[Moment]:
    """So many moments of the line at most, newest first; after -- the last one that was read before."""
    found: dict[tuple[type, Any], Moment] = {}
    for moments in _sifted(line, sieve):
        for moment in _older(moments, after)[:most]:
            found[type(moment), moment.pk] = moment
    return sorted(found.values(), key=_place, reverse=True)[:most]


def whole(line: Line, sieve: Sieve = EVERYTHING, *, at_once: int = 500) -> Iterator[list[Moment]]:
    """All moments of the line, newest first, in parts."""
    # Their order is asked for once: a line of ten thousands would be put in order anew for each part.
    places = {
        (at, moments.model is Entry, pk)
        for moments in _sifted(line, sieve)
        for pk, at in moments.order_by().values_list("pk", "at")
    }
    for part in batched(sorted(places, reverse=True), at_once):
        acts: dict[Any, Moment] = {**Entry.objects.in_bulk([pk for _at, is_act, pk in part if is_act])}
        rows: dict[Any, Moment] = {**RowChange.objects.in_bulk([pk for _at, is_act, pk in part if not is_act])}
        yield [(acts if is_act else rows)[pk] for _at, is_act, pk in part]


def name_of(moment: Moment) -> str:
    """How an address names a moment."""
    return str(moment.pk) if isinstance(moment, Entry) else f"{ROW}{moment.pk}"


def named(name: str) -> Moment | None:
    """The moment of this name, if there is one."""
    number = name.removeprefix(ROW)
    if number != name:
        is_number = number.isascii() and number.isdecimal() and len(number) < 19
        return RowChange.objects.filter(pk=number, entry=None).first() if is_number else None
    try:
        return Entry.objects.filter(pk=UUID(name)).first()
    except ValueError:
        return None


def people_in(line: Line) -> set[int]:
    """The numbers of those who did what is foremost in the line, its first kind of acts; 0 for the program itself."""
    found = Entry.objects.filter(line.acts[0]).order_by().values_list("person_id", flat=True).distinct()
    return {number or 0 for number in found}


def _sifted(line: Line, sieve: Sieve) -> Iterator[QuerySet[Any]]:
    period = Q()
    if sieve.since:
        period &= Q(at__gte=sieve.since)
    if sieve.until:
        period &= Q(at__lt=sieve.until)
    if sieve.via != BY_HAND:
        narrowed = period
        if sieve.acts:
            narrowed &= Q(act__in=[act for act in sieve.acts if not act.endswith(".")]) | Q(
                *(("act__startswith", act) for act in sieve.acts if act.endswith(".")), _connector=Q.OR
            )
        if sieve.person is not None:
            narrowed &= Q(person_id=sieve.person or None)
        if sieve.via:
            narrowed &= Q(via=sieve.via)
        for acts in line.acts:
            yield Entry.objects.filter(acts, narrowed)
    if line.rows is not None and sieve.via in {"", BY_HAND} and not sieve.acts and sieve.person is None:
        yield RowChange.objects.filter(line.rows, period, entry=None)


def _older[Moments: QuerySet[Any]](moments: Moments, than: Moment | None) -> Moments:
    """In the order of `_place`, those before a moment of either kind."""
    moments = moments.order_by("-at", "-pk")
    if than is None:
        return moments
    if moments.model is type(than):
        return moments.filter(Q(at__lte=than.at), Q(at__lt=than.at) | Q(pk__lt=than.pk))
    return moments.filter(at__lte=than.at) if isinstance(than, Entry) else moments.filter(at__lt=than.at)


def _place(moment: Moment) -> tuple[datetime, bool, Any]:
    """By time; at the same moment an act stands above a row without one."""
    return moment.at, isinstance(moment, Entry), moment.pk

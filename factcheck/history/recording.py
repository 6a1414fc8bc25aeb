"""One act and the rows it changes, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol
from uuid import UUID

from django.db import connection, models, transaction

from factcheck.history.models import Entry, Via, key_of

_via: ContextVar[Via] = ContextVar("via", default=Via.COMMAND)
_current: ContextVar["Act | None"] = ContextVar("act", default=None)


class Person(Protocol):
    """Who acts: history knows people by number and name only."""

    pk: int

    @property
    def name(self) -> str: ...


class Act:
    """An act under way; `about` says which records it concerns."""

    def __init__(self, entry: UUID) -> None:
        self.entry = entry
        self.subjects: dict[str, None] = {}

    def about(self, *subjects: models.Model | None) -> None:
        self.subjects.update((key_of(subject), None) for subject in subjects if subject is not None)


@contextmanager
def act(
    what: str, *about: models.Model | None, by: Person | None, reason: str = "", savepoint: bool = True
) -> Iterator[Act]:
    """Run the block as one transaction and leave one Entry; an act inside an act belongs to the outer one.

    what -- a word for what is done, such as "claim.revise"; about -- the records it concerns (more can be named inside);
    by -- who does it, None for the program itself. The rows that change meanwhile carry the entry, by a setting of the
    transaction; once the entry is written, the database hangs nothing more on it.
    savepoint -- False where the transaction around it, if there is one, ends with it when it fails.
    """
    if outer := _current.get():
        outer.about(*about)
        yield outer
        return
    with transaction.atomic(savepoint=savepoint):
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('factcheck.entry', uuidv7()::text, true)")
            current = Act(UUID(cursor.fetchone()[0]))
        current.about(*about)
        token = _current.set(current)
        try:
            yield current
        finally:
            _current.reset(token)
        Entry.objects.bulk_create(
            [
                Entry(
                    id=current.entry,
                    act=what,
                    person_id=by.pk if by else None,
                    person_name=by.name if by else "",
                    via=_via.get(),
                    reason=reason,
                    subjects=list(current.subjects),
                )
            ]
        )


@contextmanager
def coming_from(via: Via) -> Iterator[None]:
    """Acts inside the block are entered as coming from there."""
    token = _via.set(via)
    try:
        yield
    finally:
        _via.reset(token)

"""The moment that is looked at: what readers see then is what had gone out by then."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Now

_moment: ContextVar[datetime | None] = ContextVar("moment", default=None)


def looked_at() -> datetime | Now:
    """The moment to compare with: this one, by the database's clock, unless a block says another."""
    return _moment.get() or Now()


@contextmanager
def looking_at(moment: datetime | None) -> Iterator[None]:
    """Inside the block, `live()` and the like tell what readers see at that moment; None for now."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is asked inside the block is asked of one moment, and of the database as it stood then; nothing is written."""
    with ExitStack() as block:
        if not connection.in_atomic_block:
            block.enter_context(transaction.atomic())
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # The clock is read after the database stands still: whatever went out at once and is seen went out before.
        block.enter_context(looking_at(now()))
        yield


def now() -> datetime:
    """The database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment

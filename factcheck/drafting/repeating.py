"""A double click, a repeated request or a lost reply never makes two."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from factcheck.accounts.models import User
from factcheck.drafting.models import Key

KEPT = timedelta(hours=24)


class SentOtherwise(Exception):
    """The key was handed in before, with something else: `location` is where that led."""

    def __init__(self, location: str) -> None:
        self.location = location
        super().__init__(f"what was sent before is at {location}")


def first_of(person: User, key: UUID | None) -> Key | None:
    """This person's handing in of this key, if they have done so within 24 hours."""
    return Key.objects.filter(person=person, key=key, at__gte=Now() - KEPT).first() if key else None


def answered(person: User, key: UUID | None, content: str = "") -> str:
    """Where this person was led when they handed in this key before; "" when they have not.

    content -- a hash of what is sent now. Raises SentOtherwise when it was another then.
    """
    first = first_of(person, key)
    if first is None:
        return ""
    if not first.is_of(content):
        raise SentOtherwise(first.location)
    return first.location


def once(person: User, key: UUID | None, make: Callable[[], str], content: str = "") -> str:
    """Run `make` unless this person handed in this key within 24 hours; give where the first time led.

    content -- a hash of what is sent. Raises SentOtherwise when it was another the first time.
    make -- does the work and returns a path. It runs in the same transaction as the key, which is written last: when it
    fails, the key stays free, and of two requests at the same moment one waits for the other there and undoes its own work.
    Without a key, it just runs. What was kept of the form while it was being typed ends with it.
    """
    if key is None:
        with transaction.atomic():
            return make()
    try:
        with transaction.atomic():
            location = make()
            _spend(person, key, location, content)
            return location
    except Exception:
        # Whatever was refused: a repeat is led where the first was.
        if known := answered(person, key, content):
            return known
        raise


class _Spent(Exception):
    """This key was handed in before."""


# One statement: old keys go, with the drafts that only they kept hidden, and the draft of this form; the key is written.
_SPEND = """
WITH forgotten AS (
    DELETE FROM drafting_key
    WHERE person_id = %(person)s AND key <> %(key)s AND at < statement_timestamp() - %(kept)s RETURNING key
), given_up AS (
    DELETE FROM drafting_draft
    WHERE person_id = %(person)s AND (key = %(key)s OR key IN (SELECT key FROM forgotten))
)
INSERT INTO drafting_key (person_id, key, content, location) VALUES (%(person)s, %(key)s, %(content)s, %(location)s)
ON CONFLICT (person_id, key) DO UPDATE
SET content = excluded.content, location = excluded.location, at = statement_timestamp()
WHERE drafting_key.at < statement_timestamp() - %(kept)s
RETURNING id
"""


def _spend(person: User, key: UUID, location: str, content: str) -> None:
    asked: dict[str, Any] = {"person": person.pk, "key": key, "content": content, "location": location, "kept": KEPT}
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, asked)
        if cursor.fetchone() is None:
            raise _Spent

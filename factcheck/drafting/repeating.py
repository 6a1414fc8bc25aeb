"""A double click, a repeated request or a lost reply never makes two."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from factcheck.accounts.models import User
from factcheck.drafting.models import Draft, Key

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
    make -- does the work and returns a path. It runs in the same transaction as the key: when it fails, the key is free
    again. A second request at the same moment waits for the first at the unique constraint. Without a key, it just runs.
    What was kept of the form while it was being typed ends with it.
    """
    if key is None:
        return make()
    with transaction.atomic():
        old = Key.objects.filter(person=person, at__lt=Now() - KEPT)
        # A draft that only its key kept hidden would come back without it.
        Draft.objects.filter(person=person, key__in=old.values("key")).delete()
        old.delete()
        Key.objects.bulk_create([Key(person=person, key=key, content=content)], ignore_conflicts=True)
        entry = Key.objects.select_for_update().get(person=person, key=key)
        if not entry.location:
            entry.location = make()
            Key.objects.filter(pk=entry.pk).update(location=entry.location)
            Draft.objects.filter(person=person, key=key).delete()
        elif not entry.is_of(content):
            raise SentOtherwise(entry.location)
        return entry.location

"""A double click, a repeated request or a lost reply never makes two."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from factcheck.accounts.models import User
from factcheck.drafting.models import Draft, Key

KEPT = timedelta(hours=24)


def answered(person: User, key: UUID | None) -> str:
    """Where this person was led when they handed in this key before; "" when they have not."""
    if key is None:
        return ""
    known = Key.objects.filter(person=person, key=key, at__gte=Now() - KEPT).values_list("location", flat=True)
    return known.first() or ""


def once(person: User, key: UUID | None, make: Callable[[], str]) -> str:
    """Run `make` unless this person handed in this key within 24 hours; give where the first time led.

    make -- does the work and returns a path. It runs in the same transaction as the key: when it fails, the key is free
    again. A second request at the same moment waits for the first at the unique constraint. Without a key, it just runs.
    What was kept of the form while it was being typed ends with it.
    """
    if key is None:
        return make()
    with transaction.atomic():
        Key.objects.filter(person=person, at__lt=Now() - KEPT).delete()
        Key.objects.bulk_create([Key(person=person, key=key)], ignore_conflicts=True)
        entry = Key.objects.select_for_update().get(person=person, key=key)
        if not entry.location:
            entry.location = make()
            Key.objects.filter(pk=entry.pk).update(location=entry.location)
            Draft.objects.filter(person=person, key=key).delete()
        return entry.location

"""Two people, one record: an update says which version it was made from."""

from copy import copy
from typing import Any

from django.db import models
from django.db.models import F, Q


class Stale(Exception):
    """Somebody else has saved since: `current` is the record as it stands now."""

    def __init__(self, current: models.Model) -> None:
        self.current = current
        super().__init__(f"{current} has been changed since")


def as_seen(version: int | None) -> Q:
    """Records that still have the version somebody saw; None: whichever they have."""
    return Q() if version is None else Q(version=version)


def update[M: models.Model](record: M, version: int, /, counted_by: str = "version", **changes: Any) -> M:
    """Write the changes if the record still has that version, and give it the next one; otherwise raise Stale.

    counted_by -- the column of the version, for records of which two things are changed by different people.
    Raises ValidationError for a value that the field does not take.

    The comparison is part of the UPDATE, so of two at the same moment one wins and the other is told.
    """
    draft = copy(record)
    for name, value in changes.items():
        setattr(draft, name, value)
    fields = type(record)._meta.concrete_fields
    draft.clean_fields(exclude=[field.name for field in fields if field.is_relation or field.name not in changes])
    manager = type(record)._default_manager
    changed = manager.filter(pk=record.pk, **{counted_by: version}).update(**{counted_by: F(counted_by) + 1}, **changes)
    fresh = manager.get(pk=record.pk)
    if not changed:
        raise Stale(fresh)
    return fresh

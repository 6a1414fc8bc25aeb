"""Giving work to somebody, with the day it is due: what is the same for every record that can be given."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.work import WORK, Assigned
from factcheck.history import versioning


def is_given(record: Assigned, assignee: User | None, due_on: date | None) -> bool:
    """Whether the record stands so already: giving it again is nothing to be done."""
    given = type(record)._default_manager.values_list("assignee", "due_on").get(pk=record.pk)
    return given == (assignee and assignee.pk, due_on)


def give[M: Assigned](record: M, version: int, *, assignee: User | None, due_on: date | None) -> M:
    """Write down who has the record in hand and until when, inside the act of the caller.

    version -- of the assignment, which has its own: whoever edits the record meanwhile is not late.
    Raises Stale, and ValidationError for somebody who is not here any more or may not do the work, and for a day in the
    past. What stands there already may stay as it is.
    """
    if assignee and assignee.pk != record.assignee_id:
        # The lock keeps them from being disabled in this very moment.
        fresh = User.objects.select_for_update(no_key=True).get(pk=assignee.pk)
        if not (fresh.is_active and fresh.may(WORK)):
            raise ValidationError(
                {"assignee": _("%(person)s cannot take this: choose a checker.") % {"person": fresh.name}},
                code="not_able",
            )
    if due_on and due_on != record.due_on and due_on < timezone.localdate():
        raise ValidationError({"due_on": _("This day has passed. Choose today or a later day.")}, code="past")
    return versioning.update(record, version, "assigned_version", assignee=assignee, due_on=due_on)

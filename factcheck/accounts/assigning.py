"""Work in somebody's hands: who has it, and until when. For records that can be given to a person."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.history import versioning

# Who may do this work can have claims and articles in hand.
WORK = "judge"


class AssignedQuerySet[M: "Assigned"](models.QuerySet[M]):
    def assigned_to(self, person: User) -> Self:
        return self.filter(assignee=person)

    def untaken(self) -> Self:
        """Those that nobody has in hand; who has left the newsroom has nothing in hand."""
        return self.filter(Q(assignee=None) | Q(assignee__is_active=False))

    def overdue(self) -> Self:
        return self.filter(due_on__lt=timezone.localdate())

    def due_this_week(self) -> Self:
        """Those due from today to Sunday, and what is overdue."""
        today = timezone.localdate()
        return self.filter(due_on__lte=today + timedelta(days=6 - today.weekday()))

    def soonest_first(self) -> Self:
        """By due day, those without one last; then the oldest first."""
        return self.order_by(F("due_on").asc(nulls_last=True), "id")


class Assigned(models.Model):
    """What somebody can have in hand, to be done by a day."""

    # Without an index of its own: each table has one together with the day.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        verbose_name=gettext_lazy("assigned to"),
    )
    due_on = models.DateField(gettext_lazy("due"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()


def is_given(record: Assigned, assignee: User | None, due_on: date | None) -> bool:
    """Whether the record stands so already: giving it again is nothing to be done."""
    given = type(record)._default_manager.values_list("assignee", "due_on").get(pk=record.pk)
    return given == (assignee and assignee.pk, due_on)


def give[M: Assigned](record: M, version: int, *, assignee: User | None, due_on: date | None) -> M:
    """Write down who has the record in hand and until when, inside the act of the caller.

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
    return versioning.update(record, version, assignee=assignee, due_on=due_on)

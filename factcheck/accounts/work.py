"""Work in somebody's hands: who has it, and until when. For records that can be given to a person (see assigning)."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User

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
    assigned_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < timezone.localdate()

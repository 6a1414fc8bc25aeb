"""Where a verdict stands on its way to the readers, and what may follow what. No other module knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("in review")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent_back", _("sent back")
    # Published as approved, or set to be: it makes room, so that a correction can be handed in beside it.
    SETTLED = "settled", _("settled")


# From "submitted" back to "draft": an author withdraws it. Handing in again from "submitted", "approved" or "settled" is for a
# verdict whose document has changed since. From "settled" back to "approved": its publication was called off before readers
# saw it. What was published in an emergency and is approved afterwards becomes "settled" by the database, in place of "approved".
FOLLOWS: dict[Stage, frozenset[Stage]] = {
    Stage.DRAFT: frozenset({Stage.SUBMITTED}),
    Stage.SENT_BACK: frozenset({Stage.SUBMITTED}),
    Stage.SUBMITTED: frozenset({Stage.SUBMITTED, Stage.APPROVED, Stage.SENT_BACK, Stage.DRAFT}),
    Stage.APPROVED: frozenset({Stage.SUBMITTED, Stage.SETTLED}),
    Stage.SETTLED: frozenset({Stage.SUBMITTED, Stage.APPROVED}),
}


# On their way: one verdict of a claim at a time.
BEFORE_READERS = frozenset({Stage.SUBMITTED, Stage.APPROVED})


class OutOfTurn(Exception):
    """The step is not possible from where the verdict stands now."""

    def __init__(self, now: Stage, wanted: Stage) -> None:
        self.now, self.wanted = now, wanted
        super().__init__(f"{now} is not followed by {wanted}")


def check(now: str, wanted: Stage) -> None:
    """Raise OutOfTurn unless `wanted` may follow `now`."""
    if wanted not in FOLLOWS[Stage(now)]:
        raise OutOfTurn(Stage(now), wanted)

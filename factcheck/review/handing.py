"""Giving a review to somebody by name, and taking back what was handed in."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.history.recording import act
from factcheck.notices.models import Kind
from factcheck.notices.reading import done_at
from factcheck.notices.telling import tell
from factcheck.review.deciding import Outdated, is_own
from factcheck.review.freezing import lock
from factcheck.review.models import Handover, Submission, Withdrawal
from factcheck.verdicts import stages
from factcheck.verdicts.models import Author, Verdict
from factcheck.verdicts.stages import Stage


def hand_over(
    submission: Submission, *, by: User, reviewer: User | None, note: str = "", was: int | None = None
) -> Handover:
    """Give the review to a reviewer, or to whoever comes first. All others may go on deciding; nobody waits for one person.

    was -- the number of the handover that was seen, 0 for none, None for whatever stands there now.
    Raises PermissionDenied, ValidationError (somebody who may not decide on it), Outdated (decided, withdrawn or handed
    over since).
    """
    require(by, "assign")
    with act("verdict.hand_over", submission.verdict, submission.verdict.claim, by=by, reason=note):
        verdict = lock(submission.verdict)
        newest = Submission.objects.latest_of(verdict)
        last = Handover.objects.latest_of(verdict)
        seen = was is None or was == (last.pk if last else 0)
        if verdict.stage != Stage.SUBMITTED or newest != submission or not seen:
            raise Outdated
        if reviewer:
            # The lock keeps them from being disabled in this very moment.
            reviewer = User.objects.select_for_update(no_key=True).get(pk=reviewer.pk)
            if not (reviewer.is_active and reviewer.may("decide")) or is_own(reviewer, submission):
                says = _("%(person)s cannot decide on this: choose a reviewer who did not work on it.")
                raise ValidationError({"reviewer": says % {"person": reviewer.name}}, code="not_able")
        given = Handover.objects.create(verdict=verdict, reviewer=reviewer, note=note, made_by=by)
        tell(
            [reviewer] if reviewer else [],
            Kind.ASSIGNED,
            by=by,
            words=verdict.claim.wording,
            path=submission.get_absolute_url(),
        )
    return given


def able_to_review(verdict: Verdict, submission: Submission) -> QuerySet[User]:
    """Who may decide on it, by name."""
    worked = Author.objects.filter(verdict=verdict).values("person")
    return User.objects.able_to("decide").exclude(pk__in=worked).exclude(pk=submission.submitted_by_id)


def withdraw(submission: Submission, *, by: User) -> Withdrawal:
    """Take back what was handed in: the verdict is a draft again. Raises PermissionDenied, Outdated."""
    require(by, "submit")
    with act("verdict.withdraw", submission.verdict, submission.verdict.claim, by=by):
        verdict = lock(submission.verdict)
        if not is_own(by, submission):
            raise PermissionDenied(_("Only who worked on a verdict takes it back."))
        newest = Submission.objects.latest_of(verdict)
        if newest != submission or verdict.stage != Stage.SUBMITTED:
            raise Outdated
        stages.check(verdict.stage, Stage.DRAFT)
        withdrawal = Withdrawal.objects.create(submission=submission, withdrawn_by=by)
        Verdict.objects.filter(pk=verdict.pk).update(stage=Stage.DRAFT)
        done_at(submission.get_absolute_url(), User.objects.able_to("decide"), Kind.SUBMITTED, Kind.ASSIGNED)
    return withdrawal

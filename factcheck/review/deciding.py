"""Deciding on what was handed in. The database refuses authors; this says it kindly."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.history.recording import act
from factcheck.notices.models import Kind
from factcheck.notices.reading import done_at
from factcheck.notices.telling import tell
from factcheck.review.freezing import is_current, lock
from factcheck.review.models import Decision, Outcome, Submission
from factcheck.verdicts import stages
from factcheck.verdicts.models import Author, Verdict
from factcheck.verdicts.stages import Stage


class Outdated(Exception):
    """The submission is not what the verdict says any more, or has been decided on: nothing was decided."""


def approve(submission: Submission, *, by: User, reasons: str = "") -> Decision:
    """Let a submission go to the readers. Raises PermissionDenied, Outdated."""
    return _decide(submission, Outcome.APPROVE, Stage.APPROVED, reasons, by)


def send_back(submission: Submission, *, by: User, reasons: str) -> Decision:
    """Give a submission back to its authors, saying why. Raises ValidationError without reasons, and as approve does."""
    if not reasons.strip():
        raise ValidationError(
            {"reasons": _("Say what has to change: the authors need it.")},
            code="required",
        )
    return _decide(submission, Outcome.SEND_BACK, Stage.SENT_BACK, reasons, by)


def may_decide(person: User, submission: Submission) -> bool:
    return person.may("decide") and not is_own(person, submission)


def is_own(person: User, submission: Submission) -> bool:
    """Whether the person worked on the verdict or handed it in: somebody else decides then."""
    return submission.submitted_by_id == person.pk or is_author(person, submission.verdict)


def is_author(person: User, verdict: Verdict) -> bool:
    return Author.objects.filter(verdict=verdict, person=person).exists()


def _decide(submission: Submission, outcome: Outcome, stage: Stage, reasons: str, by: User) -> Decision:
    require(by, "decide")
    with act(f"verdict.{outcome.value}", submission, by=by, reason=reasons) as deciding:
        verdict = lock(submission.verdict)
        deciding.about(verdict, verdict.claim)
        if is_own(by, submission):
            raise PermissionDenied(_("You worked on this verdict, so somebody else must decide on it."))
        newest = Submission.objects.latest_of(verdict)
        if (
            newest is None
            or newest.pk != submission.pk
            or hasattr(newest, "decision")
            or hasattr(newest, "withdrawal")
            or not is_current(newest)
            or verdict.claim.trashed_at
        ):
            raise Outdated
        stages.check(verdict.stage, stage)
        decision = Decision.objects.create(submission=newest, outcome=outcome, reasons=reasons, decided_by=by)
        Verdict.objects.filter(pk=verdict.pk).update(stage=stage)
        _tell(decision, verdict)
    return decision


def _tell(decision: Decision, verdict: Verdict) -> None:
    """Whoever worked on it goes on with it, or a publisher does; the other reviewers need not look any more."""
    done_at(decision.submission.get_absolute_url(), User.objects.able_to("decide"), Kind.SUBMITTED, Kind.ASSIGNED)
    people, by, words = [*decision.submission.workers()], decision.decided_by, verdict.claim.wording
    if decision.outcome == Outcome.SEND_BACK:
        tell(people, Kind.SENT_BACK, by=by, words=words, path=verdict.get_absolute_url())
    else:
        people += User.objects.able_to("publish")
        tell(people, Kind.APPROVED, by=by, words=words, path=decision.submission.get_absolute_url())

"""Approving and sending back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.accounts.roles import REVIEWER
from factcheck.claims import highlighting
from factcheck.notices.models import Kind, Notice
from factcheck.publication.publishing import approved_submission
from factcheck.review import deciding, freezing, handing
from factcheck.review.deciding import Outdated
from factcheck.review.models import Decision, Outcome, Submission
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom
from tests.review import edits

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(ada: User) -> Verdict:
    claim = newsroom.claim(ada)
    topics = highlighting.find_or_add_topics(["Port"], by=ada)
    highlighting.revise(claim, by=ada, version=claim.version, topics=topics)
    return newsroom.verdict(claim, by=ada)


@pytest.fixture
def handed_in(verdict: Verdict, ada: User) -> Submission:
    return newsroom.submission(verdict, by=ada)


def stage(verdict: Verdict) -> str:
    return Verdict.objects.get(pk=verdict.pk).stage


def test_approving_leaves_a_decision_and_its_stage(handed_in: Submission, bo: User) -> None:
    decision = deciding.approve(handed_in, by=bo, reasons="Well found.")
    assert (decision.outcome, decision.reasons, decision.decided_by, stage(handed_in.verdict)) == (
        Outcome.APPROVE,
        "Well found.",
        bo,
        Stage.APPROVED,
    )


def test_sending_back_leaves_a_decision_and_its_stage(handed_in: Submission, bo: User) -> None:
    decision = deciding.send_back(handed_in, by=bo, reasons="Which register?")
    assert (decision.outcome, stage(handed_in.verdict)) == (Outcome.SEND_BACK, Stage.SENT_BACK)


def test_when_one_has_decided_it_is_no_news_to_the_other_reviewers(handed_in: Submission, ada: User, bo: User) -> None:
    rae = newsroom.person("rae", REVIEWER)
    again = newsroom.submission(newsroom.verdict(newsroom.claim(ada, "Another."), by=ada), by=ada)
    handing.hand_over(again, by=ada, reviewer=rae)
    assert Notice.objects.filter(person=rae).unseen().count() == 2
    deciding.approve(handed_in, by=bo)
    handing.withdraw(again, by=ada)
    assert not Notice.objects.filter(person=rae).unseen().exists()
    assert Notice.objects.filter(person=ada, kind=Kind.APPROVED).unseen().count() == 1


@pytest.mark.parametrize("reasons", ["", " \n"])
def test_sending_back_takes_reasons(reasons: str, handed_in: Submission, bo: User) -> None:
    with pytest.raises(ValidationError):
        deciding.send_back(handed_in, by=bo, reasons=reasons)
    assert (Decision.objects.count(), stage(handed_in.verdict)) == (0, Stage.SUBMITTED)


def test_an_author_does_not_decide_on_their_own_verdict(bo: User) -> None:
    handed_in = newsroom.submission(newsroom.verdict(newsroom.claim(bo), by=bo), by=bo)
    with pytest.raises(PermissionDenied):
        deciding.approve(handed_in, by=bo)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("edit", ["verdict.summary", "citation.note", "citation more", "citation less"])
def test_whoever_edited_the_verdict_or_its_citations_does_not_decide(
    edit: str, verdict: Verdict, ada: User, bo: User
) -> None:
    edits.ALL[edit](verdict, bo)
    if edit == "citation less":
        edits.ALL["citation more"](verdict, ada)
        now = Verdict.objects.get(pk=verdict.pk)
        judging.revise(now, by=ada, version=now.version, rationale="A letter says so [2].")
    with pytest.raises(PermissionDenied):
        deciding.approve(newsroom.submission(verdict, by=ada), by=bo)


def test_an_author_may_not_even_send_back(bo: User) -> None:
    handed_in = newsroom.submission(newsroom.verdict(newsroom.claim(bo), by=bo), by=bo)
    with pytest.raises(PermissionDenied):
        deciding.send_back(handed_in, by=bo, reasons="Later.")


@pytest.mark.parametrize("who", ["finn", "cleo", "dee", "guest"])
def test_only_reviewers_decide(who: str, handed_in: Submission, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        deciding.approve(handed_in, by=request.getfixturevalue(who))


def test_a_disabled_reviewer_does_not_decide(handed_in: Submission, bo: User) -> None:
    User.objects.filter(pk=bo.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        deciding.approve(handed_in, by=User.objects.get(pk=bo.pk))


@pytest.mark.parametrize("name", edits.ALL)
def test_after_any_edit_that_readers_would_see_nothing_is_decided(
    name: str, handed_in: Submission, ada: User, bo: User
) -> None:
    edits.ALL[name](handed_in.verdict, ada)
    with pytest.raises(Outdated):
        deciding.approve(handed_in, by=bo)
    assert stage(handed_in.verdict) == Stage.SUBMITTED


@pytest.mark.parametrize("name", edits.ALL)
def test_after_any_edit_that_readers_would_see_an_approval_no_longer_holds(
    name: str, handed_in: Submission, ada: User, bo: User
) -> None:
    deciding.approve(handed_in, by=bo)
    edits.ALL[name](handed_in.verdict, ada)
    assert approved_submission(Verdict.objects.get(pk=handed_in.verdict_id)) is None


def test_a_submission_is_decided_on_once(handed_in: Submission, bo: User) -> None:
    deciding.approve(handed_in, by=bo)
    with pytest.raises(Outdated):
        deciding.send_back(handed_in, by=bo, reasons="After all, no.")


def test_a_submission_handed_in_again_since_is_not_decided_on(handed_in: Submission, ada: User, bo: User) -> None:
    edits.ALL["verdict.summary"](handed_in.verdict, ada)
    freezing.submit(handed_in.verdict, by=ada)
    with pytest.raises(Outdated):
        deciding.approve(handed_in, by=bo)


def test_an_outdated_submission_is_not_sent_back_either(handed_in: Submission, ada: User, bo: User) -> None:
    edits.ALL["verdict.summary"](handed_in.verdict, ada)
    with pytest.raises(Outdated):
        deciding.send_back(handed_in, by=bo, reasons="Which register?")


def test_a_reviewer_who_is_no_author_may_decide(handed_in: Submission, bo: User) -> None:
    assert deciding.may_decide(bo, handed_in)


def test_a_reviewer_who_is_an_author_may_not_decide(handed_in: Submission, bo: User) -> None:
    judging.revise(handed_in.verdict, by=bo, version=Verdict.objects.get(pk=handed_in.verdict_id).version)
    assert not deciding.may_decide(bo, handed_in)

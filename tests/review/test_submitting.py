"""Handing in a verdict."""

import pytest
from django.core.exceptions import PermissionDenied

from factcheck.accounts.models import User
from factcheck.history.versioning import Stale
from factcheck.review import deciding, freezing
from factcheck.review.documents import hash_of
from factcheck.review.freezing import Incomplete, Occupied, Unchanged
from factcheck.review.models import Submission
from factcheck.verdicts import judging
from factcheck.verdicts.models import Citation, Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def fresh(verdict: Verdict) -> Verdict:
    return Verdict.objects.get(pk=verdict.pk)


def revise(verdict: Verdict, by: User, **changes: object) -> Verdict:
    return judging.revise(verdict, by=by, version=fresh(verdict).version, **changes)


def test_it_keeps_the_document_as_it_is_now(verdict: Verdict, ada: User) -> None:
    document = freezing.document_of(verdict)
    handed_in = freezing.submit(verdict, by=ada)
    assert (handed_in.document, handed_in.sha256, handed_in.number) == (document, hash_of(document), 1)


def test_the_verdict_is_submitted_then(verdict: Verdict, ada: User) -> None:
    freezing.submit(verdict, by=ada)
    assert fresh(verdict).stage == Stage.SUBMITTED


def test_a_later_edit_leaves_the_submission_as_it_was(verdict: Verdict, ada: User) -> None:
    handed_in = freezing.submit(verdict, by=ada)
    revise(verdict, ada, summary="Otherwise.")
    assert Submission.objects.get(pk=handed_in.pk).document == handed_in.document


@pytest.mark.parametrize(
    ("lacking", "sentence"),
    [
        ({"rating": None}, "Choose a rating."),
        ({"summary": " "}, "Write the finding in one sentence."),
        ({"rationale": "\n"}, "Write why: the rationale is empty."),
    ],
)
def test_what_the_verdict_lacks_is_listed(
    lacking: dict[str, object], sentence: str, verdict: Verdict, ada: User
) -> None:
    revise(verdict, ada, **lacking)
    with pytest.raises(Incomplete) as refused:
        freezing.submit(verdict, by=ada)
    assert refused.value.missing == [sentence]


def test_a_verdict_without_a_source_is_incomplete(ada: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada, cited=False)
    with pytest.raises(Incomplete) as refused:
        freezing.submit(verdict, by=ada)
    assert refused.value.missing == ["Cite at least one source."]


def test_an_empty_draft_lacks_everything_at_once(ada: User) -> None:
    with pytest.raises(Incomplete) as refused:
        freezing.submit(judging.draft(newsroom.claim(ada), by=ada), by=ada)
    assert len(refused.value.missing) == 4


@pytest.mark.parametrize("wording", ["True: the harbour was dredged.", "TRUE: the harbour was dredged."])
def test_a_wording_that_begins_with_the_rating_is_refused(wording: str, ada: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada, wording), by=ada)
    with pytest.raises(Incomplete, match="hear it twice"):
        freezing.submit(verdict, by=ada)


def test_an_incomplete_verdict_stays_a_draft(ada: User) -> None:
    verdict = judging.draft(newsroom.claim(ada), by=ada)
    with pytest.raises(Incomplete):
        freezing.submit(verdict, by=ada)
    assert (fresh(verdict).stage, Submission.objects.count()) == (Stage.DRAFT, 0)


def test_the_same_is_not_handed_in_twice(verdict: Verdict, ada: User) -> None:
    freezing.submit(verdict, by=ada)
    with pytest.raises(Unchanged):
        freezing.submit(verdict, by=ada)


def test_an_approved_verdict_that_says_the_same_is_not_handed_in_again(verdict: Verdict, ada: User) -> None:
    newsroom.approved(verdict, by=ada)
    with pytest.raises(Unchanged):
        freezing.submit(verdict, by=ada)


def test_what_was_sent_back_may_be_handed_in_unchanged(verdict: Verdict, ada: User, bo: User) -> None:
    deciding.send_back(freezing.submit(verdict, by=ada), by=bo, reasons="Why the register?")
    assert freezing.submit(verdict, by=ada).number == 2


def test_a_submitted_verdict_that_changed_is_handed_in_under_the_next_number(verdict: Verdict, ada: User) -> None:
    freezing.submit(verdict, by=ada)
    revise(verdict, ada, summary="Otherwise.")
    assert freezing.submit(verdict, by=ada).number == 2


def test_an_approved_verdict_that_changed_waits_again(verdict: Verdict, ada: User) -> None:
    newsroom.approved(verdict, by=ada)
    revise(verdict, ada, summary="Otherwise.")
    freezing.submit(verdict, by=ada)
    assert fresh(verdict).stage == Stage.SUBMITTED


def test_who_saw_an_older_version_is_told(verdict: Verdict, ada: User) -> None:
    seen = fresh(verdict).version
    revise(verdict, ada, summary="Otherwise.")
    with pytest.raises(Stale):
        freezing.submit(verdict, by=ada, version=seen)


@pytest.mark.parametrize("stage", ["submitted", "approved"])
def test_a_second_verdict_on_the_claim_is_not_handed_in_beside_the_first(
    stage: str, verdict: Verdict, ada: User
) -> None:
    (newsroom.submission if stage == "submitted" else newsroom.approved)(verdict, by=ada)
    second = newsroom.verdict(verdict.claim, by=ada, rating="False")
    with pytest.raises(Occupied):
        freezing.submit(second, by=ada)
    assert (fresh(second).stage, Submission.objects.filter(verdict=second).count()) == (Stage.DRAFT, 0)


def test_a_second_verdict_may_be_handed_in_when_the_first_was_sent_back(verdict: Verdict, ada: User, bo: User) -> None:
    deciding.send_back(freezing.submit(verdict, by=ada), by=bo, reasons="Otherwise.")
    second = newsroom.verdict(verdict.claim, by=ada, rating="False")
    assert freezing.submit(second, by=ada).verdict == second


@pytest.mark.parametrize("who", ["cleo", "dee", "guest"])
def test_only_checkers_hand_in(who: str, verdict: Verdict, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        freezing.submit(verdict, by=request.getfixturevalue(who))


def test_those_waiting_are_the_newest_of_each_verdict(verdict: Verdict, ada: User) -> None:
    freezing.submit(verdict, by=ada)
    revise(verdict, ada, summary="Otherwise.")
    second = freezing.submit(verdict, by=ada)
    assert list(Submission.objects.waiting()) == [second]


def test_nothing_of_one_s_own_waits_for_oneself(verdict: Verdict, ada: User, bo: User) -> None:
    handed_in = freezing.submit(verdict, by=ada)
    assert (list(Submission.objects.waiting_for(ada)), list(Submission.objects.waiting_for(bo))) == ([], [handed_in])


def test_the_sources_in_the_document_are_those_cited_now(verdict: Verdict, ada: User) -> None:
    judging.uncite(Citation.objects.get(verdict=verdict), by=ada)
    with pytest.raises(Incomplete):
        freezing.submit(verdict, by=ada)

"""Two people at one verdict: what the second one finds is what the first one left."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from factcheck.accounts.models import User
from factcheck.accounts.roles import REVIEWER
from factcheck.claims import highlighting
from factcheck.history.versioning import Stale
from factcheck.publication.publishing import approved_submission
from factcheck.review import deciding, discussing, freezing, handing
from factcheck.review.deciding import Outdated
from factcheck.review.freezing import Unchanged
from factcheck.review.models import Decision, Handover, Submission
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom
from tests.racing import at_once, overtaken
from tests.review import edits

pytestmark = pytest.mark.django_db(transaction=True)

# One of each record that a document is made of.
EDITS = (
    "claim.wording", "claim.claimant", "claim.topics", "claimant.name", "verdict.summary", "verdict.authors",
    "citation.note", "citation more", "citation less", "source.title",
)  # fmt: skip


@pytest.fixture
def verdict(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


@pytest.fixture
def handed_in(verdict: Verdict, ada: User) -> Submission:
    return newsroom.submission(verdict, by=ada)


@pytest.fixture
def rae(db: None) -> User:
    """A second reviewer."""
    return newsroom.person("rae", REVIEWER)


def fresh(verdict: Verdict) -> Verdict:
    return Verdict.objects.get(pk=verdict.pk)


def test_of_two_reviewers_the_second_finds_it_decided(handed_in: Submission, bo: User, rae: User) -> None:
    first, second = overtaken(
        partial(deciding.approve, handed_in, by=bo), partial(deciding.send_back, handed_in, by=rae, reasons="No.")
    )
    assert (list(Decision.objects.all()), type(second)) == ([first], Outdated)


def test_two_reviewers_at_once_make_one_decision(handed_in: Submission, bo: User, rae: User) -> None:
    given = at_once(
        partial(deciding.approve, handed_in, by=bo),
        partial(deciding.send_back, handed_in, by=rae, reasons="No."),
        partial(deciding.approve, handed_in, by=rae),
        partial(deciding.send_back, handed_in, by=bo, reasons="No."),
    )
    assert sorted(type(each).__name__ for each in given) == ["Decision", "Outdated", "Outdated", "Outdated"]


def test_of_taking_back_and_deciding_at_once_one_happens(handed_in: Submission, ada: User, bo: User) -> None:
    given = at_once(partial(handing.withdraw, handed_in, by=ada), partial(deciding.approve, handed_in, by=bo))
    assert sorted(type(each).__name__ for each in given) in (["Decision", "Outdated"], ["Outdated", "Withdrawal"])


def test_what_is_taken_back_in_this_moment_is_not_decided_on(handed_in: Submission, ada: User, bo: User) -> None:
    _taken_back, decision = overtaken(
        partial(handing.withdraw, handed_in, by=ada), partial(deciding.approve, handed_in, by=bo)
    )
    assert (type(decision), fresh(handed_in.verdict).stage) == (Outdated, Stage.DRAFT)


def test_what_is_handed_over_in_this_moment_is_decided_on_by_whoever_comes_first(
    handed_in: Submission, ada: User, bo: User, rae: User
) -> None:
    _given, decision = overtaken(
        partial(handing.hand_over, handed_in, by=ada, reviewer=rae), partial(deciding.approve, handed_in, by=bo)
    )
    assert decision == Decision.objects.get()


def test_what_is_decided_in_this_moment_is_not_handed_over(
    handed_in: Submission, ada: User, bo: User, rae: User
) -> None:
    _decision, given = overtaken(
        partial(deciding.approve, handed_in, by=bo), partial(handing.hand_over, handed_in, by=ada, reviewer=rae)
    )
    assert (type(given), Handover.objects.count()) == (Outdated, 0)


def test_whoever_takes_a_review_over_and_becomes_an_author_in_this_moment_does_not_get_it(
    handed_in: Submission, ada: User, bo: User
) -> None:
    version = fresh(handed_in.verdict).version
    _revised, given = overtaken(
        partial(judging.revise, handed_in.verdict, by=bo, version=version, summary="I know better."),
        partial(handing.hand_over, handed_in, by=ada, reviewer=bo),
    )
    assert isinstance(given, ValidationError)


def test_a_claim_thrown_away_in_this_moment_is_not_decided_on(handed_in: Submission, ada: User, bo: User) -> None:
    _trashed, decision = overtaken(
        partial(highlighting.trash, handed_in.verdict.claim, by=ada), partial(deciding.approve, handed_in, by=bo)
    )
    assert isinstance(decision, Outdated)


def test_on_the_screen_one_of_many_decides_and_all_others_are_told(handed_in: Submission, bo: User, rae: User) -> None:
    clients = [Client() for _tab in range(4)]
    for client, person in zip(clients, (bo, bo, rae, rae), strict=True):
        client.force_login(person)
    path = f"{handed_in.get_absolute_url()}decision/"
    answers = at_once(*(partial(client.post, path, {"outcome": "approve"}) for client in clients))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]


def test_two_who_resolve_a_thread_at_once_resolve_it_once(handed_in: Submission, ada: User, bo: User) -> None:
    thread = discussing.begin(handed_in.verdict, by=bo, text="Why?")
    given = at_once(partial(discussing.resolve, thread, by=ada), partial(discussing.resolve, thread, by=bo))
    assert (sorted(given), thread.resolutions.count()) == ([False, True], 1)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_just_before_the_approval_prevents_it(name: str, handed_in: Submission, ada: User, bo: User) -> None:
    newsroom.anybody("finn", newsroom.CHECKER)
    _edit, decision = overtaken(
        partial(edits.LOCKED[name], handed_in.verdict, ada), partial(deciding.approve, handed_in, by=bo)
    )
    assert isinstance(decision, Outdated)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_just_after_the_approval_leaves_it_behind(
    name: str, handed_in: Submission, ada: User, bo: User
) -> None:
    newsroom.anybody("finn", newsroom.CHECKER)
    overtaken(partial(deciding.approve, handed_in, by=bo), partial(edits.LOCKED[name], handed_in.verdict, ada))
    assert (fresh(handed_in.verdict).stage, approved_submission(fresh(handed_in.verdict))) == (Stage.APPROVED, None)


def test_who_becomes_an_author_in_this_moment_does_not_decide(handed_in: Submission, bo: User) -> None:
    version = fresh(handed_in.verdict).version
    _revised, decision = overtaken(
        partial(judging.revise, handed_in.verdict, by=bo, version=version, summary="I know better."),
        partial(deciding.approve, handed_in, by=bo),
    )
    assert isinstance(decision, PermissionDenied)


def test_handing_in_twice_makes_one_submission(verdict: Verdict, ada: User) -> None:
    submit = partial(freezing.submit, verdict, by=ada)
    _first, second = overtaken(submit, submit)
    assert (Submission.objects.count(), type(second)) == (1, Unchanged)


def test_handing_in_four_times_at_once_makes_one_submission(verdict: Verdict, ada: User) -> None:
    given = at_once(*[partial(freezing.submit, verdict, by=ada)] * 4)
    assert sorted(type(each).__name__ for each in given) == ["Submission", "Unchanged", "Unchanged", "Unchanged"]


def test_handing_in_what_somebody_is_just_saving_is_refused(verdict: Verdict, ada: User, finn: User) -> None:
    seen = fresh(verdict).version
    _revised, handed_in = overtaken(
        partial(judging.revise, verdict, by=finn, version=seen, summary="Otherwise."),
        partial(freezing.submit, verdict, by=ada, version=seen),
    )
    assert isinstance(handed_in, Stale)


def test_of_two_verdicts_on_a_claim_handed_in_at_once_one_is_taken(verdict: Verdict, ada: User, finn: User) -> None:
    second = newsroom.verdict(verdict.claim, by=finn, rating="False")
    given = at_once(partial(freezing.submit, verdict, by=ada), partial(freezing.submit, second, by=finn))
    assert sorted(type(each).__name__ for each in given) == ["Occupied", "Submission"]


def test_two_who_save_from_the_same_version_do_not_overwrite_each_other(
    verdict: Verdict, ada: User, finn: User
) -> None:
    version = fresh(verdict).version
    _first, second = overtaken(
        partial(judging.revise, verdict, by=ada, version=version, summary="Ada’s."),
        partial(judging.revise, verdict, by=finn, version=version, summary="Finn’s."),
    )
    assert (fresh(verdict).summary, type(second)) == ("Ada’s.", Stale)


def test_many_hands_on_one_verdict_never_wait_for_each_other_in_a_circle(
    handed_in: Submission, ada: User, bo: User, rae: User
) -> None:
    expected = (Outdated, Stale, Unchanged, PermissionDenied)
    names = ("claim.wording", "claimant.name", "verdict.summary", "citation more", "source.title", "claim.claimant")
    given = at_once(
        *[partial(edits.LOCKED[name], handed_in.verdict, ada) for name in names],
        partial(deciding.approve, handed_in, by=bo),
        partial(deciding.approve, handed_in, by=rae),
        partial(freezing.submit, handed_in.verdict, by=ada),
    )
    assert [each for each in given if isinstance(each, Exception) and not isinstance(each, expected)] == []

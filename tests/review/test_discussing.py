"""Talking a verdict over."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote
from factcheck.notices.models import Kind, Notice
from factcheck.review import discussing
from factcheck.review.models import Mention, Remark
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def test_who_is_called_on_is_written_down_and_told_once(verdict: Verdict, ada: User, bo: User, guest: User) -> None:
    remark = discussing.begin(verdict, by=bo, text="Why, @Ada? @ada, @bo, @guest and @nobody: `@ada`.")
    assert {mention.person for mention in Mention.objects.filter(remark=remark)} == {ada, bo}
    (notice,) = Notice.objects.filter(kind=Kind.MENTIONED)
    assert (notice.person, notice.path) == (ada, f"/desk/remarks/{remark.pk}/#remark-{remark.pk}")
    assert remark.html.count('<b class="mention">') == 3


def test_words_that_stand_several_times_are_refused(verdict: Verdict, bo: User) -> None:
    judging.revise(verdict, by=bo, version=verdict.version, rationale="It was, and it was so [1].")
    verdict.refresh_from_db()
    with pytest.raises(ValidationError, match="2 times"):
        discussing.begin(verdict, by=bo, text="Which?", words=Quote("was"))


def test_a_thread_goes_on_standing_where_its_words_moved_and_is_outdated_when_they_went(
    verdict: Verdict, ada: User, bo: User
) -> None:
    thread = discussing.begin(verdict, by=bo, text="Which?", words=Quote("register of works"))
    for rationale, is_outdated in (("First, the register of works says it [1].", False), ("A letter says it.", True)):
        verdict = judging.revise(verdict, by=ada, version=verdict.version, rationale=rationale)
        assert discussing.thread_of(Remark.objects.get(pk=thread.pk)).is_outdated == is_outdated


def test_a_thread_on_a_source_is_outdated_when_it_was_taken_out(verdict: Verdict, ada: User, bo: User) -> None:
    thread = discussing.begin(verdict, by=bo, text="Which?", citation=1)
    judging.uncite(verdict.citations.get(), by=ada)
    assert discussing.thread_of(thread).is_outdated


def test_open_threads_are_those_that_nobody_resolved_or_somebody_reopened(
    verdict: Verdict, ada: User, bo: User
) -> None:
    first, second, third = (discussing.begin(verdict, by=bo, text=f"{number}?") for number in range(3))
    assert [discussing.resolve(thread, by=ada) for thread in (first, second, second)] == [True, True, False]
    assert discussing.reopen(first, by=bo)
    assert set(Remark.objects.open()) == {first, third}


@pytest.mark.parametrize("who", ["dee", "guest"])
def test_who_may_not_discuss_says_nothing(who: str, verdict: Verdict, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        discussing.begin(verdict, by=request.getfixturevalue(who), text="Why?")

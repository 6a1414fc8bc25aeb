"""Discussion, handing over and taking back, by raw SQL as the program's role: what the database itself refuses."""

import pytest
from django.utils import timezone
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from factcheck.review import deciding, discussing
from factcheck.review.models import Remark, Submission
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

LONG_AGO = "1999-12-31T23:59:59Z"


@pytest.fixture
def handed_in(ada: User) -> Submission:
    return newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)


@pytest.fixture
def thread(handed_in: Submission, bo: User) -> Remark:
    return discussing.begin(handed_in.verdict, by=bo, text="Why?")


def _withdrawal(submission: Submission, by: User) -> tuple[str, ...]:
    return raw.insert("review_withdrawal", {"submission_id": submission.pk, "withdrawn_by_id": by.pk})


def _remark(verdict: int, by: User, **more: object) -> tuple[str, ...]:
    return raw.insert("review_remark", {"verdict_id": verdict, "text": "So.", "html": "", "made_by_id": by.pk} | more)


@pytest.mark.parametrize("column", ["made_by_id", "made_at", "verdict_id", "text", "html", "under_id", "passage"])
def test_no_column_of_a_remark_is_changed(column: str, thread: Remark) -> None:
    raw.refused(f"UPDATE review_remark SET {column} = {column}")


def test_a_remark_cannot_be_dated_back(thread: Remark, bo: User) -> None:
    ((made,),) = raw.execute(*_remark(thread.verdict_id, bo, made_at=LONG_AGO))
    assert Remark.objects.get(pk=made).made_at.year == timezone.now().year


def test_a_reply_stands_in_a_thread_of_the_same_verdict(thread: Remark, ada: User, bo: User) -> None:
    other = newsroom.verdict(newsroom.claim(ada, wording="Z."), by=ada)
    raw.refused(*_remark(other.pk, bo, under_id=thread.pk), because=CheckViolation, saying="same verdict")


def test_a_reply_is_no_thread_and_is_not_resolved(thread: Remark, bo: User) -> None:
    reply = discussing.reply(thread, by=bo, text="So.")
    raw.refused(*_remark(thread.verdict_id, bo, under_id=reply.pk), because=CheckViolation, saying="same verdict")
    row = {"thread_id": reply.pk, "is_resolved": True, "made_by_id": bo.pk}
    raw.refused(*raw.insert("review_resolution", row), because=CheckViolation, saying="Only a thread")


def test_an_empty_remark_is_none(thread: Remark, bo: User) -> None:
    raw.refused(*_remark(thread.verdict_id, bo, text=""), because=CheckViolation)


def test_only_an_author_takes_back(handed_in: Submission, bo: User) -> None:
    raw.refused(*_withdrawal(handed_in, bo), because=CheckViolation, saying="Only an author")


def test_what_was_decided_on_is_not_taken_back(handed_in: Submission, ada: User, bo: User) -> None:
    deciding.approve(handed_in, by=bo)
    raw.refused(*_withdrawal(handed_in, ada), because=CheckViolation, saying="decided on")


def test_what_was_taken_back_is_not_decided_on(handed_in: Submission, ada: User, bo: User) -> None:
    raw.execute(*_withdrawal(handed_in, ada))
    raw.refused(*raw.decision(handed_in.pk, bo), because=CheckViolation, saying="withdrawn")


def test_no_verdict_becomes_a_draft_again_unless_it_was_taken_back(handed_in: Submission, ada: User) -> None:
    statement = "UPDATE verdicts_verdict SET stage = 'draft' WHERE id = %s"
    raw.refused(statement, handed_in.verdict_id, because=CheckViolation, saying="do not say so")
    raw.execute(*_withdrawal(handed_in, ada))
    raw.execute(statement, handed_in.verdict_id)

"""The checklist of a verdict on its page, and handing in past its warnings."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.review.models import Submission
from factcheck.sources import keeping
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.desk.conftest import Desk

QUESTION = "Find out when it was claimed."


@pytest.fixture
def verdict(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def path(verdict: Verdict) -> str:
    return reverse("desk:verdict-submission", args=[verdict.pk])


def test_the_page_shows_what_is_done_and_what_is_open(desk: Desk, ada: User, verdict: Verdict) -> None:
    page = desk(ada).get(verdict.get_absolute_url()).content.decode()
    assert QUESTION in page
    assert "A primary source is among them." in page
    assert 'name="answer_said_on"' in page


def test_a_warning_is_answered_and_the_reviewer_reads_it(desk: Desk, ada: User, bo: User, verdict: Verdict) -> None:
    sent = desk(ada).post(path(verdict), {"answer_said_on": "The recording has no date."})
    assert sent.status_code == 303
    assert "The recording has no date." in desk(bo).get(sent.headers["Location"]).content.decode()


def test_an_answer_left_empty_is_refused_beside_its_field(desk: Desk, ada: User, verdict: Verdict) -> None:
    answer = desk(ada).post(path(verdict), {"answer_said_on": " "})
    assert answer.status_code == 422
    assert 'id="submission_answer_said_on_error"' in answer.content.decode()
    assert not Submission.objects.exists()


@pytest.mark.parametrize("reason", ["x" * 501, "\0"])
def test_an_answer_that_cannot_be_kept_is_refused_and_the_typing_stays(
    desk: Desk, ada: User, verdict: Verdict, reason: str
) -> None:
    answer = desk(ada).post(path(verdict), {"answer_said_on": reason})
    assert answer.status_code == 422
    assert answer.context["submission_form"]["answer_said_on"].value() == reason
    assert not Submission.objects.exists()


def test_what_was_answered_before_stands_in_the_form_again(desk: Desk, ada: User, verdict: Verdict) -> None:
    desk(ada).post(path(verdict), {"answer_said_on": "The recording has no date."})
    judging.revise(verdict, by=ada, version=verdict.version, summary="Otherwise.")
    assert "The recording has no date." in desk(ada).get(verdict.get_absolute_url()).content.decode()


def test_a_refused_form_hands_in_what_the_page_shows_then(desk: Desk, ada: User, verdict: Verdict) -> None:
    late = desk(ada).post(path(verdict), {"answer_said_on": "No date.", "version": verdict.version + 1})
    assert late.status_code == 409
    again = late.context["submission_form"].data
    assert desk(ada).post(path(verdict), again).status_code == 303
    assert Submission.objects.get().answers[0]["reason"] == "No date."


def test_another_checker_s_verdict_in_review_is_named_in_the_refusal(desk: Desk, ada: User, finn: User) -> None:
    first = newsroom.verdict(newsroom.claim(ada), by=ada)
    newsroom.submission(first, by=ada)
    answer = desk(finn).post(path(newsroom.verdict(first.claim, by=finn)))
    assert answer.status_code == 409
    assert f'<a href="{first.get_absolute_url()}">that of Ada</a>' in answer.content.decode()


def test_the_page_asks_no_more_queries_for_more_citations(desk: Desk, ada: User, verdict: Verdict) -> None:
    client = desk(ada)
    asked = []
    for more in (1, 12):
        for number in range(more):
            source = keeping.find_or_add(by=ada, title=f"Paper {more}.{number}", kind="media")
            judging.cite(verdict, source, by=ada, stance="context")
        client.get(verdict.get_absolute_url())
        with CaptureQueriesContext(connection) as captured:
            client.get(verdict.get_absolute_url())
        asked.append(len(captured))
    assert asked[0] == asked[1]

"""Two checkers at one claim: both judge it, one verdict at a time goes to review."""

from functools import partial
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.review.models import Submission
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.desk.conftest import Desk
from tests.racing import at_once


def test_a_second_checker_is_asked_to_judge_it_too(desk: Desk, ada: User, finn: User) -> None:
    claim = newsroom.claim(ada)
    newsroom.verdict(claim, by=ada)
    page = desk(finn).get(claim.get_absolute_url()).content.decode()
    assert "Judge it, too" in page
    assert "by Ada" in page
    assert "Go on with yours" in desk(ada).get(claim.get_absolute_url()).content.decode()


def test_both_verdicts_stand_on_the_claim_s_page_by_whom_and_each_tells_of_the_other(
    desk: Desk, ada: User, finn: User
) -> None:
    claim = newsroom.claim(ada)
    first = newsroom.verdict(claim, by=ada)
    made = desk(finn).post(reverse("desk:claim-verdicts", args=[claim.pk]), {"summary": "By Finn."})
    assert made.status_code == 303
    page = desk(ada).get(claim.get_absolute_url()).content.decode()
    assert "by you" in page
    assert "by Finn" in page
    assert "By Finn." in desk(ada).get(first.get_absolute_url()).content.decode()
    assert {each.stage for each in Verdict.objects.filter(claim=claim)} == {"draft"}


@pytest.mark.django_db(transaction=True)
def test_of_two_handed_in_at_the_same_moment_one_is_taken_and_the_other_hears_whose(
    desk: Desk, ada: User, finn: User
) -> None:
    claim = newsroom.claim(ada)
    verdicts = {person: newsroom.verdict(claim, by=person) for person in (ada, finn)}

    def hand_in(client: Client, verdict: Verdict) -> HttpResponse:
        return client.post(reverse("desk:verdict-submission", args=[verdict.pk]), {"key": str(uuid4())})  # type: ignore[return-value]  # of the test client

    answers = at_once(*(partial(hand_in, desk(person), verdict) for person, verdict in verdicts.items()))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert "Only one at a time can be" in refused.content.decode()
    assert Submission.objects.get().verdict.get_absolute_url() in refused.content.decode()
    assert sorted(each.stage for each in Verdict.objects.filter(claim=claim)) == ["draft", "submitted"]

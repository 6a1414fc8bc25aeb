"""Who has it in hand: the form, one click for oneself, and what the pages say."""

from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from tests import newsroom
from tests.desk.conftest import Desk

HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(ada: User) -> Claim:
    return newsroom.claim(ada)


def test_one_click_takes_a_claim_and_leads_back_to_where_it_was_made(desk: Desk, ada: User, claim: Claim) -> None:
    given = {"version": 1, "assignee": ada.pk, "due_on": "", "next": "/desk/"}
    answer = desk(ada).post(claim.get_assignment_url(), given)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/")
    assert Claim.objects.get().assignee == ada


@pytest.mark.parametrize("elsewhere", ["https://evil.example/desk/", "//evil.example", "/desk//\\evil", "/admin/", "x"])
def test_it_leads_nowhere_else_than_to_the_desk(desk: Desk, ada: User, claim: Claim, elsewhere: str) -> None:
    given = {"version": 1, "assignee": ada.pk, "next": elsewhere}
    assert desk(ada).post(claim.get_assignment_url(), given).headers["Location"].startswith("/desk/")


def test_htmx_gets_the_assignment_alone_and_what_to_announce(desk: Desk, ada: User, claim: Claim) -> None:
    answer = desk(ada).post(claim.get_assignment_url(), {"version": 1, "assignee": ada.pk}, headers=HTMX)
    page = answer.content.decode()
    assert "Assigned to Ada" in page
    assert "<html" not in page
    assert "You have it in hand now." in answer.headers["HX-Trigger-After-Settle"]


def test_htmx_gets_the_form_and_it_back(desk: Desk, ada: User, claim: Claim) -> None:
    client = desk(ada)
    assert 'name="due_on"' in client.get(claim.get_assignment_url(), headers=HTMX).content.decode()
    assert "Assigned to nobody" in client.get(f"{claim.get_assignment_url()}?shown", headers=HTMX).content.decode()


def test_who_comes_late_is_told_who_has_it(desk: Desk, ada: User, finn: User, claim: Claim) -> None:
    desk(finn).post(claim.get_assignment_url(), {"version": 1, "assignee": finn.pk})
    answer = desk(ada).post(claim.get_assignment_url(), {"version": 1, "assignee": ada.pk})
    assert answer.status_code == 409
    assert "Finn" in answer.content.decode()
    assert Claim.objects.get().assignee == finn


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"assignee": "999999"}, "assignee"),
        ({"assignee": "x\0y"}, "assignee"),
        ({"assignee": "9" * 40}, "assignee"),
        ({"due_on": "2026-02-31"}, "due_on"),
        ({"due_on": "2020-01-01"}, "due_on"),
        ({"due_on": "\0"}, "due_on"),
        ({"version": ""}, "version"),
        ({"version": "9" * 20}, "version"),
    ],
)
def test_wrong_input_is_told_beside_its_field_and_changes_nothing(
    desk: Desk, ada: User, claim: Claim, wrong: dict[str, str], field: str
) -> None:
    answer = desk(ada).post(claim.get_assignment_url(), {"version": 1, "assignee": ada.pk} | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert Claim.objects.get().assignee is None


def test_the_claim_s_page_says_who_has_it_until_when_and_that_it_is_late(desk: Desk, ada: User, claim: Claim) -> None:
    page = desk(ada).get(claim.get_absolute_url()).content.decode()
    assert "Assigned to nobody" in page
    assert "Take it" in page
    Claim.objects.update(assignee=ada, due_on=timezone.localdate() - timedelta(days=1))
    page = desk(ada).get(claim.get_absolute_url()).content.decode()
    assert "Assigned to Ada" in page
    assert "overdue, was due yesterday" in page
    assert "Take it" not in page


def test_the_history_names_people_and_days(desk: Desk, ada: User, bo: User, claim: Claim) -> None:
    client = desk(bo)
    client.post(claim.get_assignment_url(), {"version": 1, "assignee": ada.pk, "due_on": "2999-05-03"})
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "assigned the claim" in page
    assert "<ins>Ada</ins>" in page
    assert "<ins>3 May 2999</ins>" in page


def test_an_article_s_page_of_details_shows_it_and_a_click_leads_back_to_it(desk: Desk, ada: User) -> None:
    article, client = newsroom.article(ada), desk(ada)
    page = client.get(f"{article.get_absolute_url()}edit/").content.decode()
    assert "Assigned to nobody" in page
    given = {"version": 1, "assignee": ada.pk, "next": f"{article.get_absolute_url()}edit/"}
    answer = client.post(article.get_assignment_url(), given, follow=True)
    assert "Assigned to Ada" in answer.content.decode()
    # Whoever edits the details meanwhile is not late for that.
    assert 'name="version" value="1"' in answer.content.decode()


def test_who_may_only_read_sees_it_and_no_button(desk: Desk, dee: User, claim: Claim) -> None:
    page = desk(dee).get(claim.get_absolute_url()).content.decode()
    assert "Assigned to nobody" in page
    assert "Take it" not in page


def test_taking_a_claim_does_not_make_the_save_of_whoever_edits_it_late(desk: Desk, ada: User, finn: User) -> None:
    claim = newsroom.claim(ada)
    desk(finn).post(claim.get_assignment_url(), {"version": 1, "assignee": finn.pk})
    path = f"{claim.get_absolute_url()}edit/"
    assert desk(ada).post(path, {"version": 1, "wording": "In better words."}).status_code == 303

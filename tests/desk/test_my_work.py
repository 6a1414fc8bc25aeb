"""What waits for whom."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.articles.assigning import assign as assign_article
from factcheck.claims.assigning import assign
from factcheck.claims.models import Claim
from factcheck.desk.searching import WAITING
from factcheck.desk.templatetags.desk import ago, day
from factcheck.desk.waiting import SHOWN, waiting_for
from factcheck.review import deciding
from tests import newsroom
from tests.desk.conftest import Desk

TODAY = timezone.localdate()


def lists(person: User) -> dict[str, list[str]]:
    """What waits for somebody: the claims' wordings in each list."""
    return {each.name: [row.claim.wording for row in each.rows] for each in waiting_for(person) if each.rows}


def test_a_claim_waits_first_for_anybody_then_for_its_checker_its_reviewer_and_the_publisher(
    ada: User, bo: User, cleo: User, finn: User
) -> None:
    claim = newsroom.claim(ada, wording="A.")
    assert lists(ada) == lists(finn) == {"untaken": ["A."]}
    assign(claim, by=ada, version=1, assignee=ada, due_on=None)
    assert (lists(ada), lists(finn)) == ({"assigned": ["A."]}, {})
    verdict = newsroom.verdict(claim, by=ada)
    assert (lists(ada), lists(finn)) == ({"assigned": ["A."]}, {})
    submission = newsroom.submission(verdict, by=ada)
    assert (lists(ada), lists(bo), lists(cleo)) == ({}, {"review": ["A."]}, {})
    deciding.send_back(submission, by=bo, reasons="Find the register.\nAnd read it.")
    assert (lists(ada), lists(bo)) == ({"sent_back": ["A."]}, {})
    deciding.approve(newsroom.submission(verdict, by=ada), by=bo)
    assert (lists(ada), lists(cleo)) == ({}, {"publish": ["A."]})


def test_drafts_are_their_authors_own_and_nobody_reviews_their_own(ada: User, bo: User) -> None:
    draft = newsroom.verdict(newsroom.claim(ada, wording="A."), by=bo)
    assert (lists(bo), lists(ada)) == ({"drafts": ["A."]}, {})
    newsroom.submission(draft, by=bo)
    assert lists(bo) == {}


def test_what_was_sent_back_says_by_whom_and_the_first_line_of_why(desk: Desk, ada: User, bo: User) -> None:
    submission = newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)
    deciding.send_back(submission, by=bo, reasons="\nFind the register.\nAnd read it.")
    page = desk(ada).get("/desk/").content.decode()
    assert "sent back by Bo" in page
    assert "Find the register." in page
    assert "And read it." not in page
    assert "just now" in page


def test_by_due_day_and_then_by_age(ada: User) -> None:
    for wording, days in (("none", None), ("late", -3), ("soon", 2), ("none yet", None), ("sooner", 1)):
        claim = newsroom.claim(ada, wording=wording)
        due_on = None if days is None else TODAY + timedelta(days=days)
        Claim.objects.filter(pk=claim.pk).update(assignee=ada, due_on=due_on)
    assert lists(ada)["assigned"] == ["late", "sooner", "soon", "none", "none yet"]


def test_the_count_is_of_all_and_leads_to_all_of_them(desk: Desk, ada: User) -> None:
    for number in range(SHOWN + 3):
        newsroom.claim(ada, wording=f"Claim {number}.")
    (untaken,) = (each for each in waiting_for(ada) if each.rows)
    assert (untaken.total, len(untaken.rows)) == (SHOWN + 3, SHOWN)
    page = desk(ada).get("/desk/").content.decode()
    assert f"All {SHOWN + 3}" in page
    full = desk(ada).get(untaken.href)
    assert [claim.wording for claim in full.context["page"]] == [f"Claim {number}." for number in range(SHOWN + 3)]


def test_each_list_of_my_work_is_a_list_of_claims_too(desk: Desk, bo: User, cleo: User) -> None:
    for name in WAITING:
        for person in (bo, cleo):
            assert desk(person).get("/desk/claims/", {"waiting": name}).status_code == 200


def test_what_somebody_had_who_left_can_be_taken(ada: User, finn: User, dee: User) -> None:
    from factcheck.accounts import employing

    assign(newsroom.claim(ada, wording="A."), by=ada, version=1, assignee=finn, due_on=None)
    employing.disable(finn, by=dee)
    assert lists(ada) == {"untaken": ["A."]}


def test_articles_in_hand_come_with_the_counts_of_their_claims(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, article, "dredged", by=ada)
    newsroom.highlight(claim, article, "1921", by=ada)
    Claim.objects.update(due_on=TODAY - timedelta(days=1))
    assign_article(article, by=ada, version=article.assigned_version, assignee=ada, due_on=TODAY)
    page = desk(ada).get("/desk/").content.decode()
    for words in ("Your articles", "1 claim<", "1 without a verdict", "1 overdue", "due today"):
        assert words in page


def test_an_empty_desk_says_what_comes_first_and_a_done_one_what_else_there_is(
    desk: Desk, ada: User, cleo: User
) -> None:
    assert "No articles yet" in desk(ada).get("/desk/").content.decode()
    newsroom.article(ada)
    for person, advice in ((ada, "Claims nobody has"), (cleo, "What has been approved comes here by itself.")):
        page = desk(person).get("/desk/").content.decode()
        assert "Nothing waits for you" in page
        assert advice in page


def test_somebody_without_a_role_is_refused(desk: Desk, guest: User) -> None:
    assert desk(guest).get("/desk/").status_code == 403


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(-5, "just now"), (0, "just now"), (59, "just now"), (61, "1 minute ago"), (3_700, "1 hour ago")],
)
def test_ages_read_well(seconds: int, told: str) -> None:
    assert ago(timezone.now() - timedelta(seconds=seconds)).replace("\xa0", " ") == told


def test_days_read_well() -> None:
    near = [day(TODAY + timedelta(days=days)) for days in (-1, 0, 1)]
    assert near == ["yesterday", "today", "tomorrow"]
    assert day(TODAY.replace(year=2999, month=5, day=3)) == "3 May 2999"


def queries(desk: Desk, person: User, path: str) -> int:
    client = desk(person)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("path", ["/desk/", "/desk/articles/", "/desk/claims/", "/desk/sources/", "/desk/search/?q=a"])
def test_the_database_is_asked_as_often_for_many_as_for_few(desk: Desk, bo: User, ada: User, path: str) -> None:
    def fill(number: int) -> None:
        article = newsroom.article(ada, title=f"Article {number}", body=f"{newsroom.BODY} a{number}")
        claim = newsroom.claim(ada, wording=f"A claim {number}.", claimant=f"Anna {number}")
        newsroom.highlight(claim, article, "dredged", by=ada)
        assign_article(article, by=ada, version=article.assigned_version, assignee=bo, due_on=TODAY)
        assign(claim, by=ada, version=claim.assigned_version, assignee=bo, due_on=TODAY)
        newsroom.claim(ada, wording=f"A further claim {number}.")
        newsroom.verdict(newsroom.claim(ada, wording=f"A draft {number}."), by=bo)
        newsroom.submission(newsroom.verdict(newsroom.claim(ada, wording=f"A review {number}."), by=ada), by=ada)

    fill(0)
    few = queries(desk, bo, path)
    for number in range(1, 4):
        fill(number)
    assert queries(desk, bo, path) == few
    assert few <= (14 if "search" in path else 12)


def test_what_nobody_has_can_be_taken_from_the_full_list_which_comes_again(desk: Desk, ada: User) -> None:
    claim, client = newsroom.claim(ada), desk(ada)
    path = "/desk/claims/?waiting=untaken"
    page = client.get(path).content.decode()
    assert "Take it" in page
    assert '<option value="newest">' in page
    answer = client.post(claim.get_assignment_url(), {"version": 1, "assignee": ada.pk, "next": path})
    assert answer.headers["Location"] == path
    assert "Take it" not in client.get("/desk/claims/").content.decode()

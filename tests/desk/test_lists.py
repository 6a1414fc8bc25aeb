"""Lists as they are narrowed and sorted, page by page, and the same as tables for spreadsheets."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Topic
from factcheck.desk.views import claims as claims_view
from tests import newsroom
from tests.desk.conftest import Desk

TODAY = timezone.localdate()
CLAIMS, ARTICLES, SOURCES = "/desk/claims/", "/desk/articles/", "/desk/sources/"


@pytest.fixture
def claims(ada: User, bo: User, finn: User) -> dict[str, Claim]:
    """Without a verdict, in draft, handed in; in hand of different people, due on different days."""
    made = {
        name: newsroom.claim(ada, wording=f"{name.title()}.", claimant=claimant)
        for name, claimant in (("bare", "Maria Mayor"), ("draft", "Petra Port"), ("sent", ""))
    }
    newsroom.verdict(made["draft"], by=finn)
    newsroom.submission(newsroom.verdict(made["sent"], by=ada), by=ada)
    highlighting.revise(made["bare"], by=ada, version=1, topics=highlighting.find_or_add_topics(["Harbours"], by=ada))
    for name, person, days in (("bare", ada, -1), ("draft", finn, 0), ("sent", None, -2)):
        Claim.objects.filter(pk=made[name].pk).update(assignee=person, due_on=TODAY + timedelta(days=days))
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "Sent. Draft. Bare."),
        ({"assignee": "me"}, "Bare."),
        ({"assignee": "nobody"}, "Sent."),
        ({"due": "overdue"}, "Bare."),
        ({"due": "week"}, "Draft. Bare."),
        ({"stage": "none"}, "Bare."),
        ({"stage": "submitted"}, "Sent."),
        ({"claimant": "mayor"}, "Bare."),
        ({"q": "petra"}, "Draft."),
        ({"q": "petra", "stage": "none"}, ""),
        ({"sort": "oldest"}, "Bare. Draft. Sent."),
        ({"sort": "due"}, "Sent. Bare. Draft."),
        ({"sort": "wording"}, "Bare. Draft. Sent."),
        # What cannot be read is left out of account, and the rest holds.
        ({"due": "never", "assignee": "x", "sort": "?", "topic": "x", "stage": "none"}, "Bare."),
        ({"assignee": "9" * 30}, "Sent. Draft. Bare."),
    ],
)
def test_claims_are_narrowed_and_sorted(
    desk: Desk, ada: User, claims: dict[str, Claim], query: dict[str, str], found: str
) -> None:
    answer = desk(ada).get(CLAIMS, query)
    assert " ".join(claim.wording for claim in answer.context["page"]) == found


def test_claims_of_a_person_and_of_a_topic(desk: Desk, ada: User, finn: User, claims: dict[str, Claim]) -> None:
    for query in ({"assignee": finn.pk}, {"topic": Topic.objects.get().pk}):
        (only,) = desk(ada).get(CLAIMS, query).context["page"]
        assert only == claims["draft" if "assignee" in query else "bare"]


def test_an_article_tells_its_claims_by_stage(desk: Desk, ada: User, claims: dict[str, Claim]) -> None:
    article = newsroom.article(ada)
    for name, words in (("bare", "dredged"), ("draft", "1921"), ("sent", "oldest")):
        newsroom.highlight(claims[name], article, words, by=ada)
    newsroom.highlight(claims["bare"], article, "closed in May", by=ada)
    taken = newsroom.highlight(newsroom.claim(ada, wording="Gone."), article, "40,000 cars", by=ada)
    highlighting.take_away(taken, by=ada)
    page = desk(ada).get(ARTICLES).content.decode()
    for words in ("3 claims<", "1 without a verdict", "1 in work", "1 in review", "1 overdue"):
        assert words in page


@pytest.mark.parametrize(
    ("claims_are", "found"),
    [("unmarked", "Empty"), ("none", "Marked"), ("overdue", "Marked"), ("draft", ""), ("approved", "")],
)
def test_articles_are_found_by_their_claims(
    desk: Desk, ada: User, claims: dict[str, Claim], claims_are: str, found: str
) -> None:
    newsroom.highlight(claims["bare"], newsroom.article(ada, title="Marked"), "dredged", by=ada)
    newsroom.article(ada, title="Empty")
    answer = desk(ada).get(ARTICLES, {"claims": claims_are})
    assert " ".join(article.title for article in answer.context["page"]) == found


def test_articles_by_who_has_them_when_they_are_due_and_in_another_order(desk: Desk, ada: User, finn: User) -> None:
    for title, person, days in (("A", ada, 3), ("B", finn, -1), ("C", None, None)):
        made = newsroom.article(ada, title=title)
        due_on = None if days is None else TODAY + timedelta(days=days)
        Article.objects.filter(pk=made.pk).update(assignee=person, due_on=due_on)

    def titles(**query: str) -> str:
        return "".join(article.title for article in desk(ada).get(ARTICLES, query).context["page"])

    assert [titles(assignee="me"), titles(assignee="nobody"), titles(assignee=str(finn.pk))] == ["A", "C", "B"]
    assert [titles(due="overdue"), titles(sort="due"), titles(sort="title")] == ["B", "BAC", "ABC"]


def test_sources_by_kind_and_use(desk: Desk, ada: User) -> None:
    newsroom.verdict(newsroom.claim(ada), by=ada)
    from factcheck.sources import keeping

    keeping.find_or_add(by=ada, title="A letter", kind="interview")

    def titles(**query: str) -> list[str]:
        return [source.title for source in desk(ada).get(SOURCES, query).context["page"]]

    assert titles(kind="interview") == titles(cited="no") == ["A letter"]
    assert titles(cited="yes") == titles(q="PORT register") == ["Register of works"]
    assert titles(sort="uses") == ["Register of works", "A letter"]


def test_the_filter_stays_from_page_to_page(desk: Desk, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims_view, "PAGE", 2)
    for number in range(5):
        newsroom.claim(ada, wording=f"A claim {number}.")
    page = desk(ada).get(CLAIMS, {"q": "claim", "sort": "oldest", "page": 2}).content.decode()
    assert "?q=claim&amp;sort=oldest&amp;page=3" in page
    assert "/desk/claims/export/?q=claim&amp;sort=oldest" in page
    assert "3–4 of 5" in page


# --- The same as a table ---


def table(answer: HttpResponse) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    assert text.count("\n") == text.count("\r\n")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def exported(desk: Desk, person: User, path: str, **query: Any) -> list[dict[str, str]]:
    answer = desk(person).get(f"{path}export/", query)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    name = path.split("/")[2]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}-{TODAY.isoformat()}.csv"'
    return table(answer)


def test_claims_as_a_table_with_the_present_filter_all_rows_in_the_same_order(
    desk: Desk, ada: User, claims: dict[str, Claim], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.desk.exporting.AT_ONCE", 2)
    newsroom.highlight(claims["bare"], newsroom.article(ada), "dredged", by=ada)
    assert [row["Wording"] for row in exported(desk, ada, CLAIMS)] == ["Sent.", "Draft.", "Bare."]
    (row,) = exported(desk, ada, CLAIMS, stage="none")
    told = {
        "Claimant": "Maria Mayor", "Topics": "Harbours", "Assigned to": "Ada", "Verdict": "", "Stage": "",
        "Due": (TODAY - timedelta(days=1)).isoformat(), "Articles": "The harbour and the bridge",
        "On the desk": f"{settings.SITE_URL}{claims['bare'].get_absolute_url()}",
    }  # fmt: skip
    assert {name: row[name] for name in told} == told


def test_articles_as_a_table(desk: Desk, ada: User, settings: Any) -> None:
    article = newsroom.article(ada, title="A, “quoted”\ttitle", published_on=date(2026, 5, 3))
    newsroom.highlight(newsroom.claim(ada), article, "dredged", by=ada)
    (row,) = exported(desk, ada, ARTICLES, q="quoted")
    assert (row["Title"], row["Published on"], row["Claims"], row["Without a verdict"]) == (
        "A, “quoted”\ttitle", "2026-05-03", "1", "1",
    )  # fmt: skip
    assert row["On the desk"] == f"{settings.SITE_URL}{article.get_absolute_url()}"


def test_sources_as_a_table(desk: Desk, ada: User) -> None:
    newsroom.verdict(newsroom.claim(ada), by=ada)
    (row,) = exported(desk, ada, SOURCES, kind="primary")
    assert (row["Title"], row["Times cited"], row["Kind"]) == ("Register of works", "1", "primary document")


def test_a_wording_that_would_be_a_formula_is_none_in_the_table(desk: Desk, ada: User) -> None:
    newsroom.claim(ada, wording='=HYPERLINK("https://evil.example")')
    (row,) = exported(desk, ada, CLAIMS)
    assert row["Wording"] == '\'=HYPERLINK("https://evil.example")'


def test_an_empty_table_has_its_columns(desk: Desk, ada: User) -> None:
    text = b"".join(desk(ada).get("/desk/claims/export/", {"q": "nothing"}).streaming_content).decode()
    assert text.startswith("\ufeffNumber,Wording,")
    assert text.count("\r\n") == 1


def test_somebody_without_a_role_gets_no_table(desk: Desk, guest: User) -> None:
    for path in (CLAIMS, ARTICLES, SOURCES):
        assert desk(guest).get(f"{path}export/").status_code == 403

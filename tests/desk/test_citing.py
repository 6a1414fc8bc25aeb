"""Sources found while they are typed, and where they were cited before."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.sources import keeping
from factcheck.sources.models import Source
from factcheck.verdicts import judging
from factcheck.verdicts.models import Citation, Verdict
from tests import newsroom
from tests.desk.conftest import Desk

FORM = {"stance": "refutes", "quoted": "Not dredged", "note": ""}


@pytest.fixture
def verdict(ada: User) -> Verdict:
    """It cites the port's register."""
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def suggested(desk: Desk, person: User, typed: str) -> str:
    answer = desk(person).get(reverse("desk:source-suggestions"), {"q": typed})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("typed", ["regist", "works REGISTER", "port", "port.example", "https://www.port.example/reg"])
def test_a_source_is_found_by_title_publisher_and_address(desk: Desk, ada: User, verdict: Verdict, typed: str) -> None:
    assert 'role="option" data-value="Register of works"' in suggested(desk, ada, typed)


def test_a_known_address_is_told_however_it_is_written(desk: Desk, ada: User, verdict: Verdict) -> None:
    page = suggested(desk, ada, "http://www.port.example/register/?utm_source=x")
    assert "This source is known: Register of works." in page
    assert 'role="option"' not in page


@pytest.mark.parametrize("typed", ["", " ", "nowhere", "https://", "http://[", "%", "x" * 5000])
def test_nothing_is_found_for_nothing(desk: Desk, ada: User, verdict: Verdict, typed: str) -> None:
    assert "data-source" not in suggested(desk, ada, typed)


def test_a_source_that_was_picked_is_cited_whatever_stands_in_the_other_fields(
    desk: Desk, ada: User, verdict: Verdict
) -> None:
    interview = keeping.find_or_add(by=ada, title="The dredger’s captain", kind="interview")
    at = reverse("desk:verdict-citations", args=[verdict.pk])
    assert desk(ada).post(at, FORM | {"source_chosen": interview.pk, "url": "nonsense"}).status_code == 303
    assert Citation.objects.latest("pk").source == interview


@pytest.mark.parametrize("number", ["999999", "-1", "x", "9" * 30])
def test_a_source_that_is_not_there_is_refused(desk: Desk, ada: User, verdict: Verdict, number: str) -> None:
    at = reverse("desk:verdict-citations", args=[verdict.pk])
    assert desk(ada).post(at, FORM | {"source_chosen": number}).status_code == 422
    assert Citation.objects.count() == 1


def test_who_tells_a_known_source_otherwise_hears_that_it_stays(desk: Desk, ada: User, verdict: Verdict) -> None:
    at = reverse("desk:verdict-citations", args=[verdict.pk])
    told = FORM | {"url": "http://port.example/register/", "title": "Another title", "kind": "media"}
    page = desk(ada).post(at, told, follow=True).content.decode()
    assert "known already as “Register of works”" in page
    assert Source.objects.count() == 1


def test_the_card_and_the_page_of_a_source_tell_what_was_quoted_for_which_claim(
    desk: Desk, ada: User, finn: User, verdict: Verdict
) -> None:
    source = Source.objects.get()
    other = newsroom.verdict(newsroom.claim(finn, wording="It was dredged once."), by=finn, cited=False)
    judging.cite(other, source, by=finn, stance="refutes", quoted="Dredged again, 1954")
    for path in (reverse("desk:source-card", args=[source.pk]), source.get_absolute_url()):
        page = desk(ada).get(path).content.decode()
        for words in ("It was dredged once.", "Dredged again, 1954", "Finn", verdict.claim.wording, "Dredged, 1921"):
            assert words in page, path
    assert "in 1 other verdict" in desk(ada).get(verdict.get_absolute_url()).content.decode()


def test_what_is_offered_asks_the_same_queries_however_much_is_found(desk: Desk, ada: User, verdict: Verdict) -> None:
    asked = []
    client = desk(ada)
    for more in (1, 9):
        for number in range(more):
            source = keeping.find_or_add(by=ada, title=f"Paper {more}.{number}", kind="media")
            judging.cite(verdict, source, by=ada, stance="context")
        client.get(reverse("desk:source-suggestions"), {"q": "paper"})
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("desk:source-suggestions"), {"q": "paper"})
        asked.append(len(captured))
    assert asked[0] == asked[1]

"""The front page and the page about the newsroom."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.newsroom.models import Settings
from factcheck.newsroom.settling import settle
from factcheck.public import views
from factcheck.publication.models import Publication
from tests import newsroom
from tests.public.pages import Page


def test_the_front_page_leads_to_checks_and_articles(reader: Client, published: Publication) -> None:
    page = Page(reader.get("/"))
    assert published.get_absolute_url() in page.links()
    assert "/articles/the-harbour-and-the-bridge/" in page.links()
    for words in ("True", "The harbour was dredged in 1921.", "Maria Mayor", "said 1 March 2026", "1 True"):
        assert words in page.text


def test_an_empty_front_page_says_so(reader: Client, db: None) -> None:
    assert "Nothing is published yet" in Page(reader.get("/")).text


def test_the_newest_check_comes_first(reader: Client, ada: User, bo: User) -> None:
    for wording in ("An older claim.", "A newer claim."):
        newsroom.published(newsroom.claim(ada, wording), by=ada)
    text = Page(reader.get("/")).text
    assert text.index("A newer claim.") < text.index("An older claim.")


def test_a_check_is_listed_once_as_it_stands_now(reader: Client, corrected: Publication) -> None:
    page = Page(reader.get("/"))
    assert page.html.count('<h3 class="claim">') == 1
    assert "Mostly false" in page.text


def test_a_retracted_check_is_listed_as_retracted(reader: Client, retracted: Publication) -> None:
    text = Page(reader.get("/")).text
    assert "1 Retracted" in text
    assert "1 True" not in text
    assert "The port’s own register says so." not in text


def test_drafts_are_not_listed(reader: Client, ada: User, published: Publication) -> None:
    before = reader.get("/").content
    newsroom.verdict(newsroom.claim(ada, "A secret claim."), by=ada)
    newsroom.article(ada, title="A secret article")
    assert reader.get("/").content == before


def test_long_lists_are_turned_over(reader: Client, ada: User, bo: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "ON_A_PAGE", 2)
    for number in range(3):
        newsroom.published(newsroom.claim(ada, f"Claim number {number}."), by=ada)
    first, second = Page(reader.get("/")), Page(reader.get("/?page=2"))
    assert "?page=2" in first.links()
    assert "Claim number 0." not in first.text
    assert "Claim number 0." in second.text
    assert "?page=3" not in second.links()
    assert reader.get("/?page=3").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "2", "x", "1.5", "", "٢", "9" * 40])
def test_what_is_no_page_is_not_found(reader: Client, published: Publication, number: str) -> None:
    assert reader.get(f"/?page={number}").status_code == 404


def test_the_newsroom_tells_of_itself(reader: Client, dee: User) -> None:
    settle(
        by=dee,
        version=Settings.objects.current().version,
        name="The Desk",
        about="We are **five people**.",
        methodology="We read first.",
        corrections_policy="Every change stays. <script>alert(1)</script>",
        contact="errors@desk.example",
    )
    page = Page(reader.get("/about/"))
    for words in ("We are five people.", "We read first.", "Every change stays."):
        assert words in page.text
    assert "<strong>five people</strong>" in page.html
    assert "mailto:errors@desk.example" in page.links()
    assert not page.every("script")


def test_the_scale_in_use_is_documented(reader: Client, db: None) -> None:
    text = Page(reader.get("/about/")).text
    for rating in ("False", "Mostly false", "Half true", "Mostly true", "True", "Unproven"):
        assert rating in text
    assert "The statement is contradicted by the evidence." in text


def test_what_a_newsroom_has_not_written_is_said_to_be_missing(reader: Client, db: None) -> None:
    page = Page(reader.get("/about/"))
    assert "has not written down yet:" in page.text
    for missing in ("Who we are", "How we work", "How we correct"):
        assert f"<li>{missing}</li>" in page.html
    assert "has not given an address" in page.text

"""The page of an article: its highlights in place, and no more of its words than we may show."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.articles.models import Article, Rights
from factcheck.claims import highlighting
from factcheck.claims.models import Claim
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from tests import newsroom
from tests.public.pages import Page

PATH = "/articles/the-harbour-and-the-bridge/"


def test_a_highlight_is_coloured_signed_named_and_a_link(reader: Client, published: Publication) -> None:
    page = Page(reader.get(PATH))
    [mark] = page.every("mark")
    assert mark["class"] == "hl hue-green depth-1"
    assert f'<a href="{published.get_absolute_url()}">the harbour was dredged in 1921</a></mark>' in page.html
    assert '<span class="word">True</span>' in page.html
    assert page.html.count('<circle cx="8" cy="8" r="6.75" fill="currentColor"/>') >= 2


def test_only_the_highlights_and_their_sentences_are_shown(reader: Client, published: Publication) -> None:
    text = Page(reader.get(PATH)).text
    assert "The mayor said that the harbour was dredged in 1921" in text
    assert "40,000 cars" not in text
    assert "A speaker of the port" not in text
    assert "[…]" in text


def test_the_whole_text_is_shown_where_its_rights_allow_it(reader: Client, ada: User, bo: User) -> None:
    article = newsroom.article(ada, rights=Rights.FULL)
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    newsroom.published(claim, by=ada)
    page = Page(reader.get(PATH))
    assert "40,000 cars" in page.text
    assert "A speaker of the port" in page.text
    assert not page.every("p", class_="ellipsis")


def test_what_was_highlighted_and_not_published_leaves_no_trace(
    reader: Client, ada: User, article: Article, published: Publication
) -> None:
    before = reader.get(PATH).content
    draft = newsroom.claim(ada, "The bridge carries 40,000 cars a day.")
    newsroom.highlight(draft, article, "the bridge carries 40,000 cars a day", by=ada)
    newsroom.verdict(draft, by=ada, rating="False")
    assert reader.get(PATH).content == before


def test_an_article_without_a_published_claim_has_no_page(reader: Client, article: Article, claim: Claim) -> None:
    assert reader.get(PATH).status_code == 404


def test_the_verdicts_stand_beside_the_text_each_once(
    reader: Client, ada: User, bo: User, cleo: User, article: Article, claim: Claim
) -> None:
    newsroom.highlight(claim, article, "it would be closed in May", by=ada)
    publication = newsroom.published(claim, by=ada)
    page = Page(reader.get(PATH))
    assert "1 claim checked" in page.text
    assert page.html.count('<p class="claim">') == 1
    assert len(page.every("mark")) == 2
    assert page.links().count(publication.get_absolute_url()) >= 4


def test_a_retracted_claim_is_grey_and_called_retracted(reader: Client, retracted: Publication) -> None:
    page = Page(reader.get(PATH))
    assert "hue-grey" in page.every("mark")[0]["class"]
    assert '<span class="word">Retracted</span>' in page.html
    assert '<span class="word">True</span>' not in page.html


def test_it_says_which_text_was_checked_and_where_the_original_is(reader: Client, published: Publication) -> None:
    page = Page(reader.get(PATH))
    assert "snapshot 1" in page.text
    assert page.every("a", href="https://herald.example/harbour", rel="nofollow noopener external")


def test_the_legend_tells_what_the_verdicts_mean(reader: Client, published: Publication) -> None:
    text = Page(reader.get(PATH)).text
    assert "The statement is contradicted by the evidence." in text
    assert "There is not enough evidence to say." in text


def test_a_correction_reaches_the_article(reader: Client, corrected: Publication) -> None:
    assert '<span class="word">Mostly false</span>' in Page(reader.get(PATH)).html


def test_overlapping_highlights_are_both_reached(
    reader: Client, ada: User, bo: User, article: Article, published: Publication
) -> None:
    other = newsroom.claim(ada, "The mayor spoke of the harbour.")
    newsroom.highlight(other, article, "The mayor said that the harbour", by=ada)
    second = newsroom.published(other, by=ada, rating="False")
    page = Page(reader.get(PATH))
    assert {published.get_absolute_url(), second.get_absolute_url()} <= set(page.links())
    assert {attrs["class"].split()[-1] for attrs in page.every("mark")} == {"depth-1", "depth-2"}


@pytest.mark.parametrize(("title", "language"), [("حديث الرئيس", "ar"), ("无人机与桥", "zh"), ("Мост и гавань", "ru")])
def test_an_article_may_be_in_any_script(reader: Client, ada: User, bo: User, title: str, language: str) -> None:
    article = newsroom.article(ada, title=title, body=f"{title} 🚀 الطائرات 无人机 e\u0301", language=language)
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, article, "🚀 الطائرات 无人机 e\u0301", by=ada)
    newsroom.published(claim, by=ada)
    page = Page(reader.get(publishing.ArticlePublication.objects.get().get_absolute_url()))
    assert page.every("div", lang=language)
    assert ">🚀 الطائرات 无人机 e\u0301</a></mark>" in page.html


def test_a_highlight_taken_away_stays_on_the_page_until_it_is_published_again(
    reader: Client, ada: User, article: Article, published: Publication
) -> None:
    before = reader.get(PATH).content
    highlighting.take_away(published.claim.highlights.get(), by=ada)
    assert reader.get(PATH).content == before

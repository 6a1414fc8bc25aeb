"""The review page of an article: made again whenever what it shows changes."""

import pytest
from django.core.exceptions import PermissionDenied

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Highlight
from factcheck.publication import publishing
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.publication.readers import approve_again, page_of, told

pytestmark = pytest.mark.django_db

DREDGED = "The harbour was dredged in 1921."


def test_it_is_made_again_with_a_highlight_added_later(
    published: Publication, article: Article, ada: User, cleo: User
) -> None:
    newsroom.highlight(published.claim, article, "the oldest in the country", by=ada)
    publishing.publish_article(article, by=cleo)
    assert len(page_of(article).content["claims"]) == 2


def test_it_is_not_made_again_when_readers_would_see_no_difference(
    published: Publication, article: Article, cleo: User
) -> None:
    assert (publishing.publish_article(article, by=cleo), page_of(article).version) == (None, 1)


def test_it_does_not_begin_before_something_is_published(verdict: Verdict, article: Article, cleo: User) -> None:
    assert (publishing.publish_article(article, by=cleo), ArticlePublication.objects.count()) == (None, 0)


def test_it_tells_of_the_claims_in_the_order_of_reading(article: Article, ada: User, cleo: User) -> None:
    for wording, words in (("The bridge will close.", "closed in May"), (DREDGED, "dredged in 1921")):
        claim = newsroom.claim(ada, wording)
        newsroom.highlight(claim, article, words, by=ada)
        newsroom.published(claim, by=ada)
    assert [wording for wording, _rating in told(article)] == [DREDGED, "The bridge will close."]


def test_it_shows_particulars_corrected_since(published: Publication, article: Article, ada: User, cleo: User) -> None:
    importing.revise(article, by=ada, version=article.version, title="The harbour")
    publishing.publish_article(article, by=cleo)
    assert page_of(article).content["article"]["title"] == "The harbour"


def test_its_address_stays_when_the_title_changes(
    published: Publication, article: Article, ada: User, cleo: User
) -> None:
    before = page_of(article).slug
    importing.revise(article, by=ada, version=article.version, title="The harbour")
    publishing.publish_article(article, by=cleo)
    assert page_of(article).slug == before


def test_it_names_who_says_it_here_where_that_differs(article: Article, ada: User) -> None:
    claim = newsroom.claim(ada)
    here = highlighting.find_or_add_claimant("The Port", by=ada)
    quote = newsroom.Quote("the oldest in the country")
    highlighting.highlight(claim, newsroom.snapshot(article), quote, by=ada, claimant=here)
    newsroom.published(claim, by=ada)
    assert page_of(article).content["claims"][0]["claimant"] == "The Port"


def test_overlapping_and_identical_highlights_stand_in_it_side_by_side(article: Article, ada: User) -> None:
    for wording, words in (
        ("A", "the harbour was dredged in 1921"),
        ("B", "dredged in 1921. She added"),
        ("C", "the harbour was dredged in 1921"),
    ):
        claim = newsroom.claim(ada, wording)
        newsroom.highlight(claim, article, words, by=ada)
        newsroom.published(claim, by=ada)
    assert [wording for wording, _rating in told(article)] == ["A", "C", "B"]


def test_a_highlight_taken_away_leaves_it_with_its_next_version(
    published: Publication, article: Article, ada: User, cleo: User
) -> None:
    highlighting.take_away(Highlight.objects.get(), by=ada)
    publishing.publish_article(article, by=cleo)
    assert told(article) == []


def test_an_article_in_the_trash_begins_no_page(verdict: Verdict, article: Article, ada: User, cleo: User) -> None:
    importing.trash(article, by=ada)
    publishing.publish(verdict, by=cleo)
    assert (Publication.objects.count(), ArticlePublication.objects.count()) == (1, 0)


@pytest.mark.parametrize("put_away", ["article", "highlight", "claim"])
def test_a_page_that_shows_a_check_tells_of_its_retraction_whatever_left_the_desk_since(
    put_away: str, published: Publication, article: Article, ada: User, cleo: User
) -> None:
    if put_away == "article":
        importing.trash(article, by=ada)
    elif put_away == "highlight":
        highlighting.take_away(Highlight.objects.get(), by=ada)
    else:
        highlighting.trash(published.claim, by=ada)
    publishing.retract(published.claim, by=cleo, reason="Wrong.")
    assert Kind.FIRST not in {mark["kind"] for mark in page_of(article).content["claims"]}


def test_a_page_of_an_article_in_the_trash_follows_a_correction(
    published: Publication, verdict: Verdict, article: Article, ada: User, cleo: User
) -> None:
    importing.trash(article, by=ada)
    again = approve_again(verdict, ada, rating="False")
    publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread the register.")
    assert told(article) == [(DREDGED, "False")]


@pytest.mark.parametrize("who", ["ada", "bo", "dee", "guest"])
def test_only_publishers_make_it_again(who: str, article: Article, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        publishing.publish_article(article, by=request.getfixturevalue(who))


def test_it_keeps_to_the_claims_of_this_article(published: Publication, article: Article, ada: User) -> None:
    other, claim = newsroom.article(ada, title="Another"), Claim.objects.get(pk=published.claim_id)
    newsroom.highlight(newsroom.claim(ada, "Another."), other, "dredged in 1921", by=ada)
    newsroom.published(Claim.objects.get(wording="Another."), by=ada)
    assert told(article) == [(claim.wording, "True")]

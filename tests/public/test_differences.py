"""What changed between any two versions, for a reader who does not take our word for it."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Claim
from factcheck.publication import publishing
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.rendering.differences import said, sparing
from factcheck.review.documents import hash_of
from tests import newsroom
from tests.public.pages import Page

ARTICLE = "/articles/the-harbour-and-the-bridge/"


def differences(reader: Client, path: str) -> Page:
    response = reader.get(path)
    assert response.status_code == 200
    assert response.headers["X-Robots-Tag"] == "noindex"
    return Page(response)


def test_each_field_that_differs_is_shown_word_by_word(reader: Client, corrected: Publication) -> None:
    page = differences(reader, corrected.get_differences_url())
    assert "We had misread a digit." in page.text
    for told in ("Rating", "Summary", "Mostly false", "Correction", corrected.sha256):
        assert told in page.text
    assert "<dt>Rationale" not in page.html
    assert '<ins><span class="visually-hidden">[added: </span>' in page.html
    assert '<del><span class="visually-hidden">[taken out: </span>' in page.html


def test_they_are_linked_from_the_check_its_old_version_and_the_list(reader: Client, corrected: Publication) -> None:
    for path in (corrected.get_absolute_url(), f"{corrected.get_absolute_url()}versions/1/"):
        assert corrected.get_differences_url() in Page(reader.get(path)).links()
    listed = Page(reader.get(f"{corrected.get_absolute_url()}versions/"))
    assert {corrected.get_differences_url(), corrected.get_version_url()} <= set(listed.links())
    assert "We had misread a digit." in listed.text


def test_any_two_versions_can_be_chosen_in_any_order(reader: Client, corrected: Publication) -> None:
    path = f"{corrected.get_absolute_url()}versions/"
    for asked in ("?new=2&old=1", "?new=1&old=2"):
        assert reader.get(path + asked).headers["Location"] == corrected.get_differences_url()
    assert reader.get(f"{path}1/differences/2/").headers["Location"] == corrected.get_differences_url()
    for asked in ("?new=2&old=2", "?new=9", "?old=x&new=1"):
        answer = reader.get(path + asked)
        assert (answer.status_code, "Choose two different versions." in Page(answer).text) == (400, True), asked


def test_versions_that_never_were_differ_from_nothing(reader: Client, corrected: Publication) -> None:
    for numbers in ((2, 2), (3, 1), (2, 0), (99999999999999999999, 1)):
        assert (
            reader.get("{}versions/{}/differences/{}/".format(corrected.get_absolute_url(), *numbers)).status_code
            == 404
        )


def test_a_retraction_changes_no_word(reader: Client, retracted: Publication) -> None:
    page = differences(reader, retracted.get_differences_url())
    assert "No word of the check was changed: it was taken back as it stood." in page.text
    assert "The register was of another port." in page.text


def test_an_article_s_page_tells_which_claims_came_changed_and_went(
    reader: Client, ada: User, cleo: User, article: Article, claim: Claim, corrected: Publication
) -> None:
    other = newsroom.claim(ada, "The bridge is the oldest.")
    highlight = newsroom.highlight(other, article, "the oldest in the country", by=ada)
    newsroom.published(other, by=ada)
    page = differences(reader, f"{ARTICLE}versions/3/differences/1/")
    order = [
        "Claims added",
        "The bridge is the oldest.",
        "Claims changed",
        "The harbour was dredged in 1921.",
        "Rating",
    ]
    places = [page.text.index(words) for words in order]
    assert places == sorted(places)
    newsroom.highlighting.take_away(highlight, by=ada)
    importing.revise(article, by=ada, version=article.version, title="The harbour")
    publishing.publish_article(article, by=cleo)
    text = differences(reader, f"{ARTICLE}versions/4/differences/3/").text
    assert "Claims taken off" in text
    assert "About the article" in text
    assert "The bridge carries" not in text


def test_each_version_of_an_article_s_page_stands_at_its_own_address(reader: Client, corrected: Publication) -> None:
    page = Page(reader.get(f"{ARTICLE}versions/1/"))
    assert "This is version 1, not the current one" in page.text
    assert '<span class="word">True</span>' in page.html
    assert f"{ARTICLE}versions/2/differences/1/" in page.links()
    assert ArticlePublication.objects.live().get().get_version_url() == f"{ARTICLE}versions/2/"
    assert reader.get(f"{ARTICLE}versions/3/").status_code == 404


@pytest.mark.parametrize("rights", ["full", "excerpts"])
def test_of_a_text_taken_in_again_no_more_is_compared_than_is_shown(
    rights: str, reader: Client, ada: User, bo: User, cleo: User
) -> None:
    article, claim = newsroom.article(ada, rights=rights), newsroom.claim(ada)
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    newsroom.published(claim, by=ada)
    text = newsroom.BODY.replace("40,000", "50,000").replace("dredged in 1921", "dredged in 1921 again")
    before = newsroom.snapshot(article)
    again = {"text": text, "sha256": hash_of(text), "blocks": [["paragraph", 0, len(text)]], "taken_by": ada}
    Snapshot.objects.create(article=article, number=before.number + 1, **again)
    newsroom.highlight(claim, article, "the harbour was dredged in 1921 again", by=ada)
    publishing.publish_article(article, by=cleo)
    page = differences(reader, f"{ARTICLE}versions/2/differences/1/")
    assert "Words in the article" in page.text
    assert "[added: again]" in page.text
    assert ("50,000" in page.text) == (rights == "full")
    assert ("It belongs to its publisher" in page.text) == (rights == "excerpts")


def test_words_from_outside_stay_words_in_a_comparison() -> None:
    assert "<script>" not in said("<b>old</b>", "<script>new</script>")


def test_of_a_long_text_only_what_differs_and_what_stands_around_it_is_shown() -> None:
    told = said("begin " * 500 + "old " + "end " * 500, "begin " * 500 + "new " + "end " * 500, around=60)
    assert told.count("[…]") == 2
    assert len(told) < 500


def test_what_one_page_compares_has_an_end() -> None:
    draw = sparing(most=1000)
    first, second = draw("a b c d", "a b x d"), draw("a b c d " * 99, "a b x d " * 99)
    assert first.startswith("a b <del>")
    assert second.startswith("<del>")
    assert second.count("<ins>") == 1

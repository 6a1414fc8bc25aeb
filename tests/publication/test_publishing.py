"""Giving a check to the readers."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.history.models import Entry
from factcheck.publication import publishing
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.publication.publishing import NotApproved
from factcheck.review import deciding
from factcheck.review.freezing import Incomplete
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw
from tests.publication.readers import page_of, told

pytestmark = pytest.mark.django_db


# --- What it writes ---


def test_the_document_is_the_approved_one(verdict: Verdict, cleo: User) -> None:
    published = publishing.publish(verdict, by=cleo)
    handed_in = published.submission
    assert (published.document, published.sha256) == (handed_in.document, handed_in.sha256)


def test_the_first_version_is_number_one_after_none(verdict: Verdict, cleo: User) -> None:
    published = publishing.publish(verdict, by=cleo)
    assert (published.version, published.previous, published.kind) == (1, None, Kind.FIRST)


def test_it_names_the_reviewer_by_byline_and_who_published(verdict: Verdict, cleo: User) -> None:
    published = publishing.publish(verdict, by=cleo)
    assert (published.reviewer, published.published_by) == ("Bo", cleo)


def test_the_article_s_page_shows_it_where_the_words_stand(verdict: Verdict, article: Article, cleo: User) -> None:
    publishing.publish(verdict, by=cleo)
    (mark,) = page_of(article).content["claims"]
    ((start, end),) = mark["passages"]
    assert page_of(article).snapshot.text[start:end] == "the harbour was dredged in 1921"


def test_the_article_s_page_is_tied_to_what_it_shows(verdict: Verdict, article: Article, cleo: User) -> None:
    published = publishing.publish(verdict, by=cleo)
    assert list(page_of(article).shown.all()) == [published]


def test_the_articles_it_stands_in_are_all_published(verdict: Verdict, ada: User, cleo: User) -> None:
    other = newsroom.article(ada, title="Another")
    newsroom.highlight(verdict.claim, other, "dredged in 1921", by=ada)
    publishing.publish(verdict, by=cleo)
    assert ArticlePublication.objects.live().count() == 2


def test_an_article_in_which_it_does_not_stand_is_left_alone(verdict: Verdict, ada: User, cleo: User) -> None:
    newsroom.article(ada, title="Another")
    publishing.publish(verdict, by=cleo)
    assert ArticlePublication.objects.count() == 1


def test_a_claim_in_no_article_is_published_without_one(ada: User, cleo: User) -> None:
    newsroom.published(newsroom.claim(ada), by=ada)
    assert (Publication.objects.count(), ArticlePublication.objects.count()) == (1, 0)


def test_it_is_one_act_about_the_claim_its_verdict_and_its_articles(
    verdict: Verdict, article: Article, cleo: User
) -> None:
    before = Entry.objects.count()
    publishing.publish(verdict, by=cleo)
    entry = Entry.objects.latest("id")
    assert (Entry.objects.count() - before, entry.act, entry.person_name, sorted(entry.subjects)) == (
        1,
        "claim.publish",
        "Cleo",
        sorted([f"article:{article.pk}", f"claim:{verdict.claim_id}", f"verdict:{verdict.pk}"]),
    )


def test_a_verdict_that_stays_unpublished_is_not_told_of(
    verdict: Verdict, article: Article, ada: User, cleo: User
) -> None:
    draft = newsroom.claim(ada, "The bridge is the oldest.")
    newsroom.highlight(draft, article, "the oldest in the country", by=ada)
    newsroom.verdict(draft, by=ada, rating="False")
    publishing.publish(verdict, by=cleo)
    assert told(article) == [("The harbour was dredged in 1921.", "True")]


# --- What it refuses ---


def test_a_draft_is_not_published(ada: User, cleo: User) -> None:
    with pytest.raises(NotApproved):
        publishing.publish(newsroom.verdict(newsroom.claim(ada), by=ada), by=cleo)


def test_what_waits_is_not_published(ada: User, cleo: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    newsroom.submission(verdict, by=ada)
    with pytest.raises(NotApproved):
        publishing.publish(verdict, by=cleo)


def test_what_was_sent_back_is_not_published(ada: User, bo: User, cleo: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    deciding.send_back(newsroom.submission(verdict, by=ada), by=bo, reasons="Why?")
    with pytest.raises(NotApproved):
        publishing.publish(verdict, by=cleo)


def test_an_approval_left_behind_by_an_edit_does_not_count(verdict: Verdict, ada: User, cleo: User) -> None:
    judging.revise(verdict, by=ada, version=verdict.version, summary="Otherwise.")
    with pytest.raises(NotApproved):
        publishing.publish(verdict, by=cleo)
    assert not Publication.objects.exists()


def test_an_edit_taken_back_lets_the_approval_count_again(verdict: Verdict, ada: User, cleo: User) -> None:
    edited = judging.revise(verdict, by=ada, version=verdict.version, summary="Otherwise.")
    judging.revise(edited, by=ada, version=edited.version, summary=verdict.summary)
    assert publishing.publish(verdict, by=cleo).version == 1


def test_a_newsroom_without_a_name_publishes_nothing(verdict: Verdict, cleo: User) -> None:
    # No verb makes such settings; the readers' markup must not go without an author all the same.
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO newsroom_settings (version, name, language, time_zone, scale, about, methodology, corrections_policy,"
            " contact) SELECT version + 1, ' ', language, time_zone, scale, '', '', '', '' FROM newsroom_settings"
        )
    with pytest.raises(Incomplete) as refused:
        publishing.publish(verdict, by=cleo)
    assert refused.value.missing == ["author.name"]


@pytest.mark.parametrize("who", ["ada", "bo", "dee", "guest"])
def test_only_publishers_publish(who: str, verdict: Verdict, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        publishing.publish(verdict, by=request.getfixturevalue(who))


def test_when_the_article_s_page_fails_nothing_is_published(verdict: Verdict, article: Article, cleo: User) -> None:
    entries = Entry.objects.count()
    with raw.session() as elsewhere, connection.cursor() as cursor:
        # Somebody is at this article's page and does not come to an end.
        elsewhere.execute("SELECT pg_advisory_lock(hashtext('article page'), %s)", [article.pk])
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
        with pytest.raises(OperationalError, match="lock timeout"):
            publishing.publish(verdict, by=cleo)
    assert (Publication.objects.count(), ArticlePublication.objects.count(), Entry.objects.count()) == (0, 0, entries)

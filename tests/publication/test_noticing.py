"""Readers are told that an article has changed since it was checked; what was published stays as it is."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims import carrying
from factcheck.claims.models import Placement
from factcheck.publication import noticing, publishing
from factcheck.publication.models import ArticlePublication, ChangeNotice, Publication
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

EDITED = newsroom.BODY.replace("40,000", "45,000")


@pytest.fixture
def article(ada: User, bo: User, cleo: User) -> Article:
    """Published with two checks."""
    made = newsroom.article(ada, rights="excerpts")
    for words in ("dredged in 1921", "the bridge carries 40,000 cars a day"):
        claim = newsroom.claim(ada, wording=f"He said: {words}.")
        newsroom.highlight(claim, made, words, by=ada)
        newsroom.published(claim, by=ada)
    return made


def page(article: Article) -> ArticlePublication:
    return ArticlePublication.objects.live().get(article=article)


def shown(article: Article, client: Client) -> str:
    return client.get(page(article).get_absolute_url()).content.decode()


def test_taking_a_text_in_changes_nothing_that_readers_see(article: Article, ada: User, client: Client) -> None:
    before = shown(article, client)
    carrying.take_in_again(article, EDITED, by=ada)
    assert shown(article, client) == before
    assert publishing.page_is_behind(article)


def test_readers_are_told_what_became_of_each_statement_and_no_more_of_an_article_that_is_not_ours(
    article: Article, ada: User, cleo: User, client: Client
) -> None:
    carrying.take_in_again(article, f"{EDITED} A new sentence nobody checked.", by=ada)
    carrying.accept(Placement.objects.waiting().get(), by=ada)
    noticing.tell_readers(article, by=cleo)
    told = shown(article, client)
    assert "The article has changed since we checked it" in told
    assert "snapshot 1" in told
    assert "snapshot 2" in told
    assert "1 checked statement stands there as it did" in told
    assert "<del>40,000</del><ins>45,000</ins>" in told
    assert "nobody checked" not in told
    assert page(article).snapshot.number == 1
    place = client.get(Publication.objects.latest("pk").get_absolute_url()).content.decode()
    assert "changed since we checked it" in place


def test_of_an_article_that_may_be_shown_whole_the_whole_difference_is_shown(
    ada: User, cleo: User, client: Client
) -> None:
    article = newsroom.article(ada, rights="full")
    newsroom.highlight(claim := newsroom.claim(ada), article, "dredged in 1921", by=ada)
    newsroom.published(claim, by=ada)
    carrying.take_in_again(article, f"{newsroom.BODY} Much was added.", by=ada)
    noticing.tell_readers(article, by=cleo)
    assert "<ins> Much was added.</ins>" in shown(article, client)


def test_what_is_gone_is_said_and_what_waits_is_being_looked_at(
    article: Article, ada: User, cleo: User, client: Client
) -> None:
    carrying.take_in_again(article, "The harbour and the bridge\n\nNothing of it stands here.", by=ada)
    noticing.tell_readers(article, by=cleo)
    assert shown(article, client).count("we are looking at it") == 2
    for waiting in Placement.objects.waiting():
        carrying.let_go(waiting, by=ada)
    noticing.tell_readers(article, by=cleo)
    assert shown(article, client).count("not in the text any more") == 2


def test_readers_are_told_once_and_by_a_publisher(article: Article, ada: User, cleo: User) -> None:
    with pytest.raises(ValidationError, match="nothing"):
        noticing.tell_readers(article, by=cleo)
    carrying.take_in_again(article, EDITED, by=ada)
    with pytest.raises(PermissionDenied):
        noticing.tell_readers(article, by=ada)
    noticing.tell_readers(article, by=cleo)
    with pytest.raises(ValidationError, match="nothing"):
        noticing.tell_readers(article, by=cleo)


def test_a_text_that_is_again_as_it_was_checked_ends_the_notice(
    article: Article, ada: User, cleo: User, client: Client
) -> None:
    before = shown(article, client)
    carrying.take_in_again(article, EDITED, by=ada)
    noticing.tell_readers(article, by=cleo)
    carrying.take_in_again(article, newsroom.BODY, by=ada)
    noticing.tell_readers(article, by=cleo)
    assert shown(article, client) == before


def test_publishing_another_claim_keeps_the_text_that_readers_see_until_a_publisher_changes_it(
    article: Article, ada: User, cleo: User
) -> None:
    third = newsroom.claim(ada, wording="It would be closed in May.")
    newsroom.highlight(third, article, "closed in May", by=ada)
    carrying.take_in_again(article, EDITED, by=ada)
    newsroom.published(third, by=ada)
    assert (page(article).snapshot.number, len(page(article).content["claims"])) == (1, 3)
    publishing.publish_article(article, by=cleo)
    assert (page(article).snapshot.number, len(page(article).content["claims"])) == (2, 2)


def test_the_desk_tells_a_publisher_what_readers_would_be_told(
    article: Article, ada: User, cleo: User, client: Client
) -> None:
    carrying.take_in_again(article, EDITED, by=ada)
    client.force_login(cleo)
    path = f"{article.get_absolute_url()}publication/"
    offered = client.get(path).content.decode()
    assert "Readers see snapshot 1; the newest is snapshot 2" in offered
    assert "1 highlight needs a look first" in offered
    assert client.post(f"{article.get_absolute_url()}change-notice/").status_code == 303
    assert ChangeNotice.objects.get().told_by == cleo
    assert "Readers have been told" in client.get(path).content.decode()


def test_the_database_takes_no_notice_of_an_earlier_text_or_of_one_that_readers_do_not_see(
    article: Article, ada: User, cleo: User
) -> None:
    first = newsroom.snapshot(article)
    second = carrying.take_in_again(article, EDITED, by=ada)
    third = carrying.take_in_again(article, f"{EDITED} More.", by=ada)
    noticing.tell_readers(article, by=cleo)
    told = ChangeNotice.objects.get()
    row = {"article_id": article.pk, "document": told.document, "sha256": told.sha256, "told_by_id": cleo.pk}
    for checked, now, saying in ((second, first, "no later one"), (second, third, "see no page")):
        statement = raw.insert("publication_changenotice", row | {"checked_id": checked.pk, "now_id": now.pk})
        raw.refused(*statement, because=CheckViolation, saying=saying)

"""An article's page says of each claim what was published of it; a change hangs on its own act alone."""

import json
from hashlib import sha256

import pytest
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.history.models import Entry, RowChange
from factcheck.publication.models import ArticlePublication, Publication, Shown
from factcheck.review.models import Decision
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(ada: User, cleo: User) -> ArticlePublication:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    newsroom.published(claim, by=ada)
    return ArticlePublication.objects.get()


def _next(first: ArticlePublication, cleo: User, **otherwise: object) -> tuple[str, ...]:
    content = json.loads(first.document)
    content["claims"][0] |= otherwise
    document = json.dumps(content)
    row = {
        "article_id": first.article_id,
        "slug": first.slug,
        "version": 2,
        "snapshot_id": first.snapshot_id,
        "document": document,
        "sha256": sha256(document.encode()).hexdigest(),
        "published_by_id": cleo.pk,
    }
    return raw.insert("publication_articlepublication", row)


@pytest.mark.parametrize(
    "otherwise",
    [
        {"wording": "Nobody approved this."},
        {"summary": "Nor this."},
        {"kind": "correction"},
        {"version": 7},
        {"publication": 999_999},
        {"rating": {"name": "False", "hue": "green", "sign": "full"}},
        {"rating": {"name": "True", "hue": "red", "sign": "full"}},
    ],
)
def test_a_page_that_says_what_was_not_published_is_refused(
    otherwise: dict[str, object], first: ArticlePublication, cleo: User
) -> None:
    raw.refused(*_next(first, cleo, **otherwise), because=CheckViolation, saying="not published")


def test_the_versions_that_a_page_shows_are_read_from_its_document(first: ArticlePublication, cleo: User) -> None:
    ((made,),) = raw.execute(*_next(first, cleo))
    assert Shown.objects.get(article_publication=made).publication == Publication.objects.get()


def test_nothing_is_added_to_what_a_page_shows(first: ArticlePublication) -> None:
    row = {"article_publication_id": first.pk, "publication_id": Publication.objects.get().pk}
    raw.refused(*raw.insert("publication_shown", row))


def test_the_reviewer_is_told_by_the_decision(first: ArticlePublication) -> None:
    assert Publication.objects.get().reviewer == Decision.objects.get().decided_by.byline


def test_a_change_is_not_hung_on_an_act_that_is_over(ada: User) -> None:
    article = newsroom.article(ada)
    entry = Entry.objects.about(article).get()
    raw.execute("SELECT set_config('factcheck.entry', %s, true)", str(entry.pk))
    Article.objects.filter(pk=article.pk).update(title="Forged")
    assert RowChange.objects.latest("pk").entry_id is None

"""Taking an article in."""

from datetime import date
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article, Snapshot
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from tests import newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


def test_it_leaves_the_article_with_its_particulars(ada: User) -> None:
    taken = importing.import_article(
        by=ada, title="The harbour", publisher="Example Herald", body="A text.", author="A. Writer",
        url="https://herald.example/harbour", language="pt-BR", published_on=date(2026, 2, 3), rights="full",
    )  # fmt: skip
    kept = Article.objects.values_list(
        "title", "publisher", "author", "url", "language", "published_on", "rights", "made_by", "version"
    )
    assert kept.get(pk=taken.pk) == (
        "The harbour", "Example Herald", "A. Writer", "https://herald.example/harbour", "pt-BR", date(2026, 2, 3),
        "full", ada.pk, 1,
    )  # fmt: skip


def test_readers_are_shown_excerpts_unless_the_full_text_is_allowed(article: Article) -> None:
    assert article.rights == "excerpts"


def test_it_leaves_a_first_snapshot_with_the_text_and_its_hash(article: Article) -> None:
    snapshot = Snapshot.objects.get(article=article)
    assert (snapshot.number, snapshot.text, snapshot.sha256) == (
        1,
        newsroom.BODY,
        sha256(newsroom.BODY.encode()).hexdigest(),
    )


def test_the_snapshot_keeps_the_blocks(article: Article) -> None:
    snapshot = Snapshot.objects.get(article=article)
    assert [snapshot.text[block.start : block.end] for block in snapshot.block_list()] == newsroom.BODY.split("\n\n")


def test_it_is_one_act_with_the_rows_it_added(article: Article) -> None:
    entry = Entry.objects.about(article).get()
    assert [entry.act, *entry.changes.values_list("operation", "table_name")] == [
        "article.take_in",
        ("insert", "articles_article"),
        ("insert", "articles_snapshot"),
    ]


def test_everything_strange_in_a_text_comes_back_as_it_was(ada: User) -> None:
    body = "😀 👩‍👩‍👧 e\u0301 ﷺ مرحبا בעברית 港口\u200b\ufe0f ﬁ 𝒳 \U0010ffff"
    assert newsroom.snapshot(newsroom.article(ada, body=body)).text == body


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""}, {"title": "x" * 301}, {"publisher": ""}, {"url": "herald"}, {"url": "javascript:alert(1)"},
        {"rights": "all"}, {"body": " \n"}, {"body": "a\0b"},
    ],
    ids=str,
)  # fmt: skip
def test_wrong_particulars_leave_nothing(wrong: dict[str, str], ada: User) -> None:
    right = {"title": "The harbour", "publisher": "Example Herald", "body": "A text."}
    with pytest.raises(ValidationError):
        importing.import_article(by=ada, **(right | wrong))
    assert (Article.objects.count(), Snapshot.objects.count(), Entry.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("who", ["cleo", "dee", "guest"])
def test_only_checkers_take_articles_in(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        newsroom.article(request.getfixturevalue(who))
    assert not Article.objects.exists()


def test_a_trashed_article_is_off_the_desk(article: Article, ada: User) -> None:
    importing.trash(article, by=ada)
    assert (list(Article.objects.on_desk()), list(Article.objects.in_trash())) == ([], [article])


def test_a_trashed_article_comes_back(article: Article, ada: User) -> None:
    importing.trash(article, by=ada)
    importing.restore(article, by=ada)
    assert (list(Article.objects.on_desk()), list(Article.objects.in_trash())) == ([article], [])


@pytest.mark.parametrize("verb", [importing.trash, importing.restore])
def test_only_checkers_use_the_trash(verb: object, article: Article, cleo: User) -> None:
    with pytest.raises(PermissionDenied):
        verb(article, by=cleo)


def test_particulars_are_corrected_under_the_next_version(article: Article, ada: User) -> None:
    revised = importing.revise(article, by=ada, version=article.version, title="The old harbour")
    assert (revised.title, revised.version) == ("The old harbour", 2)


def test_who_saw_an_older_version_is_told_and_changes_nothing(article: Article, ada: User, finn: User) -> None:
    importing.revise(article, by=finn, version=1, title="Finn’s title")
    with pytest.raises(Stale) as late:
        importing.revise(article, by=ada, version=1, title="Ada’s title")
    assert (late.value.current.title, Article.objects.get(pk=article.pk).title) == ("Finn’s title", "Finn’s title")


def test_an_article_does_not_lose_its_title(article: Article, ada: User) -> None:
    with pytest.raises((ValidationError, IntegrityError)):
        importing.revise(article, by=ada, version=1, title="")


def test_only_checkers_correct_particulars(article: Article, cleo: User) -> None:
    with pytest.raises(PermissionDenied):
        importing.revise(article, by=cleo, version=1, title="Another")


def test_each_of_the_words_searched_for_stands_in_the_article(ada: User, article: Article) -> None:
    newsroom.article(ada, title="The station", body="Nothing of it.")
    assert list(Article.objects.matching("harbour EXAMPLE")) == [article]

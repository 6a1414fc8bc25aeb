from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.articles.models import TEXT_LIMIT, Article, Snapshot
from factcheck.claims.models import Claim
from factcheck.history.models import Entry
from tests import newsroom
from tests.desk.conftest import Desk

ARTICLES = "/desk/articles/"
GIVEN = {
    "title": "The harbour and the bridge",
    "publisher": "Example Herald",
    "author": "",
    "url": "https://herald.example/harbour",
    "language": "en",
    "published_on": "2020-10-07",
    "rights": "excerpts",
    "body": newsroom.BODY,
}


def test_an_article_is_taken_in_and_leads_to_its_workspace(desk: Desk, ada: User) -> None:
    answer = desk(ada).post(ARTICLES, GIVEN)
    article = Article.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/desk/articles/{article.pk}/"
    assert Snapshot.objects.get(article=article).text == newsroom.BODY
    entry = Entry.objects.about(article).get()
    assert (entry.act, entry.person_name, entry.via) == ("article.take_in", "Ada", "screen")


def test_the_browser_s_line_ends_become_line_feeds(desk: Desk, ada: User) -> None:
    desk(ada).post(ARTICLES, GIVEN | {"body": newsroom.BODY.replace("\n", "\r\n")})
    assert Snapshot.objects.get().text == newsroom.BODY


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("title", "", "This field is required"),
        ("title", "x" * 301, "at most 300 characters"),
        ("title", "a\0b", "Null characters are not allowed"),
        ("publisher", " ", "This field is required"),
        ("url", "not an address", "Enter a valid URL"),
        ("url", "javascript:alert(1)", "Enter a valid URL"),
        ("language", "English!", "language tag"),
        ("published_on", "2020-02-31", "Enter a valid date"),
        ("rights", "all", "not one of the available choices"),
        ("body", "", "Paste or type"),
        ("body", " \n \n", "Paste or type"),
        ("body", "one\0two", "NUL character, at position 4"),
        ("body", "é" * (TEXT_LIMIT // 2 + 1), "kB long; at most 1000 kB"),
    ],
)
def test_wrong_input_is_told_beside_its_field_kept_and_changes_nothing(
    desk: Desk, ada: User, field: str, value: str, told: str
) -> None:
    answer = desk(ada).post(ARTICLES, GIVEN | {field: value})
    assert answer.status_code == 422
    form = answer.context["form"]
    assert told in str(form.errors[field])
    assert (
        form["publisher" if field == "title" else "title"].value()
        == GIVEN["publisher" if field == "title" else "title"]
    )
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Article.objects.exists()


def test_a_megabyte_of_another_script_is_taken_in_whole(desk: Desk, ada: User) -> None:
    body = "汉字 " * (TEXT_LIMIT // 7)
    answer = desk(ada).post(ARTICLES, GIVEN | {"body": body})
    assert answer.status_code == 303
    assert Snapshot.objects.get().text == body


def test_the_same_form_sent_twice_makes_one_article_and_leads_to_it(desk: Desk, ada: User) -> None:
    client, key = desk(ada), str(uuid4())
    first = client.post(ARTICLES, GIVEN | {"key": key})
    second = client.post(ARTICLES, GIVEN | {"key": key})
    assert first.headers["Location"] == second.headers["Location"]
    assert Article.objects.get().title == GIVEN["title"]


def test_control_characters_are_turned_into_spaces_and_the_editor_is_told(desk: Desk, ada: User) -> None:
    answer = desk(ada).post(ARTICLES, GIVEN | {"body": "One\x07two.\n\nThree."}, follow=True)
    assert Snapshot.objects.get().text == "One two.\n\nThree."
    assert "1 control character was turned into a space" in answer.content.decode()


def test_the_list_finds_by_words_and_language_and_says_so_when_nothing_fits(desk: Desk, ada: User) -> None:
    newsroom.article(ada, title="The harbour", language="en")
    newsroom.article(ada, title="Die Brücke", language="de-AT", body="Die Brücke ist alt.")
    client = desk(ada)
    found = client.get(ARTICLES, {"q": "herald harb"}).content.decode()
    assert "The harbour" in found
    assert "Die Brücke" not in found
    assert "Die Brücke" in client.get(ARTICLES, {"language": "de"}).content.decode()
    assert "Nothing found" in client.get(ARTICLES, {"q": "submarine"}).content.decode()


def test_endless_words_and_nonsense_pages_break_nothing(desk: Desk, ada: User) -> None:
    newsroom.article(ada)
    for query in ({"q": "x" * 500}, {"page": "-4"}, {"page": "x"}, {"page": "99999999999"}, {"place": "nowhere"}):
        assert desk(ada).get(ARTICLES, query).status_code == 200


def test_an_article_in_the_trash_leaves_the_list_and_comes_back(desk: Desk, ada: User) -> None:
    client, article = desk(ada), newsroom.article(ada)
    client.post(reverse("desk:article-trash", args=[article.pk]))
    assert article.title not in client.get(ARTICLES, {"q": "harbour"}).content.decode().partition("<main")[2]
    assert article.title in client.get(ARTICLES, {"place": "trash"}).content.decode()
    client.post(reverse("desk:article-restoration", args=[article.pk]))
    assert article.title in client.get(ARTICLES).content.decode().partition("<main")[2]


def test_particulars_are_corrected_on_the_version_that_was_seen(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    path = reverse("desk:article-edit", args=[article.pk])
    answer = desk(ada).post(path, GIVEN | {"title": "A better title", "version": article.version})
    assert answer.status_code == 303
    article.refresh_from_db()
    assert (article.title, article.version) == ("A better title", 2)


def test_a_late_save_is_shown_both_texts_and_overwrites_nothing(desk: Desk, ada: User, finn: User) -> None:
    article = newsroom.article(ada)
    path = reverse("desk:article-edit", args=[article.pk])
    desk(finn).post(path, GIVEN | {"title": "Finn’s title", "version": 1})
    answer = desk(ada).post(path, GIVEN | {"title": "Ada’s title", "version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "It was Finn" in answer.content.decode()
    assert "Finn’s title" in page
    assert "Ada’s title" in page
    assert Article.objects.get().title == "Finn’s title"
    assert 'name="version" value="2"' in page


def test_an_edit_without_its_version_is_refused(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    answer = desk(ada).post(reverse("desk:article-edit", args=[article.pk]), GIVEN)
    assert answer.status_code == 422
    assert Article.objects.get().version == 1


def _queries(desk: Desk, person: User, article: Article) -> int:
    client = desk(person)
    client.get(article.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(article.get_absolute_url()).status_code == 200
    return len(queries)


def test_the_workspace_asks_the_database_as_often_for_many_highlights_as_for_one(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    words = ["dredged", "1921", "bridge carries", "40,000", "oldest", "closed in May"]
    claims: list[Claim] = [newsroom.claim(ada, wording=f"Claim {number}.") for number in range(len(words))]
    newsroom.highlight(claims[0], article, words[0], by=ada)
    one = _queries(desk, ada, article)
    for claim, exact in zip(claims[1:], words[1:], strict=True):
        newsroom.highlight(claim, article, exact, by=ada)
    assert _queries(desk, ada, article) == one
    assert one <= 8

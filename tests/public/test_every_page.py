"""What holds for every page for readers."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.publication.models import Publication
from tests import newsroom
from tests.public.pages import Page

# The clock's is one of them.
QUERIES = {
    "/": 4,
    "/about/": 4,
    "/claims/the-harbour-was-dredged-in-1921/": 5,
    "/claims/the-harbour-was-dredged-in-1921/versions/1/": 5,
    "/claims/the-harbour-was-dredged-in-1921/versions/2/": 4,
    "/claims/the-harbour-was-dredged-in-1921/versions/": 4,
    "/claims/the-harbour-was-dredged-in-1921/versions/2/differences/1/": 5,
    "/articles/the-harbour-and-the-bridge/": 4,
    "/articles/the-harbour-and-the-bridge/versions/": 4,
    "/articles/the-harbour-and-the-bridge/versions/1/": 5,
    "/articles/the-harbour-and-the-bridge/versions/2/differences/1/": 7,
}


@pytest.fixture(autouse=True)
def something_to_read(corrected: Publication) -> None:
    """Each page exists, in each kind."""


def test_the_same_page_twice_is_the_same_to_the_byte(reader: Client) -> None:
    for path in QUERIES:
        first, second = reader.get(path), reader.get(path, headers={"Accept-Language": "fr", "Cookie": "a=b"})
        assert first.status_code == 200, path
        assert first.content == second.content, path


def test_a_page_takes_few_questions_to_the_database(reader: Client, ada: User, bo: User, article: Article) -> None:
    for number in range(3):
        claim = newsroom.claim(ada, f"Claim number {number}.")
        newsroom.highlight(claim, article, ["dredged", "speaker", "oldest"][number], by=ada)
        newsroom.published(claim, by=ada)
    for path in QUERIES:
        with CaptureQueriesContext(connection) as asked:
            reader.get(path)
        assert len(asked) <= QUERIES[path], [query["sql"] for query in asked]


def test_reading_leaves_no_cookie_and_no_session(reader: Client) -> None:
    for path in QUERIES:
        response = reader.get(path)
        assert not response.cookies, path
        assert "Cookie" not in response.headers.get("Vary", "")
        assert "csrfmiddlewaretoken" not in response.content.decode()


def test_a_page_is_only_read() -> None:
    for method in ("post", "put", "patch", "delete"):
        ask: Callable[..., object] = getattr(Client(), method)
        assert {path: ask(path).status_code for path in QUERIES} == dict.fromkeys(QUERIES, 405)


def test_a_page_can_be_asked_for_its_head(reader: Client) -> None:
    for path in QUERIES:
        response = reader.head(path)
        assert response.status_code == 200
        assert response.content == b""


def test_an_unchanged_page_is_not_sent_again(reader: Client) -> None:
    for path in QUERIES:
        etag = reader.get(path).headers["ETag"]
        assert reader.get(path, headers={"If-None-Match": etag}).status_code == 304


def test_who_is_logged_in_sees_what_everybody_sees(ada: User, reader: Client) -> None:
    client = Client()
    client.force_login(ada)
    for path in QUERIES:
        assert client.get(path).content == reader.get(path).content, path


def test_nothing_of_a_page_needs_a_script_or_an_inline_style(reader: Client) -> None:
    for path in QUERIES:
        page = Page(reader.get(path))
        assert all(script["type"] == "application/ld+json" for script in page.every("script"))
        assert not page.every("style")
        assert not [
            attrs for _, attrs in page.elements if "style" in attrs or any(name.startswith("on") for name in attrs)
        ]
        assert "unsafe" not in reader.get(path).headers["Content-Security-Policy"]


def test_no_id_stands_twice_and_every_fragment_leads_somewhere(reader: Client) -> None:
    for path in QUERIES:
        page = Page(reader.get(path))
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        assert len(ids) == len(set(ids)), path
        assert {link[1:] for link in page.links() if link.startswith("#")} <= set(ids), path


def test_every_link_within_the_site_leads_to_a_page(reader: Client) -> None:
    for path in QUERIES:
        for link in Page(reader.get(path)).links():
            if link.startswith("/"):
                response = reader.get(link.partition("#")[0])
                assert response.status_code == 200, link
                if fragment := link.partition("#")[2]:
                    assert any(attrs.get("id") == fragment for _, attrs in Page(response).elements), link

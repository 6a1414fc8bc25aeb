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
PAGES = pytest.mark.parametrize("path", QUERIES)


@pytest.fixture(autouse=True)
def something_to_read(corrected: Publication) -> None:
    """Each page exists, in each kind."""


@PAGES
def test_the_same_page_twice_is_the_same_to_the_byte(reader: Client, path: str) -> None:
    first, second = reader.get(path), reader.get(path, headers={"Accept-Language": "fr", "Cookie": "a=b"})
    assert first.status_code == 200
    assert first.content == second.content


@PAGES
def test_a_page_takes_few_questions_to_the_database(
    reader: Client, ada: User, bo: User, article: Article, path: str
) -> None:
    for number in range(3):
        claim = newsroom.claim(ada, f"Claim number {number}.")
        newsroom.highlight(claim, article, ["dredged", "speaker", "oldest"][number], by=ada)
        newsroom.published(claim, by=ada)
    with CaptureQueriesContext(connection) as asked:
        reader.get(path)
    assert len(asked) <= QUERIES[path], [query["sql"] for query in asked]


@PAGES
def test_reading_leaves_no_cookie_and_no_session(reader: Client, path: str) -> None:
    response = reader.get(path)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.content.decode()


@PAGES
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_page_is_only_read(path: str, method: str) -> None:
    ask: Callable[..., object] = getattr(Client(), method)
    assert ask(path).status_code == 405


@PAGES
def test_a_page_can_be_asked_for_its_head(reader: Client, path: str) -> None:
    response = reader.head(path)
    assert response.status_code == 200
    assert response.content == b""


@PAGES
def test_an_unchanged_page_is_not_sent_again(reader: Client, path: str) -> None:
    etag = reader.get(path).headers["ETag"]
    assert reader.get(path, headers={"If-None-Match": etag}).status_code == 304


@PAGES
def test_who_is_logged_in_sees_what_everybody_sees(ada: User, reader: Client, path: str) -> None:
    client = Client()
    client.force_login(ada)
    assert client.get(path).content == reader.get(path).content


@PAGES
def test_nothing_of_a_page_needs_a_script_or_an_inline_style(reader: Client, path: str) -> None:
    page = Page(reader.get(path))
    assert all(script["type"] == "application/ld+json" for script in page.every("script"))
    assert not page.every("style")
    assert not [attrs for _, attrs in page.elements if "style" in attrs or any(name.startswith("on") for name in attrs)]
    assert "unsafe" not in reader.get(path).headers["Content-Security-Policy"]


@PAGES
def test_no_id_stands_twice_and_every_fragment_leads_somewhere(reader: Client, path: str) -> None:
    page = Page(reader.get(path))
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.links() if link.startswith("#")} <= set(ids)


@PAGES
def test_every_link_within_the_site_leads_to_a_page(reader: Client, path: str) -> None:
    for link in Page(reader.get(path)).links():
        if link.startswith("/"):
            response = reader.get(link.partition("#")[0])
            assert response.status_code == 200, link
            if fragment := link.partition("#")[2]:
                assert any(attrs.get("id") == fragment for _, attrs in Page(response).elements), link

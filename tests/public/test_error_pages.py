"""When something goes wrong: what happened, what was kept, what to do."""

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, page_not_found, permission_denied, server_error

from tests.public.pages import Page


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so(reader: Client) -> None:
    response = reader.get("/claims/no-such-claim/")
    assert response.status_code == 404
    assert "There is no such page" in Page(response).text
    assert "/" in Page(response).links()


@pytest.mark.django_db
def test_an_error_leaves_no_cookie(reader: Client) -> None:
    response = reader.get("/nowhere/")
    assert response.status_code == 404
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_the_error_pages_need_no_database() -> None:
    request = RequestFactory().get("/")
    answers = [
        (bad_request(request, Exception()), 400, "could not be read"),
        (permission_denied(request, Exception()), 403, "not open to you"),
        (page_not_found(request, Exception()), 404, "no such page"),
        (server_error(request), 500, "The mistake is ours"),
    ]
    for response, status, words in answers:
        assert response.status_code == status
        assert words in Page(response).text


def test_the_last_resort_needs_no_context() -> None:
    assert "Something went wrong here" in render_to_string("500.html")
    assert "Your form could not be accepted" in render_to_string("403_csrf.html")


def test_a_request_that_breaks_is_answered(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("factcheck.public.views.show", broken)
    response = Client(raise_request_exception=False).get("/")
    assert response.status_code == 500
    assert "What was saved before is kept" in Page(response).text

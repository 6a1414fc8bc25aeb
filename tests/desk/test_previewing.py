"""The page as readers will see it, before they do."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db


def _page(verdict: Verdict) -> str:
    return reverse("desk:verdict-page", args=[verdict.pk])


def _without_banner(page: str) -> str:
    """The page without banner, the word to search engines, and the moment of the day, which are each page's own."""
    page = re.sub(r'<aside class="notice warning" aria-labelledby="preview">.*?</aside>\n', "", page, flags=re.DOTALL)
    page = re.sub(r"T\d\d:\d\d:\d\d[.\d]*\+00:00", "", page)
    return re.sub(r'<meta name="robots" content="noindex">|<link rel="canonical"[^>]*>', "", page)


@pytest.fixture
def verdict(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def test_the_preview_of_what_is_approved_is_the_page_that_readers_get(desk: Desk, verdict: Verdict, ada: User) -> None:
    newsroom.approved(verdict, by=ada)
    shown = desk(ada).get(_page(verdict))
    published = publishing.publish(Verdict.objects.get(pk=verdict.pk), by=newsroom.anybody("cleo", newsroom.PUBLISHER))
    read = Client().get(published.get_absolute_url())
    assert _without_banner(shown.content.decode()) == _without_banner(read.content.decode())


def test_a_draft_is_shown_with_a_banner_and_never_found_by_search_engines(
    desk: Desk, verdict: Verdict, ada: User
) -> None:
    shown = desk(ada).get(_page(verdict))
    page = shown.content.decode()
    assert "Preview: readers do not see this yet" in page
    assert (shown.headers["X-Robots-Tag"], verdict.summary in page, "reviewed by" in page) == ("noindex", True, False)
    assert "public" not in shown.headers.get("Cache-Control", "")


def test_a_correction_is_shown_with_the_kind_and_reason_being_typed(
    desk: Desk, verdict: Verdict, ada: User, cleo: User
) -> None:
    newsroom.approved(verdict, by=ada)
    publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)
    judging.revise(verdict, by=ada, version=Verdict.objects.get().version, summary="Otherwise.")
    typed = {"kind": "clarification", "reason": "The year stood wrong."}
    page = desk(cleo).post(_page(verdict), typed).content.decode()
    assert "Version 2" in page
    assert "Clarification" in page
    assert "The year stood wrong." in page
    assert Publication.objects.count() == 1


def test_without_a_rating_there_is_no_page_yet(desk: Desk, ada: User) -> None:
    begun = judging.draft(newsroom.claim(ada), by=ada)
    assert desk(ada).get(_page(begun)).headers["Location"] == begun.get_absolute_url()


def test_readers_are_not_let_in(verdict: Verdict) -> None:
    assert Client().get(_page(verdict)).status_code == 302


def test_what_readers_see_as_it_is_has_their_page_and_no_preview(desk: Desk, ada: User) -> None:
    published = newsroom.published(newsroom.claim(ada), by=ada)
    assert desk(ada).get(_page(published.submission.verdict)).headers["Location"] == published.get_absolute_url()

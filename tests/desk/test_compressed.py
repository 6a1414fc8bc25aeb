"""Pages go compressed over the line, and their size tells nothing (BREACH)."""

import gzip
import re

import brotli
import pytest
from django.test import Client
from django.urls import reverse

from tests import newsroom

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')

pytestmark = pytest.mark.django_db


UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.fixture(params=UNPACK)
def answers(request, ada):
    """The same page five times, as a browser gets it."""
    made = newsroom.article(ada)
    for number in range(8):
        newsroom.highlight(newsroom.claim(ada, wording=f"Claim {number}."), made, "harbour was dredged", by=ada)
    client = Client(headers={"accept-encoding": request.param})
    client.force_login(ada)
    return [client.get(reverse("desk:article", args=[made.pk])) for _ in range(5)]


def unpacked(answer):
    return UNPACK[answer.headers["Content-Encoding"]](answer.content)


def test_a_workspace_is_compressed(answers):
    page = unpacked(answers[0])
    assert b'id="workspace"' in page
    assert len(answers[0].content) < len(page) / 2


def test_the_size_of_the_same_page_differs_from_answer_to_answer(answers):
    """Whoever measures it cannot tell whether a guess stood in it; the length added is at random."""
    assert len({len(answer.content) for answer in answers}) > 1


def test_each_answer_masks_the_token_of_its_forms_anew(answers):
    tokens = {frozenset(TOKEN.findall(unpacked(answer))) for answer in answers}
    assert frozenset() not in tokens
    assert len(tokens) == len(answers)


def test_a_browser_that_reads_both_gets_brotli_and_caches_know_that_it_depends():
    answer = Client(headers={"accept-encoding": "gzip, deflate, br, zstd"}).get("/accounts/login/")
    assert (answer.headers["Content-Encoding"], "Accept-Encoding" in answer.headers["Vary"]) == ("br", True)


def test_a_browser_that_reads_neither_gets_the_page_as_it_is():
    assert "Content-Encoding" not in Client(headers={"accept-encoding": "identity"}).get("/accounts/login/").headers

"""Pages go compressed over the line, and their size tells nothing (BREACH)."""

import gzip
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import newsroom

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(ada):
    """The same page five times, as a browser gets it."""
    made = newsroom.article(ada)
    for number in range(8):
        newsroom.highlight(newsroom.claim(ada, wording=f"Claim {number}."), made, "harbour was dredged", by=ada)
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(ada)
    return [client.get(reverse("desk:article", args=[made.pk])) for _ in range(5)]


def test_a_workspace_is_compressed(answers):
    page = gzip.decompress(answers[0].content)
    assert answers[0].headers["Content-Encoding"] == "gzip"
    assert b'id="workspace"' in page
    assert len(answers[0].content) < len(page) / 2


def test_the_size_of_the_same_page_differs_from_answer_to_answer(answers):
    """Whoever measures it cannot tell whether a guess stood in it; the length added is at random."""
    assert len({len(answer.content) for answer in answers}) > 1


def test_each_answer_masks_the_token_of_its_forms_anew(answers):
    tokens = {frozenset(TOKEN.findall(gzip.decompress(answer.content))) for answer in answers}
    assert frozenset() not in tokens
    assert len(tokens) == len(answers)

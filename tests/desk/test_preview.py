"""The rationale as readers would see it, while it is typed."""

import pytest
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.prose.markdown import to_html
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.desk.conftest import Desk

SCRIPT = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def verdict(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def path(verdict: Verdict) -> str:
    return reverse("desk:verdict-preview", args=[verdict.pk])


def test_it_is_what_the_rationale_would_give_and_nothing_is_saved(desk: Desk, ada: User, verdict: Verdict) -> None:
    typed = "So **it** is [1].\n\n<script>alert(1)</script>"
    page = desk(ada).post(path(verdict), {"rationale": typed}, **SCRIPT).content.decode()
    assert to_html(typed) in page
    assert "<script" not in page
    assert "<html" not in page
    assert Verdict.objects.get().rationale == verdict.rationale


def test_a_reference_to_no_citation_is_told(desk: Desk, ada: User, verdict: Verdict) -> None:
    page = desk(ada).post(path(verdict), {"rationale": "So it is [1], [7]."}, **SCRIPT).content.decode()
    assert "[7] is not among the sources." in page


def test_without_script_the_page_comes_back_with_all_that_was_typed(desk: Desk, ada: User, verdict: Verdict) -> None:
    form = {"summary": "My sentence.", "rationale": "So *it* is.", "version": verdict.version}
    page = desk(ada).post(path(verdict), form).content.decode()
    assert "My sentence." in page
    assert "<p>So <em>it</em> is.</p>" in page
    assert Verdict.objects.get().summary == verdict.summary


def test_a_verdict_that_is_not_saved_yet_has_one_too(desk: Desk, ada: User) -> None:
    claim = newsroom.claim(ada)
    at = reverse("desk:claim-verdict-preview", args=[claim.pk])
    assert "<p>So it is" in desk(ada).post(at, {"rationale": "So it is [1]."}, **SCRIPT).content.decode()
    assert "<p>So it is" in desk(ada).post(at, {"rationale": "So it is [1]."}).content.decode()
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("rationale", ["\0", "x" * 100_001])
def test_what_cannot_be_saved_is_not_shown(desk: Desk, ada: User, verdict: Verdict, rationale: str) -> None:
    assert desk(ada).post(path(verdict), {"rationale": rationale}, **SCRIPT).status_code == 422
    assert desk(ada).post(path(verdict), {"rationale": rationale}).status_code == 422

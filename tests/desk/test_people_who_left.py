"""A person who leaves is disabled: their work stays, everywhere, and keeps its name."""

import pytest
from django.test import Client
from django.urls import reverse

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.articles import assigning
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.review.models import Submission
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(ada: User, bo: User, cleo: User, dee: User) -> Publication:
    """Of Ada's and Bo's work; both have left."""
    article = newsroom.article(ada)
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    assigning.assign(article, by=ada, version=1, assignee=ada, due_on=None)
    newsroom.approved(newsroom.verdict(claim, by=ada), by=ada, reviewer=bo)
    made = publishing.publish(Verdict.objects.get(), by=cleo)
    employing.disable(ada, by=dee)
    employing.disable(bo, by=dee)
    return made


def test_readers_go_on_seeing_the_names_of_those_who_wrote_and_reviewed(client: Client, published: Publication) -> None:
    page = client.get(published.get_absolute_url()).content.decode()
    assert "Ada" in page
    assert "Bo" in page


def test_what_is_published_next_bears_their_names_too(client: Client, cleo: User, published: Publication) -> None:
    publishing.retract(Claim.objects.get(), by=cleo, reason="Wrong.")
    assert "Ada" in client.get(published.get_absolute_url()).content.decode()


def test_lists_and_records_on_the_desk_keep_their_names(desk: Desk, cleo: User, published: Publication) -> None:
    reader = desk(cleo)
    for path in (
        "/desk/articles/",
        Article.objects.get().get_absolute_url(),
        Claim.objects.get().get_absolute_url(),
        Verdict.objects.get().get_absolute_url(),
        Submission.objects.get().get_absolute_url(),
    ):
        assert "Ada" in reader.get(path).content.decode(), path
    assert "no longer here" in reader.get("/desk/articles/").content.decode()


def test_history_says_that_they_are_no_longer_here(
    desk: Desk, cleo: User, dee: User, ada: User, published: Publication
) -> None:
    claim = Claim.objects.get()
    for path in (reverse("desk:claim-history", args=[claim.pk]), claim.get_absolute_url()):
        page = " ".join(desk(cleo).get(path).content.decode().split())
        assert '<b>Ada</b> <span class="soft">(no longer here)</span> added the claim' in page, path
        assert page.count("(no longer here)") > 2, path
    theirs = desk(dee).get(reverse("desk:person-history", args=[ada.pk])).content.decode()
    assert "added the claim" in theirs
    assert "disabled the login" in theirs


def test_their_part_of_a_history_can_still_be_chosen(desk: Desk, cleo: User, ada: User, published: Publication) -> None:
    path = reverse("desk:claim-history", args=[Claim.objects.get().pk])
    page = desk(cleo).get(path, {"person": ada.pk})
    assert "Ada (no longer here)</option>" in page.content.decode()
    assert {each.who for day in page.context["days"] for each in day.moments} == {"Ada"}


def test_exports_keep_their_names(desk: Desk, cleo: User, published: Publication) -> None:
    answer = desk(cleo).get("/desk/claims/export/")
    assert "Ada" in b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a file

"""Setting a time at the desk, seeing it wait, calling it off."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.newsroom.settling import settle
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(ada: User, bo: User) -> Verdict:
    claim = newsroom.claim(ada, wording="The harbour was dredged in 1921.")
    newsroom.highlight(claim, newsroom.article(ada), "dredged in 1921", by=ada)
    made = newsroom.verdict(claim, by=ada)
    newsroom.approved(made, by=ada, reviewer=bo)
    return Verdict.objects.get(pk=made.pk)


@pytest.fixture
def waits(verdict: Verdict, cleo: User) -> Publication:
    return publishing.publish(verdict, by=cleo, at=timezone.now() + timedelta(days=2))


def typed(verdict: Verdict, **otherwise: str) -> tuple[str, dict[str, str]]:
    return reverse("desk:verdict-publication", args=[verdict.pk]), {"kind": "first", "when": "later"} | otherwise


def test_a_moment_is_set_in_the_newsroom_s_time_zone(desk: Desk, verdict: Verdict, cleo: User, dee: User) -> None:
    day = timezone.localdate() + timedelta(days=9)
    settle(by=dee, version=1, name="The Checkers", time_zone="Europe/Vienna")
    answer = desk(cleo).post(*typed(verdict, at=f"{day}T09:00"), follow=True)
    moment = Publication.objects.get().published_at.astimezone(ZoneInfo("Europe/Vienna"))
    assert (moment.date(), moment.hour, answer.redirect_chain[-1][0]) == (day, 9, verdict.claim.get_absolute_url())
    assert "at 09:00 (Europe/Vienna)" in answer.content.decode()


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2020-01-01T09:00", "has passed"),
        ("", "Say on which day"),
        ("soon", "valid date"),
        ("9999-12-31T23:59", "more than a year"),
        ("0001-01-01T00:00", "has passed"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_beside_its_field_and_kept(
    at: str, says: str, desk: Desk, verdict: Verdict, cleo: User
) -> None:
    answer = desk(cleo).post(*typed(verdict, at=at))
    page = answer.content.decode()
    assert (answer.status_code, Publication.objects.count()) == (422, 0)
    assert says in page.partition('id="id_at_error"')[2]
    assert f'value="{at}"' in page or not at


def test_at_once_counts_more_than_a_moment_left_in_the_field(desk: Desk, verdict: Verdict, cleo: User) -> None:
    desk(cleo).post(*typed(verdict, when="now", at="2020-01-01T09:00"))
    assert Publication.objects.live().exists()


def test_the_desk_says_everywhere_when_it_goes_out_and_offers_to_call_it_off(
    desk: Desk, waits: Publication, cleo: User
) -> None:
    verdict, claim = waits.submission.verdict, waits.claim
    article = claim.highlights.get().article
    calling_off = reverse("desk:publication-calling-off", args=[waits.pk])
    for path in (
        claim.get_absolute_url(),
        verdict.get_absolute_url(),
        reverse("desk:verdict-publication", args=[verdict.pk]),
        reverse("desk:article-publication", args=[article.pk]),
    ):
        page = desk(cleo).get(path).content.decode()
        assert "goes out" in page, path
        assert calling_off in page, path
    assert "goes out <time" in desk(cleo).get("/desk/").content.decode()


def test_who_may_not_publish_is_offered_nothing(desk: Desk, waits: Publication, ada: User) -> None:
    page = desk(ada).get(waits.claim.get_absolute_url()).content.decode()
    assert "goes out" in page
    assert "calling-off" not in page


def test_calling_it_off_brings_it_back_to_what_waits_for_a_publisher(
    desk: Desk, waits: Publication, cleo: User
) -> None:
    path = reverse("desk:publication-calling-off", args=[waits.pk])
    page = desk(cleo).post(path, follow=True).content.decode()
    assert "Called off. The verdict is approved as before" in page
    page = desk(cleo).post(path, follow=True).content.decode()
    assert "It was not called off" in page
    assert "Approved, to be published" in desk(cleo).get("/desk/").content.decode()


def test_a_second_publication_is_refused_while_it_waits(desk: Desk, waits: Publication, cleo: User) -> None:
    answer = desk(cleo).post(*typed(waits.submission.verdict, when="now"))
    assert (answer.status_code, "Call that one off first" in answer.content.decode()) == (409, True)


def test_handing_in_another_is_refused_while_it_waits_and_says_why(desk: Desk, waits: Publication, finn: User) -> None:
    verdict = newsroom.verdict(waits.claim, by=finn)
    answer = desk(finn).post(reverse("desk:verdict-submission", args=[verdict.pk]), {"version": verdict.version})
    assert (answer.status_code, "A publisher can call that off" in answer.content.decode()) == (409, True)


def test_a_claim_whose_check_goes_out_later_is_not_put_in_the_trash(desk: Desk, waits: Publication, ada: User) -> None:
    page = desk(ada).post(reverse("desk:claim-trash", args=[waits.claim_id]), follow=True).content.decode()
    assert "call that off first" in page


def test_the_preview_of_what_waits_is_the_page_that_goes_out(desk: Desk, waits: Publication, ada: User) -> None:
    page = desk(ada).get(reverse("desk:verdict-page", args=[waits.submission.verdict_id])).content.decode()
    assert "It goes out" in page
    assert "reviewed by <b>Bo</b>" in page

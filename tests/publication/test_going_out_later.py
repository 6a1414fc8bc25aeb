"""Publishing at a set time: nothing before it, everything with it, and calling it off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.notices.models import Notice
from factcheck.publication import correcting, moments, publishing
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.publication.moments import looking_at
from factcheck.publication.publishing import GoneOut, Waiting
from factcheck.review import freezing
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom
from tests.publication.readers import approve_again, fresh, live, page_of, told

pytestmark = pytest.mark.django_db

HARBOUR, BRIDGE = "The harbour was dredged in 1921.", "The bridge is the oldest."


def hence(hours: float) -> datetime:
    return timezone.now() + timedelta(hours=hours)


@contextmanager
def readers_at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """Somebody who reads when that moment has come."""
    with monkeypatch.context() as patched:
        patched.setattr(moments, "now", lambda: moment)
        yield Client()


@pytest.fixture
def bridge(article: Article, ada: User, bo: User) -> Verdict:
    """Another claim of the same article, approved."""
    claim = newsroom.claim(ada, BRIDGE)
    newsroom.highlight(claim, article, "the oldest in the country", by=ada)
    made = newsroom.verdict(claim, by=ada, rating="False")
    newsroom.approved(made, by=ada, reviewer=bo)
    return fresh(made)


def test_readers_see_nothing_of_it_before_its_moment_and_all_of_it_then(
    verdict: Verdict, article: Article, cleo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_for = hence(2)
    later = publishing.publish(verdict, by=cleo, at=set_for)
    (page,) = ArticlePublication.objects.all()
    addresses = [later.get_absolute_url(), later.get_version_url(), page.get_absolute_url()]
    with readers_at(set_for - timedelta(seconds=1), monkeypatch) as reader:
        assert [reader.get(address).status_code for address in addresses] == [404, 404, 404]
        assert HARBOUR not in reader.get("/").content.decode()
    with readers_at(set_for, monkeypatch) as reader:
        answers = [reader.get(address) for address in [*addresses, "/"]]
        assert {answer.status_code for answer in answers} == {200}
        assert all(HARBOUR in answer.content.decode() for answer in answers)


def test_the_day_readers_are_told_is_the_day_on_which_it_went_out(
    verdict: Verdict, cleo: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_for = hence(24 * 40)
    later = publishing.publish(verdict, by=cleo, at=set_for)
    with readers_at(hence(24 * 41), monkeypatch) as reader:
        assert (
            f'"datePublished":"{timezone.localdate(set_for)}"' in reader.get(later.get_absolute_url()).content.decode()
        )


def test_the_version_before_stays_until_then(
    published: Publication, verdict: Verdict, article: Article, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    later = publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread it.", at=hence(2))
    assert (live(published.claim), told(article)) == (published, [(HARBOUR, "True")])
    with looking_at(later.published_at):
        assert (live(published.claim), told(article)) == (later, [(HARBOUR, "False")])


def test_an_article_s_page_changes_with_each_of_its_claims(
    verdict: Verdict, bridge: Verdict, article: Article, cleo: User
) -> None:
    publishing.publish(verdict, by=cleo, at=hence(2))
    publishing.publish(bridge, by=cleo, at=hence(1))
    with looking_at(hence(1.5)):
        assert told(article) == [(BRIDGE, "False")]
    with looking_at(hence(3)):
        assert told(article) == [(HARBOUR, "True"), (BRIDGE, "False")]


def test_what_is_published_at_once_stands_in_the_pages_to_come_too(
    verdict: Verdict, bridge: Verdict, article: Article, cleo: User
) -> None:
    publishing.publish(verdict, by=cleo, at=hence(2))
    publishing.publish(bridge, by=cleo)
    assert told(article) == [(BRIDGE, "False")]
    with looking_at(hence(3)):
        assert told(article) == [(HARBOUR, "True"), (BRIDGE, "False")]


# --- Calling it off ---


def test_what_is_called_off_never_goes_out_and_its_verdict_is_approved_as_before(
    verdict: Verdict, bridge: Verdict, article: Article, cleo: User
) -> None:
    later = publishing.publish(verdict, by=cleo, at=hence(1))
    publishing.publish(bridge, by=cleo, at=hence(2))
    publishing.call_off(later, by=cleo)
    assert fresh(verdict).stage == Stage.APPROVED
    with looking_at(hence(3)):
        assert list(Publication.objects.live().values_list("claim__wording", flat=True)) == [BRIDGE]
        assert told(article) == [(BRIDGE, "False")]
    with looking_at(hence(1.5)):
        assert not ArticlePublication.objects.live().exists()


def test_it_can_be_published_again_under_the_same_number_and_address(verdict: Verdict, cleo: User) -> None:
    later = publishing.publish(verdict, by=cleo, at=hence(1))
    publishing.call_off(later, by=cleo)
    again = publishing.publish(verdict, by=cleo)
    assert (again.version, again.slug, live(verdict.claim)) == (later.version, later.slug, again)


def test_only_what_has_not_gone_out_is_called_off(published: Publication, verdict: Verdict, cleo: User) -> None:
    with pytest.raises(GoneOut):
        publishing.call_off(published, by=cleo)


def test_it_is_called_off_once(verdict: Verdict, cleo: User) -> None:
    later = publishing.publish(verdict, by=cleo, at=hence(1))
    publishing.call_off(later, by=cleo)
    with pytest.raises(GoneOut):
        publishing.call_off(later, by=cleo)


def test_a_retraction_calls_off_what_was_to_follow(
    published: Publication, verdict: Verdict, article: Article, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    later = publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread it.", at=hence(2))
    gone = publishing.retract(published.claim, by=cleo, reason="Wrong.")
    later.refresh_from_db()
    with looking_at(hence(3)):
        assert (live(published.claim), gone.version, later.called_off) == (gone, 2, True)
        assert [mark["kind"] for mark in page_of(article).content["claims"]] == [Kind.RETRACTION]


# --- While it waits ---


def test_nothing_else_of_the_claim_is_published_or_handed_in(
    published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread it.", at=hence(2))
    with pytest.raises(Waiting):
        publishing.publish(again, by=cleo, kind=Kind.UPDATE, reason="News.")
    correction = correcting.correct(published.claim, by=ada)
    judging.revise(correction, by=ada, version=correction.version, summary="Otherwise.")
    with pytest.raises(IntegrityError, match="waits for its moment"), transaction.atomic():
        freezing.submit(correction, by=ada)


@pytest.mark.parametrize(("hours", "says"), [(-1, "has passed"), (24 * 400, "more than a year")])
def test_a_moment_that_has_passed_or_is_far_away_is_refused(
    hours: int, says: str, verdict: Verdict, cleo: User
) -> None:
    with pytest.raises(ValidationError, match=says) as refused:
        publishing.publish(verdict, by=cleo, at=hence(hours))
    assert (list(refused.value.error_dict), Publication.objects.count()) == (["at"], 0)


@pytest.mark.parametrize("who", ["ada", "bo", "dee", "guest"])
def test_only_publishers_set_a_time_and_call_it_off(
    who: str, verdict: Verdict, cleo: User, request: pytest.FixtureRequest
) -> None:
    person = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        publishing.publish(verdict, by=person, at=hence(1))
    later = publishing.publish(verdict, by=cleo, at=hence(1))
    with pytest.raises(PermissionDenied):
        publishing.call_off(later, by=person)


def test_who_worked_on_it_is_told_that_it_goes_out_later_and_that_it_does_not(
    verdict: Verdict, ada: User, cleo: User
) -> None:
    publishing.call_off(publishing.publish(verdict, by=cleo, at=hence(1)), by=cleo)
    assert list(Notice.objects.filter(person=ada).order_by("-pk").values_list("kind", flat=True)[:2]) == [
        "called_off",
        "scheduled",
    ]


# --- An invariant: at every moment an article's page tells of what is live then ---


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["now", "soon", "later", "call off", "retract", "page"])),
        max_size=7,
    )
)
def test_at_every_moment_the_page_shows_what_is_live_then(
    acts: list[tuple[int, str]], article: Article, ada: User, bo: User, cleo: User
) -> None:
    with transaction.atomic():
        claims = []
        for words in ("dredged in 1921", "40,000 cars a day", "the oldest in the country"):
            claim = newsroom.claim(ada, words)
            newsroom.highlight(claim, article, words, by=ada)
            newsroom.approved(newsroom.verdict(claim, by=ada), by=ada, reviewer=bo)
            claims.append(claim)
        moments_of = {"now": None, "soon": hence(1), "later": hence(2)}
        for number, what in acts:
            _try(claims[number], what, article, moments_of, cleo)
        for moment in (None, hence(0.5), hence(1.5), hence(2.5)):
            with looking_at(moment):
                shown = {publication.pk for publication in Publication.objects.live().filter(claim__in=claims)}
                page = ArticlePublication.objects.live().filter(article=article).first()
                told_of = {mark["publication"] for mark in page.content["claims"]} if page else set()
                assert told_of == shown
        transaction.set_rollback(True)


def _try(claim: Claim, what: str, article: Article, moments_of: dict[str, datetime | None], by: User) -> None:
    try:
        if what == "retract":
            publishing.retract(claim, by=by, reason="Wrong.")
        elif what == "page":
            publishing.publish_article(article, by=by)
        elif what == "call off":
            for waits in Publication.objects.filter(claim=claim).waiting():
                publishing.call_off(waits, by=by)
        else:
            publishing.publish(claim.verdicts.get(), by=by, at=moments_of[what])
    except (Waiting, ValidationError, publishing.AlreadyPublished, publishing.NotApproved):
        pass

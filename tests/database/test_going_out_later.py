"""What goes out later: its moment comes by the database's clock, and only what has not gone out is called off."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from psycopg.errors import CheckViolation, UniqueViolation

from factcheck.accounts.models import User
from factcheck.publication import publishing
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.review.models import Submission
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

LATER = timezone.now() + timedelta(days=2)


@pytest.fixture
def approved(ada: User, bo: User) -> Submission:
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, newsroom.article(ada), "dredged in 1921", by=ada)
    return newsroom.approved(newsroom.verdict(claim, by=ada), by=ada, reviewer=bo)


@pytest.fixture
def waits(approved: Submission, cleo: User) -> Publication:
    return publishing.publish(Verdict.objects.get(pk=approved.verdict_id), by=cleo, at=LATER)


def calling_off(publication: Publication, by: User) -> tuple[str, ...]:
    return raw.insert("publication_callingoff", {"publication_id": publication.pk, "called_off_by_id": by.pk})


def moment_of(publication: int) -> datetime:
    moment: datetime = Publication.objects.get(pk=publication).published_at
    return moment


def test_nothing_is_dated_back(approved: Submission, cleo: User) -> None:
    ((made,),) = raw.execute(*raw.publication(approved, cleo, published_at=LATER - timedelta(days=9)))
    assert timezone.now() - moment_of(made) < timedelta(minutes=5)


def test_a_later_moment_is_taken(approved: Submission, cleo: User) -> None:
    ((made,),) = raw.execute(*raw.publication(approved, cleo, published_at=LATER))
    assert moment_of(made) == LATER


def test_nothing_follows_what_has_not_gone_out(waits: Publication, cleo: User) -> None:
    gone = {"slug": waits.slug, "version": 2, "previous_id": waits.pk, "kind": "retraction", "reason": "Wrong."}
    raw.refused_publication(waits.submission, cleo, "has not gone out yet", **gone)


def test_a_retraction_takes_effect_at_once(approved: Submission, cleo: User) -> None:
    live = publishing.publish(Verdict.objects.get(pk=approved.verdict_id), by=cleo)
    gone = {"slug": live.slug, "version": 2, "previous_id": live.pk, "kind": "retraction", "reason": "Wrong."}
    raw.refused_publication(approved, cleo, "at once", **gone, published_at=LATER)


def test_an_article_s_page_shows_nothing_before_its_moment(waits: Publication, cleo: User) -> None:
    page = ArticlePublication.objects.get()
    row = {
        "article_id": page.article_id, "slug": page.slug, "version": 2, "snapshot_id": page.snapshot_id,
        "document": page.document, "sha256": page.sha256, "published_by_id": cleo.pk,
    }  # fmt: skip
    raw.refused(*raw.insert("publication_articlepublication", row), because=CheckViolation, saying="not published")
    assert raw.execute(*raw.insert("publication_articlepublication", row | {"published_at": LATER}))


def test_calling_it_off_marks_it_and_the_pages_that_were_to_show_it(waits: Publication, cleo: User) -> None:
    raw.execute(*calling_off(waits, cleo))
    assert Publication.objects.get().called_off
    assert ArticlePublication.objects.get().called_off


def test_what_readers_see_is_not_called_off(approved: Submission, cleo: User) -> None:
    live = publishing.publish(Verdict.objects.get(pk=approved.verdict_id), by=cleo)
    raw.refused(*calling_off(live, cleo), because=CheckViolation, saying="not gone out")


def test_it_is_called_off_once(waits: Publication, cleo: User) -> None:
    raw.execute(*calling_off(waits, cleo))
    raw.refused(*calling_off(waits, cleo), because=CheckViolation)


def test_nobody_is_born_called_off(approved: Submission, cleo: User) -> None:
    raw.execute(*raw.publication(approved, cleo, called_off=True))
    assert not Publication.objects.get().called_off


def test_no_two_versions_wait_under_one_number(waits: Publication, approved: Submission, cleo: User) -> None:
    raw.execute(*calling_off(waits, cleo))
    Verdict.objects.update(stage="approved")
    raw.execute(*raw.publication(approved, cleo, slug=waits.slug, published_at=LATER))
    raw.refused(*raw.publication(approved, cleo, slug=waits.slug, published_at=LATER), because=UniqueViolation)


def test_while_it_waits_nothing_of_the_claim_is_handed_in_and_its_verdict_stays_settled(waits: Publication) -> None:
    for stage in ("submitted", "approved"):
        statement = f"UPDATE public.verdicts_verdict SET stage = '{stage}' WHERE id = %s"
        raw.refused(statement, waits.submission.verdict_id, because=CheckViolation)


@pytest.mark.django_db(transaction=True)
def test_a_calling_off_whose_transaction_ends_after_the_moment_is_refused(approved: Submission, cleo: User) -> None:
    soon = timezone.now() + timedelta(seconds=2)
    waits = publishing.publish(Verdict.objects.get(pk=approved.verdict_id), by=cleo, at=soon)
    with pytest.raises(IntegrityError, match="went out before"):
        _slowly(calling_off(waits, cleo), until=soon)
    assert Publication.objects.live().get() == waits


def _slowly(statement: tuple[str, ...], *, until: datetime) -> None:
    """Execute a statement in a transaction that ends at that moment."""
    with transaction.atomic():
        raw.execute(*statement)
        raw.execute("SELECT pg_sleep(extract(epoch FROM %s - clock_timestamp()))", until)

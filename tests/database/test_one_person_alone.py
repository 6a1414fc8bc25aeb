"""What one person does alone is marked by the database until a second person, and no other, has stood for it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from psycopg.errors import CheckViolation, UniqueViolation

from factcheck.accounts.models import User
from factcheck.accounts.roles import PUBLISHER, REVIEWER
from factcheck.publication import publishing
from factcheck.publication.models import Countersignature, Publication
from factcheck.review import deciding, freezing
from factcheck.review.models import Submission
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

URGENT = {"urgency": "Now.", "reviewer": ""}


@pytest.fixture
def handed_in(ada: User) -> Submission:
    return newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)


@pytest.fixture
def alone(handed_in: Submission, cleo: User) -> Publication:
    return publishing.publish_unreviewed(handed_in.verdict, by=cleo, urgency="Now.")


@pytest.fixture
def retraction(ada: User, bo: User, cleo: User) -> Publication:
    return publishing.retract(newsroom.published(newsroom.claim(ada), by=ada).claim, by=cleo, reason="Wrong.")


def signature(publication: Publication, by: User, **otherwise: object) -> tuple[str, ...]:
    row = {"publication_id": publication.pk, "signed_by_id": by.pk} | otherwise
    return raw.insert("publication_countersignature", row)


def refused_signature(publication: Publication, by: User, saying: str) -> None:
    raw.refused(*signature(publication, by), because=CheckViolation, saying=saying)


def test_what_waits_for_a_decision_goes_out_in_an_emergency_and_names_no_reviewer(
    handed_in: Submission, cleo: User
) -> None:
    raw.execute(*raw.publication(handed_in, cleo, urgency="Now.", reviewer="Bo"))
    assert Publication.objects.get().reviewer == ""


def test_what_was_decided_on_withdrawn_or_handed_in_again_does_not(
    handed_in: Submission, ada: User, bo: User, cleo: User
) -> None:
    verdict = handed_in.verdict
    with raw.undone():
        deciding.send_back(handed_in, by=bo, reasons="Not so.")
        raw.refused_publication(handed_in, cleo, "what waits for a decision", **URGENT)
    with raw.undone():
        deciding.approve(handed_in, by=bo)
        raw.refused_publication(handed_in, cleo, "what waits for a decision", **URGENT)
    judging.revise(verdict, by=ada, version=Verdict.objects.get().version, summary="Otherwise.")
    freezing.submit(verdict, by=ada)
    raw.refused_publication(handed_in, cleo, "what waits for a decision", **URGENT)


def test_an_emergency_is_now(handed_in: Submission, cleo: User) -> None:
    later = timezone.now() + timedelta(days=1)
    raw.refused_publication(handed_in, cleo, "at once", published_at=later, **URGENT)


def test_a_retraction_is_no_emergency(alone: Publication, cleo: User) -> None:
    gone = {"slug": alone.slug, "version": 2, "previous_id": alone.pk, "kind": "retraction", "reason": "Wrong."}
    raw.refused_publication(alone.submission, cleo, "publication_retracted_by_one", **gone, **URGENT)


def test_an_emergency_is_signed_by_approving_it_alone(alone: Publication, bo: User) -> None:
    refused_signature(alone, bo, "by approving it")
    deciding.approve(alone.submission, by=bo)
    assert Countersignature.objects.get().second == "Bo"
    raw.refused(*signature(alone, bo), because=UniqueViolation)


def test_who_published_it_decides_nothing_of_it(alone: Publication) -> None:
    for outcome, reasons in (("approve", ""), ("send_back", "Not so.")):
        decided = raw.decision(alone.submission_id, alone.published_by, outcome, reasons)
        raw.refused(*decided, because=CheckViolation, saying="what they have published")


def test_who_retracted_it_does_not_sign_it(retraction: Publication, cleo: User) -> None:
    refused_signature(retraction, cleo, "alone")


def test_what_two_people_did_needs_no_signature(retraction: Publication, bo: User) -> None:
    assert retraction.previous
    refused_signature(retraction.previous, bo, "Only what one person did alone")


def test_a_retraction_is_signed_once_with_both_bylines_as_the_database_knows_them(retraction: Publication) -> None:
    second = newsroom.person("second", PUBLISHER)
    raw.execute(*signature(retraction, second, first="Nobody", second="Nobody"))
    signed = Countersignature.objects.get()
    assert (signed.first, signed.second) == ("Cleo", "Second")
    raw.refused(*signature(retraction, newsroom.person("third", REVIEWER)), because=UniqueViolation)


def test_what_readers_see_is_not_withdrawn_from_review(alone: Publication, ada: User) -> None:
    row = {"submission_id": alone.submission_id, "withdrawn_by_id": ada.pk}
    raw.refused(*raw.insert("review_withdrawal", row), because=CheckViolation, saying="Readers see")


def test_a_verdict_is_not_settled_by_an_emergency_nor_approved_beside_one(alone: Publication, bo: User) -> None:
    settle = "UPDATE public.verdicts_verdict SET stage = 'settled' WHERE id = %s"
    raw.refused(settle, alone.submission.verdict_id, because=CheckViolation, saying="not been published as approved")
    deciding.approve(alone.submission, by=bo)
    assert Verdict.objects.get().stage == "settled"
    back = "UPDATE public.verdicts_verdict SET stage = 'approved' WHERE id = %s"
    raw.refused(back, alone.submission.verdict_id, because=CheckViolation, saying="stays")

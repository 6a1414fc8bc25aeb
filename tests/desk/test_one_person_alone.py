"""Acting alone at the desk, and what a second person finds there."""

import pytest
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.review import deciding
from factcheck.review.models import Submission
from tests import newsroom
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db

MARK = "Published before a second person has looked at it"


@pytest.fixture
def handed_in(ada: User) -> Submission:
    return newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)


@pytest.fixture
def alone(handed_in: Submission, cleo: User) -> Publication:
    return publishing.publish_unreviewed(handed_in.verdict, by=cleo, urgency="Voting ends at six.")


@pytest.fixture
def retraction(ada: User, bo: User, cleo: User) -> Publication:
    return publishing.retract(newsroom.published(newsroom.claim(ada), by=ada).claim, by=cleo, reason="Wrong.")


def emergency(submission: Submission) -> str:
    return reverse("desk:verdict-emergency", args=[submission.verdict_id])


def test_a_publisher_comes_from_the_submission_gives_a_reason_and_publishes(
    desk: Desk, handed_in: Submission, ada: User, cleo: User
) -> None:
    path = emergency(handed_in)
    assert path in desk(cleo).get(handed_in.get_absolute_url()).content.decode()
    assert path not in desk(ada).get(handed_in.get_absolute_url()).content.decode()
    seen = {"kind": "first", "submission": str(handed_in.pk)}
    refused = desk(cleo).post(path, seen | {"urgency": ""})
    assert (refused.status_code, "Say why it cannot wait" in refused.content.decode()) == (422, True)
    answer = desk(cleo).post(path, seen | {"urgency": "Voting ends at six."}, follow=True)
    assert MARK in answer.content.decode()
    again = desk(cleo).post(path, seen | {"urgency": "Again.", "kind": "update", "reason": "News."})
    assert (again.status_code, Publication.objects.count()) == (409, 1)


def test_what_is_in_review_and_published_is_told_to_who_decides_and_kept_from_who_published(
    desk: Desk, alone: Publication, bo: User, cleo: User
) -> None:
    path = alone.submission.get_absolute_url()
    assert "Take it back" not in desk(alone.submission.submitted_by).get(path).content.decode()
    assert desk(alone.submission.submitted_by).post(f"{path}withdrawal/").status_code == 409
    page = desk(bo).get(path).content.decode()
    assert "Readers see this already" in page
    assert "Voting ends at six." in page
    assert "Record the decision" in page
    cleo.groups.add(newsroom.Group.objects.get(name="Reviewer"))
    cleo = User.objects.get(pk=cleo.pk)
    assert "You published it, so somebody else decides on it." in desk(cleo).get(path).content.decode()
    assert desk(cleo).post(f"{path}decision/", {"outcome": "approve"}).status_code == 403


def test_it_is_work_for_a_second_person_and_for_its_publisher_once_it_is_sent_back(
    desk: Desk, alone: Publication, bo: User, cleo: User
) -> None:
    assert "Awaiting a second person" in desk(bo).get("/desk/").content.decode()
    assert "Awaiting a second person" not in desk(cleo).get("/desk/").content.decode()
    assert MARK in desk(bo).get(alone.claim.get_absolute_url()).content.decode()
    deciding.send_back(alone.submission, by=bo, reasons="Not so.")
    assert "sent back; published before review by Cleo" in desk(cleo).get("/desk/").content.decode()
    for path in (alone.claim.get_absolute_url(), alone.submission.verdict.get_absolute_url()):
        assert "Readers see what was sent back" in desk(cleo).get(path).content.decode()


def test_a_retraction_is_countersigned_from_the_claim_s_page(
    desk: Desk, retraction: Publication, bo: User, cleo: User
) -> None:
    path = reverse("desk:publication-countersignature", args=[retraction.pk])
    assert "retracted by Cleo" in desk(bo).get("/desk/").content.decode()
    assert path in desk(bo).get(retraction.claim.get_absolute_url()).content.decode()
    assert path not in desk(cleo).get(retraction.claim.get_absolute_url()).content.decode()
    assert desk(cleo).post(path).status_code == 403
    assert "Signed. Readers see both names." in desk(bo).post(path, follow=True).content.decode()
    assert "nothing to sign here" in desk(bo).post(path, follow=True).content.decode()
    assert "Awaiting a second person" not in desk(bo).get("/desk/").content.decode()


def test_what_waits_is_a_list_of_claims_too(desk: Desk, retraction: Publication, alone: Publication, bo: User) -> None:
    found = desk(bo).get("/desk/claims/", {"waiting": "signature"})
    assert len(found.context["page"]) == 2

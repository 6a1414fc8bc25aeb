"""What one person does alone, and a second who stands for it: publishing in an emergency, and retractions."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from factcheck.accounts.models import User
from factcheck.accounts.roles import CHECKER, PUBLISHER, REVIEWER
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.history.models import Entry
from factcheck.notices.models import Notice
from factcheck.publication import publishing
from factcheck.publication.models import Countersignature, Kind, Publication
from factcheck.publication.publishing import AlreadyPublished, AlreadySigned, NotHandedIn
from factcheck.review import deciding, freezing, handing
from factcheck.review.models import Submission
from factcheck.verdicts import judging
from factcheck.verdicts.stages import Stage
from tests import newsroom
from tests.publication.readers import approve_again, fresh, live, told

pytestmark = pytest.mark.django_db

MARK = "Published before a second person has looked at it"


@pytest.fixture
def handed_in(claim: Claim, ada: User) -> Submission:
    return newsroom.submission(newsroom.verdict(claim, by=ada), by=ada)


@pytest.fixture
def alone(handed_in: Submission, cleo: User) -> Publication:
    return publishing.publish_unreviewed(handed_in.verdict, by=cleo, urgency="Voting ends at six.")


@pytest.fixture
def retraction(published: Publication, cleo: User) -> Publication:
    return publishing.retract(published.claim, by=cleo, reason="Wrong.")


def page(publication: Publication) -> str:
    return Client().get(publication.get_absolute_url()).content.decode()


# --- Publishing in an emergency ---


def test_readers_are_told_that_nobody_else_has_looked_and_never_why(alone: Publication, article: Article) -> None:
    assert (alone.reviewer, live(alone.claim), told(article)) == ("", alone, [(alone.claim.wording, "True")])
    read = page(alone)
    assert MARK in read
    assert "reviewed by" not in read
    assert "Voting ends" not in read
    assert "not yet looked at by a second person" in Client().get("/").content.decode()
    shown = Client().get(article.publications.get().get_absolute_url()).content.decode()
    assert "not yet looked at by a second person" in shown


def test_it_stays_in_review_and_its_reason_is_in_the_history(alone: Publication) -> None:
    entry = Entry.objects.latest("id")
    assert (fresh(alone.submission.verdict).stage, entry.act, entry.reason) == (
        Stage.SUBMITTED,
        "claim.publish_unreviewed",
        "Voting ends at six.",
    )


def test_an_approval_of_the_same_takes_the_mark_away_and_names_who_approved(
    alone: Publication, article: Article, bo: User
) -> None:
    deciding.approve(alone.submission, by=bo)
    read = page(alone)
    assert MARK not in read
    assert "reviewed by <b>Bo</b>" in read
    assert "not yet looked at" not in Client().get("/").content.decode()
    assert (fresh(alone.submission.verdict).stage, Publication.objects.count()) == (Stage.SETTLED, 1)
    bo.byline = "Bo Who Married"
    bo.save()
    assert page(alone) == read


def test_sent_back_the_page_stays_marked_and_a_correction_takes_its_place(
    alone: Publication, ada: User, bo: User, cleo: User
) -> None:
    deciding.send_back(alone.submission, by=bo, reasons="Not so.")
    assert MARK in page(alone)
    again = approve_again(alone.submission.verdict, ada, bo, rating="False")
    publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We were too fast.")
    assert MARK not in page(alone)
    assert MARK in Client().get(alone.get_version_url()).content.decode()


def test_the_same_document_handed_in_again_and_approved_takes_the_mark_away_too(
    alone: Publication, ada: User, bo: User
) -> None:
    verdict = alone.submission.verdict
    deciding.send_back(alone.submission, by=bo, reasons="Not so.")
    deciding.approve(freezing.submit(verdict, by=ada), by=bo)
    assert MARK not in page(alone)
    assert fresh(verdict).stage == Stage.SETTLED


def test_neither_who_wrote_it_nor_who_published_it_approves_it(alone: Publication, ada: User, cleo: User) -> None:
    for person in (ada, cleo):
        person.groups.set([*person.groups.all(), *newsroom.Group.objects.filter(name=REVIEWER.value)])
    with pytest.raises(PermissionDenied):
        deciding.approve(alone.submission, by=User.objects.get(pk=ada.pk))
    with pytest.raises(IntegrityError, match="what they have published"), transaction.atomic():
        deciding.approve(alone.submission, by=User.objects.get(pk=cleo.pk))
    assert MARK in page(alone)


def test_an_edit_after_it_does_not_sign_what_readers_see(alone: Publication, ada: User, bo: User) -> None:
    verdict = fresh(alone.submission.verdict)
    judging.revise(verdict, by=ada, version=verdict.version, summary="Otherwise.")
    deciding.approve(freezing.submit(verdict, by=ada), by=bo)
    assert MARK in page(alone)
    assert fresh(verdict).stage == Stage.APPROVED


def test_what_readers_see_is_not_taken_back_from_review(alone: Publication, ada: User) -> None:
    with pytest.raises(IntegrityError, match="Readers see"), transaction.atomic():
        handing.withdraw(alone.submission, by=ada)


def test_only_what_waits_for_a_decision_goes_out_so(claim: Claim, ada: User, bo: User, cleo: User) -> None:
    verdict = newsroom.verdict(claim, by=ada)
    publish = {"by": cleo, "urgency": "Now."}
    with pytest.raises(NotHandedIn):
        publishing.publish_unreviewed(verdict, **publish)
    submission = newsroom.submission(verdict, by=ada)
    judging.revise(verdict, by=ada, version=fresh(verdict).version, summary="Otherwise.")
    with pytest.raises(NotHandedIn):
        publishing.publish_unreviewed(fresh(verdict), **publish)
    submission = freezing.submit(fresh(verdict), by=ada)
    deciding.send_back(submission, by=bo, reasons="Not so.")
    with pytest.raises(NotHandedIn):
        publishing.publish_unreviewed(fresh(verdict), **publish)


def test_it_is_done_once(alone: Publication, cleo: User) -> None:
    with pytest.raises(AlreadyPublished):
        publishing.publish_unreviewed(alone.submission.verdict, by=cleo, urgency="Again.")


def test_without_a_reason_it_is_refused(handed_in: Submission, cleo: User) -> None:
    with pytest.raises(ValidationError, match="why it cannot wait"):
        publishing.publish_unreviewed(handed_in.verdict, by=cleo, urgency=" ")


@pytest.mark.parametrize("who", ["ada", "bo", "dee", "guest"])
def test_only_publishers_do_it(who: str, handed_in: Submission, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        publishing.publish_unreviewed(handed_in.verdict, by=request.getfixturevalue(who), urgency="Now.")


def test_reviewers_and_authors_are_told(handed_in: Submission, ada: User, bo: User, cleo: User) -> None:
    publishing.publish_unreviewed(handed_in.verdict, by=cleo, urgency="Now.")
    assert set(Notice.objects.filter(kind="unreviewed").values_list("person", flat=True)) == {ada.pk, bo.pk}


def test_it_can_be_retracted_before_anybody_approved_it(alone: Publication, bo: User, cleo: User) -> None:
    gone = publishing.retract(alone.claim, by=cleo, reason="Too fast.")
    assert (gone.reviewer, live(alone.claim)) == ("", gone)
    deciding.approve(alone.submission, by=bo)
    assert fresh(alone.submission.verdict).stage == Stage.SETTLED
    assert "awaits the signature" in page(alone)


# --- Retractions ---


def test_a_retraction_takes_effect_at_once_and_says_that_it_awaits_a_second_person(retraction: Publication) -> None:
    assert "awaits the signature of a second person" in page(retraction)


@pytest.mark.parametrize("role", [REVIEWER, PUBLISHER])
def test_another_reviewer_or_publisher_countersigns_and_readers_see_both(
    role: newsroom.Role, retraction: Publication
) -> None:
    second = newsroom.person("second", role)
    signature = publishing.countersign(retraction, by=second)
    assert (signature.first, signature.second) == ("Cleo", "Second")
    assert "Retracted by Cleo, countersigned by Second." in page(retraction)


def test_who_retracted_it_does_not_sign(retraction: Publication, cleo: User) -> None:
    with pytest.raises(PermissionDenied, match="somebody else"):
        publishing.countersign(retraction, by=cleo)


@pytest.mark.parametrize("who", ["ada", "dee", "guest"])
def test_only_reviewers_and_publishers_sign(who: str, retraction: Publication, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        publishing.countersign(retraction, by=request.getfixturevalue(who))


def test_it_is_signed_once_and_nothing_but_a_retraction_is(published: Publication, bo: User, cleo: User) -> None:
    with pytest.raises(AlreadySigned):
        publishing.countersign(published, by=bo)
    retraction = publishing.retract(published.claim, by=cleo, reason="Wrong.")
    publishing.countersign(retraction, by=bo)
    with pytest.raises(AlreadySigned):
        publishing.countersign(retraction, by=newsroom.person("second", REVIEWER, CHECKER))
    assert Countersignature.objects.count() == 1

"""Putting right what is published: always by a next version, said in public."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.publication import publishing
from factcheck.publication.models import Kind, Publication
from factcheck.publication.publishing import AlreadyPublished, NotApproved
from factcheck.review.documents import hash_of
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.publication.readers import approve_again, live, page_of, told

pytestmark = pytest.mark.django_db

LATER = (Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE)


@pytest.mark.parametrize("kind", [*LATER, Kind.RETRACTION, "", "novelty"])
def test_the_first_version_is_of_no_other_kind(kind: str, verdict: Verdict, cleo: User) -> None:
    with pytest.raises(ValidationError):
        publishing.publish(verdict, by=cleo, kind=kind, reason="News.")


@pytest.mark.parametrize("kind", [Kind.FIRST, Kind.RETRACTION, "", "novelty"])
def test_a_later_version_is_no_first_and_no_retraction(
    kind: str, published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, summary="Otherwise.")
    with pytest.raises(ValidationError):
        publishing.publish(again, by=cleo, kind=kind, reason="News.")


@pytest.mark.parametrize("kind", LATER)
@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_later_version_has_a_public_reason(
    kind: str, reason: str, published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    rating = "False" if kind == Kind.CORRECTION else "True"
    again = approve_again(verdict, ada, rating=rating, summary="Otherwise.")
    with pytest.raises(ValidationError):
        publishing.publish(again, by=cleo, kind=kind, reason=reason)


@pytest.mark.parametrize("kind", [Kind.CLARIFICATION, Kind.UPDATE])
def test_with_the_same_verdict_it_is_a_clarification_or_an_update(
    kind: str, published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, summary="Otherwise.")
    assert publishing.publish(again, by=cleo, kind=kind, reason="News.").kind == kind


@pytest.mark.parametrize("kind", [Kind.CORRECTION, Kind.UPDATE])
def test_with_another_verdict_it_is_a_correction_or_an_update(
    kind: str, published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    assert publishing.publish(again, by=cleo, kind=kind, reason="News.").kind == kind


def test_with_the_same_verdict_it_is_no_correction(
    published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, summary="Otherwise.")
    with pytest.raises(ValidationError, match="no correction"):
        publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="News.")


def test_with_another_verdict_it_is_no_clarification(
    published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    with pytest.raises(ValidationError, match="no clarification"):
        publishing.publish(again, by=cleo, kind=Kind.CLARIFICATION, reason="News.")


def test_the_same_is_not_published_again(published: Publication, verdict: Verdict, cleo: User) -> None:
    with pytest.raises(AlreadyPublished):
        publishing.publish(verdict, by=cleo, kind=Kind.UPDATE, reason="News.")


def test_what_was_edited_since_is_not_published_without_another_approval(
    published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    judging.revise(verdict, by=ada, version=verdict.version, summary="Otherwise.")
    with pytest.raises(NotApproved):
        publishing.publish(verdict, by=cleo, kind=Kind.UPDATE, reason="News.")


def test_the_versions_stand_in_a_row(published: Publication, verdict: Verdict, ada: User, cleo: User) -> None:
    again = approve_again(verdict, ada, rating="False")
    second = publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread the register.")
    assert (second.version, second.previous, second.slug) == (2, published, published.slug)


def test_readers_see_the_last_version(published: Publication, verdict: Verdict, ada: User, cleo: User) -> None:
    again = approve_again(verdict, ada, rating="False")
    second = publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread the register.")
    assert list(Publication.objects.live()) == [second]


def test_an_older_version_stays_as_it_was(published: Publication, verdict: Verdict, ada: User, cleo: User) -> None:
    again = approve_again(verdict, ada, rating="False")
    publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread the register.")
    kept = Publication.objects.get(pk=published.pk)
    assert (kept.document, hash_of(kept.document)) == (published.document, published.sha256)


def test_the_address_stays_when_the_wording_changes(
    published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    claim = verdict.claim
    claim = newsroom.highlighting.revise(
        claim, by=ada, version=type(claim).objects.get(pk=claim.pk).version, wording="The port was dredged in 1921."
    )
    again = approve_again(verdict, ada)
    second = publishing.publish(again, by=cleo, kind=Kind.CLARIFICATION, reason="The wording was unclear.")
    assert second.slug == published.slug


def test_the_article_s_page_follows_a_correction(
    published: Publication, verdict: Verdict, article: Article, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread the register.")
    assert (page_of(article).version, told(article)) == (2, [("The harbour was dredged in 1921.", "False")])


# --- Taking back ---


def test_a_retraction_is_the_next_version_and_carries_what_it_takes_back(published: Publication, cleo: User) -> None:
    gone = publishing.retract(published.claim, by=cleo, reason="The register was forged.")
    assert (gone.version, gone.previous, gone.kind, gone.document, gone.reason) == (
        2,
        published,
        Kind.RETRACTION,
        published.document,
        "The register was forged.",
    )


def test_the_article_s_page_tells_of_a_retraction(published: Publication, article: Article, cleo: User) -> None:
    publishing.retract(published.claim, by=cleo, reason="The register was forged.")
    assert [mark["kind"] for mark in page_of(article).content["claims"]] == [Kind.RETRACTION]


def test_a_retraction_takes_no_approval(published: Publication, verdict: Verdict, ada: User, cleo: User) -> None:
    judging.revise(verdict, by=ada, version=verdict.version, summary="Otherwise.")
    assert publishing.retract(published.claim, by=cleo, reason="Wrong.").is_retracted


def test_a_retraction_can_be_made_while_a_correction_waits(
    published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    judging.revise(verdict, by=ada, version=verdict.version, summary="Otherwise.")
    newsroom.submission(verdict, by=ada)
    assert publishing.retract(published.claim, by=cleo, reason="Wrong.").is_retracted


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_retraction_has_a_public_reason(reason: str, published: Publication, cleo: User) -> None:
    with pytest.raises(ValidationError):
        publishing.retract(published.claim, by=cleo, reason=reason)
    assert live(published.claim) == published


def test_nothing_published_is_nothing_to_retract(verdict: Verdict, cleo: User) -> None:
    with pytest.raises(ValidationError, match="nothing published"):
        publishing.retract(verdict.claim, by=cleo, reason="Wrong.")


def test_what_is_retracted_is_not_retracted_again(published: Publication, cleo: User) -> None:
    publishing.retract(published.claim, by=cleo, reason="Wrong.")
    with pytest.raises(ValidationError, match="nothing published"):
        publishing.retract(published.claim, by=cleo, reason="Wrong.")


@pytest.mark.parametrize("who", ["ada", "bo", "dee", "guest"])
def test_only_publishers_retract(who: str, published: Publication, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        publishing.retract(published.claim, by=request.getfixturevalue(who), reason="Wrong.")


def test_what_was_retracted_can_come_back_corrected(
    published: Publication, verdict: Verdict, ada: User, cleo: User
) -> None:
    publishing.retract(published.claim, by=cleo, reason="Wrong.")
    again = approve_again(verdict, ada, summary="Otherwise.")
    third = publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="Checked again.")
    assert (third.version, live(published.claim)) == (3, third)

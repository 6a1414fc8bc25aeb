"""Putting right what is published: a draft of its own, beside what readers see."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.publication import correcting, publishing
from factcheck.publication.models import Kind, Publication
from factcheck.review import freezing
from factcheck.review.documents import hash_of
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage
from tests.publication.readers import approve_again, fresh, live, told

pytestmark = pytest.mark.django_db


def test_what_is_published_is_settled(published: Publication, verdict: Verdict) -> None:
    assert fresh(verdict).stage == Stage.SETTLED


def test_a_correction_begins_as_what_readers_see(published: Publication, verdict: Verdict, ada: User) -> None:
    begun = correcting.correct(published.claim, by=ada)
    assert (begun.pk != verdict.pk, begun.stage) == (True, Stage.DRAFT)
    assert hash_of(freezing.document_of(begun)) == published.sha256


def test_what_was_edited_or_taken_out_since_comes_back_as_it_was_published(
    published: Publication, verdict: Verdict, ada: User
) -> None:
    judging.revise(verdict, by=ada, version=verdict.version, summary="Otherwise.")
    judging.uncite(verdict.citations.get(), by=ada)
    assert freezing.document_of(correcting.correct(published.claim, by=ada)) == published.document


def test_whoever_wrote_what_is_corrected_does_not_decide_on_the_correction(
    published: Publication, finn: User, ada: User
) -> None:
    begun = correcting.correct(published.claim, by=finn)
    assert {author.person_id for author in begun.authors.all()} == {ada.pk, finn.pk}


def test_a_correction_goes_the_way_of_every_verdict_and_becomes_the_next_version(
    published: Publication, article: Article, ada: User, bo: User, cleo: User
) -> None:
    begun = correcting.correct(published.claim, by=ada)
    again = approve_again(begun, ada, bo, rating="False")
    publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread the register.")
    assert (live(published.claim).version, [rating for _wording, rating in told(article)]) == (2, ["False"])
    assert {each.stage for each in Verdict.objects.all()} == {Stage.SETTLED}


def test_two_corrections_are_not_handed_in_beside_each_other(published: Publication, ada: User) -> None:
    for _number in range(2):
        begun = correcting.correct(published.claim, by=ada)
        judging.revise(begun, by=ada, version=begun.version, summary="Otherwise.")
    first, second = Verdict.objects.at_stage(Stage.DRAFT).order_by("pk")
    freezing.submit(first, by=ada)
    with pytest.raises(freezing.Occupied):
        freezing.submit(second, by=ada)


def test_nothing_published_is_nothing_to_correct(verdict: Verdict, ada: User) -> None:
    with pytest.raises(ValidationError, match="nothing published"):
        correcting.correct(verdict.claim, by=ada)


@pytest.mark.parametrize("who", ["cleo", "dee", "guest"])
def test_only_checkers_begin_one(who: str, published: Publication, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        correcting.correct(published.claim, by=request.getfixturevalue(who))


def test_what_was_retracted_can_be_taken_up_again(published: Publication, ada: User, cleo: User) -> None:
    publishing.retract(published.claim, by=cleo, reason="Wrong.")
    begun = correcting.correct(published.claim, by=ada)
    assert freezing.document_of(begun) == published.document

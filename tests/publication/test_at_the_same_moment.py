"""Two publishers at once: one publication, and a page that shows what both published."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.test import Client
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.accounts.roles import REVIEWER
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim
from factcheck.publication import publishing
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.publication.moments import looking_at, one_moment
from factcheck.publication.publishing import AlreadyPublished, NotApproved
from factcheck.review import deciding
from factcheck.review.models import Decision, Outcome, Submission
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom
from tests.publication.readers import approve_again, fresh, page_of, told
from tests.racing import at_once, overtaken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def another(article: Article, ada: User, bo: User) -> Verdict:
    """Another claim of the same article and claimant, approved."""
    claim = newsroom.claim(ada, "The bridge is the oldest.")
    newsroom.highlight(claim, article, "the oldest in the country", by=ada)
    made = newsroom.verdict(claim, by=ada, rating="False")
    newsroom.approved(made, by=ada, reviewer=bo)
    return fresh(made)


def test_the_second_to_publish_finds_it_published(verdict: Verdict, cleo: User) -> None:
    publish = partial(publishing.publish, verdict, by=cleo)
    first, second = overtaken(publish, publish)
    assert (list(Publication.objects.all()), type(second)) == ([first], AlreadyPublished)


def test_four_who_publish_at_once_make_one_publication(verdict: Verdict, cleo: User) -> None:
    given = at_once(*[partial(publishing.publish, verdict, by=cleo)] * 4)
    assert sorted(type(each).__name__ for each in given) == ["AlreadyPublished"] * 3 + ["Publication"]


def test_two_claims_of_one_article_published_at_once_both_stand_on_its_page(
    verdict: Verdict, another: Verdict, article: Article, cleo: User
) -> None:
    overtaken(partial(publishing.publish, verdict, by=cleo), partial(publishing.publish, another, by=cleo))
    assert told(article) == [("The harbour was dredged in 1921.", "True"), ("The bridge is the oldest.", "False")]


def test_two_claims_of_different_claimants_in_one_article_both_stand_on_its_page(
    verdict: Verdict, article: Article, ada: User, bo: User, cleo: User
) -> None:
    claim = newsroom.claim(ada, "The bridge is the oldest.", claimant="Petra Port")
    newsroom.highlight(claim, article, "the oldest in the country", by=ada)
    other = newsroom.verdict(claim, by=ada, cited=False)
    source = newsroom.keeping.find_or_add(by=ada, title="A talk with the port", kind="interview")
    judging.cite(other, source, by=ada, stance="refutes")
    newsroom.approved(other, by=ada, reviewer=bo)
    overtaken(partial(publishing.publish, verdict, by=cleo), partial(publishing.publish, other, by=cleo))
    assert (page_of(article).version, len(told(article))) == (2, 2)


@pytest.mark.parametrize("turn", range(3))
def test_claims_that_share_articles_are_published_at_once_without_a_circle(
    turn: int, verdict: Verdict, another: Verdict, article: Article, ada: User, cleo: User
) -> None:
    other = newsroom.article(ada)
    for each in (another, verdict):
        newsroom.highlight(each.claim, other, "40,000 cars a day", by=ada)
    given = at_once(
        partial(publishing.publish, verdict, by=cleo),
        partial(publishing.publish, another, by=cleo),
        partial(publishing.publish_article, other, by=cleo),
        partial(publishing.publish_article, article, by=cleo),
    )
    assert [each for each in given if isinstance(each, Exception)] == []


def test_two_claims_of_the_same_wording_published_at_once_get_two_addresses(ada: User, bo: User, cleo: User) -> None:
    verdicts = []
    for claimant in ("Maria Mayor", "Petra Port"):
        verdict = newsroom.verdict(newsroom.claim(ada, claimant=claimant), by=ada, cited=False)
        source = newsroom.keeping.find_or_add(by=ada, title=f"A talk with {claimant}", kind="interview")
        judging.cite(verdict, source, by=ada, stance="refutes")
        newsroom.approved(verdict, by=ada, reviewer=bo)
        verdicts.append(fresh(verdict))
    given = overtaken(*[partial(publishing.publish, verdict, by=cleo) for verdict in verdicts])
    assert len({getattr(each, "slug", each) for each in given if isinstance(each, Publication)}) == 2


def test_an_edit_just_before_publishing_prevents_it(verdict: Verdict, ada: User, cleo: User) -> None:
    claim = Claim.objects.get(pk=verdict.claim_id)
    _edited, published = overtaken(
        partial(highlighting.revise, claim, by=ada, version=claim.version, wording="Otherwise."),
        partial(publishing.publish, verdict, by=cleo),
    )
    assert isinstance(published, NotApproved)


def test_a_retraction_and_a_correction_at_once_follow_each_other(
    verdict: Verdict, published: Publication, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    overtaken(
        partial(publishing.retract, verdict.claim, by=cleo, reason="Wrong."),
        partial(publishing.publish, again, by=cleo, kind=Kind.CORRECTION, reason="We misread the register."),
    )
    assert list(Publication.objects.order_by("version").values_list("version", "kind")) == [
        (1, Kind.FIRST),
        (2, Kind.RETRACTION),
        (3, Kind.CORRECTION),
    ]


def test_what_is_corrected_in_this_moment_is_retracted_as_corrected(
    verdict: Verdict, published: Publication, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    overtaken(
        partial(publishing.publish, again, by=cleo, kind=Kind.CORRECTION, reason="We misread the register."),
        partial(publishing.retract, verdict.claim, by=cleo, reason="Wrong."),
    )
    *_earlier, corrected, retracted = Publication.objects.order_by("version")
    assert (retracted.version, retracted.kind, retracted.previous) == (3, Kind.RETRACTION, corrected)


def test_on_the_screen_one_of_many_publishes_and_all_others_are_told(verdict: Verdict, cleo: User) -> None:
    clients = [Client() for _tab in range(4)]
    for client in clients:
        client.force_login(cleo)
    path = f"{verdict.get_absolute_url()}publication/"
    answers = at_once(*(partial(client.post, path, {"kind": "first"}) for client in clients))
    assert sorted(answer.status_code for answer in answers) == [303, 409, 409, 409]


def test_publishing_at_once_and_calling_off_leave_one_of_the_two(
    verdict: Verdict, article: Article, cleo: User
) -> None:
    later = publishing.publish(verdict, by=cleo, at=timezone.now() + timedelta(hours=1))
    call_off, publish = partial(publishing.call_off, later, by=cleo), partial(publishing.publish, verdict, by=cleo)
    called_off, published = overtaken(call_off, publish)
    assert (type(called_off).__name__, type(published).__name__) == ("CallingOff", "Publication")
    assert told(article) == [("The harbour was dredged in 1921.", "True")]


def test_calling_off_twice_and_publishing_at_once_end_in_one_outcome(verdict: Verdict, cleo: User) -> None:
    later = publishing.publish(verdict, by=cleo, at=timezone.now() + timedelta(hours=1))
    call_off, publish = partial(publishing.call_off, later, by=cleo), partial(publishing.publish, verdict, by=cleo)
    given = sorted(type(each).__name__ for each in at_once(call_off, call_off, publish))
    assert given in (["CallingOff", "GoneOut", "Publication"], ["CallingOff", "GoneOut", "Waiting"])


def test_a_retraction_and_a_calling_off_at_once_keep_it_back_once(
    verdict: Verdict, published: Publication, article: Article, ada: User, cleo: User
) -> None:
    again = approve_again(verdict, ada, rating="False")
    in_an_hour = timezone.now() + timedelta(hours=1)
    later = publishing.publish(again, by=cleo, kind=Kind.CORRECTION, reason="We misread it.", at=in_an_hour)
    retract = partial(publishing.retract, verdict.claim, by=cleo, reason="Wrong.")
    retracted, called_off = overtaken(retract, partial(publishing.call_off, later, by=cleo))
    assert (type(retracted), type(called_off)) == (Publication, publishing.GoneOut)
    with looking_at(timezone.now() + timedelta(hours=2)):
        assert [mark["kind"] for mark in page_of(article).content["claims"]] == [Kind.RETRACTION]


def test_a_page_is_old_or_new_while_the_next_version_is_published(
    verdict: Verdict, article: Article, cleo: User
) -> None:
    with one_moment():
        assert not Publication.objects.live().exists()
        at_once(partial(publishing.publish, verdict, by=cleo))
        assert not ArticlePublication.objects.live().exists()
    assert ArticlePublication.objects.live().exists()


@pytest.fixture
def handed_in(claim: Claim, ada: User) -> Submission:
    return newsroom.submission(newsroom.verdict(claim, by=ada), by=ada)


DECIDE = pytest.mark.parametrize(
    "decide", [deciding.approve, partial(deciding.send_back, reasons="Not so.")], ids=["approve", "send back"]
)


@DECIDE
def test_an_emergency_after_a_decision_finds_nothing_that_waits(
    decide: Callable[..., object], handed_in: Submission, bo: User, cleo: User
) -> None:
    publish = partial(publishing.publish_unreviewed, handed_in.verdict, by=cleo, urgency="Now.")
    _decided, published = overtaken(partial(decide, handed_in, by=bo), publish)
    assert (type(published), Publication.objects.count()) == (publishing.NotHandedIn, 0)


@DECIDE
def test_a_decision_after_an_emergency_counts_for_what_readers_see(
    decide: Callable[..., object], handed_in: Submission, bo: User, cleo: User
) -> None:
    publish = partial(publishing.publish_unreviewed, handed_in.verdict, by=cleo, urgency="Now.")
    published, _decided = overtaken(publish, partial(decide, handed_in, by=bo))
    approved = Decision.objects.get().outcome == Outcome.APPROVE
    assert Publication.objects.unreviewed().filter(pk=published.pk).exists() is not approved
    assert fresh(handed_in.verdict).stage == (Stage.SETTLED if approved else Stage.SENT_BACK)


def test_of_two_who_countersign_at_once_one_has_signed(published: Publication, cleo: User) -> None:
    retraction = publishing.retract(published.claim, by=cleo, reason="Wrong.")
    seconds = [newsroom.person(name, REVIEWER) for name in ("second", "third")]
    given = at_once(*[partial(publishing.countersign, retraction, by=person) for person in seconds])
    assert sorted(type(each).__name__ for each in given) == ["AlreadySigned", "Countersignature"]


def test_retracting_twice_at_once_retracts_once(published: Publication, cleo: User) -> None:
    at_once(*[partial(publishing.retract, published.claim, by=cleo, reason="Wrong.")] * 3)
    assert Publication.objects.filter(kind=Kind.RETRACTION).count() == 1

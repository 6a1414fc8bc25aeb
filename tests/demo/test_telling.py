"""The demo newsroom: a newcomer finds every stage of the work in it, and nothing in it goes around a rule."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER, PUBLISHER, REVIEWER
from factcheck.articles.models import Article, Rights, Snapshot
from factcheck.claims.models import ADVISED_LENGTH, Claim, Placement
from factcheck.demo.telling import tell
from factcheck.desk.searching import claims_at, claims_waiting
from factcheck.history.models import Entry
from factcheck.newsroom.models import POLICIES
from factcheck.newsroom.models import Settings as Newsroom
from factcheck.publication.claimreview import claim_review
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.review.models import Decision, Submission
from factcheck.verdicts.models import Author, Verdict
from factcheck.verdicts.stages import Stage

pytestmark = pytest.mark.usefixtures("told")


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The story, told once for all the tests here: they only look at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        tell("correct horse battery")
        yield
        transaction.set_rollback(True)


# --- People ---


def test_the_four_have_their_roles_and_nobody_is_a_superuser() -> None:
    roles = {person.username: set(person.roles) for person in User.objects.all()}
    assert roles == {"ada": {CHECKER}, "bo": {REVIEWER, CHECKER}, "cleo": {PUBLISHER}, "dee": {ADMINISTRATOR}}
    assert all(person.byline.count(" ") == 1 for person in User.objects.all())


def test_each_of_them_finds_something_to_do() -> None:
    ada, bo = User.objects.get(username="ada"), User.objects.get(username="bo")
    of_ada, of_bo = (Verdict.objects.filter(authors__person=person) for person in (ada, bo))
    assert of_ada.at_stage(Stage.SENT_BACK).exists()
    assert of_ada.at_stage(Stage.DRAFT).exists()
    assert of_bo.at_stage(Stage.DRAFT).exists()
    assert Submission.objects.waiting_for(bo).exists()
    assert claims_waiting("publish", User.objects.get(username="cleo")).exists()
    assert claims_at("none").exists()


def test_nobody_decided_on_their_own_work() -> None:
    for decision in Decision.objects.all():
        assert not Author.objects.filter(verdict=decision.submission.verdict, person=decision.decided_by).exists()


def test_every_act_of_the_story_stands_in_history_with_a_name() -> None:
    entries = Entry.objects.exclude(act="newsroom.found")
    assert entries.count() > 100
    assert not entries.filter(person_name="").exists()


# --- What is there ---


@pytest.mark.parametrize("stage", ["none", "draft", "submitted", "sent_back", "approved", "published", "retracted"])
def test_there_is_a_claim_at_every_stage(stage: str) -> None:
    assert claims_at(stage).exists()


def test_there_are_a_correction_and_an_update_with_their_reasons() -> None:
    for kind in (Kind.CORRECTION, Kind.UPDATE, Kind.RETRACTION):
        publication = Publication.objects.live().get(kind=kind)
        assert publication.version == 2
        assert publication.reason


def test_a_correction_changes_the_rating_and_an_update_keeps_it() -> None:
    def ratings(kind: Kind) -> list[str]:
        live = Publication.objects.live().get(kind=kind)
        assert live.previous
        return [each.content["verdict"]["rating"]["name"] for each in (live.previous, live)]

    assert ratings(Kind.CORRECTION) == ["Mostly true", "Half true"]
    assert ratings(Kind.UPDATE) == ["True", "True"]


def test_every_rating_for_readers_is_on_the_scale_or_beside_it() -> None:
    names = {each.content["verdict"]["rating"]["name"] for each in Publication.objects.live().standing()}
    assert names == {"True", "Half true", "Unproven"}


def test_one_claim_stands_in_no_article_and_some_stand_in_two() -> None:
    articles = [len({highlight.article_id for highlight in claim.highlights.all()}) for claim in Claim.objects.all()]
    assert articles.count(0) == 1
    assert articles.count(2) == 2


def test_one_article_has_no_claim_yet() -> None:
    assert Article.objects.filter(highlights=None).count() == 1


def test_two_highlights_overlap_and_one_goes_across_two_paragraphs() -> None:
    article = Article.objects.get(rights=Rights.FULL)
    snapshot = Snapshot.objects.latest_of(article)
    spans = sorted(placement.spans()[0] for placement in Placement.objects.current_in(snapshot))
    overlapping = [(one, two) for one, two in combinations(spans, 2) if one[0] < two[0] < one[1] < two[1]]
    assert len(overlapping) == 1
    across = [
        span
        for span in spans
        if sum(span[0] < block.end and span[1] > block.start for block in snapshot.block_list()) == 2
    ]
    assert len(across) == 1


def test_the_words_of_every_highlight_stand_in_its_article() -> None:
    assert Placement.objects.count() == 12
    for placement in Placement.objects.select_related("snapshot"):
        for quote in placement.quotes():
            assert quote.stands_in(placement.snapshot.text)


def test_the_long_article_has_headings_and_a_readable_length() -> None:
    snapshot = Snapshot.objects.latest_of(Article.objects.get(rights=Rights.FULL))
    assert [block.kind for block in snapshot.block_list()].count("heading") == 3
    assert 450 <= len(snapshot.text.split()) <= 650


# --- What readers are given ---


def test_each_published_check_gives_a_claim_review_and_the_retracted_one_none() -> None:
    settings = Newsroom.objects.current()
    for publication in Publication.objects.live():
        review = claim_review(publication, settings, "https://check.example", [])
        if publication.is_retracted:
            assert review is None
        else:
            assert review
            assert review["author"]["name"] == "The Demo Desk"
            assert review["itemReviewed"]["author"]["name"]
            assert review["itemReviewed"]["datePublished"] < review["datePublished"]


def test_each_document_has_sources_and_each_reference_leads_to_one() -> None:
    for submission in Submission.objects.all():
        numbers = {citation["number"] for citation in submission.content["citations"]}
        assert numbers
        for citation in submission.content["citations"]:
            assert citation["source"]["url"].startswith("https://")
            assert citation["note"]
            assert (
                f"[{citation['number']}]" in submission.content["verdict"]["rationale"]
                or citation["stance"] == "context"
            )
        referred = submission.content["verdict"]["html"].count('class="reference"')
        assert referred
        for number in range(1, 10):
            assert (f'href="#source-{number}"' in submission.content["verdict"]["html"]) <= (number in numbers)


def test_statements_are_short_enough_for_those_who_read_claim_reviews() -> None:
    assert [claim.wording for claim in Claim.objects.all() if len(claim.wording) > ADVISED_LENGTH] == []


def test_both_articles_with_published_claims_have_their_page() -> None:
    pages = {page.article.title for page in ArticlePublication.objects.live().select_related("article")}
    assert pages == set(Article.objects.exclude(highlights=None).values_list("title", flat=True))


def test_the_newsroom_says_who_it_is_and_how_it_works() -> None:
    settings = Newsroom.objects.current()
    assert all(getattr(settings, policy) for policy in POLICIES)
    assert "made up" in settings.about

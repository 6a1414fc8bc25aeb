"""The ClaimReview on a claim's page: valid, one, and without the defects that others' have."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Claimant, ClaimantKind
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.public.pages import Page

SCHEMA = json.loads((Path(__file__).parent / "claimreview.schema.json").read_text())


def review_on(reader: Client, publication: Publication) -> dict[str, Any]:
    """The one ClaimReview of the page, proved against the schema."""
    [review] = Page(reader.get(publication.get_absolute_url())).data
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(review, SCHEMA)
    return review


def test_it_is_valid_and_agrees_with_the_page(reader: Client, published: Publication, settings: Any) -> None:
    review = review_on(reader, published)
    assert review["url"] == f"{settings.SITE_URL}{published.get_absolute_url()}"
    assert review["claimReviewed"] == "The harbour was dredged in 1921."
    assert review["reviewRating"]["alternateName"] == "True"
    assert review["reviewRating"]["ratingExplanation"] == "The port’s own register says so."


@pytest.mark.parametrize("rating", ["False", "Mostly false", "Half true", "Mostly true", "True", "Unproven"])
def test_it_is_valid_for_every_rating(reader: Client, ada: User, bo: User, claim: Claim, rating: str) -> None:
    assert (
        review_on(reader, newsroom.published(claim, by=ada, rating=rating))["reviewRating"]["alternateName"] == rating
    )


def test_the_rating_is_told_by_the_order_of_the_scale(reader: Client, ada: User, bo: User) -> None:
    values = {}
    for rating in ("True", "False", "Half true"):
        claim = newsroom.claim(ada, f"A claim that is {rating.lower()} in the end.")
        told = review_on(reader, newsroom.published(claim, by=ada, rating=rating))["reviewRating"]
        values[rating] = (told["worstRating"], told["ratingValue"], told["bestRating"])
    assert values == {"False": (1, 1, 5), "Half true": (1, 3, 5), "True": (1, 5, 5)}


def test_a_rating_off_the_scale_has_a_word_and_no_number(reader: Client, ada: User, bo: User, claim: Claim) -> None:
    told = review_on(reader, newsroom.published(claim, by=ada, rating="Unproven"))["reviewRating"]
    assert told["alternateName"] == "Unproven"
    assert not {"ratingValue", "worstRating", "bestRating"} & told.keys()


def test_a_person_is_a_person_and_an_organisation_an_organisation(reader: Client, ada: User, bo: User) -> None:
    found = {}
    for kind in (ClaimantKind.PERSON, ClaimantKind.ORGANISATION):
        claimant = highlighting.find_or_add_claimant(f"A {kind}", by=ada, kind=kind)
        claim = highlighting.word_claim(by=ada, wording=f"Said by a {kind}.", claimant=claimant)
        found[kind] = review_on(reader, newsroom.published(claim, by=ada))["itemReviewed"]["author"]["@type"]
    assert found == {ClaimantKind.PERSON: "Person", ClaimantKind.ORGANISATION: "Organization"}


def test_the_claimant_is_told_by_office_and_by_what_identifies_them(reader: Client, ada: User, bo: User) -> None:
    claim = newsroom.claim(ada)
    Claimant.objects.filter(pk=claim.claimant_id).update(
        description="Mayor of Port", same_as="https://www.wikidata.org/wiki/Q42"
    )
    author = review_on(reader, newsroom.published(claim, by=ada))["itemReviewed"]["author"]
    assert author["jobTitle"] == "Mayor of Port"
    assert author["sameAs"] == "https://www.wikidata.org/wiki/Q42"


def test_what_nobody_said_has_no_author_and_no_date(reader: Client, ada: User, bo: User) -> None:
    claim = highlighting.word_claim(by=ada, wording="The bridge sways.")
    assert review_on(reader, newsroom.published(claim, by=ada))["itemReviewed"] == {"@type": "Claim"}


def test_the_claims_date_is_when_it_was_said(reader: Client, published: Publication) -> None:
    review = review_on(reader, published)
    assert review["itemReviewed"]["datePublished"] == "2026-03-01"
    assert review["datePublished"] == published.published_at.date().isoformat()


def test_every_claim_has_its_own_address(reader: Client, ada: User, bo: User, settings: Any) -> None:
    claims = [newsroom.claim(ada, "The harbour was dredged in 1921.") for _ in range(3)]
    addresses = [review_on(reader, newsroom.published(claim, by=ada))["url"] for claim in claims]
    assert len(set(addresses)) == 3
    assert all(reader.get(address.removeprefix(settings.SITE_URL)).status_code == 200 for address in addresses)


def test_it_names_the_articles_in_which_the_claim_stands(reader: Client, published: Publication) -> None:
    assert review_on(reader, published)["itemReviewed"]["appearance"] == [
        {"@type": "CreativeWork", "url": "https://herald.example/harbour"}
    ]


def test_an_article_page_carries_none(reader: Client, published: Publication, article: Article) -> None:
    assert Page(reader.get("/articles/the-harbour-and-the-bridge/")).data == []


def test_it_cannot_end_its_own_block(reader: Client, ada: User, bo: User, cleo: User, claim: Claim) -> None:
    verdict = newsroom.verdict(claim, by=ada)
    words = "</script><!-- & \u2028 “end”"
    verdict = judging.revise(verdict, by=ada, version=verdict.version, summary=words)
    newsroom.approved(verdict, by=ada)
    publication = publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)
    assert review_on(reader, publication)["reviewRating"]["ratingExplanation"] == words

"""The ClaimReview of a check: right for every document that could be published."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.newsroom.models import Settings
from factcheck.publication.claimreview import claim_review, missing_for_claimreview
from factcheck.publication.models import Kind, Publication
from factcheck.review.documents import canonical

NEWSROOM = Settings(name="Our newsroom")
SITE = "https://check.example"
REQUIRED = {
    "@context", "@type", "url", "claimReviewed", "datePublished", "inLanguage", "author", "reviewRating",
    "itemReviewed",
}  # fmt: skip

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).filter(str.strip)
maybe = st.one_of(st.just(""), words)
days = st.one_of(st.none(), st.dates(date(1900, 1, 1)).map(date.isoformat))


@st.composite
def contents(draw: st.DrawFn) -> dict[str, Any]:
    """A document as review.freezing makes it, with any scale of two to nine steps and some ratings off it."""
    positions: list[int | None] = [*range(1, draw(st.integers(2, 9)) + 1), *[None] * draw(st.integers(0, 2))]
    ratings = [
        {"position": position, "name": f"{number} {draw(words)}", "definition": "", "hue": "grey", "sign": "full"}
        for number, position in enumerate(positions)
    ]
    kind = st.sampled_from(["person", "organisation"])
    claimant = st.fixed_dictionaries({"name": words, "kind": kind, "description": maybe, "same_as": maybe})
    return {
        "language": draw(st.sampled_from(["en", "de", "pt-BR"])),
        "claim": {
            "wording": draw(words),
            "claimant": draw(st.one_of(st.none(), claimant)),
            "said_on": draw(days),
        },
        "verdict": {
            "rating": draw(st.sampled_from(ratings)),
            "scale": {"ratings": draw(st.permutations(ratings))},
            "summary": draw(maybe),
        },
    }


def publication(content: dict[str, Any], kind: str = Kind.FIRST) -> Publication:
    return Publication(
        slug="the-harbour", kind=kind, document=canonical(content), published_at=datetime(2026, 2, 3, 12, tzinfo=UTC)
    )


def review(content: dict[str, Any], *appearances: str) -> dict[str, Any]:
    made = claim_review(publication(content), NEWSROOM, SITE, list(appearances))
    assert made
    return made


@given(contents())
def test_it_has_exactly_the_properties_that_are_asked_for(content: dict[str, Any]) -> None:
    assert set(review(content)) == REQUIRED


@given(contents())
def test_a_rating_on_the_scale_has_whole_numbers_between_worst_and_best(content: dict[str, Any]) -> None:
    rating = review(content)["reviewRating"]
    if content["verdict"]["rating"]["position"] is None:
        assert not {"ratingValue", "worstRating", "bestRating"} & set(rating)
    else:
        numbers = [rating["worstRating"], rating["ratingValue"], rating["bestRating"]]
        assert all(type(number) is int and number >= 1 for number in numbers)
        assert numbers == sorted(numbers)
        assert numbers[0] < numbers[2]


@given(contents())
def test_the_rating_is_always_told_in_words(content: dict[str, Any]) -> None:
    assert review(content)["reviewRating"]["alternateName"] == content["verdict"]["rating"]["name"]


@given(contents())
def test_the_best_rating_is_that_of_the_scale(content: dict[str, Any]) -> None:
    steps = [each for each in content["verdict"]["scale"]["ratings"] if each["position"] is not None]
    assert review(content)["reviewRating"].get("bestRating", len(steps)) == len(steps)


@given(contents())
def test_the_claim_s_day_is_when_it_was_said_or_none(content: dict[str, Any]) -> None:
    assert review(content)["itemReviewed"].get("datePublished") == content["claim"]["said_on"]


@given(contents())
def test_no_property_is_empty(content: dict[str, Any]) -> None:
    def empty(value: Any) -> bool:
        if isinstance(value, dict):
            return not value or any(empty(each) for each in value.values())
        return value in (None, "", [])

    assert not empty(review(content))


@given(contents())
def test_nothing_is_lacking_in_a_complete_document(content: dict[str, Any]) -> None:
    assert missing_for_claimreview(content, NEWSROOM) == []


@given(contents())
def test_the_claimant_is_a_person_or_an_organization_with_a_name(content: dict[str, Any]) -> None:
    claimant = content["claim"]["claimant"]
    author = review(content)["itemReviewed"].get("author")
    assert bool(author) == bool(claimant)
    if author:
        assert author["@type"] == {"person": "Person", "organisation": "Organization"}[claimant["kind"]]
        assert author["name"] == claimant["name"]


def sample(**rating: object) -> dict[str, Any]:
    ratings = [{"position": 1, "name": "False"}, {"position": 2, "name": "True"}]
    return {
        "language": "en",
        "claim": {"wording": "The harbour was dredged.", "claimant": None, "said_on": None},
        "verdict": {"rating": ratings[1] | rating, "scale": {"ratings": ratings}, "summary": ""},
    }


def test_its_address_is_the_claim_s_page() -> None:
    assert review(sample())["url"] == "https://check.example/claims/the-harbour/"


def test_it_is_dated_by_the_publication() -> None:
    assert review(sample())["datePublished"] == "2026-02-03"


def test_it_names_the_newsroom() -> None:
    assert review(sample())["author"] == {"@type": "Organization", "name": "Our newsroom", "url": f"{SITE}/"}


def test_it_tells_where_the_claim_appeared() -> None:
    assert review(sample(), "https://herald.example/harbour")["itemReviewed"]["appearance"] == [
        {"@type": "CreativeWork", "url": "https://herald.example/harbour"}
    ]


def test_a_retracted_check_makes_no_statement() -> None:
    assert claim_review(publication(sample(), Kind.RETRACTION), NEWSROOM, SITE, []) is None


@pytest.mark.parametrize(
    ("content", "newsroom", "lacking"),
    [
        (sample() | {"claim": {"wording": " "}}, NEWSROOM, ["claimReviewed"]),
        (sample() | {"verdict": {"rating": None}}, NEWSROOM, ["reviewRating.alternateName"]),
        (sample(name=" "), NEWSROOM, ["reviewRating.alternateName"]),
        (sample(), Settings(name=" "), ["author.name"]),
    ],
)
def test_what_is_lacking_is_listed_by_its_name(content: dict[str, Any], newsroom: Settings, lacking: list[str]) -> None:
    assert missing_for_claimreview(content, newsroom) == lacking

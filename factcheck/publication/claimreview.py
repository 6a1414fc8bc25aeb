"""A publication as schema.org ClaimReview.

After https://schema.org/ClaimReview and Google's guide "Fact Check (ClaimReview) structured data": one for each page, on
the page of the claim; dates of the claim are when it was said, not when it was checked; a rating off the scale has its
word and no number.
"""

from typing import Any

from django.utils import timezone

from factcheck.newsroom.models import Settings
from factcheck.publication.models import Publication

_AUTHORS = {"person": "Person", "organisation": "Organization"}


def missing_for_claimreview(content: dict[str, Any], newsroom: Settings) -> list[str]:
    """The required properties that this document (see review.freezing) would leave empty, by their schema.org names."""
    rating = content["verdict"]["rating"]
    required = {
        "claimReviewed": content["claim"]["wording"].strip(),
        "reviewRating.alternateName": rating and rating["name"].strip(),
        "author.name": newsroom.name.strip(),
    }
    return [name for name, value in required.items() if not value]


def claim_review(
    publication: Publication, newsroom: Settings, site: str, appearances: list[str]
) -> dict[str, Any] | None:
    """The ClaimReview of a claim's page; None for a retracted one, which makes no statement any more.

    site -- scheme and host without a final slash; appearances -- the addresses of articles in which the claim stands.
    """
    if publication.is_retracted:
        return None
    claim, verdict = publication.content["claim"], publication.content["verdict"]
    rating = verdict["rating"]
    reviewed: dict[str, Any] = {"@type": "Claim"}
    if claimant := claim["claimant"]:
        reviewed["author"] = {
            "@type": _AUTHORS[claimant["kind"]],
            "name": claimant["name"],
        }
        if claimant["description"] and claimant["kind"] == "person":
            reviewed["author"]["jobTitle"] = claimant["description"]
        if claimant["same_as"]:
            reviewed["author"]["sameAs"] = claimant["same_as"]
    if claim["said_on"]:
        reviewed["datePublished"] = claim["said_on"]
    if appearances:
        reviewed["appearance"] = [{"@type": "CreativeWork", "url": url} for url in appearances]
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": site + publication.get_absolute_url(),
        "claimReviewed": claim["wording"],
        "datePublished": timezone.localdate(publication.published_at).isoformat(),
        "inLanguage": publication.content["language"],
        "author": {"@type": "Organization", "name": newsroom.name, "url": f"{site}/"},
        "reviewRating": {"@type": "Rating", "alternateName": rating["name"]},
        "itemReviewed": reviewed,
    }
    if verdict["summary"]:
        review["reviewRating"]["ratingExplanation"] = verdict["summary"]
    if rating["position"] is not None:
        best = max(each["position"] for each in verdict["scale"]["ratings"] if each["position"] is not None)
        review["reviewRating"] |= {
            "ratingValue": rating["position"],
            "worstRating": 1,
            "bestRating": best,
        }
    return review

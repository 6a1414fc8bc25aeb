"""The document of an article's page, made ready for it: its highlights, its verdicts, its tally."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from factcheck.articles.models import Rights, Snapshot
from factcheck.publication.models import Kind
from factcheck.rendering.checks import rating_shown
from factcheck.rendering.highlights import Mark, blocks_html, excerpts_html
from factcheck.verdicts.models import Sign


@dataclass(frozen=True)
class Finding:
    """A claim that stands in an article, with what we found; `highlight` is the key of its first highlight there."""

    path: str
    wording: str
    claimant: str
    said_on: str | None
    rating: dict[str, Any]
    retracted: bool
    highlight: str


def findings_of(content: dict[str, Any], addresses: Mapping[str, str] | None = None) -> list[Finding]:
    """The claims in reading order, each once (see publication.publishing.article_document for the document's keys).

    addresses -- where the checks are found now, by the paths in the document; those lead there, too.
    """
    findings: dict[str, Finding] = {}
    for number, claim in enumerate(content["claims"], 1):
        retracted = claim["kind"] == Kind.RETRACTION
        findings.setdefault(
            claim["path"],
            Finding(
                path=(addresses or {}).get(claim["path"], claim["path"]),
                wording=claim["wording"],
                claimant=claim["claimant"] or "",
                said_on=claim["said_on"],
                rating=rating_shown(claim["rating"], retracted=retracted),
                retracted=retracted,
                highlight=str(number),
            ),
        )
    return list(findings.values())


def tally_of(content: dict[str, Any]) -> list[tuple[dict[str, Any], int]]:
    """How many claims have which rating, from false to true, then those off the scale, then those retracted."""
    findings = findings_of(content)
    ratings = {finding.rating["name"]: finding.rating for finding in findings}
    counted = Counter(finding.rating["name"] for finding in findings)
    signs = [*Sign.values]
    order = sorted(ratings.values(), key=lambda rating: signs.index(rating["sign"]) if rating["sign"] in signs else 99)
    return [(rating, counted[rating["name"]]) for rating in order]


def article_html(content: dict[str, Any], snapshot: Snapshot, addresses: Mapping[str, str] | None = None) -> SafeString:
    """The article with its highlights in place: the whole text where its rights allow it, else the excerpts."""
    marks = []
    for number, claim in enumerate(content["claims"], 1):
        rating = rating_shown(claim["rating"], retracted=claim["kind"] == Kind.RETRACTION)
        marks.append(
            Mark(
                key=str(number),
                spans=tuple((start, end) for start, end in claim["passages"]),
                hue=rating["hue"],
                sign=rating["sign"],
                word=rating["name"],
                href=(addresses or {}).get(claim["path"], claim["path"]),
            )
        )
    draw = blocks_html if content["article"]["rights"] == Rights.FULL else excerpts_html
    return draw(snapshot.text, snapshot.block_list(), marks)

"""What stands on a page beside its document: the versions of a check, the articles it stands in, the legend."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from factcheck.articles.models import Article
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.rendering.checks import Check, check_of, rating_shown


@dataclass(frozen=True)
class Place:
    """An article that shows a check; `path` leads to the highlight, and is empty while the article has no page yet."""

    article: dict[str, Any]
    path: str
    changed_on: str = ""  # the day on which we saw that its text had changed since it was checked


def places_of(publication: Publication) -> list[Place]:
    """The articles whose pages show the check now, the one published last first."""
    path, places = publication.path, []
    pages = ArticlePublication.objects.live().filter(shown__claim=publication.claim_id)
    for shown in pages.newest_first().with_changes():
        numbers = [number for number, claim in enumerate(shown.content["claims"], 1) if claim["path"] == path]
        fragment = f"#highlight-{numbers[0]}" if numbers else ""
        change = json.loads(shown.change_told or "{}")
        changed_on = "" if change.get("restored", True) else change["now"]["taken_on"]
        places.append(Place(shown.content["article"], shown.get_absolute_url() + fragment, changed_on))
    return places


def place_in(article: Article, path: str) -> Place:
    """An article as its page would tell of it, for a check that is not published yet."""
    told = {"title": article.title, "publisher": article.publisher, "language": article.language, "url": article.url}
    return Place(told | {"published_on": article.published_on and article.published_on.isoformat()}, path)


def told_of(publication: Publication, live: Publication) -> dict[str, Any]:
    """What the page of a check tells of one of its versions; `live` is the one that stands now, saved or not."""
    check = check_of(publication.content)
    rating = rating_shown(check.rating, retracted=publication.is_retracted)
    # Work goes on with other versions of its scale, never with another scale: its short name is the verdict's for good.
    beside = {
        "scale_slug": F("submission__verdict__scale__scale__slug"),
        "first": F("countersignature__first"),
        "second": F("countersignature__second"),
    }
    seen = Publication.objects.filter(claim=live.claim_id).seen()
    versions = list(seen.defer("document").order_by("-version").annotate(**beside))
    if live not in versions:
        versions.insert(0, live)
    told: Any = next((each for each in versions if each.version == publication.version), publication)
    signed = getattr(told, "second", None)
    return {
        "publication": publication,
        "live": live,
        "check": check,
        "rating": rating,
        "meaning": None if publication.is_retracted else told.scale_slug,
        "reviewer": publication.reviewer or (not publication.is_retracted and signed) or "",
        "unreviewed": bool(publication.urgency) and not signed,
        "retracted_by": (told.first, signed) if signed else None,
        "language": publication.content["language"],
        "changed": "" if publication.kind in {Kind.FIRST, Kind.RETRACTION} else kinds_told()[publication.kind],
        "versions": [(version, kinds_told()[version.kind]) for version in versions],
        "description": _description(check, rating["name"], publication),
    }


def shown_in(publication: ArticlePublication) -> list[Publication]:
    """The versions of checks that an article's page shows, the newest first."""
    shown = Publication.objects.filter(article_publications=publication).select_related("countersignature")
    return list(shown.newest_first())


def addresses_now(shown: Iterable[Publication]) -> dict[str, str]:
    """Where the checks are found now, by the paths by which documents name them."""
    return {publication.path: publication.get_absolute_url() for publication in shown}


def legend_of(publications: Iterable[Publication]) -> list[dict[str, Any]]:
    """The scale behind the verdicts that an article's page shows, worst first, and ratings of earlier scales in use."""
    legend: dict[str, dict[str, Any]] = {}
    for number, shown in enumerate(each for each in publications if not each.is_taken_away):
        verdict = shown.content["verdict"]
        for rating in verdict["scale"]["ratings"] if not number else [verdict["rating"]]:
            legend.setdefault(rating["name"], rating)
    return list(legend.values())


def _description(check: Check, word: str, publication: Publication) -> str:
    told = publication.reason if publication.is_retracted else check.verdict["summary"]
    return _("%(verdict)s: %(summary)s") % {"verdict": word, "summary": told}


def kinds_told() -> dict[str, str]:
    """The kinds of publications, as readers are told of them."""
    return {
        Kind.FIRST: _("First published"),
        Kind.CORRECTION: _("Correction"),
        Kind.CLARIFICATION: _("Clarification"),
        Kind.UPDATE: _("Update"),
        Kind.RETRACTION: _("Retraction"),
    }

"""What stands on a page beside its document: the versions of a check, the articles it stands in, the legend."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from factcheck.articles.models import Article
from factcheck.publication.models import ArticlePublication, Kind, Publication
from factcheck.rendering.checks import Check, check_of, rating_shown
from factcheck.verdicts.models import ScaleVersion


@dataclass(frozen=True)
class Place:
    """An article that shows a check; `path` leads to the highlight, and is empty while the article has no page yet."""

    article: dict[str, Any]
    path: str


def places_of(publication: Publication) -> list[Place]:
    """The articles whose pages show the check now, the one published last first."""
    path = publication.get_absolute_url()
    places = []
    for shown in ArticlePublication.objects.live().filter(shown__claim=publication.claim_id).newest_first():
        numbers = [number for number, claim in enumerate(shown.content["claims"], 1) if claim["path"] == path]
        fragment = f"#highlight-{numbers[0]}" if numbers else ""
        places.append(Place(shown.content["article"], shown.get_absolute_url() + fragment))
    return places


def place_in(article: Article, path: str) -> Place:
    """An article as its page would tell of it, for a check that is not published yet."""
    told = {"title": article.title, "publisher": article.publisher, "language": article.language, "url": article.url}
    return Place(told | {"published_on": article.published_on and article.published_on.isoformat()}, path)


def meaning_of(publication: Publication) -> ScaleVersion | None:
    """The version of the scale that a check was judged on: by what its document says, the oldest that says the same."""
    verdict = publication.content["verdict"]
    rating, told = verdict["rating"], verdict["scale"]
    said = {f"ratings__{name}": rating[name] for name in ("name", "definition", "position")}
    found = ScaleVersion.objects.filter(name=told["name"], number=told["number"], **said).select_related("scale")
    return found.order_by("pk").first()


def told_of(publication: Publication, live: Publication) -> dict[str, Any]:
    """What the page of a check tells of one of its versions; `live` is the one that stands now, saved or not."""
    check = check_of(publication.content)
    rating = rating_shown(check.rating, retracted=publication.is_retracted)
    versions = list(Publication.objects.filter(slug=live.slug).defer("document").order_by("-version"))
    if live.pk is None:
        versions.insert(0, live)
    return {
        "publication": publication,
        "live": live,
        "check": check,
        "rating": rating,
        "meaning": None if publication.is_retracted else meaning_of(publication),
        "language": publication.content["language"],
        "changed": "" if publication.kind in {Kind.FIRST, Kind.RETRACTION} else _kinds()[publication.kind],
        "versions": [(version, _kinds()[version.kind]) for version in versions],
        "description": _description(check, rating["name"], publication),
    }


def legend_of(publication: ArticlePublication) -> list[dict[str, Any]]:
    """The scale behind the verdicts that an article's page shows, worst first, and ratings of earlier scales in use."""
    legend: dict[str, dict[str, Any]] = {}
    for number, shown in enumerate(Publication.objects.filter(article_publications=publication).newest_first()):
        verdict = shown.content["verdict"]
        for rating in verdict["scale"]["ratings"] if not number else [verdict["rating"]]:
            legend.setdefault(rating["name"], rating)
    return list(legend.values())


def _description(check: Check, word: str, publication: Publication) -> str:
    told = publication.reason if publication.is_retracted else check.verdict["summary"]
    return _("%(verdict)s: %(summary)s") % {"verdict": word, "summary": told}


def _kinds() -> dict[str, str]:
    return {
        Kind.FIRST: _("First published"),
        Kind.CORRECTION: _("Correction"),
        Kind.CLARIFICATION: _("Clarification"),
        Kind.UPDATE: _("Update"),
        Kind.RETRACTION: _("Retraction"),
    }

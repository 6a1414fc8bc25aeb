"""What was published before: the versions of a check and of an article's page, and what differs between any two of them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from factcheck.newsroom.models import Settings
from factcheck.public.reading import (
    check_at,
    page_at,
    page_version_of,
    readers_page,
    taken_away,
    tombstones_of,
    version_of,
)
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.rendering.checks import rating_shown
from factcheck.rendering.comparing import compared
from factcheck.rendering.comparing_pages import pages_compared
from factcheck.rendering.differences import sparing
from factcheck.rendering.gathering import addresses_now, kinds_told, shown_in
from factcheck.rendering.pages import show


@readers_page
def claim(request: HttpRequest, newsroom: Settings, slug: str) -> HttpResponse:
    live = check_at(slug)
    versions = list(Publication.objects.seen().filter(claim=live.claim_id).order_by("-version"))
    context = {"live": live, "title": live.content["claim"]["wording"], "versions": [_told(each) for each in versions]}
    return _listed(request, newsroom, context, [each.version for each in versions], "public:claim-differences", slug)


@readers_page
def claim_differences(request: HttpRequest, newsroom: Settings, slug: str, number: int, before: int) -> HttpResponse:
    live = check_at(slug)
    if not before < number:
        return _the_other_way("public:claim-differences", slug, number, before)
    old, new = version_of(live, before), version_of(live, number)
    if gone := next((each for each in (new, old) if each.is_taken_away), None):
        return taken_away(request, newsroom, gone, live)
    between = Publication.objects.seen().filter(claim=live.claim_id, version__gt=before, version__lte=number)
    context = {
        "live": live,
        "title": live.content["claim"]["wording"],
        "old": _told(old),
        "new": _told(new),
        "reasons": [(each, kinds_told()[each.kind]) for each in between.defer("document").order_by("version")],
        "fields": compared(old.content, new.content, sparing()),
        "language": new.content["language"],
    }
    return _compared(request, newsroom, "public/claim_differences.html", context)


@readers_page
def article(request: HttpRequest, newsroom: Settings, slug: str) -> HttpResponse:
    live = page_at(slug)
    seen = ArticlePublication.objects.seen().filter(article=live.article_id)
    versions = list(seen.order_by("-version").defer("document"))
    context = {
        "live": live,
        "title": live.content["article"]["title"],
        "of_article": live.content["article"]["language"],
        "versions": [{"version": each} for each in versions],
    }
    return _listed(request, newsroom, context, [each.version for each in versions], "public:article-differences", slug)


@readers_page
def article_differences(request: HttpRequest, newsroom: Settings, slug: str, number: int, before: int) -> HttpResponse:
    live = page_at(slug)
    if not before < number:
        return _the_other_way("public:article-differences", slug, number, before)
    old, new = page_version_of(live, before), page_version_of(live, number)
    shown = [*shown_in(old), *shown_in(new)]
    context = {
        "live": live,
        "title": live.content["article"]["title"],
        "of_article": live.content["article"]["language"],
        "old": {"version": old},
        "new": {"version": new},
        "differences": pages_compared(old, new, addresses_now(shown), sparing()),
        "taken_claims": tombstones_of(shown),
    }
    return _compared(request, newsroom, "public/article_differences.html", context)


def _listed(
    request: HttpRequest, newsroom: Settings, context: dict[str, Any], numbers: list[int], differences: str, slug: str
) -> HttpResponse:
    """The list of versions; asked for two of them (?new=3&old=1), the way to what differs between them."""
    asked = [_number(request.GET.get(name)) for name in ("new", "old")]
    wrong = ""
    if "new" in request.GET or "old" in request.GET:
        if set(asked) <= set(numbers) and asked[0] != asked[1]:
            new, old = sorted((number for number in asked if number is not None), reverse=True)
            return HttpResponseRedirect(reverse(differences, args=[slug, new, old]))
        wrong = _("Choose two different versions.")
    newest = numbers[0]
    chosen = {"new": asked[0] or newest, "old": asked[1] or max(newest - 1, numbers[-1])}
    answer = show(request, "public/versions.html", newsroom, wrong=wrong, chosen=chosen, **context)
    answer.headers["X-Robots-Tag"] = "noindex"
    if wrong:
        answer.status_code = 400
    return answer


def _compared(request: HttpRequest, newsroom: Settings, template: str, context: dict[str, Any]) -> HttpResponse:
    answer = show(request, template, newsroom, pair=[context["old"], context["new"]], **context)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _the_other_way(name: str, slug: str, number: int, before: int) -> HttpResponse:
    """Differences are told from the earlier to the later version."""
    if number == before:
        raise Http404
    return HttpResponsePermanentRedirect(reverse(name, args=[slug, before, number]))


def _told(publication: Publication) -> dict[str, Any]:
    rating = publication.content["verdict"]["rating"]
    return {
        "version": publication,
        "kind": kinds_told()[publication.kind],
        "rating": rating_shown(rating, retracted=publication.is_retracted),
        "gone": publication.is_taken_away,
    }


def _number(given: str | None) -> int | None:
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 10 else None

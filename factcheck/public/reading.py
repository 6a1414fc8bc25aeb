"""What every page for readers has in common: open to all, read only, the same for everybody, checked by its ETag."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from factcheck.newsroom.models import Settings
from factcheck.newsroom.zones import zone
from factcheck.publication.models import ArticlePublication, Publication, Tombstone
from factcheck.publication.moments import one_moment
from factcheck.rendering.gathering import kinds_told
from factcheck.rendering.pages import show, spoken


class Moved(Exception):
    """The page is found under another slug now."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        super().__init__(slug)


def check_at(slug: str) -> Publication:
    """The check that readers find there now. Raises Http404 and Moved."""
    return _there(Publication.objects.live().at(slug).first(), slug)


def page_at(slug: str) -> ArticlePublication:
    """The article's page that readers find there now, with its text. Raises Http404 and Moved."""
    return _there(
        ArticlePublication.objects.live().at(slug).with_changes().select_related("snapshot__tombstone").first(), slug
    )


def version_of(live: Publication, number: int) -> Publication:
    """One of the versions of a check up to the one that readers see. Raises Http404."""
    if number == live.version:
        return live
    earlier = Publication.objects.seen().filter(claim=live.claim_id)
    return get_object_or_404(earlier, version=number)


def page_version_of(live: ArticlePublication, number: int) -> ArticlePublication:
    """One of the versions of an article's page up to the one that readers see, with its text. Raises Http404."""
    if number == live.version:
        return live
    earlier = ArticlePublication.objects.seen().filter(article=live.article_id)
    return get_object_or_404(earlier.select_related("snapshot__tombstone"), version=number)


def tombstones_of(publications: Iterable[Publication]) -> list[Tombstone]:
    """What stands in the place of these versions' texts, for those of which they were taken away; no query for none."""
    taken = [publication.submission_id for publication in publications if publication.is_taken_away]
    if not taken:
        return []
    stones = Tombstone.objects.filter(publication__submission__in=taken).select_related("publication")
    return list(stones.order_by("publication__submission", "id").distinct("publication__submission"))


def taken_away(request: HttpRequest, newsroom: Settings, publication: Publication, live: Publication) -> HttpResponse:
    """410 (RFC 9110, 15.5.11): what stood here, since when it does not, and why."""
    stones = tombstones_of([publication])
    answer = show(
        request,
        "public/taken_away.html",
        newsroom,
        publication=publication,
        live=live,
        stone=stones[0] if stones else None,
        kind=kinds_told()[publication.kind],
    )
    answer.status_code = 410
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _there[P: (Publication, ArticlePublication)](found: P | None, slug: str) -> P:
    if found is None:
        raise Http404
    if found.address != slug:
        raise Moved(found.address)
    return found


def readers_page[**P](
    view: Callable[Concatenate[HttpRequest, Settings, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give a view the newsroom's settings, and its page to everybody.

    Neither the session nor the browser's language is looked at, so that the same publications give the same bytes. Caches
    may keep the page but ask each time whether it still holds: a correction or retraction is seen at once. A page is made of what
    had gone out at one moment, never of old and new.
    """

    @login_not_required
    @require_safe
    @cache_control(public=True, no_cache=True)
    @conditional_page
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with one_moment():
            newsroom = Settings.objects.current()
            with translation.override(spoken(newsroom.language)), timezone.override(zone(newsroom.time_zone)):
                try:
                    return view(request, newsroom, *args, **kwargs)
                except Moved as moved:
                    return _led_on(request, moved.slug)

    return page


def _led_on(request: HttpRequest, slug: str) -> HttpResponse:
    """301 to the same page under its new slug, with what was asked of it."""
    match = request.resolver_match
    assert match
    path = reverse(match.view_name, kwargs=match.kwargs | {"slug": slug})
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{asked}" if asked else path)

"""The readers' pages, made from what was published and from nothing else."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.newsroom.models import Settings
from factcheck.prose.markdown import to_html
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
from factcheck.rendering.articles import article_html, findings_of, tally_of
from factcheck.rendering.changes import change_of
from factcheck.rendering.checks import rating_shown
from factcheck.rendering.gathering import addresses_now, legend_of, places_of, shown_in, told_of
from factcheck.rendering.pages import claim_page, show
from factcheck.verdicts.models import ScaleVersion

ON_A_PAGE = 20


@readers_page
def home(request: HttpRequest, newsroom: Settings) -> HttpResponse:
    number = _page_asked(request)
    start, end = (number - 1) * ON_A_PAGE, number * ON_A_PAGE
    # One more than is shown tells whether there is a next page.
    found = Publication.objects.live().with_text().select_related("countersignature")
    checks = list(found.newest_first()[start : end + 1])
    articles = list(ArticlePublication.objects.live().newest_first()[start : end + 1])
    if number > 1 and not (checks or articles):
        raise Http404
    return show(
        request,
        "public/home.html",
        newsroom,
        section="checks",
        number=number,
        more=len(checks) > ON_A_PAGE or len(articles) > ON_A_PAGE,
        checks=[
            (check, rating_shown(check.content["verdict"]["rating"], retracted=check.is_retracted))
            for check in checks[:ON_A_PAGE]
        ],
        articles=[(article, tally_of(article.content)) for article in articles[:ON_A_PAGE]],
    )


@readers_page
def claim(request: HttpRequest, newsroom: Settings, slug: str) -> HttpResponse:
    publication = check_at(slug)
    if publication.is_taken_away:
        return taken_away(request, newsroom, publication, publication)
    return claim_page(request, newsroom, publication, places_of(publication))


@readers_page
def claim_version(request: HttpRequest, newsroom: Settings, slug: str, number: int) -> HttpResponse:
    live = check_at(slug)
    publication = version_of(live, number)
    if publication.is_taken_away:
        return taken_away(request, newsroom, publication, live)
    response = show(request, "public/claim.html", newsroom, **told_of(publication, live))
    if publication != live:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@readers_page
def article(request: HttpRequest, newsroom: Settings, slug: str) -> HttpResponse:
    publication = page_at(slug)
    return _article(request, newsroom, publication, publication)


@readers_page
def article_version(request: HttpRequest, newsroom: Settings, slug: str, number: int) -> HttpResponse:
    live = page_at(slug)
    publication = page_version_of(live, number)
    response = _article(request, newsroom, publication, live)
    if publication != live:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _article(
    request: HttpRequest, newsroom: Settings, publication: ArticlePublication, live: ArticlePublication
) -> HttpResponse:
    everything = shown_in(publication)
    shown = [each for each in everything if not each.is_taken_away]
    addresses = addresses_now(shown)
    stone = getattr(publication.snapshot, "tombstone", None)
    findings = findings_of(publication.content, addresses)
    return show(
        request,
        "public/article.html",
        newsroom,
        publication=publication,
        live=live,
        article=publication.content["article"],
        findings=findings,
        heading=ngettext("%(n)d claim checked", "%(n)d claims checked", len(findings)) % {"n": len(findings)},
        text="" if stone else article_html(publication.content, publication.snapshot, addresses),
        stone=stone,
        taken_claims=tombstones_of(everything),
        legend=legend_of(shown),
        change=change_of(publication, addresses) if publication == live and not stone else None,
        unreviewed={each.get_absolute_url() for each in shown if each.is_unreviewed},
    )


@readers_page
def about(request: HttpRequest, newsroom: Settings) -> HttpResponse:
    told = [
        ("who-we-are", _("Who we are"), newsroom.about),
        ("how-we-work", _("How we work"), newsroom.methodology),
        ("corrections", _("How we correct"), newsroom.corrections_policy),
    ]
    versions = ScaleVersion.objects.filter(scale__slug=newsroom.scale).prefetch_related("ratings")
    scale = versions.order_by("number").last()
    return show(
        request,
        "public/about.html",
        newsroom,
        section="about",
        parts=[(anchor, title, to_html(words)) for anchor, title, words in told if words.strip()],
        missing=[title for _anchor, title, words in told if not words.strip()],
        scale=scale and scale.in_language(newsroom.language),
        ratings=[rating.in_language(newsroom.language) for rating in scale.ratings.all()] if scale else [],
    )


def _page_asked(request: HttpRequest) -> int:
    """The number in ?page=; whatever is no page's number is not found."""
    asked = request.GET.get("page", "1")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 6 and int(asked) > 0):
        raise Http404
    return int(asked)

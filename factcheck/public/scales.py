"""What the verdicts mean: a page for each rating scale and for each of its versions, which stand for good."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from factcheck.newsroom.models import Settings
from factcheck.public.reading import readers_page
from factcheck.rendering.pages import show
from factcheck.verdicts.models import ScaleVersion


@readers_page
def scale(request: HttpRequest, newsroom: Settings, slug: str) -> HttpResponse:
    """The newest version."""
    versions = ScaleVersion.objects.filter(scale__slug=slug).order_by("-number")
    newest = get_object_or_404(versions[:1])
    return _explained(request, newsroom, newest, newest)


@readers_page
def version(request: HttpRequest, newsroom: Settings, slug: str, number: int) -> HttpResponse:
    versions = ScaleVersion.objects.filter(scale__slug=slug).order_by("-number")
    newest = get_object_or_404(versions[:1])
    return _explained(request, newsroom, get_object_or_404(versions, number=number), newest)


def _explained(request: HttpRequest, newsroom: Settings, shown: ScaleVersion, newest: ScaleVersion) -> HttpResponse:
    language = newsroom.language
    ratings = [rating.in_language(language) for rating in shown.ratings.all()]
    response = show(
        request,
        "public/scale.html",
        newsroom,
        shown=shown.in_language(language),
        newest=newest,
        slug=shown.scale.slug,
        steps=[rating for rating in ratings if rating.position is not None],
        beside=[rating for rating in ratings if rating.position is None],
        versions=ScaleVersion.objects.filter(scale=shown.scale_id).order_by("-number"),
        in_use=newsroom.scale == shown.scale.slug and shown == newest,
    )
    if shown != newest:
        response.headers["X-Robots-Tag"] = "noindex"
    return response

"""A page for readers, from its template: for the readers themselves, and for the desk's preview of it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from factcheck.newsroom.models import Settings
from factcheck.publication.claimreview import claim_review
from factcheck.publication.models import Publication
from factcheck.rendering.gathering import Place, told_of
from factcheck.rendering.templatetags.reading import web_address


def claim_page(
    request: HttpRequest, newsroom: Settings, publication: Publication, places: list[Place], **besides: Any
) -> HttpResponse:
    """The page of a check as it stands; `besides` says what else the template is told."""
    appearances = [address for place in places if (address := web_address(place.article["url"]))]
    return show(
        request,
        "public/claim.html",
        newsroom,
        **told_of(publication, publication),
        places=places,
        review=claim_review(publication, newsroom, settings.SITE_URL, appearances),
        **besides,
    )


def show(
    request: HttpRequest, template: str, newsroom: Settings, language: str | None = None, **context: object
) -> HttpResponse:
    """The page; its language is the newsroom's unless another is said."""
    language = language or newsroom.language
    said = {
        "newsroom": newsroom,
        "site": settings.SITE_URL,
        "language": language,
        "direction": _direction(language),
    }
    response = render(request, template, said | context)
    response.headers["Content-Language"] = language
    return response


def spoken(language: str) -> str:
    """The language of the program's own words: the newsroom's, if there is a translation."""
    try:
        return translation.get_supported_language_variant(language.lower())
    except LookupError:
        return settings.LANGUAGE_CODE


def _direction(language: str) -> str:
    try:
        return "rtl" if translation.get_language_info(language.lower())["bidi"] else "ltr"
    except KeyError:
        return "ltr"

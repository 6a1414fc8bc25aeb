"""What every page for readers has in common: open to all, read only, the same for everybody, checked by its ETag."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from factcheck.newsroom.models import Settings


def readers_page[**P](
    view: Callable[Concatenate[HttpRequest, Settings, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give a view the newsroom's settings, and its page to everybody.

    Neither the session nor the browser's language is looked at, so that the same publications give the same bytes. Caches
    may keep the page but ask each time whether it still holds: a correction or retraction is seen at once.
    """

    @login_not_required
    @require_safe
    @cache_control(public=True, no_cache=True)
    @conditional_page
    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        newsroom = Settings.objects.current()
        with translation.override(_spoken(newsroom.language)):
            return view(request, newsroom, *args, **kwargs)

    return page


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


def _spoken(language: str) -> str:
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

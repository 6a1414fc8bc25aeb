"""What every page for readers has in common: open to all, read only, the same for everybody, checked by its ETag."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from factcheck.newsroom.models import Settings
from factcheck.newsroom.zones import zone
from factcheck.rendering.pages import spoken


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
        with translation.override(spoken(newsroom.language)), timezone.override(zone(newsroom.time_zone)):
            return view(request, newsroom, *args, **kwargs)

    return page

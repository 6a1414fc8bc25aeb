"""Closed by default: who gets in, and how a record is fetched by somebody who may touch it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.accounts.roles import MAY
from factcheck.history.models import Via
from factcheck.history.recording import coming_from


class DeskRequest(HttpRequest):
    """A request of somebody who is logged in, as the desk's views see it."""

    htmx: HtmxDetails
    user: User


def readable_requests(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Refuse what no browser sends and no form of ours could read: other charsets than UTF-8, NUL in the address."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower().replace("_", "-") not in {"utf-8", "utf8"}:
            return HttpResponse("Send it in UTF-8.", status=415, content_type="text/plain")
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path_info:
            return HttpResponse("The address holds a NUL character.", status=400, content_type="text/plain")
        return get_response(request)

    return middleware


class LoginMiddleware(LoginRequiredMiddleware):
    """Everybody logs in first, except where a view says otherwise; htmx is told by 401, since it cannot show a redirect."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(
                _("Your login has run out. Log in again."),
                status=401,
                content_type="text/plain",
            )
        return super().handle_no_permission(request, view_func)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Nobody between us and the browser keeps a page that does not say it may be kept, refusals included."""
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response


type View[**P, Answer: HttpResponseBase] = Callable[Concatenate[DeskRequest, P], Answer]


def may[**P, Answer: HttpResponseBase](act: str) -> Callable[[View[P, Answer]], View[P, Answer]]:
    """Let a view be used only by people whose role allows the act (a key of roles.MAY); others get 403."""
    if act not in MAY:
        raise KeyError(act)

    def decorate(view: View[P, Answer]) -> View[P, Answer]:
        def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            require(request.user, act)
            with coming_from(Via.SCREEN):
                return view(request, *args, **kwargs)

        update_wrapper(guarded, view)
        return guarded

    return decorate

"""Closed by default: who gets in, and how a record is fetched by somebody who may touch it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.accounts.roles import MAY
from factcheck.history.models import Via
from factcheck.history.recording import coming_from
from factcheck.newsroom.zones import zone
from factcheck.notices.backends import MOST
from factcheck.notices.reading import see_at


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


def asks_in_the_background(request: HttpRequest) -> bool:
    """Whether a script asks, which shows the answer inside a page, and not the browser for a page of its own."""
    return request.headers.get("HX-Request") == "true" or request.headers.get("X-Requested-With") == "XMLHttpRequest"


def came_from(request: HttpRequest) -> str:
    """The address, without its host, of the page of ours on which the request was made; "" when that is not told."""
    there = urlsplit(request.headers.get("Referer", ""))
    if there.netloc != request.get_host() or not there.path.startswith("/desk/"):
        return ""
    return f"{there.path}?{there.query}" if there.query else there.path


class LoginMiddleware(LoginRequiredMiddleware):
    """Everybody logs in first, except where a view says otherwise; scripts are told by 401, since they show no redirect.

    Whoever is in reads every day and hour in the newsroom's time zone.
    """

    def process_view(self, request: HttpRequest, view_func: Callable[..., Any], *arguments: Any) -> Any:
        refused = super().process_view(request, view_func, *arguments)
        if refused is None and getattr(view_func, "login_required", True):
            timezone.activate(zone(getattr(request.user, "time_zone", "")))
        return refused

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> Any:
        if asks_in_the_background(request):
            return HttpResponse(
                _("Your login has run out. Log in again."),
                status=401,
                content_type="text/plain",
            )
        if request.method == "POST":
            # A form whose login ran out: after logging in one is back at the form, not at the address it is sent to.
            messages.warning(
                request, _("Your login has run out, so nothing was saved. Log in to go on where you were.")
            )
            return redirect_to_login(
                came_from(request) or request.path,
                self.get_login_url(view_func),
                self.get_redirect_field_name(view_func),
            )
        return super().handle_no_permission(request, view_func)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Nobody between us and the browser keeps a page that does not say it may be kept, refusals included."""
        timezone.deactivate()
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response


def _see_what_is_told_of_it(request: DeskRequest) -> None:
    """Whoever opens a page has seen what they were told of it, from wherever they came. Nothing new: nothing asked."""
    unseen: list[str] = getattr(request.user, "unseen_at", [])
    told = request.path in unseen or len(unseen) == MOST
    if told and request.method == "GET" and not asks_in_the_background(request):
        see_at(request.user, request.path)
        request.user.unseen_at = [path for path in unseen if path != request.path]  # type: ignore[attr-defined]  # annotated


type View[**P, Answer: HttpResponseBase] = Callable[Concatenate[DeskRequest, P], Answer]


def may[**P, Answer: HttpResponseBase](act: str) -> Callable[[View[P, Answer]], View[P, Answer]]:
    """Let a view be used only by people whose role allows the act (a key of roles.MAY); others get 403."""
    if act not in MAY:
        raise KeyError(act)

    def decorate(view: View[P, Answer]) -> View[P, Answer]:
        def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> Answer:
            require(request.user, act)
            _see_what_is_told_of_it(request)
            with coming_from(Via.SCREEN):
                return view(request, *args, **kwargs)

        update_wrapper(guarded, view)
        return guarded

    return decorate

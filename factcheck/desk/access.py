"""Closed by default: who gets in, and how a record is fetched by somebody who may touch it."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
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


type View[**P] = Callable[Concatenate[DeskRequest, P], HttpResponse]


def may[**P](act: str) -> Callable[[View[P]], View[P]]:
    """Let a view be used only by people whose role allows the act (a key of roles.MAY); others get 403."""
    if act not in MAY:
        raise KeyError(act)

    def decorate(view: View[P]) -> View[P]:
        def guarded(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            require(request.user, act)
            with coming_from(Via.SCREEN):
                answer = view(request, *args, **kwargs)
            # Nobody between us and the browser keeps a page of the desk; the browser may, for its Back button.
            patch_cache_control(answer, private=True, no_cache=True)
            return answer

        update_wrapper(guarded, view)
        return guarded

    return decorate

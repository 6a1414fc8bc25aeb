"""Closed by default: who gets in, and how a record is fetched by somebody who may touch it."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.accounts.roles import MAY


class DeskRequest(HttpRequest):
    """A request of somebody who is logged in, as the desk's views see it."""

    htmx: HtmxDetails
    user: User  # type: ignore[assignment]  # the middleware let nobody else through


class LoginMiddleware(LoginRequiredMiddleware):
    """Everybody logs in first, except where a view says otherwise; htmx is told by 401, since it cannot show a redirect."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(
                _("Your login has run out. Log in again."),
                status=401,
                content_type="text/plain",
            )
        return super().handle_no_permission(request, view_func)


def may[**P](
    act: str,
) -> Callable[
    [Callable[Concatenate[DeskRequest, P], HttpResponse]],
    Callable[Concatenate[DeskRequest, P], HttpResponse],
]:
    """Let a view be used only by people whose role allows the act (a key of roles.MAY); others get 403."""
    if act not in MAY:
        raise KeyError(act)

    def decorate(
        view: Callable[Concatenate[DeskRequest, P], HttpResponse],
    ) -> Callable[Concatenate[DeskRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(
            request: DeskRequest, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            if isinstance(request.user, AnonymousUser):
                raise PermissionDenied
            require(request.user, act)
            return view(request, *args, **kwargs)

        guarded.asked = act  # type: ignore[attr-defined]  # the test of all routes reads it
        return guarded

    return decorate

"""What goes wrong, said so that people know what was kept and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from factcheck.desk.access import asks_in_the_background, came_from


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refused for its token alone: the page can renew it and ask again, or the person goes back to the form."""
    if asks_in_the_background(request):
        answer = HttpResponse(
            _("Somebody logged in or out since this page was opened. Nothing was saved; what you typed is kept."),
            status=403,
            content_type="text/plain; charset=utf-8",
        )
        answer.headers["Refused"] = "token"
        return answer
    return render(request, "403_csrf.html", {"back": came_from(request)}, status=403)

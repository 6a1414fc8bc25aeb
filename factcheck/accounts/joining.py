"""The page behind an invitation's link."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from factcheck.accounts import inviting
from factcheck.accounts.forms import JoiningForm
from factcheck.history.models import Via
from factcheck.history.recording import coming_from


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the link chooses their login, their name and a password, and is let in."""
    invitation = inviting.standing(token)
    if invitation is None:
        return render(request, "account/invitation_gone.html", status=404)
    form = JoiningForm(request.POST or None, email=invitation.email)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            with coming_from(Via.SCREEN):
                person = inviting.take_up(
                    token, username=values["username"], byline=values["byline"], password=values["password1"]
                )
        except ValidationError as error:
            if getattr(error, "code", "") == "gone":
                return render(request, "account/invitation_gone.html", status=404)
            form.take(error)
        else:
            login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
            return redirect("desk:queue")
    status = 422 if request.method == "POST" else 200
    return render(request, "account/invitation.html", {"form": form, "invitation": invitation}, status=status)

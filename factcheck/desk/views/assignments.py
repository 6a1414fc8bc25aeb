"""Who has a claim or an article in hand, and until when."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from factcheck.articles.assigning import assign as assign_article
from factcheck.articles.models import Article
from factcheck.claims.assigning import assign as assign_claim
from factcheck.claims.models import Claim
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, edited, stale, wrong
from factcheck.desk.forms.assigning import AssignmentForm
from factcheck.history.versioning import Stale

TEMPLATE = "desk/assignment.html"


@require_http_methods(["GET", "HEAD", "POST"])
@may("assign")
def claim(request: DeskRequest, pk: int) -> HttpResponse:
    return _assignment(request, get_object_or_404(Claim.objects.select_related("assignee"), pk=pk), assign_claim)


@require_http_methods(["GET", "HEAD", "POST"])
@may("assign")
def article(request: DeskRequest, pk: int) -> HttpResponse:
    return _assignment(request, get_object_or_404(Article.objects.select_related("assignee"), pk=pk), assign_article)


def _assignment(request: DeskRequest, record: Claim | Article, assign: Callable[..., Any]) -> HttpResponse:
    """The form, and what it leads to; to htmx the assignment alone, shown (?shown) or to be changed, unless it goes elsewhere."""
    context: dict[str, Any] = {"record": record, "next": _next(request)}
    alone = request.htmx and not context["next"]
    template = f"{TEMPLATE}#assigning" if alone else "desk/assign.html"
    if request.method != "POST":
        if alone and "shown" in request.GET:
            return render(request, f"{TEMPLATE}#assignment", context)
        return render(request, template, context | {"form": AssignmentForm.of(record)})
    form = AssignmentForm(request.POST, record=record)
    outcome = edited(request, form, lambda version: assign(record, by=request.user, version=version, **form.for_verb()))
    if isinstance(outcome, Stale):
        return stale(request, template, context | {"record": outcome.current}, form, outcome)
    if not outcome:
        return wrong(request, template, context | {"form": form})
    says = _told(request, form.cleaned_data["assignee"])
    if alone:
        record = type(record)._default_manager.select_related("assignee").get(pk=record.pk)
        answer = render(request, f"{TEMPLATE}#assignment", {"record": record})
        answer.headers["HX-Trigger-After-Settle"] = json.dumps({"assigned": {"says": says}})
        return answer
    messages.success(request, says)
    return SeeOther(context["next"] or record.get_absolute_url())


def _told(request: DeskRequest, assignee: Any) -> str:
    if assignee is None:
        return _("Nobody has it in hand now.")
    if assignee == request.user:
        return _("You have it in hand now.")
    return _("%(person)s has it in hand now.") % {"person": assignee.byline}


def _next(request: DeskRequest) -> str:
    """Where to go on afterwards: a path of our own, or nothing."""
    given = request.POST.get("next", "") or request.GET.get("next", "")
    ours = given.startswith("/desk/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    return given if ours else ""

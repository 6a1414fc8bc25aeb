"""Marking claims in an article: new ones, the same one again, taking a mark away."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.articles.models import Article, Snapshot
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Claimant, Highlight, Placement
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, wrong
from factcheck.desk.cards import cards_of
from factcheck.desk.forms.claims import HighlightForm, MarkingForm
from factcheck.desk.views.articles import workspace_context
from factcheck.history.recording import act


@require_POST
@may("highlight")
def mark(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    form = MarkingForm(request.POST)

    def make() -> Claim:
        snapshot = Snapshot.objects.latest_of(article)
        with act("claim.mark", article, by=request.user):
            highlighting.locate_words(form.quote(), snapshot)
            claim = highlighting.word_claim(by=request.user, **form.for_verb(request.user))
            highlighting.highlight(claim, snapshot, form.quote(), by=request.user)
        return claim

    location = created(request, form, make)
    if location and request.htmx:
        return swapped(request, article, location)
    if location:
        messages.success(request, _("The claim is marked."))
        return SeeOther(location)
    if request.htmx:
        answer = wrong(request, "desk/articles/workspace.html#marking", {"form": form, "article": article})
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#marking", "outerHTML"
        return answer
    return wrong(request, "desk/articles/mark.html", {"form": form, "article": article})


def swapped(request: DeskRequest, article: Article, location: str) -> HttpResponse:
    """The workspace as it is now, and what happened for the live region."""
    answer = render(request, "desk/articles/workspace.html#workspace", workspace_context(article))
    number = int(location.rstrip("/").rpartition("/")[2])
    told = {"marked": {"claim": number, "says": _("The claim is marked.")}}
    answer.headers["HX-Trigger-After-Settle"] = json.dumps(told)
    return answer


@require_safe
@may("highlight")
def new(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    return render(request, "desk/articles/mark.html", {"form": MarkingForm(), "article": article})


@require_safe
@may("highlight")
def choices(request: DeskRequest, pk: int) -> HttpResponse:
    """Claims that the selected words might be, for "Same as…": those that match what is typed, the newest without."""
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    words = request.GET.get("q", "").replace("\0", "")[:200]
    found = Claim.objects.on_desk().matching(words).select_related("claimant").newest_first()[:20]
    context = {"article": article, "choices": cards_of(found)}
    return render(request, "desk/articles/choices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("highlight")
def collection(request: DeskRequest, pk: int) -> HttpResponse:
    """The same claim in an article: a form, and what it makes."""
    claim = get_object_or_404(Claim.objects.on_desk(), pk=pk)
    form = HighlightForm(request.POST or None)

    def make() -> str:
        given = form.cleaned_data
        claimant: Claimant | None = highlighting.find_or_add_claimant(given["claimant"], by=request.user)
        snapshot = Snapshot.objects.latest_of(given["article"])
        highlighting.highlight(
            claim, snapshot, form.quote(), by=request.user, claimant=claimant, said_on=given["said_on"]
        )
        return claim.get_absolute_url()

    if request.method != "POST":
        return render(request, "desk/claims/highlight.html", {"form": HighlightForm(), "claim": claim})
    location = created(request, form, make)
    if location and request.htmx:
        return swapped(request, form.cleaned_data["article"], location)
    if location:
        messages.success(
            request, _("The claim is marked in “%(title)s”.") % {"title": form.cleaned_data["article"].title}
        )
        return SeeOther(location)
    if request.htmx:
        answer = wrong(request, "shared/errors.html", {"form": form})
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#choices", "afterbegin"
        return answer
    return wrong(request, "desk/claims/highlight.html", {"form": form, "claim": claim})


@require_safe
@may("read_desk")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """What an opened card shows; without script, it leads on to the claim."""
    found = get_object_or_404(Highlight.objects.select_related("claim"), pk=pk)
    if not request.htmx:
        return SeeOther(found.claim.get_absolute_url())
    card = cards_of([found.claim])[0]
    card.placement = Placement.objects.filter(highlight=found).latest("pk")
    return render(request, "desk/articles/workspace.html#details", {"card": card})


@require_POST
@may("highlight")
def take_away(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Highlight.objects.select_related("claim", "article"), pk=pk)
    highlighting.take_away(found, by=request.user)
    messages.success(request, _("The highlight is removed; the claim stays."))
    return SeeOther(reverse("desk:article", args=[found.article_id]))


@require_POST
@may("highlight")
def put_back(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Highlight.objects.select_related("claim", "article"), pk=pk)
    highlighting.put_back(found, by=request.user)
    messages.success(request, _("The highlight is back."))
    return SeeOther(reverse("desk:article", args=[found.article_id]))

"""Claims on the desk: the list, wording one, its page, its trash."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Placement
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, edited, stale, wrong
from factcheck.desk.cards import cards_of
from factcheck.desk.forms.base import CreatingForm
from factcheck.desk.forms.claims import ClaimEditForm, ClaimForm
from factcheck.desk.forms.filters import ClaimFilter
from factcheck.desk.paging import Pages
from factcheck.desk.restoring import restored
from factcheck.desk.searching import WAITING, articles_with, claims_found
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.publication.models import Publication
from factcheck.review.freezing import left_behind
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage

PAGE = 40


@require_http_methods(["GET", "HEAD", "POST"])
def collection(request: DeskRequest) -> HttpResponse:
    return word(request) if request.method == "POST" else listing(request)


@may("read_desk")
def listing(request: DeskRequest) -> HttpResponse:
    search = ClaimFilter(request.GET, person=request.user)
    found = claims_found(search.given(), request.user).select_related("claimant", "assignee")
    page = Pages(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "cards": cards_of(page),
        "articles": articles_with([claim.pk for claim in page]),
        "search": search,
        "waiting": WAITING.get(search.given().get("waiting", "")),
        "untaken": search.given().get("waiting") == "untaken",
    }
    return render(request, "desk/claims/list.html", context)


@may("highlight")
def word(request: DeskRequest) -> HttpResponse:
    form = ClaimForm(request.POST)
    location = created(request, form, lambda: highlighting.word_claim(by=request.user, **form.for_verb(request.user)))
    if location:
        messages.success(request, _("The claim is on the desk."))
        return SeeOther(location)
    return wrong(request, "desk/claims/new.html", {"form": form})


@require_safe
@may("highlight")
def new(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/claims/new.html", {"form": restored(ClaimForm(), "claim:new", request.user)})


@require_safe
@may("read_desk")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("claimant", "assignee"), pk=pk)
    latest = Placement.objects.filter(highlight__claim=claim).last_placed()
    verdicts = Verdict.objects.filter(claim=claim).select_related("rating").order_by("id")
    verdicts = verdicts.prefetch_related("authors__person")
    card = cards_of([claim])[0]
    publications = Publication.objects.filter(claim=claim).select_related(
        "published_by", "submission__decision__decided_by", "countersignature"
    )
    publications = publications.defer("document", "submission__document").order_by("-version", "-pk")
    context = {
        "claim": claim,
        "card": card,
        "placements": latest.select_related("highlight__article", "highlight__claimant"),
        "verdicts": verdicts,
        "own": next((each for each in verdicts if request.user in each.people and each.stage != Stage.SETTLED), None),
        "behind": left_behind(verdict.pk for verdict in verdicts),
        "correction": CreatingForm() if card.live and not claim.trashed_at else None,
        "publications": publications,
        "unsigned": next(
            (each for each in publications if card.live and each.pk == card.live.pk and each.is_unsigned), None
        ),
        "waits": next((each for each in publications if each.is_waiting), None),
        "entries": Entry.objects.about(claim)[:50],
    }
    return render(request, "desk/claims/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("highlight")
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("claimant"), pk=pk)
    template, context = "desk/claims/edit.html", {"claim": claim}
    if request.method != "POST":
        form = restored(ClaimEditForm.of(claim).besides(claim), f"claim:{claim.pk}", request.user)
        return render(request, template, context | {"form": form})
    form = ClaimEditForm(request.POST).besides(claim)
    outcome = edited(
        request,
        form,
        lambda version: highlighting.revise(claim, by=request.user, version=version, **form.for_verb(request.user)),
    )
    if isinstance(outcome, Stale):
        return stale(request, template, context, form, outcome)
    if not outcome:
        return wrong(request, template, context | {"form": form})
    messages.success(request, _("The claim is saved."))
    return SeeOther(claim.get_absolute_url())


@require_POST
@may("highlight")
def trash(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk)
    if Publication.objects.filter(claim=claim).live().standing().exists():
        messages.error(request, _("Readers see this claim: it can be put in the trash when it has been retracted."))
        return SeeOther(claim.get_absolute_url())
    if Publication.objects.filter(claim=claim).waiting().exists():
        messages.error(request, _("A check of this claim goes out later: call that off first."))
        return SeeOther(claim.get_absolute_url())
    highlighting.trash(claim, by=request.user)
    messages.success(request, _("The claim is in the trash, with its highlights. It can come back."))
    return SeeOther(reverse("desk:claims"))


@require_POST
@may("highlight")
def restore(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk)
    highlighting.restore(claim, by=request.user)
    messages.success(request, _("The claim is back on the desk."))
    return SeeOther(claim.get_absolute_url())

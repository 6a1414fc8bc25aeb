"""Judging a claim: the verdict and the sources it rests on."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.claims.models import Claim, Placement
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, edited, stale, wrong
from factcheck.desk.forms.base import KeyedForm
from factcheck.desk.forms.review import SubmissionForm
from factcheck.desk.forms.verdicts import CitationEditForm, CitationForm, VerdictEditForm, VerdictForm
from factcheck.desk.restoring import restored
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.publication.models import Publication
from factcheck.publication.publishing import approved_submission
from factcheck.review.deciding import is_author
from factcheck.review.documents import hash_of
from factcheck.review.freezing import document_of, missing_for_readers
from factcheck.review.models import Submission
from factcheck.sources.keeping import find_or_add
from factcheck.verdicts import judging
from factcheck.verdicts.models import Citation, ScaleVersion, Verdict
from factcheck.verdicts.stages import Stage


@require_http_methods(["GET", "HEAD", "POST"])
@may("judge")
def collection(request: DeskRequest, pk: int) -> HttpResponse:
    """A new verdict on a claim: a form, and what it makes."""
    claim = get_object_or_404(Claim.objects.on_desk().select_related("claimant"), pk=pk)
    scale = ScaleVersion.objects.in_use(Settings.objects.current().scale)
    if request.method != "POST":
        form = restored(VerdictForm(scale=scale), f"claim:{pk}:verdict", request.user)
        return render(request, "desk/verdicts/new.html", {"claim": claim, "form": form})
    form = VerdictForm(request.POST, scale=scale)
    location = created(request, form, lambda: judging.draft(claim, by=request.user, **form.for_verb()))
    if location:
        messages.success(request, _("The draft is saved. Now cite what it rests on."))
        return SeeOther(location)
    return wrong(request, "desk/verdicts/new.html", {"claim": claim, "form": form})


def verdict_context(request: DeskRequest, verdict: Verdict) -> dict[str, Any]:
    last = Submission.objects.latest_of(verdict)
    approved = approved_submission(verdict)
    live = Publication.objects.filter(claim=verdict.claim_id).live().first()
    return {
        "verdict": verdict,
        "claim": verdict.claim,
        "citations": verdict.citations.select_related("source"),
        "authors": [author.person.byline for author in verdict.authors.select_related("person")],
        "placements": Placement.objects.filter(highlight__claim=verdict.claim, highlight__removed_at=None)
        .order_by("highlight_id", "-id")
        .distinct("highlight_id")
        .select_related("highlight__article"),
        "last": last,
        "approved": approved,
        "outdated": verdict.stage == Stage.APPROVED and approved is None,
        "live": live,
        "is_published": bool(approved and live and not live.is_retracted and live.sha256 == approved.sha256),
        "is_retracted": bool(approved and live and live.is_retracted and live.sha256 == approved.sha256),
        "missing": missing_for_readers(verdict),
        "mine": is_author(request.user, verdict),
        "submission_form": SubmissionForm(initial={"version": verdict.version, "seen": hash_of(document_of(verdict))}),
        "entries": Entry.objects.about(verdict)[:50],
    }


def verdict_forms(request: DeskRequest, verdict: Verdict) -> dict[str, KeyedForm]:
    """The two forms of the page, each with what was typed into it and not saved."""
    return {
        "form": restored(VerdictEditForm.of(verdict), f"verdict:{verdict.pk}", request.user),
        "citation_form": restored(CitationForm(), f"verdict:{verdict.pk}:citation", request.user),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest, pk: int) -> HttpResponse:
    return revise(request, pk) if request.method == "POST" else read(request, pk)


@may("read_desk")
def read(request: DeskRequest, pk: int) -> HttpResponse:
    verdict = _verdict(pk)
    context = verdict_context(request, verdict) | verdict_forms(request, verdict)
    return render(request, "desk/verdicts/show.html", context)


@may("judge")
def revise(request: DeskRequest, pk: int) -> HttpResponse:
    verdict = _verdict(pk)
    form = VerdictEditForm(request.POST, scale=verdict.scale)
    template = "desk/verdicts/show.html"
    outcome = edited(
        request, form, lambda version: judging.revise(verdict, by=request.user, version=version, **form.for_verb())
    )
    if outcome is True:
        messages.success(request, _("The verdict is saved."))
        return SeeOther(verdict.get_absolute_url())
    context = verdict_context(request, _verdict(pk)) | verdict_forms(request, verdict) | {"form": form}
    if isinstance(outcome, Stale):
        return stale(request, template, context, form, outcome)
    return wrong(request, template, context)


@require_POST
@may("judge")
def citations(request: DeskRequest, pk: int) -> HttpResponse:
    verdict = _verdict(pk)
    form = CitationForm(request.POST)

    def make() -> Verdict:
        source = find_or_add(by=request.user, **form.source())
        judging.cite(verdict, source, by=request.user, **form.use())
        return verdict

    if location := created(request, form, make):
        messages.success(request, _("The source is cited."))
        return SeeOther(f"{location}#citations")
    context = verdict_context(request, verdict) | verdict_forms(request, verdict) | {"citation_form": form}
    return wrong(request, "desk/verdicts/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may("judge")
def citation(request: DeskRequest, pk: int) -> HttpResponse:
    cited = get_object_or_404(Citation.objects.select_related("source", "verdict__claim"), pk=pk)
    template, context = "desk/verdicts/citation.html", {"citation": cited}
    if request.method != "POST":
        form = restored(CitationEditForm.of(cited), f"citation:{pk}", request.user)
        return render(request, template, context | {"form": form})
    form = CitationEditForm(request.POST)
    outcome = edited(
        request,
        form,
        lambda version: judging.revise_citation(cited, by=request.user, version=version, **form.for_verb()),
    )
    if isinstance(outcome, Stale):
        return stale(request, template, context, form, outcome)
    if not outcome:
        return wrong(request, template, context | {"form": form})
    messages.success(request, _("The citation is saved."))
    return SeeOther(f"{cited.verdict.get_absolute_url()}#citations")


@require_POST
@may("judge")
def uncite(request: DeskRequest, pk: int) -> HttpResponse:
    cited = get_object_or_404(Citation.objects.select_related("source", "verdict__claim"), pk=pk)
    judging.uncite(cited, by=request.user)
    messages.success(request, _("The citation is taken out. Its number is not given again."))
    return SeeOther(f"{cited.verdict.get_absolute_url()}#citations")


def _verdict(pk: int) -> Verdict:
    return get_object_or_404(Verdict.objects.select_related("claim__claimant", "rating", "scale", "made_by"), pk=pk)

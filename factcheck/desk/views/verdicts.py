"""Judging a claim: the verdict and the sources it rests on."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.claims.models import Claim, Placement
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, edited, stale, wrong
from factcheck.desk.citing import uses_elsewhere
from factcheck.desk.forms.base import KeyedForm
from factcheck.desk.forms.review import SubmissionForm
from factcheck.desk.forms.verdicts import CitationEditForm, CitationForm, VerdictEditForm, VerdictForm
from factcheck.desk.restoring import restored
from factcheck.desk.threads import discussion_of
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.prose.markdown import references_in
from factcheck.publication.models import Publication
from factcheck.publication.publishing import approved_submission
from factcheck.review.deciding import is_author, is_own
from factcheck.review.documents import hash_of
from factcheck.review.freezing import document_of, left_behind
from factcheck.review.models import Submission
from factcheck.sources.models import Source
from factcheck.verdicts import checking, judging
from factcheck.verdicts.checking import Point
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
        return render(request, "desk/verdicts/new.html", _new(claim, form))
    form = VerdictForm(request.POST, scale=scale)
    location = created(request, form, lambda: judging.draft(claim, by=request.user, **form.for_verb()))
    if location:
        messages.success(request, _("The draft is saved. Now cite what it rests on."))
        return SeeOther(location)
    return wrong(request, "desk/verdicts/new.html", _new(claim, form))


@dataclass(frozen=True)
class Checklist:
    """How far a verdict is on its way to being handed in. seen -- the hash of its document."""

    points: list[Point]
    warnings: list[Point]
    missing: list[str]
    seen: str


def checklist_of(verdict: Verdict) -> Checklist:
    document = document_of(verdict)
    # What is to be done first.
    points = sorted(checking.points(json.loads(document)), key=lambda point: (point.is_met, not point.is_needed))
    missing = [point.asks for point in points if point.is_needed and not point.is_met]
    if verdict.claim.trashed_at:
        missing.insert(0, _("Put the claim back on the desk: it is in the trash."))
    warnings = [point for point in points if not (point.is_needed or point.is_met)]
    return Checklist(points, warnings, missing, hash_of(document))


def beside_another(verdict: Verdict) -> str:
    """Why a verdict cannot be handed in now: the one of this claim that is on its way to the readers."""
    other = Verdict.objects.before_readers().filter(claim=verdict.claim_id).exclude(pk=verdict.pk).first()
    if other is None and Publication.objects.filter(claim=verdict.claim_id).waiting().exists():
        return _("A version of this check goes out later. A publisher can call that off; then this can be handed in.")
    if other is None:
        return _("Another verdict on this claim was on its way to the readers a moment ago. Try again.")
    names = ", ".join(other.bylines)
    return format_html(
        _(
            'Another verdict on this claim, <a href="{}">that of {}</a>, is in review or approved. Only one at a time can be;'
            " yours stays as it is."
        ),
        other.get_absolute_url(),
        names,
    )


def verdict_context(request: DeskRequest, verdict: Verdict) -> dict[str, Any]:
    checklist = checklist_of(verdict)
    last = Submission.objects.latest_of(verdict)
    approved = approved_submission(verdict)
    live = (
        Publication.objects.filter(claim=verdict.claim_id)
        .live()
        .select_related("submission__decision__decided_by", "published_by", "countersignature")
        .first()
    )
    waits = (
        Publication.objects.filter(claim=verdict.claim_id)
        .waiting()
        .select_related("submission", "published_by")
        .first()
    )
    # Whether readers see, saw last, or will see what this verdict said.
    newest = any(each and each.submission.verdict_id == verdict.pk for each in (live, waits))
    citations = list(verdict.citations.select_related("source").prefetch_related("source__evidence__made_by"))
    return {
        "verdict": verdict,
        "claim": verdict.claim,
        "citations": citations,
        "uses_elsewhere": uses_elsewhere(verdict, citations),
        "authors": [author.person.byline for author in verdict.authors.select_related("person")],
        "placements": Placement.objects.filter(highlight__claim=verdict.claim, highlight__removed_at=None)
        .last_placed()
        .select_related("highlight__article"),
        "others": verdict.claim.verdicts.exclude(pk=verdict.pk)
        .select_related("rating")
        .prefetch_related("authors__person")
        .order_by("id"),
        "last": last,
        "approved": approved,
        "behind": verdict.pk in left_behind([verdict.pk]),
        "outdated": approved is None
        and (verdict.stage == Stage.APPROVED or (verdict.stage == Stage.SETTLED and newest)),
        "superseded": verdict.stage == Stage.SETTLED and not newest,
        "live": live,
        "waits": waits,
        "unsigned": live if live and live.is_unsigned else None,
        "is_published": bool(approved and live and not live.is_retracted and live.sha256 == approved.sha256),
        "is_retracted": bool(approved and live and live.is_retracted and live.sha256 == approved.sha256),
        "points": checklist.points,
        "missing": checklist.missing,
        "seen": checklist.seen,
        "preview_at": reverse("desk:verdict-preview", args=[verdict.pk]),
        "mine": is_author(request.user, verdict),
        "may_withdraw": bool(
            last
            and verdict.stage == Stage.SUBMITTED
            and is_own(request.user, last)
            and not (live and live.submission_id == last.pk)
        ),
        "submission_form": _submission_form(request, verdict, checklist, last),
        "entries": Entry.objects.about(verdict)[:50],
    } | discussion_of(verdict, request.user)


@require_POST
@may("judge")
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """The rationale being typed, as readers would see it: alone for a script, else in the page with all that was typed."""
    verdict = _verdict(pk)
    form = VerdictEditForm(request.POST, scale=verdict.scale)
    numbers = set(verdict.citations.values_list("number", flat=True))
    if request.htmx:
        return _preview(request, form, numbers)
    context = verdict_context(request, verdict) | verdict_forms(request, verdict) | {"form": form}
    return render(request, "desk/verdicts/show.html", context, status=200 if form.is_valid() else 422)


@require_POST
@may("judge")
def first_preview(request: DeskRequest, pk: int) -> HttpResponse:
    """The same for a verdict that is not saved yet."""
    claim = get_object_or_404(Claim.objects.on_desk().select_related("claimant"), pk=pk)
    form = VerdictForm(request.POST, scale=ScaleVersion.objects.in_use(Settings.objects.current().scale))
    if request.htmx:
        return _preview(request, form, None)
    context = _new(claim, form)
    return render(request, "desk/verdicts/new.html", context, status=200 if form.is_valid() else 422)


def _preview(request: DeskRequest, form: VerdictForm | VerdictEditForm, numbers: set[int] | None) -> HttpResponse:
    """numbers -- of the citations there are; None where there can be none yet."""
    if form.errors.get("rationale"):
        return HttpResponse(status=422)
    unknown = [] if numbers is None else sorted(references_in(form.preview) - numbers)
    context = {"form": form, "unknown": [f"[{number}]" for number in unknown], "preview_at": request.path}
    return render(request, "desk/verdicts/_fields.html#preview", context)


def _new(claim: Claim, form: VerdictForm) -> dict[str, Any]:
    at = reverse("desk:claim-verdict-preview", args=[claim.pk])
    return {"claim": claim, "form": form, "preview_at": at}


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
        cited.append(form.source_for(request.user))
        judging.cite(verdict, cited[0], by=request.user, **form.use())
        return verdict

    cited: list[Source] = []
    if location := created(request, form, make):
        messages.success(request, _("The source is cited."))
        if cited and form.differs_from(cited[0]):
            messages.info(
                request,
                _("It was known already as “%(title)s”: its details stay as they are. Correct them on its own page.")
                % {"title": cited[0]},
            )
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


def _submission_form(
    request: DeskRequest, verdict: Verdict, checklist: Checklist, last: Submission | None
) -> SubmissionForm:
    """With what was said to the same warnings before, or is being typed."""
    said = {f"answer_{each['point']}": each["reason"] for each in last.answers} if last else {}
    initial = {"version": verdict.version, "seen": checklist.seen}
    form = SubmissionForm(initial=said | initial, warnings=checklist.warnings)
    return restored(form, f"verdict:{verdict.pk}:submission", request.user)


def _verdict(pk: int) -> Verdict:
    return get_object_or_404(Verdict.objects.select_related("claim__claimant", "rating", "scale", "made_by"), pk=pk)

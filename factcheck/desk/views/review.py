"""Handing in and deciding."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, refuse, wrong
from factcheck.desk.forms.review import DecisionForm, SubmissionForm
from factcheck.desk.restoring import restored
from factcheck.desk.views.verdicts import beside_another, checklist_of, verdict_context, verdict_forms
from factcheck.history.versioning import Stale
from factcheck.rendering.checks import check_of
from factcheck.review import deciding, freezing
from factcheck.review.models import Outcome, Submission
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import OutOfTurn


@require_POST
@may("submit")
def hand_in(request: DeskRequest, pk: int) -> HttpResponse:
    verdict = get_object_or_404(Verdict.objects.select_related("claim__claimant", "rating", "scale"), pk=pk)
    asked = checklist_of(verdict)
    form, status = SubmissionForm(request.POST, warnings=asked.warnings), 422
    try:
        location = created(
            request,
            form,
            lambda: freezing.submit(
                verdict,
                by=request.user,
                version=form.cleaned_data["version"],
                seen=form.cleaned_data["seen"],
                reasons=form.reasons(),
            ),
        )
    except freezing.Incomplete as incomplete:
        refuse(form, incomplete.missing)
    except (freezing.Unchanged, OutOfTurn):
        refuse(form, [_("It is handed in as it is already.")])
        status = 409
    except Stale:
        refuse(form, [_("Somebody has changed the verdict since you opened it. Read it again before you hand it in.")])
        status = 409
    except IntegrityError:
        refuse(form, [beside_another(verdict)])
        status = 409
    else:
        if location:
            messages.success(request, _("Handed in. Somebody else decides now."))
            return SeeOther(location)
    verdict = get_object_or_404(Verdict.objects.select_related("claim__claimant", "rating", "scale"), pk=pk)
    context = verdict_context(request, verdict) | verdict_forms(request, verdict) | {"refused": form}
    form.shown_with(verdict.version, context["seen"])
    context["submission_form"] = form
    return render(request, "desk/verdicts/show.html", context, status=status)


@require_safe
@may("read_desk")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    submission = _submission(pk)
    form = restored(DecisionForm(), f"submission:{pk}", request.user)
    return render(request, "desk/review/show.html", _context(request, submission) | {"form": form})


@require_POST
@may("decide")
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    submission = _submission(pk)
    if deciding.is_own(request.user, submission):
        raise PermissionDenied(_("You worked on this verdict, so somebody else must decide on it."))
    form = DecisionForm(request.POST)

    def make() -> Submission:
        given = form.cleaned_data
        verb = deciding.approve if given["outcome"] == Outcome.APPROVE else deciding.send_back
        verb(submission, by=request.user, reasons=given["reasons"])
        return submission

    try:
        if location := created(request, form, make):
            messages.success(request, _("Your decision is recorded."))
            return SeeOther(location)
    except (deciding.Outdated, OutOfTurn, IntegrityError):
        refuse(
            form, [_("Nothing was decided: it has been decided on, or the verdict has changed since it was handed in.")]
        )
        return render(request, "desk/review/show.html", _context(request, _submission(pk)) | {"form": form}, status=409)
    return wrong(request, "desk/review/show.html", _context(request, submission) | {"form": form})


def _context(request: DeskRequest, submission: Submission) -> dict[str, Any]:
    decided = getattr(submission, "decision", None)
    newest = Submission.objects.latest_of(submission.verdict)
    return {
        "submission": submission,
        "content": submission.content,
        "check": check_of(submission.content),
        "rating": submission.content["verdict"]["rating"],
        "decision": decided,
        "is_newest": newest == submission,
        "is_current": freezing.is_current(submission),
        "own": deciding.is_own(request.user, submission),
        "may_decide": decided is None and deciding.may_decide(request.user, submission),
    }


def _submission(pk: int) -> Submission:
    return get_object_or_404(
        Submission.objects.select_related("verdict__claim", "submitted_by", "decision__decided_by"), pk=pk
    )

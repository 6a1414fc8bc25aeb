"""Handing in, handing over, deciding, taking back."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from factcheck.accounts.models import User
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, refuse, wrong
from factcheck.desk.forms.base import KeyedForm
from factcheck.desk.forms.discussion import HandoverForm
from factcheck.desk.forms.review import DecisionForm, SubmissionForm
from factcheck.desk.parts import kept
from factcheck.desk.surroundings import places_of
from factcheck.desk.threads import discussion_of, marked_check
from factcheck.desk.views.verdicts import beside_another, checklist_of, verdict_context, verdict_forms
from factcheck.history.versioning import Stale
from factcheck.publication.models import Publication
from factcheck.rendering.comparing import Compared, compared
from factcheck.review import deciding, freezing, handing
from factcheck.review.documents import hash_of
from factcheck.review.models import Handover, Outcome, Submission
from factcheck.verdicts import checking
from factcheck.verdicts.models import Author, Verdict
from factcheck.verdicts.stages import OutOfTurn

TEMPLATE = "desk/review/show.html"


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
    except (freezing.Occupied, IntegrityError):
        # The database refuses it while a version of the check waits for its moment.
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
    return render(request, TEMPLATE, _context(request, _submission(pk)))


@require_POST
@may("decide")
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    submission = _submission(pk)
    if deciding.is_own(request.user, submission):
        raise PermissionDenied(_("You worked on this verdict, so somebody else must decide on it."))
    if submission.published_by == request.user.pk:  # type: ignore[attr-defined]  # annotated
        raise PermissionDenied(_("You published it, so somebody else must decide on it."))
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
        # The database refuses it to whoever has published it in this moment.
        refuse(
            form, [_("Nothing was decided: it has been decided on, or the verdict has changed since it was handed in.")]
        )
        return render(request, TEMPLATE, _context(request, _submission(pk), form=form), status=409)
    return wrong(request, TEMPLATE, _context(request, submission, form=form))


@require_POST
@may("assign")
def hand_over(request: DeskRequest, pk: int) -> HttpResponse:
    submission = _submission(pk)
    form = HandoverForm(request.POST, submission=submission)

    def make() -> Submission:
        handing.hand_over(submission, by=request.user, **form.for_verb())
        return submission

    try:
        if location := created(request, form, make):
            messages.success(request, _told(form.cleaned_data["reviewer"], request.user))
            return SeeOther(location)
    except deciding.Outdated:
        refuse(form, [_("Nothing was changed: somebody has decided on it, taken it back or handed it over since.")])
        return render(request, TEMPLATE, _context(request, _submission(pk), handover_form=form), status=409)
    return wrong(request, TEMPLATE, _context(request, submission, handover_form=form))


@require_POST
@may("submit")
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    submission = _submission(pk)
    try:
        handing.withdraw(submission, by=request.user)
    except (deciding.Outdated, IntegrityError):
        # The database refuses it when readers see what was handed in.
        says = _("It is not in review any more, or readers see it already, so it could not be taken back.")
        return render(request, TEMPLATE, _context(request, _submission(pk)) | {"late": says}, status=409)
    messages.success(request, _("Taken back. It is a draft again."))
    return SeeOther(submission.verdict.get_absolute_url())


def _told(reviewer: User | None, by: User) -> str:
    if reviewer is None:
        return _("Whoever comes first reviews it now.")
    if reviewer == by:
        return _("You review it now.")
    return _("%(person)s reviews it now.") % {"person": reviewer.name}


def _context(
    request: DeskRequest,
    submission: Submission,
    *,
    form: DecisionForm | None = None,
    handover_form: HandoverForm | None = None,
) -> dict[str, Any]:
    """All that the page of a submission shows. form, handover_form -- those that were refused."""
    person, verdict, content = request.user, submission.verdict, submission.content
    now = freezing.document_of(verdict)
    rounds = list(Submission.objects.rounds_of(verdict))
    decision, withdrawal = (getattr(submission, name, None) for name in ("decision", "withdrawal"))
    is_newest = rounds[0].pk == submission.pk
    is_current = hash_of(now) == submission.sha256
    is_open = is_newest and decision is None and withdrawal is None and not verdict.claim.trashed_at
    own = submission.submitted_by_id == person.pk or person.pk in submission.writers  # type: ignore[attr-defined]  # annotated
    published_it = submission.published_by == person.pk  # type: ignore[attr-defined]  # annotated
    others: dict[str, KeyedForm] = {}
    if form is None:
        form = DecisionForm()
        others[f"submission:{submission.pk}"] = form
    talk = discussion_of(verdict, person, beside=submission, others=others)
    handover = Handover.objects.latest_of(verdict) if is_open else None
    if is_open and handover_form is None and person.may("assign"):
        handover_form = HandoverForm(submission=submission, initial=_standing(handover))
    before = submission.before  # type: ignore[attr-defined]  # annotated
    return {
        "submission": submission,
        "content": content,
        "check": marked_check(submission, talk["threads"]),
        "rating": content["verdict"]["rating"],
        "decision": decision,
        "withdrawal": withdrawal,
        "rounds": rounds,
        "is_newest": is_newest,
        "is_current": is_current,
        "is_open": is_open,
        "own": own,
        "published_it": published_it,
        "may_decide": is_open and is_current and person.may("decide") and not (own or published_it),
        "may_publish_it": is_open and is_current and not submission.urgency and person.may("publish_unreviewed"),  # type: ignore[attr-defined]  # annotated
        "changed": _compared(before, submission.document) if before else None,
        "changed_since": [] if is_current else _compared(submission.document, now),
        "points": checking.points(content),
        "places": places_of(verdict.claim),
        "handover": handover,
        "handover_form": handover_form,
        "form": form,
    } | talk  # fmt: skip


def _compared(old: str, new: str) -> list[Compared]:
    """What differs between two documents, which is worked out word by word."""
    return kept("compared", hash_of(old), hash_of(new), make=lambda: compared(json.loads(old), json.loads(new)))


def _standing(handover: Handover | None) -> dict[str, Any]:
    """What the form of handing over shows."""
    return {"reviewer": handover.reviewer_id, "was": handover.pk} if handover else {"was": 0}


def _submission(pk: int) -> Submission:
    """With the document handed in before it, `before`, if there is one, and the numbers of the verdict's authors, `writers`.

    And of a publication in an emergency: why, `urgency`, and by whom, `published_by` (a number) and `publisher` (a name).
    """
    earlier = Submission.objects.filter(verdict=OuterRef("verdict"), number__lt=OuterRef("number")).order_by("-number")
    authors = Author.objects.filter(verdict=OuterRef("verdict")).values("person")
    urgent = Publication.objects.filter(submission=OuterRef("pk")).exclude(urgency="")
    found = Submission.objects.annotate(
        before=Subquery(earlier.values("document")[:1]),
        writers=ArraySubquery(authors),
        urgency=Subquery(urgent.values("urgency")[:1]),
        published_by=Subquery(urgent.values("published_by")[:1]),
        publisher=Subquery(urgent.values("published_by__byline")[:1]),
    )
    return get_object_or_404(
        found.select_related("verdict__claim", "submitted_by", "decision__decided_by", "withdrawal__withdrawn_by"),
        pk=pk,
    )

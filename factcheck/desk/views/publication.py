"""Giving a check to the readers, correcting it, taking it back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, refuse, wrong
from factcheck.desk.forms.base import CreatingForm
from factcheck.desk.forms.review import EmergencyForm, PublicationForm, RetractionForm
from factcheck.desk.restoring import restored
from factcheck.desk.templatetags.desk import moment
from factcheck.desk.views.snapshots import readers_behind
from factcheck.newsroom.models import Settings
from factcheck.publication import correcting, previewing, publishing
from factcheck.publication.addressing import offered_slug
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.rendering.checks import check_of
from factcheck.rendering.gathering import place_in
from factcheck.rendering.pages import claim_page, spoken
from factcheck.review.freezing import Incomplete
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage


@require_http_methods(["GET", "HEAD", "POST"])
@may("publish")
def collection(request: DeskRequest, pk: int) -> HttpResponse:
    """Publishing an approved verdict: what readers will see, a form, and what it makes."""
    verdict = get_object_or_404(Verdict.objects.select_related("claim", "rating"), pk=pk)
    live = Publication.objects.filter(claim=verdict.claim).live().first()
    template = "desk/publication/publish.html"
    if request.method != "POST":
        context = _context(verdict, live)
        seen = {"submission": context["approved"] and context["approved"].pk}
        if live is None:
            seen["slug"] = offered_slug(verdict.claim)
        form = restored(PublicationForm(live=live, initial=seen), f"verdict:{pk}:publication", request.user)
        return render(request, template, context | {"form": form})
    form = PublicationForm(request.POST, live=live)

    def make() -> Publication | str:
        given = {name: form.cleaned_data.get(name, "") for name in ("kind", "reason", "slug")}
        given |= {name: form.cleaned_data[name] for name in ("submission", "at")}
        made = publishing.publish(verdict, by=request.user, **given)
        # Readers find nothing there before the moment.
        return verdict.claim.get_absolute_url() if given["at"] else made

    try:
        if location := created(request, form, make):
            if at := form.cleaned_data.get("at"):
                messages.success(request, _("It goes out %(moment)s.") % {"moment": moment(at)})
            return SeeOther(location)
    except Incomplete as incomplete:
        refuse(form, [_("ClaimReview lacks: %(name)s.") % {"name": name} for name in incomplete.missing])
    except publishing.NotApproved:
        refuse(form, [_("Not published: what the verdict says now has not been approved. Hand it in again.")])
        return render(request, template, _context(verdict, live) | {"form": form}, status=409)
    except publishing.Waiting:
        refuse(form, [_("A version of this check goes out later. Call that one off first.")])
        return render(request, template, _context(verdict, live) | {"form": form}, status=409)
    except publishing.AlreadyPublished:
        refuse(form, [_("Readers see exactly this already, or it was retracted as it stands.")])
        return render(request, template, _context(verdict, live) | {"form": form}, status=409)
    return wrong(request, template, _context(verdict, live) | {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@may("read_desk")
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """The claim's page as this verdict would make it, drawn as readers would see it; sent with kind and reason, with them."""
    verdict = get_object_or_404(Verdict.objects.select_related("claim", "rating"), pk=pk)
    if verdict.rating is None:
        messages.error(request, _("Choose a rating first: without one there is no page."))
        return SeeOther(verdict.get_absolute_url())
    live = Publication.objects.filter(claim=verdict.claim).live().first()
    waits = previewing.waiting_of(verdict)
    if live and not waits and verdict.stage == Stage.SETTLED and publishing.approved_submission(verdict):
        return SeeOther(live.get_absolute_url())  # readers have seen it as it is
    form = PublicationForm(request.POST, live=live)
    form.is_valid()
    given = {name: form.cleaned_data.get(name, "") for name in ("kind", "reason")}
    newsroom = Settings.objects.current()
    with translation.override(spoken(newsroom.language)):
        coming = waits or previewing.preview_of(verdict, **given)
        places = [place_in(article, path) for article, path in previewing.articles_of(verdict)]
        says = _("It shows the verdict as it is at the desk now.") if not coming.reviewer else _("It is approved.")
        if waits:
            says = _("It goes out %(moment)s.") % {"moment": moment(waits.published_at)}
        answer = claim_page(request, newsroom, coming, places, preview=says, back=verdict.get_absolute_url())
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _context(verdict: Verdict, live: Publication | None) -> dict[str, Any]:
    approved = publishing.approved_submission(verdict)
    check = check_of(approved.content) if approved else None
    return {
        "verdict": verdict,
        "claim": verdict.claim,
        "live": live,
        "waits": Publication.objects.filter(claim=verdict.claim_id).waiting().select_related("published_by").first(),
        "approved": approved if verdict.stage == Stage.APPROVED else None,
        "settled": verdict.stage == Stage.SETTLED,
        "check": check,
        "rating": check and check.rating,
    }


@require_POST
@may("judge")
def correction(request: DeskRequest, pk: int) -> HttpResponse:
    """A draft that says what readers see, to be put right."""
    claim = get_object_or_404(Claim, pk=pk)
    form = CreatingForm(request.POST)
    if location := created(request, form, lambda: correcting.correct(claim, by=request.user)):
        messages.success(request, _("The draft says what readers see now. Change what is wrong, and hand it in."))
        return SeeOther(location)
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return SeeOther(claim.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@may("publish_unreviewed")
def emergency(request: DeskRequest, pk: int) -> HttpResponse:
    """Publishing what was handed in before somebody else has decided on it."""
    verdict = get_object_or_404(Verdict.objects.select_related("claim", "rating"), pk=pk)
    live = Publication.objects.filter(claim=verdict.claim).live().first()
    template = "desk/publication/emergency.html"
    if request.method != "POST":
        context = _emergency_context(verdict, live)
        seen = {"submission": context["handed_in"] and context["handed_in"].pk}
        form = restored(EmergencyForm(live=live, initial=seen), f"verdict:{pk}:emergency", request.user)
        return render(request, template, context | {"form": form})
    form = EmergencyForm(request.POST, live=live)

    def make() -> Publication:
        given = {name: form.cleaned_data.get(name, "") for name in ("urgency", "kind", "reason", "slug")}
        given["submission"] = form.cleaned_data["submission"]
        return publishing.publish_unreviewed(verdict, by=request.user, **given)

    try:
        if location := created(request, form, make):
            return SeeOther(location)
    except Incomplete as incomplete:
        refuse(form, [_("ClaimReview lacks: %(name)s.") % {"name": name} for name in incomplete.missing])
    except (publishing.NotHandedIn, publishing.AlreadyPublished, publishing.Waiting):
        refuse(
            form,
            [_("Not published: somebody has decided on it, or it has changed, been taken back or published since.")],
        )
        return render(request, template, _emergency_context(verdict, live) | {"form": form}, status=409)
    return wrong(request, template, _emergency_context(verdict, live) | {"form": form})


def _emergency_context(verdict: Verdict, live: Publication | None) -> dict[str, Any]:
    handed_in = publishing.undecided_submission(verdict)
    if handed_in and live and live.sha256 == handed_in.sha256:
        handed_in = None
    check = check_of(handed_in.content) if handed_in else None
    return {
        "verdict": verdict,
        "claim": verdict.claim,
        "live": live,
        "handed_in": handed_in,
        "check": check,
        "rating": check and check.rating,
    }


@require_POST
@may("countersign")
def countersignature(request: DeskRequest, pk: int) -> HttpResponse:
    """Standing for somebody else's retraction."""
    publication = get_object_or_404(Publication.objects.select_related("claim"), pk=pk)
    try:
        publishing.countersign(publication, by=request.user)
    except publishing.AlreadySigned:
        messages.error(request, _("There is nothing to sign here any more."))
    else:
        messages.success(request, _("Signed. Readers see both names."))
    return SeeOther(publication.claim.get_absolute_url())


@require_POST
@may("publish")
def calling_off(request: DeskRequest, pk: int) -> HttpResponse:
    """Keeping back what was to go out later."""
    publication = get_object_or_404(Publication.objects.select_related("claim"), pk=pk)
    try:
        publishing.call_off(publication, by=request.user)
    except publishing.GoneOut:
        messages.error(request, _("It was not called off: it has gone out, or somebody else has called it off."))
    else:
        messages.success(request, _("Called off. The verdict is approved as before and can be published again."))
    return SeeOther(publication.claim.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@may("retract")
def retraction(request: DeskRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim, pk=pk)
    live = get_object_or_404(Publication.objects.live().standing(), claim=claim) if request.method != "POST" else None
    if request.method != "POST":
        form = restored(RetractionForm(), f"claim:{pk}:retraction", request.user)
        return render(request, "desk/publication/retract.html", {"claim": claim, "live": live, "form": form})
    form = RetractionForm(request.POST)
    try:
        location = created(
            request, form, lambda: publishing.retract(claim, by=request.user, reason=form.cleaned_data["reason"])
        )
    except IntegrityError:
        refuse(
            form, [_("Nothing was retracted: the next version went out at this very moment. Look at it and try again.")]
        )
        return render(request, "desk/publication/retract.html", {"claim": claim, "form": form}, status=409)
    if location:
        return SeeOther(location)
    answer = wrong(request, "desk/publication/retract.html", {"claim": claim, "form": form})
    if form.has_error(NON_FIELD_ERRORS, "nothing"):
        answer.status_code = 409
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@may("publish")
def article(request: DeskRequest, pk: int) -> HttpResponse:
    """Whether an article's page shows what stands on the desk now, and bringing it up to date."""
    found = get_object_or_404(Article.objects.on_desk(), pk=pk)
    if request.method != "POST":
        context = {
            "article": found,
            "live": ArticlePublication.objects.filter(article=found).live().defer("document").first(),
            "is_behind": publishing.page_is_behind(found),
            "behind": readers_behind(found),
            "waiting": publishing.waiting_in(found),
        }
        return render(request, "desk/publication/article.html", context)
    made = publishing.publish_article(found, by=request.user)
    if made is None:
        messages.info(request, _("Readers would see no difference: nothing was published."))
        return SeeOther(found.get_absolute_url())
    return SeeOther(made.get_absolute_url())

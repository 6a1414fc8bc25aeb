"""Taking in from outside: an address or a file becomes an intake, an intake with an editor's yes an article."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.http.response import FileResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.articles.models import Article
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, wrong
from factcheck.desk.forms.articles import ArticleForm
from factcheck.desk.forms.base import CreatingForm
from factcheck.desk.forms.intake import KINDS, AddressForm, FileForm, IntakeForm
from factcheck.desk.restoring import restored
from factcheck.desk.views.evidence import LARGEST_REQUEST, Capped
from factcheck.intake import keeping, taking
from factcheck.intake.marking import marked
from factcheck.intake.models import Came, Intake, Original, Stage
from factcheck.intake.recognising import known_at
from factcheck.intake.taking import said
from factcheck.web.kinds import Kind

# Nobody has begun with it for so long: there may be nobody.
STUCK = timedelta(seconds=15)
# Of the page as it came, so many blocks stand beside the form.
SHOWN = 800
LARGEST_PASTE = 2_000_000  # characters


@require_POST
@may("take_in")
def from_address(request: DeskRequest) -> HttpResponse:
    form = AddressForm(request.POST, auto_id="address_%s")
    known = None
    if form.is_valid() and not form.cleaned_data["another"]:
        known = known_at([form.cleaned_data["address"]])
    if known:
        form.data = {"address": form.data["address"], "another": "on", "key": str(uuid4())}
        return render(request, "desk/articles/new.html", ways(request, address=form) | {"known": known})
    if location := created(
        request, form, lambda: taking.take_from_address(form.cleaned_data["address"], by=request.user)
    ):
        return SeeOther(location)
    _beside(form, "address")
    return wrong(request, "desk/articles/new.html", ways(request, address=form))


# The token stands in the form, which is not read before its handler is there.
@csrf_exempt
@require_POST
def from_file(request: DeskRequest) -> HttpResponse:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
        return HttpResponse(_("The file is larger than 10 MB."), status=413, content_type="text/plain")
    request.upload_handlers = [Capped(request)]
    answer: HttpResponse = _from_file(request)
    return answer


@csrf_protect
@may("take_in")
def _from_file(request: DeskRequest) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, auto_id="file_%s")

    def make() -> Intake:
        file = form.cleaned_data["file"]
        return taking.take_from_file(file.name, file.read(), by=request.user)

    if location := created(request, form, make):
        return SeeOther(location)
    _beside(form, "file")
    return wrong(request, "desk/articles/new.html", ways(request, file=form))


@require_http_methods(["GET", "HEAD", "POST"])
@may("take_in")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """What was found, beside what came; as the editor corrects it, it becomes an article."""
    intake = get_object_or_404(Intake.objects.alive().select_related("article"), pk=pk)
    if intake.article and request.method != "POST":
        return SeeOther(intake.article.get_absolute_url())
    if intake.stage != Stage.READY:
        return _coming(request, intake)
    if request.htmx:
        # Whoever waited sees it whole.
        return HttpResponse(headers={"HX-Refresh": "true"})
    known = taking.known_of(intake)
    if request.method != "POST":
        form = restored(IntakeForm.of(intake, known), f"intake:{pk}", request.user)
        return render(request, "desk/articles/intake.html", _preview(intake, form, known))
    form = IntakeForm(request.POST, known=known)

    def make() -> Article:
        given = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        return taking.make_article(intake, by=request.user, **given)

    if location := created(request, form, make):
        messages.success(request, _("The article is on the desk. Select the first statement to check."))
        for note in form.notes:
            messages.info(request, note)
        return SeeOther(location)
    return wrong(request, "desk/articles/intake.html", _preview(intake, form, known))


@require_POST
@may("take_in")
def call_off(request: DeskRequest, pk: int) -> HttpResponse:
    taking.call_off(get_object_or_404(Intake, pk=pk, article=None))
    messages.success(request, _("It was not taken in. Nothing of it is kept."))
    return SeeOther(reverse("desk:article-new"))


@require_safe
@may("take_in")
def bytes_of(request: DeskRequest, pk: int) -> HttpResponse | FileResponse:
    return _given_out(get_object_or_404(Intake.objects.alive().exclude(stored=""), pk=pk))


@require_safe
@may("read_desk")
def original(request: DeskRequest, pk: int) -> HttpResponse | FileResponse:
    return _given_out(get_object_or_404(Original, pk=pk))


@require_POST
@may("take_in")
def pasted(request: DeskRequest) -> HttpResponse:
    """What somebody copied on a page, as a marked text for the field that they pasted it into."""
    html = request.POST.get("html", "")
    if not html.strip() or len(html) > LARGEST_PASTE:
        return HttpResponse(_("There is nothing to read, or too much."), status=422, content_type="text/plain")
    try:
        blocks = taking.read_pasted(html)
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
    return JsonResponse({"marked": marked(blocks), "blocks": len(blocks)})


def ways(request: DeskRequest, **forms: CreatingForm) -> dict[str, Any]:
    """The three ways to take an article in."""
    return {
        "address": AddressForm(auto_id="address_%s"),
        "file": FileForm(auto_id="file_%s"),
        "form": restored(ArticleForm(), "article:new", request.user),
    } | forms


def _coming(request: DeskRequest, intake: Intake) -> HttpResponse:
    """How far it has come, or why it was not taken."""
    if intake.stage == Stage.REFUSED:
        if request.htmx:
            return HttpResponse(headers={"HX-Refresh": "true"})
        form = AddressForm(initial={"address": intake.asked}, auto_id="address_%s")
        return render(
            request,
            "desk/articles/intake_refused.html",
            {
                "intake": intake,
                "why": said(intake.why_refused()),
                "address": form,
            },
        )
    waits = timezone.now() - intake.made_at
    context = {"intake": intake, "is_stuck": intake.stage == Stage.WAITING and waits > STUCK}
    return render(request, "desk/articles/intake_coming.html" + ("#coming" if request.htmx else ""), context)


def _beside(form: CreatingForm, field: str) -> None:
    """What the verb refused is about the one field there is."""
    if refused := form.errors.pop("__all__", None):
        for says in refused:
            form.add_error(None if form.is_corrected else field, says)


def _preview(intake: Intake, form: IntakeForm, known: Article | None) -> dict[str, Any]:
    found = intake.extracted()
    return {
        "intake": intake,
        "kind": KINDS[Kind(intake.kind)],
        "form": form,
        "known": known,
        "whole": found.whole[:SHOWN],
        "unshown": max(0, len(found.whole) - SHOWN),
        "left_out": sum(not taken for _kind, _text, taken in found.whole),
        "about": found.about,
    }


def _given_out(came: Came) -> HttpResponse | FileResponse:
    """The bytes as they came, to be saved. Were they opened in spite of that, they could load and run nothing."""
    try:
        data = keeping.content(came)
    except keeping.Damaged:
        says = _("The file is missing or has changed since it came, so it is not given out. Tell an administrator.")
        return HttpResponse(says, status=410, content_type="text/plain; charset=utf-8")
    answer = FileResponse(
        BytesIO(data), as_attachment=True, filename=came.file_name, content_type="application/octet-stream"
    )
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer

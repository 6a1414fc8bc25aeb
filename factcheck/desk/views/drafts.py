"""What is being typed keeps itself, until it is saved or given up."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from factcheck.desk.access import DeskRequest, came_from, may
from factcheck.desk.answering import SeeOther
from factcheck.desk.forms.drafts import DraftForm, DraftName
from factcheck.drafting import keeping
from factcheck.drafting.keeping import Outcome


@require_POST
@may("read_desk")
def collection(request: DeskRequest) -> HttpResponse:
    """204: kept. 409: what was typed later is kept. 205: the form was handed in already, nothing is left to keep. 413, 422: it cannot be kept."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _plain(form.errors.as_text(), 422)
    given = form.cleaned_data
    try:
        outcome = keeping.keep(
            request.user,
            given["form"],
            form.typed(),
            age=given["age"] or 0,
            browser=given["browser"],
            clock=given["clock"] or 0,
        )
    except ValidationError as error:
        return _plain(str(error.message), 413 if error.code == "too_long" else 422)
    return HttpResponse(status={Outcome.KEPT: 204, Outcome.OLDER: 409, Outcome.HANDED_IN: 205}[outcome])


@require_POST
@may("read_desk")
def removal(request: DeskRequest) -> HttpResponse:
    form = DraftName(request.POST)
    if not form.is_valid():
        return _plain(form.errors.as_text(), 422)
    keeping.drop(request.user, form.cleaned_data["form"])
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=204)
    return SeeOther(came_from(request) or reverse("desk:queue"))


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")

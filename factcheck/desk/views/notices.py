"""What a person was told, and what they want to be told: their own alone."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, wrong
from factcheck.desk.forms.notices import UNSEEN, NoticeFilter, PreferenceForm, SeenForm
from factcheck.notices import preferring, reading
from factcheck.notices.models import Notice

PAGE = 40


@require_safe
@may("read_desk")
def collection(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/notices/list.html", _context(request))


@require_safe
@may("read_desk")
@never_cache
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """On to the record. That it has been seen is all that changes, however often it is asked for."""
    notice = get_object_or_404(Notice.objects.shown_to(request.user), pk=pk)
    if request.method == "GET":
        reading.see_at(request.user, notice.path)
    return SeeOther(notice.path)


@require_POST
@may("read_desk")
def seen(request: DeskRequest) -> HttpResponse:
    form = SeenForm(request.POST)
    if not form.is_valid():
        return wrong(request, "desk/notices/list.html", _context(request) | {"form": form})
    reading.see_all(request.user, form.cleaned_data["up_to"])
    messages.success(request, _("All of them are marked as seen."))
    return SeeOther(reverse("desk:notices"))


@require_http_methods(["GET", "HEAD", "POST"])
@may("read_desk")
def settings(request: DeskRequest) -> HttpResponse:
    if request.method != "POST":
        form = PreferenceForm(initial=PreferenceForm.of(preferring.preferred(request.user)))
        return render(request, "desk/notices/settings.html", {"form": form})
    form = PreferenceForm(request.POST)
    if not form.is_valid():
        return wrong(request, "desk/notices/settings.html", {"form": form})
    preferring.prefer(request.user, form.ways())
    messages.success(request, _("Saved. You are told in these ways from now on."))
    return SeeOther(request.path)


def _context(request: DeskRequest) -> dict[str, Any]:
    search = NoticeFilter(request.GET)
    given = search.given()
    all_told = Notice.objects.shown_to(request.user)
    told = all_told.unseen() if given.get("seen") == UNSEEN else all_told
    if "kind" in given:
        told = told.filter(kind=given["kind"])
    page = Paginator(told.select_related("by"), PAGE).get_page(request.GET.get("page"))
    newest = all_told.values_list("pk", flat=True).first()
    return {"page": page, "search": search, "newest": newest}

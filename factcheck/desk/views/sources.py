"""The newsroom's sources."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, edited, stale, wrong
from factcheck.desk.forms.filters import SourceFilter
from factcheck.desk.forms.verdicts import SourceEditForm
from factcheck.desk.restoring import restored
from factcheck.desk.searching import sources_found
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.sources import keeping
from factcheck.sources.models import Source
from factcheck.verdicts.models import Citation

PAGE = 40


@require_safe
@may("read_desk")
def collection(request: DeskRequest) -> HttpResponse:
    search = SourceFilter(request.GET)
    page = Paginator(sources_found(search.given()), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/sources/list.html", {"page": page, "search": search})


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest, pk: int) -> HttpResponse:
    return revise(request, pk) if request.method == "POST" else read(request, pk)


@may("read_desk")
def read(request: DeskRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    form = restored(SourceEditForm.of(source), f"source:{pk}", request.user)
    return render(request, "desk/sources/show.html", _context(source) | {"form": form})


@may("judge")
def revise(request: DeskRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    form = SourceEditForm(request.POST)
    outcome = edited(
        request, form, lambda version: keeping.revise(source, by=request.user, version=version, **form.source())
    )
    if isinstance(outcome, Stale):
        return stale(request, "desk/sources/show.html", _context(source), form, outcome)
    if not outcome:
        return wrong(request, "desk/sources/show.html", _context(source) | {"form": form})
    messages.success(request, _("The source is saved. Verdicts that cite it need a new approval."))
    return SeeOther(source.get_absolute_url())


def _context(source: Source) -> dict[str, object]:
    uses = Citation.objects.filter(source=source).select_related("verdict__claim").order_by("-id")
    return {"source": source, "uses": uses, "entries": Entry.objects.about(source)[:30]}

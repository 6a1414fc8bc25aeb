"""The newsroom's sources."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, edited, stale, wrong
from factcheck.desk.citing import USES, offered, uses_before
from factcheck.desk.forms.filters import SourceFilter
from factcheck.desk.forms.verdicts import EvidenceForm, SourceEditForm
from factcheck.desk.paging import Pages
from factcheck.desk.restoring import restored
from factcheck.desk.searching import sources_found
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.sources import keeping
from factcheck.sources.models import Source
from factcheck.verdicts.models import Citation

PAGE = 40
LONGEST = 2000  # characters of what is asked for


@require_safe
@may("read_desk")
def collection(request: DeskRequest) -> HttpResponse:
    search = SourceFilter(request.GET)
    page = Pages(sources_found(search.given()), PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/sources/list.html", {"page": page, "search": search})


@require_safe
@may("judge")
def suggestions(request: DeskRequest) -> HttpResponse:
    """Sources with what is being typed in their title, publisher or address; and the one that is known at this address."""
    known, found = offered(request.GET.get("q", "")[:LONGEST])
    n = len(found)
    says = ngettext("%(n)d source known.", "%(n)d sources known.", n) % {"n": n} if n else ""
    return render(request, "desk/sources/suggestions.html", {"known": known, "sources": found, "says": says})


@require_safe
@may("judge")
def card(request: DeskRequest, pk: int) -> HttpResponse:
    """A source that was picked, to stand in place of the fields for a new one: what it is, and what was quoted from it before."""
    source = get_object_or_404(Source, pk=pk)
    return render(request, "desk/sources/card.html", {"source": source, "uses": uses_before(source, 5)})


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: DeskRequest, pk: int) -> HttpResponse:
    return revise(request, pk) if request.method == "POST" else read(request, pk)


@may("read_desk")
def read(request: DeskRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    form = restored(SourceEditForm.of(source), f"source:{pk}", request.user)
    return render(request, "desk/sources/show.html", source_context(source) | {"form": form})


@may("judge")
def revise(request: DeskRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    form = SourceEditForm(request.POST)
    outcome = edited(
        request, form, lambda version: keeping.revise(source, by=request.user, version=version, **form.source())
    )
    if isinstance(outcome, Stale):
        return stale(request, "desk/sources/show.html", source_context(source), form, outcome)
    if not outcome:
        return wrong(request, "desk/sources/show.html", source_context(source) | {"form": form})
    messages.success(request, _("The source is saved. Verdicts that cite it need a new approval."))
    return SeeOther(source.get_absolute_url())


def source_context(source: Source) -> dict[str, object]:
    uses = uses_before(source)
    total = len(uses) if len(uses) < USES else Citation.objects.filter(source=source).count()
    return {
        "source": source,
        "uses": uses,
        "total": total,
        "files": source.evidence.select_related("made_by"),
        "evidence_form": EvidenceForm(auto_id="evidence_%s"),
        "entries": Entry.objects.about(source)[:30],
    }

"""One search across what stands on the desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.desk.access import DeskRequest, may
from factcheck.desk.finding import find
from factcheck.desk.forms.filters import FindForm
from factcheck.history.finding import words_of


@require_safe
@may("read_desk")
def show(request: DeskRequest) -> HttpResponse:
    form = FindForm(request.GET if "q" in request.GET else None)
    valid = not form.is_bound or form.is_valid()
    query = form.cleaned_data["q"] if form.is_bound and valid else ""
    groups = find(query) if words_of(query) else []
    context = {"form": form, "query": query, "groups": groups, "found": any(group.total for group in groups)}
    return render(request, "desk/search.html", context, status=200 if valid else 422)

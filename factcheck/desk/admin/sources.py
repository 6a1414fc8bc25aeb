"""Sources: what verdicts cite."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.desk.admin.pages import EditablePage
from factcheck.sources import keeping
from factcheck.sources.models import Source


@admin.register(Source)
class SourcePage(EditablePage):
    act = "judge"
    fields = ("title", "url", "publisher", "kind", "published_on")
    list_display = ("title", "publisher", "kind", "published_on", "citation_count", "made_by")
    list_filter = ("kind", ("url", admin.EmptyFieldListFilter), "published_on")
    list_select_related = ("made_by",)
    search_fields = ("title", "publisher", "url")
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        found: QuerySet[Source] = super().get_queryset(request)
        return found.annotate(citation_total=Count("citations"))

    @admin.display(description=gettext_lazy("cited"), ordering="citation_total")
    def citation_count(self, source: Any) -> int:
        return int(source.citation_total)

    def revise(self, record: Source, by: User, version: Any, changes: dict[str, Any]) -> Source:
        return keeping.revise(record, by=by, version=version, **changes)

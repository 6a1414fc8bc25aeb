"""Sources: what verdicts cite."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.desk.admin.editing import EditablePage
from factcheck.desk.admin.listing import how_many, listed
from factcheck.sources import keeping
from factcheck.sources.models import Source
from factcheck.verdicts.models import Citation


class CitedFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Verdicts cite it")), ("no", gettext_lazy("No verdict cites it"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> QuerySet[Source]:
        cited = Exists(Citation.objects.filter(source=OuterRef("pk")))
        asked = {"yes": cited, "no": ~cited}.get(self.value() or "")
        return queryset if asked is None else queryset.filter(asked)


@admin.register(Source)
class SourcePage(EditablePage):
    act = "judge"
    fields = ("title", "url", "publisher", "kind", "published_on")
    list_display = ("title", "publisher", "kind", "published_on", "claim_count", "made_by")
    list_filter = ("kind", CitedFilter, ("url", admin.EmptyFieldListFilter), "published_on")
    list_select_related = ("made_by",)
    search_fields = ("title", "publisher", "url")
    search_help_text = gettext_lazy("Words of the title, the publisher or the address")
    sortable_by = ("published_on",)
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        found: QuerySet[Source] = super().get_queryset(request)
        return found.annotate(claim_total=how_many(Citation.objects.all(), "source", "verdict__claim"))

    @admin.display(description=gettext_lazy("cited for claims"))
    def claim_count(self, source: Any) -> SafeString:
        return listed(source.claim_total, "claims_claim", source=source.pk)

    def revise(self, record: Source, by: User, version: Any, changes: dict[str, Any]) -> Source:
        return keeping.revise(record, by=by, version=version, **changes)

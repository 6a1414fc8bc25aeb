"""What is only ever added to: to find and to read."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from factcheck.articles.models import Snapshot
from factcheck.claims.models import Placement
from factcheck.desk.admin.pages import ReadablePage, ReadableRows, preformatted
from factcheck.history.models import Entry, RowChange
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.review.models import Decision, Submission


class DocumentPage(ReadablePage):
    """Records that carry a frozen document."""

    @admin.display(description=gettext_lazy("document"))
    def document_text(self, record: Any) -> SafeString:
        return preformatted(json.dumps(record.content, ensure_ascii=False, indent=2))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found = super().get_queryset(request)
        listing = request.resolver_match and (request.resolver_match.url_name or "").endswith("_changelist")
        return found.defer(*self.too_long) if listing else found

    # Left out of lists: a document or a text may have a million characters.
    too_long: tuple[str, ...] = ("document",)


class RowChangeRows(ReadableRows):
    model = RowChange
    fields = ("table_name", "row_id", "operation", "before_text", "after_text", "database_role")
    readonly_fields = fields
    verbose_name_plural = gettext_lazy("rows it changed")

    @admin.display(description=gettext_lazy("before"))
    def before_text(self, change: RowChange) -> SafeString:
        return as_lines(change.before)

    @admin.display(description=gettext_lazy("after"))
    def after_text(self, change: RowChange) -> SafeString:
        return as_lines(change.after)


def as_lines(columns: dict[str, Any] | None) -> SafeString:
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in (columns or {}).items())
    return preformatted("\n".join(lines) or "–")


@admin.register(Entry)
class EntryPage(ReadablePage):
    list_display = ("act", "person_name", "at", "via", "reason", "about")
    list_filter = ("via", "at")
    search_fields = ("act", "person_name", "reason")
    search_help_text = gettext_lazy("An act, a person, a reason; or one record, such as claim:3")
    ordering = ("-id",)
    fields = ("act", "person_name", "at", "via", "reason", "about")
    readonly_fields = ("about",)
    inlines = (RowChangeRows,)

    @admin.display(description=gettext_lazy("about"))
    def about(self, entry: Entry) -> str:
        return ", ".join(entry.subjects)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        kind, colon, number = search_term.strip().partition(":")
        if colon and kind.isalpha() and number.isalnum():
            return queryset.filter(subjects__contains=[f"{kind}:{number}"]), False
        return super().get_search_results(request, queryset, search_term)


class WithoutAct(admin.SimpleListFilter):
    """Rows that changed outside any act: nobody's verb did it."""

    title = gettext_lazy("act")
    parameter_name = "act"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", gettext_lazy("Without an act"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[RowChange]) -> QuerySet[RowChange]:
        return queryset.filter(entry=None) if self.value() == "none" else queryset


@admin.register(RowChange)
class RowChangePage(ReadablePage):
    list_display = ("table_name", "row_id", "operation", "at", "entry", "database_role")
    list_filter = (WithoutAct, "at")
    list_select_related = ("entry",)
    search_fields = ("=table_name", "=row_id")
    search_help_text = gettext_lazy("The whole name of a table, or the number of a row")
    ordering = ("-id",)
    fields = ("entry", "at", "table_name", "row_id", "operation", "before_text", "after_text", "database_role")
    readonly_fields = ("before_text", "after_text")

    @admin.display(description=gettext_lazy("before"))
    def before_text(self, change: RowChange) -> SafeString:
        return as_lines(change.before)

    @admin.display(description=gettext_lazy("after"))
    def after_text(self, change: RowChange) -> SafeString:
        return as_lines(change.after)


@admin.register(Submission)
class SubmissionPage(DocumentPage):
    list_display = ("verdict", "number", "submitted_by", "submitted_at", "outcome")
    list_filter = ("submitted_at", "decision__outcome")
    list_select_related = ("verdict", "submitted_by", "decision")
    search_fields = ("verdict__summary", "verdict__claim__wording", "submitted_by__byline")
    ordering = ("-id",)
    fields = ("verdict", "number", "submitted_by", "submitted_at", "sha256", "document_text")
    readonly_fields = ("document_text",)

    @admin.display(description=gettext_lazy("decision"))
    def outcome(self, submission: Submission) -> str:
        decision: Decision | None = getattr(submission, "decision", None)
        return str(decision.get_outcome_display()) if decision else ""


@admin.register(Decision)
class DecisionPage(DocumentPage):
    too_long = ("submission__document",)
    list_display = ("submission", "outcome", "decided_by", "decided_at", "reasons")
    list_filter = ("outcome", "decided_at")
    list_select_related = ("submission__verdict", "decided_by")
    search_fields = ("reasons", "submission__verdict__summary", "decided_by__byline")
    ordering = ("-id",)
    fields = ("submission", "outcome", "reasons", "decided_by", "decided_at")


class AwaitsFilter(admin.SimpleListFilter):
    title = gettext_lazy("second person")
    parameter_name = "awaits"

    def lookups(self, request: HttpRequest, page: Any) -> list[tuple[Any, Any]]:
        return [("yes", gettext_lazy("awaited"))]

    def queryset(self, request: HttpRequest, found: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "yes":
            return found.filter(pk__in=Publication.objects.unsigned().values("pk"))
        return found


@admin.register(Publication)
class PublicationPage(DocumentPage):
    list_display = ("slug", "version", "kind", "claim", "reviewer", "published_by", "published_at", "called_off")
    list_filter = ("kind", AwaitsFilter, "called_off", "published_at")
    list_select_related = ("claim", "published_by")
    search_fields = ("slug", "claim__wording", "reason", "sha256")
    ordering = ("-id",)
    fields = (
        "claim",
        "slug",
        "version",
        "previous",
        "kind",
        "reason",
        "submission",
        "reviewer",
        "urgency",
        "published_by",
        "published_at",
        "called_off",
        "sha256",
        "document_text",
    )
    readonly_fields = ("document_text",)


@admin.register(ArticlePublication)
class ArticlePublicationPage(DocumentPage):
    list_display = ("slug", "version", "article", "published_by", "published_at")
    list_filter = ("published_at",)
    list_select_related = ("article", "published_by")
    search_fields = ("slug", "article__title", "sha256")
    ordering = ("-id",)
    fields = ("article", "slug", "version", "snapshot", "published_by", "published_at", "sha256", "document_text")
    readonly_fields = ("document_text",)


@admin.register(Snapshot)
class SnapshotPage(DocumentPage):
    too_long = ("text", "blocks")
    list_display = ("article", "number", "taken_by", "taken_at", "sha256")
    list_display_links = ("article", "number")
    list_filter = ("taken_at",)
    list_select_related = ("article", "taken_by")
    search_fields = ("article__title", "article__publisher", "sha256")
    ordering = ("-id",)
    fields = ("article", "number", "taken_by", "taken_at", "sha256", "text")


@admin.register(Placement)
class PlacementPage(DocumentPage):
    too_long = ("snapshot__text", "snapshot__blocks")
    list_display = ("words", "claim", "article", "status", "accepted_by", "made_at")
    list_filter = ("status", "made_at")
    list_select_related = ("highlight__claim", "snapshot__article", "accepted_by")
    search_fields = ("highlight__claim__wording", "snapshot__article__title")
    ordering = ("-id",)
    fields = ("words", "claim", "article", "snapshot", "status", "accepted_by", "made_at", "passages_text")
    readonly_fields = ("words", "claim", "article", "passages_text")

    @admin.display(description=gettext_lazy("words"))
    def words(self, placement: Placement) -> str:
        return placement.words

    @admin.display(description=gettext_lazy("claim"))
    def claim(self, placement: Placement) -> str:
        return str(placement.highlight.claim)

    @admin.display(description=gettext_lazy("article"))
    def article(self, placement: Placement) -> str:
        return str(placement.snapshot.article)

    @admin.display(description=gettext_lazy("passages"))
    def passages_text(self, placement: Placement) -> SafeString:
        return preformatted(json.dumps(placement.passages, ensure_ascii=False, indent=2))

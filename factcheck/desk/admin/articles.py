"""Articles' particulars. Their text stands in snapshots, which nobody changes."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext_lazy

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.claims.models import Highlight
from factcheck.desk.admin.asking import Asked
from factcheck.desk.admin.editing import EditablePage
from factcheck.desk.admin.listing import OfRecord, TrashFilter, how_many, listed, moment
from factcheck.desk.admin.pages import EVERYWHERE

TRASH = Asked(
    ngettext_lazy("Put %(count)d article in the trash?", "Put %(count)d articles in the trash?", "count"),
    gettext_lazy("They leave the desk with their highlights, and can be put back. What is published stays published."),
    gettext_lazy("Put in the trash"),
    ngettext_lazy("%(count)d article is in the trash.", "%(count)d articles are in the trash.", "count"),
    importing.trash,
    lambda article: gettext_lazy("it is in the trash already.") if article.trashed_at else "",
)
RESTORE = Asked(
    ngettext_lazy("Put %(count)d article back on the desk?", "Put %(count)d articles back on the desk?", "count"),
    gettext_lazy("They stand on the desk again, with the highlights that they had."),
    gettext_lazy("Put back on the desk"),
    ngettext_lazy("%(count)d article is back on the desk.", "%(count)d articles are back on the desk.", "count"),
    importing.restore,
    lambda article: "" if article.trashed_at else gettext_lazy("it is on the desk already."),
)


class OfClaim(OfRecord):
    title, parameter_name = gettext_lazy("claim"), "claim"

    def those(self, number: int) -> QuerySet[Any, Any]:
        return Highlight.objects.standing().filter(claim=number).values("article")


class MarkedFilter(admin.SimpleListFilter):
    title = gettext_lazy("highlights")
    parameter_name = "marked"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("With some")), ("no", gettext_lazy("Without any"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        marked = Exists(Highlight.objects.filter(removed_at=None, article=OuterRef("pk")))
        asked = {"yes": marked, "no": ~marked}.get(self.value() or "")
        return queryset if asked is None else queryset.filter(asked)


@admin.register(Article)
class ArticlePage(EditablePage):
    act = "take_in"
    fields = ("title", "publisher", "author", "url", "language", "published_on", "rights")
    list_display = ("title", "publisher", "published_on", "rights", "claim_count", "made_by", "entered", "on_desk")
    list_filter = (TrashFilter, MarkedFilter, "rights", "language", "made_at", OfClaim)
    list_select_related = ("made_by",)
    search_fields = ("title", "publisher", "author", "url")
    search_help_text = gettext_lazy("Words of the title, the publisher, the author, the address or the text")
    sortable_by = ("entered",)
    ordering = ("-id",)
    actions = ("trash", "restore")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        found: QuerySet[Article] = super().get_queryset(request)
        return found.annotate(claim_total=how_many(Highlight.objects.standing(), "article", "claim"))

    @admin.display(description=gettext_lazy("claims"))
    def claim_count(self, article: Any) -> SafeString:
        return listed(article.claim_total, "claims_claim", article=article.pk)

    @admin.display(description=gettext_lazy("made"), ordering="pk")
    def entered(self, article: Article) -> str:
        """Sorted by number, which is the same order and has an index."""
        return moment(article.made_at)

    @admin.display(description=gettext_lazy("on the desk"), boolean=True)
    def on_desk(self, article: Article) -> bool:
        return article.trashed_at is None

    def revise(self, record: Article, by: User, version: Any, changes: dict[str, Any]) -> Article:
        return importing.revise(record, by=by, version=version, **changes)

    @admin.action(description=gettext_lazy("Put in the trash"), permissions=["change"], location=EVERYWHERE)
    def trash(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        return self.carry_out(request, articles, TRASH)

    @admin.action(description=gettext_lazy("Put back on the desk"), permissions=["change"], location=EVERYWHERE)
    def restore(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse | None:
        return self.carry_out(request, articles, RESTORE)

"""Articles' particulars. Their text stands in snapshots, which nobody changes."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import ActionLocation
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.desk.admin.pages import EditablePage, TrashFilter

EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]


@admin.register(Article)
class ArticlePage(EditablePage):
    act = "take_in"
    fields = ("title", "publisher", "author", "url", "language", "published_on", "rights")
    list_display = ("title", "publisher", "published_on", "rights", "made_by", "made_at", "on_desk")
    list_filter = (TrashFilter, "rights", "language", "made_at")
    list_select_related = ("made_by",)
    search_fields = ("title", "publisher", "author", "url")
    ordering = ("-id",)
    actions = ("trash", "restore")

    @admin.display(description=gettext_lazy("on the desk"), boolean=True)
    def on_desk(self, article: Article) -> bool:
        return article.trashed_at is None

    def revise(self, record: Article, by: User, version: Any, changes: dict[str, Any]) -> Article:
        return importing.revise(record, by=by, version=version, **changes)

    @admin.action(description=gettext_lazy("Put in the trash"), permissions=["change"], location=EVERYWHERE)
    def trash(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        chosen = articles.filter(trashed_at=None)
        done = ngettext("%(count)d article is in the trash.", "%(count)d articles are in the trash.", len(chosen))
        self.each(request, chosen, importing.trash, done)

    @admin.action(description=gettext_lazy("Put back on the desk"), permissions=["change"], location=EVERYWHERE)
    def restore(self, request: HttpRequest, articles: QuerySet[Article]) -> None:
        chosen = articles.exclude(trashed_at=None)
        done = ngettext(
            "%(count)d article is back on the desk.", "%(count)d articles are back on the desk.", len(chosen)
        )
        self.each(request, chosen, importing.restore, done)

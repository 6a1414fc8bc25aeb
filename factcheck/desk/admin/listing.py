"""Lists that stay quick however much the newsroom has kept: found by the indexes, counted no further than anybody reads."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class RecordList(ChangeList):
    """A list of the administration, which says when it shows only the first records."""

    more = False

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        # To find nothing once more would take as long again.
        self.result_list = list(self.result_list) if self.result_count else []
        page: Any = self.model_admin
        page.complete(self.result_list)
        self.more = getattr(self.paginator, "more", False)


def how_many(rows: QuerySet[Any], of: str, what: str = "*") -> Coalesce:
    """How many of the rows point to the record by this column: the database counts it for the rows of a page alone.

    what -- a column of which each value counts once.
    """
    counting = Count(what, distinct=what != "*")
    counted = rows.filter(**{of: OuterRef("pk")}).order_by().values(of).annotate(n=counting).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def listed(count: int, model: str, **filters: object) -> SafeString:
    """A count that leads to the list of what it counts: listed(3, "claims_claim", claimant__id__exact=7)."""
    if not count:
        return mark_safe("0")
    return format_html('<a href="{}?{}">{}</a>', reverse(f"admin:{model}_changelist"), urlencode(filters), count)


def moment(at: datetime) -> str:
    """Day and hour in few signs."""
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT")


class OfRecord(admin.SimpleListFilter):
    """What belongs to one record of another list, whose counts lead here. It is not offered, only undone."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        asked = self.value()
        return [(asked, gettext_lazy("The one that led here"))] if asked else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.value() or ""
        if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
            return queryset.none() if asked else queryset
        return queryset.filter(pk__in=self.those(int(asked)))

    def those(self, number: int) -> QuerySet[Any, Any]:
        """The numbers of what belongs to the record of this number."""
        raise NotImplementedError


class TrashFilter(admin.SimpleListFilter):
    """On the desk and in the trash, unless one of them is asked for."""

    title = gettext_lazy("place")
    parameter_name = "in"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("desk", _("On the desk")), ("trash", _("In the trash"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "desk":
            return queryset.filter(trashed_at=None)
        if self.value() == "trash":
            return queryset.exclude(trashed_at=None)
        return queryset

"""Claimants: who said it."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.claims import registering
from factcheck.claims.models import Claimant
from factcheck.desk.admin.pages import EditablePage


class AlikeFilter(admin.SimpleListFilter):
    title = gettext_lazy("looks like another")
    parameter_name = "alike"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("The same name, not told apart"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claimant]) -> QuerySet[Claimant]:
        return queryset.filter(pk__in=Claimant.objects.look_alike().values("pk")) if self.value() else queryset


@admin.register(Claimant)
class ClaimantPage(EditablePage):
    act = "keep_registers"
    adds = True
    fields = ("name", "kind", "description", "same_as")
    list_display = ("name", "kind", "description", "claim_count", "merged_into")
    list_filter = (
        AlikeFilter,
        "kind",
        ("merged_into", admin.EmptyFieldListFilter),
        ("same_as", admin.EmptyFieldListFilter),
    )
    list_select_related = ("merged_into",)
    search_fields = ("name", "description")
    ordering = ("name", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claimant]:
        found: QuerySet[Claimant] = super().get_queryset(request)
        # Whoever is chosen for a claim is somebody who stands for themselves.
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            return found.filter(merged_into=None)
        return found.annotate(claim_total=Count("claims"))

    @admin.display(description=gettext_lazy("claims"), ordering="claim_total")
    def claim_count(self, claimant: Any) -> int:
        return int(claimant.claim_total)

    def make(self, by: User, values: dict[str, Any]) -> Claimant:
        return registering.add_claimant(by=by, **values)

    def revise(self, record: Claimant, by: User, version: Any, changes: dict[str, Any]) -> Claimant:
        return registering.revise_claimant(record, by=by, version=version, **changes)

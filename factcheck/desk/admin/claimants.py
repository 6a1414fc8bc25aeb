"""Claimants: who said it."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factcheck.accounts.models import User
from factcheck.claims import registering
from factcheck.claims.models import Claim, Claimant, Highlight
from factcheck.claims.naming import NameKey
from factcheck.desk.admin.editing import EditablePage
from factcheck.desk.admin.listing import how_many, listed
from factcheck.desk.admin.merging import Mergeable, Merging
from factcheck.desk.admin.pages import EVERYWHERE
from factcheck.publication.models import Publication
from factcheck.verdicts.models import Verdict


class AlikeFilter(admin.SimpleListFilter):
    title = gettext_lazy("looks like another")
    parameter_name = "alike"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("The same name, not told apart"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claimant]) -> QuerySet[Claimant]:
        return queryset.filter(pk__in=Claimant.objects.look_alike().values("pk")) if self.value() else queryset


@admin.register(Claimant)
class ClaimantPage(Merging, EditablePage):
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
    search_help_text = gettext_lazy("Words of the name or the description")
    sortable_by = ("name", "claim_count")
    ordering = ("name", "id")
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claimant]:
        found: QuerySet[Claimant] = super().get_queryset(request)
        # Whoever is chosen for a claim is somebody who stands for themselves.
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            return found.filter(merged_into=None)
        return found.annotate(claim_total=how_many(Claim.objects.all(), "claimant"))

    @admin.display(description=gettext_lazy("claims"), ordering="claim_total")
    def claim_count(self, claimant: Any) -> SafeString:
        return listed(claimant.claim_total, "claims_claim", claimant__id__exact=claimant.pk)

    def make(self, by: User, values: dict[str, Any]) -> Claimant:
        return registering.add_claimant(by=by, **values)

    def revise(self, record: Claimant, by: User, version: Any, changes: dict[str, Any]) -> Claimant:
        return registering.revise_claimant(record, by=by, version=version, **changes)

    @admin.action(description=gettext_lazy("Merge into one"), permissions=["change"], location=EVERYWHERE)
    def merge(self, request: HttpRequest, claimants: QuerySet[Claimant]) -> HttpResponse | None:
        return self.merging(request, claimants)

    def mergeable(self, chosen: QuerySet[Any], named: str) -> QuerySet[Any]:
        """Of one alone, those who look like them are offered as well."""
        standing = Claimant.objects.standing()
        found = standing.filter(pk__in=chosen.values("pk"))
        if named:
            found |= standing.filter(name__iexact=named)
        elif chosen.count() == 1:
            keys = chosen.annotate(name_key=NameKey("name")).values("name_key")
            alike = standing.annotate(name_key=NameKey("name")).filter(name_key__in=keys)
            found |= standing.filter(pk__in=alike.values("pk"))
        return found

    def preview(self, records: list[Any]) -> list[Mergeable]:
        numbers = [claimant.pk for claimant in records]
        claims = how_many_of(Claim, numbers)
        highlights = how_many_of(Highlight, numbers)
        return [
            Mergeable(
                claimant,
                str(claimant.version),
                claimant.name,
                ", ".join(filter(None, [str(claimant.get_kind_display()), claimant.description, claimant.same_as])),
                ngettext("%(n)d claim", "%(n)d claims", claims.get(claimant.pk, 0)) % {"n": claims.get(claimant.pk, 0)},
                ngettext("%(n)d highlight", "%(n)d highlights", highlights.get(claimant.pk, 0))
                % {"n": highlights.get(claimant.pk, 0)},
            )
            for claimant in records
        ]

    def consequences(self, records: list[Any]) -> list[str]:
        told = [_("The claims and highlights of the others become those of the one who stays.")]
        of_them = Claim.objects.filter(claimant__in=records)
        published = Publication.objects.live().filter(claim__in=of_them).count()
        told.append(
            ngettext(
                "%(n)d published check keeps the name it was published with. Nothing published changes.",
                "%(n)d published checks keep the names they were published with. Nothing published changes.",
                published,
            )
            % {"n": published}
        )
        if waiting := Verdict.objects.before_readers().filter(claim__in=of_them).count():
            told.append(
                ngettext(
                    "%(n)d verdict of theirs is handed in or approved: if its claim moves, it needs another look.",
                    "%(n)d verdicts of theirs are handed in or approved: those whose claims move need another look.",
                    waiting,
                )
                % {"n": waiting}
            )
        return told

    def merge_all(self, into: Any, others: dict[int, str], by: User, seen: str) -> str:
        versions = {number: int(version) for number, version in others.items()}
        moved = registering.merge_claimants(into, versions, by=by, version=int(seen))
        return ngettext("%(n)d claim moved to %(name)s.", "%(n)d claims moved to %(name)s.", moved) % {
            "n": moved,
            "name": into.name,
        }


def how_many_of(model: Any, numbers: list[int]) -> dict[int, int]:
    """How many of these each claimant has."""
    found = model.objects.filter(claimant__in=numbers).order_by().values_list("claimant").annotate(n=Count("*"))
    return dict(found)

"""Claims: their wording and particulars. Where they stand is shown on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext

from factcheck.accounts.models import User
from factcheck.claims import highlighting
from factcheck.claims.models import Claim
from factcheck.desk.admin.pages import EVERYWHERE, EditablePage, TrashFilter, VersionedForm


class ClaimForm(VersionedForm):
    topics = forms.CharField(
        label=gettext_lazy("topics"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Separated by commas."),
    )

    class Meta:
        model = Claim
        fields = ("wording", "claimant", "said_on", "place")
        widgets = {"wording": forms.Textarea(attrs={"rows": 3, "cols": 60})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["topics"] = self.standing(self.instance, "topics")

    def standing(self, current: Any, name: str) -> Any:
        if name == "topics":
            return ", ".join(topic.name for topic in current.topics.all())
        return super().standing(current, name)


class HandsFilter(admin.SimpleListFilter):
    title = gettext_lazy("in hand")
    parameter_name = "hands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("none", gettext_lazy("Of nobody")),
            ("somebody", gettext_lazy("Of somebody")),
            ("left", gettext_lazy("Of somebody who left")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        narrowed: dict[str, Q] = {
            "none": Q(assignee=None),
            "somebody": Q(assignee__is_active=True),
            "left": Q(assignee__is_active=False),
        }
        return queryset.filter(narrowed.get(self.value() or "", Q()))


@admin.register(Claim)
class ClaimPage(EditablePage):
    act = "highlight"
    fields = ("wording", "claimant", "said_on", "place", "topics")
    form = ClaimForm
    autocomplete_fields = ("claimant",)
    list_display = ("wording", "claimant", "said_on", "made_by", "made_at", "on_desk")
    list_filter = (TrashFilter, HandsFilter, ("claimant", admin.EmptyFieldListFilter), "said_on", "made_at")
    list_select_related = ("claimant", "made_by")
    search_fields = ("wording", "claimant__name", "place")
    ordering = ("-id",)
    actions = ("trash", "restore")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # Counts of other lists lead here.
        return lookup in {"claimant__id__exact", "topics__id__exact"} or super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("on the desk"), boolean=True)
    def on_desk(self, claim: Claim) -> bool:
        return claim.trashed_at is None

    def revise(self, record: Claim, by: User, version: Any, changes: dict[str, Any]) -> Claim:
        if "topics" in changes:
            changes["topics"] = highlighting.find_or_add_topics(changes["topics"].split(","), by=by)
        return highlighting.revise(record, by=by, version=version, **changes)

    @admin.action(description=gettext_lazy("Put in the trash"), permissions=["change"], location=EVERYWHERE)
    def trash(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        chosen = claims.filter(trashed_at=None)
        done = ngettext("%(count)d claim is in the trash.", "%(count)d claims are in the trash.", len(chosen))
        self.each(request, chosen, highlighting.trash, done)

    @admin.action(description=gettext_lazy("Put back on the desk"), permissions=["change"], location=EVERYWHERE)
    def restore(self, request: HttpRequest, claims: QuerySet[Claim]) -> None:
        chosen = claims.exclude(trashed_at=None)
        done = ngettext("%(count)d claim is back on the desk.", "%(count)d claims are back on the desk.", len(chosen))
        self.each(request, chosen, highlighting.restore, done)

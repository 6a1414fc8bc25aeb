"""Claims: their wording and particulars. Where they stand is shown on the desk."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext_lazy

from factcheck.accounts.models import User
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Highlight
from factcheck.desk.admin.asking import Asked
from factcheck.desk.admin.editing import EditablePage, VersionedForm
from factcheck.desk.admin.listing import OfRecord, TrashFilter, how_many, listed, moment
from factcheck.desk.admin.pages import EVERYWHERE
from factcheck.verdicts.models import Citation, Verdict
from factcheck.verdicts.stages import Stage

TRASH = Asked(
    ngettext_lazy("Put %(count)d claim in the trash?", "Put %(count)d claims in the trash?", "count"),
    gettext_lazy("They leave the desk with their highlights, and can be put back. What is published stays published."),
    gettext_lazy("Put in the trash"),
    ngettext_lazy("%(count)d claim is in the trash.", "%(count)d claims are in the trash.", "count"),
    highlighting.trash,
    lambda claim: gettext_lazy("it is in the trash already.") if claim.trashed_at else "",
)
RESTORE = Asked(
    ngettext_lazy("Put %(count)d claim back on the desk?", "Put %(count)d claims back on the desk?", "count"),
    gettext_lazy("They stand on the desk again, with their highlights and verdicts."),
    gettext_lazy("Put back on the desk"),
    ngettext_lazy("%(count)d claim is back on the desk.", "%(count)d claims are back on the desk.", "count"),
    highlighting.restore,
    lambda claim: "" if claim.trashed_at else gettext_lazy("it is on the desk already."),
)


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


class OfArticle(OfRecord):
    title, parameter_name = gettext_lazy("article"), "article"

    def those(self, number: int) -> QuerySet[Any, Any]:
        return Highlight.objects.standing().filter(article=number).values("claim")


class OfSource(OfRecord):
    title, parameter_name = gettext_lazy("source"), "source"

    def those(self, number: int) -> QuerySet[Any, Any]:
        return Citation.objects.filter(source=number).values("verdict__claim")


class OfScale(OfRecord):
    """Those with work in hand on a version of a scale."""

    title, parameter_name = gettext_lazy("rating scale"), "scale"

    def those(self, number: int) -> QuerySet[Any, Any]:
        return Verdict.objects.in_hand_on(number).values("claim")


class OfPerson(OfRecord):
    title, parameter_name = gettext_lazy("person"), "person"

    def those(self, number: int) -> QuerySet[Any, Any]:
        return Claim.objects.on_desk().filter(assignee=number).values("pk")


class StageFilter(admin.SimpleListFilter):
    title = gettext_lazy("verdict")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", gettext_lazy("Without a verdict")), *Stage.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Claim]) -> QuerySet[Claim]:
        asked = self.value()
        of_claim = Verdict.objects.filter(claim=OuterRef("pk"))
        if asked == "none":
            return queryset.filter(~Exists(of_claim))
        return queryset.filter(Exists(of_claim.at_stage(Stage(asked)))) if asked in Stage.values else queryset


@admin.register(Claim)
class ClaimPage(EditablePage):
    act = "highlight"
    fields = ("wording", "claimant", "said_on", "place", "topics")
    form = ClaimForm
    autocomplete_fields = ("claimant",)
    list_display = (
        "wording",
        "claimant",
        "said_on",
        "article_count",
        "verdict_count",
        "assignee",
        "entered",
        "on_desk",
    )
    list_filter = (
        TrashFilter,
        StageFilter,
        HandsFilter,
        ("claimant", admin.EmptyFieldListFilter),
        "said_on",
        "made_at",
        OfArticle,
        OfSource,
        OfScale,
        OfPerson,
    )
    list_select_related = ("claimant", "assignee")
    search_fields = ("wording", "claimant__name")
    search_help_text = gettext_lazy("Words of the wording or of the claimant’s name")
    sortable_by = ("entered",)
    ordering = ("-id",)
    actions = ("trash", "restore")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        # Counts of other lists lead here.
        return lookup in {"claimant__id__exact", "topics__id__exact"} or super().lookup_allowed(lookup, value, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Claim]:
        found: QuerySet[Claim] = super().get_queryset(request)
        return found.annotate(
            article_total=how_many(Highlight.objects.standing(), "claim", "article"),
            verdict_total=how_many(Verdict.objects.all(), "claim"),
        )

    @admin.display(description=gettext_lazy("articles"))
    def article_count(self, claim: Any) -> SafeString:
        return listed(claim.article_total, "articles_article", claim=claim.pk)

    @admin.display(description=gettext_lazy("verdicts"))
    def verdict_count(self, claim: Any) -> SafeString | int:
        """They are listed on the claim's own page of the desk."""
        if not claim.verdict_total:
            return 0
        return format_html('<a href="{}">{}</a>', claim.get_absolute_url(), claim.verdict_total)

    @admin.display(description=gettext_lazy("made"), ordering="pk")
    def entered(self, claim: Claim) -> str:
        """Sorted by number, which is the same order and has an index."""
        return moment(claim.made_at)

    @admin.display(description=gettext_lazy("on the desk"), boolean=True)
    def on_desk(self, claim: Claim) -> bool:
        return claim.trashed_at is None

    def revise(self, record: Claim, by: User, version: Any, changes: dict[str, Any]) -> Claim:
        if "topics" in changes:
            changes["topics"] = highlighting.find_or_add_topics(changes["topics"].split(","), by=by)
        return highlighting.revise(record, by=by, version=version, **changes)

    @admin.action(description=gettext_lazy("Put in the trash"), permissions=["change"], location=EVERYWHERE)
    def trash(self, request: HttpRequest, claims: QuerySet[Claim]) -> HttpResponse | None:
        return self.carry_out(request, claims, TRASH)

    @admin.action(description=gettext_lazy("Put back on the desk"), permissions=["change"], location=EVERYWHERE)
    def restore(self, request: HttpRequest, claims: QuerySet[Claim]) -> HttpResponse | None:
        return self.carry_out(request, claims, RESTORE)

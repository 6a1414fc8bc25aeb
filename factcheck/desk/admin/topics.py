"""Topics: what claims are about. One that no claim has can be taken off the list."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from factcheck.accounts.models import User
from factcheck.claims import registering
from factcheck.claims.models import Claim, Topic
from factcheck.desk.admin.asking import Asked
from factcheck.desk.admin.editing import EditablePage, VerbForm
from factcheck.desk.admin.listing import how_many, listed
from factcheck.desk.admin.merging import Mergeable, Merging
from factcheck.desk.admin.pages import EVERYWHERE, person_of
from factcheck.history.models import Via
from factcheck.history.recording import coming_from

REMOVE = Asked(
    ngettext_lazy("Remove %(count)d topic?", "Remove %(count)d topics?", "count"),
    gettext_lazy("No claim has them, and nothing stands under them. The history keeps them."),
    gettext_lazy("Remove"),
    ngettext_lazy("%(count)d topic was removed.", "%(count)d topics were removed.", "count"),
    lambda topic, by, version: registering.remove_topic(topic, by=by, was=topic.name),
    lambda topic: (
        gettext_lazy("claims have it, or other topics stand under it.")
        if topic.claim_total or topic.below_total
        else ""
    ),
)


def place_and_name(topic: Topic) -> str:
    return f"{topic.parent_id or ''}:{topic.name}"


class TopicForm(VerbForm):
    """A topic is nothing but its name and its place: what stood there is its version."""

    version = forms.RegexField(r"^\d{0,18}:", required=False, max_length=100, strip=False, widget=forms.HiddenInput)

    class Meta:
        model = Topic
        fields = ("name", "parent")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["version"] = self.version_of(self.instance)
            self.fields["version"].required = True

    def version_of(self, current: Any) -> Any:
        return place_and_name(current)


class UsedFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("yes", gettext_lazy("Claims have it")),
            ("no", gettext_lazy("No claim has it, and nothing stands under it")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        if self.value() == "no":
            return queryset.filter(pk__in=Topic.objects.unused().values("pk"))
        used = Claim.topics.through.objects.values("topic")
        return queryset.filter(pk__in=used) if self.value() == "yes" else queryset


@admin.register(Topic)
class TopicPage(Merging, EditablePage):
    act = "keep_registers"
    adds = True
    form = TopicForm
    fields = ("name", "parent")
    autocomplete_fields = ("parent",)
    list_display = ("name", "parent", "claim_count", "below_count")
    list_filter = (UsedFilter, ("parent", admin.EmptyFieldListFilter))
    list_select_related = ("parent",)
    search_fields = ("name",)
    ordering = ("name",)
    actions = ("merge", "remove_unused")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        found: QuerySet[Topic] = super().get_queryset(request)
        return found.annotate(
            claim_total=how_many(Claim.topics.through.objects.all(), "topic"),
            below_total=how_many(Topic.objects.all(), "parent"),
        )

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "parent__id__exact" or super().lookup_allowed(lookup, value, request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        unused = obj is None or Topic.objects.unused().filter(pk=obj.pk).exists()
        return unused and self.has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("claims"), ordering="claim_total")
    def claim_count(self, topic: Any) -> SafeString:
        return listed(topic.claim_total, "claims_claim", topics__id__exact=topic.pk)

    @admin.display(description=gettext_lazy("under it"), ordering="below_total")
    def below_count(self, topic: Any) -> SafeString:
        return listed(topic.below_total, "claims_topic", parent__id__exact=topic.pk)

    def make(self, by: User, values: dict[str, Any]) -> Topic:
        return registering.add_topic(by=by, **values)

    def revise(self, record: Topic, by: User, version: Any, changes: dict[str, Any]) -> Topic:
        parent, _colon, name = version.partition(":")
        if "name" in changes:
            record = registering.rename_topic(record, by=by, was=name, name=changes["name"])
        if "parent" in changes:
            was = int(parent) if parent else None
            record = registering.put_topic_under(record, by=by, was=was, parent=changes["parent"])
        return record

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        try:
            with coming_from(Via.ADMIN):
                return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:claims_topic_change", args=[object_id]))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        registering.remove_topic(obj, by=person_of(request))

    def version_of(self, record: Topic) -> str:
        return place_and_name(record)

    @admin.action(description=gettext_lazy("Remove those that no claim has"), permissions=["change"])
    def remove_unused(self, request: HttpRequest, topics: QuerySet[Topic]) -> HttpResponse | None:
        return self.carry_out(request, topics, REMOVE)

    @admin.action(description=gettext_lazy("Merge into one"), permissions=["change"], location=EVERYWHERE)
    def merge(self, request: HttpRequest, topics: QuerySet[Topic]) -> HttpResponse | None:
        return self.merging(request, topics)

    def mergeable(self, chosen: QuerySet[Any], named: str) -> QuerySet[Any]:
        found = Topic.objects.filter(pk__in=chosen.values("pk"))
        return found | Topic.objects.filter(name__iexact=named) if named else found

    def preview(self, records: list[Any]) -> list[Mergeable]:
        counted = self.get_queryset_counted([topic.pk for topic in records])
        return [
            Mergeable(
                topic,
                topic.name,
                topic.name,
                _("under %(name)s") % {"name": topic.parent.name} if topic.parent else "",
                ngettext("%(n)d claim", "%(n)d claims", topic.claim_total) % {"n": topic.claim_total},
                ngettext("%(n)d topic under it", "%(n)d topics under it", topic.below_total) % {"n": topic.below_total},
            )
            for topic in counted
        ]

    def get_queryset_counted(self, numbers: list[int]) -> QuerySet[Any]:
        counts = {
            "claim_total": how_many(Claim.topics.through.objects.all(), "topic"),
            "below_total": how_many(Topic.objects.all(), "parent"),
        }
        return Topic.objects.filter(pk__in=numbers).select_related("parent").annotate(**counts)

    def consequences(self, records: list[Any]) -> list[str]:
        return [
            _("The claims of the others get the one that stays, what stands under them stands under it, and they go."),
            _("Nothing published changes. Verdicts handed in or approved on claims that change need another look."),
        ]

    def merge_all(self, into: Any, others: dict[int, str], by: User, seen: str) -> str:
        moved = registering.merge_topics(into, others, by=by, name=seen)
        return ngettext(
            "%(n)d claim has the topic %(name)s now.", "%(n)d claims have the topic %(name)s now.", moved
        ) % {"n": moved, "name": into.name}

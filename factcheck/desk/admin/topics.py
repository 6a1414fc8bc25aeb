"""Topics: what claims are about. One that no claim has can be taken off the list."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from factcheck.accounts.models import User
from factcheck.claims import registering
from factcheck.claims.models import Claim, Topic
from factcheck.desk.admin.pages import EditablePage, VerbForm, person_of
from factcheck.history.models import Via
from factcheck.history.recording import coming_from


class TopicForm(VerbForm):
    """A topic is nothing but its name: the name that stood there is its version."""

    version = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    class Meta:
        model = Topic
        fields = ("name",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["version"] = self.instance.name

    def version_of(self, current: Any) -> Any:
        return current.name


class UsedFilter(admin.SimpleListFilter):
    title = gettext_lazy("use")
    parameter_name = "used"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Claims have it")), ("no", gettext_lazy("No claim has it"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Topic]) -> QuerySet[Topic]:
        used = Exists(Claim.topics.through.objects.filter(topic=OuterRef("pk")))
        return queryset.filter(used if self.value() == "yes" else ~used) if self.value() else queryset


@admin.register(Topic)
class TopicPage(EditablePage):
    act = "keep_registers"
    adds = True
    form = TopicForm
    fields = ("name",)
    list_display = ("name", "claim_count")
    list_filter = (UsedFilter,)
    search_fields = ("name",)
    ordering = ("name",)
    actions = ("remove_unused",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Topic]:
        found: QuerySet[Topic] = super().get_queryset(request)
        return found.annotate(claim_total=Count("claims"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        unused = obj is None or not obj.claims.exists()
        return unused and self.has_change_permission(request, obj)

    @admin.display(description=gettext_lazy("claims"), ordering="claim_total")
    def claim_count(self, topic: Any) -> int:
        return int(topic.claim_total)

    def make(self, by: User, values: dict[str, Any]) -> Topic:
        return registering.add_topic(by=by, **values)

    def revise(self, record: Topic, by: User, version: Any, changes: dict[str, Any]) -> Topic:
        return registering.rename_topic(record, by=by, was=version, **changes)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        try:
            with coming_from(Via.ADMIN):
                return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:claims_topic_change", args=[object_id]))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        registering.remove_topic(obj, by=person_of(request))

    @admin.action(description=gettext_lazy("Remove those that no claim has"), permissions=["change"])
    def remove_unused(self, request: HttpRequest, topics: QuerySet[Topic]) -> None:
        chosen = topics.filter(claims=None)
        done = ngettext("%(count)d topic was removed.", "%(count)d topics were removed.", len(chosen))
        self.each(request, chosen, registering.remove_topic, done)

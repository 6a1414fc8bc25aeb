"""What every page of the administration has in common: reading for administrators, writing through the verbs.

`ReadablePage` shows, `EditablePage` also changes. Django's own permissions and its log play no part: roles say who may,
and the history says what was done.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.history.models import Entry, Via
from factcheck.history.recording import coming_from
from factcheck.history.versioning import Stale

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
    _ModelForm = forms.ModelForm[Any]
    _Inline = admin.TabularInline[Any, Any]
else:
    _ModelAdmin = admin.ModelAdmin
    _ModelForm = forms.ModelForm
    _Inline = admin.TabularInline

# What a verb may answer to a form: the form shows it and keeps what was typed.
Refusal = Stale | ValidationError | IntegrityError
# An action that is offered on the list and on the page of one record.
EVERYWHERE = [ActionLocation.CHANGE_LIST, ActionLocation.CHANGE_FORM]
HISTORY_SHOWN = 100
CONFIRMED_BY_NAME = 50


def person_of(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def day_input() -> forms.DateInput:
    """A day, picked in the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def preformatted(text: str) -> SafeString:
    return format_html('<pre class="document">{}</pre>', text)


def listed(count: int, model: str, **filters: object) -> SafeString:
    """A count that leads to the list of what it counts: listed(3, "claims_claim", claimant__id__exact=7)."""
    if not count:
        return mark_safe("0")
    return format_html('<a href="{}?{}">{}</a>', reverse(f"admin:{model}_changelist"), urlencode(filters), count)


class ReadablePage(_ModelAdmin):
    """Records to find and read. Nothing is added, changed or deleted here, by whatever request."""

    # What the pages call the record and the records, where that is not the model's own name.
    noun: ClassVar[Any] = ""
    nouns: ClassVar[Any] = ""
    list_per_page = 50
    show_full_result_count = False
    # Without a bar of actions above the list, Django's template writes a style into the page.
    actions_on_top = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return "password" not in lookup and super().lookup_allowed(lookup, value, request)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """The history has it already."""
        return ""

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # Django's own log is not kept
        """The history has it already."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]  # Django's own log is not kept
        """The history has it already."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]  # Django's own log is not kept
        """The history has it already."""

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Where the record stands on the desk or before readers, without a detour through the admin."""
        return obj.get_absolute_url() if obj is not None and hasattr(obj, "get_absolute_url") else None

    def list_title(self) -> str:
        return str(self.nouns or self.opts.verbose_name_plural)

    def add_title(self, request: HttpRequest) -> str:
        return _("Add %(noun)s") % {"noun": self.noun or self.opts.verbose_name}

    def next_of(self, record: Any) -> tuple[Any, str] | None:
        """Words and address of the form for the next version, where a record is one of several."""
        return None

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> Any:
        noun = str(self.noun or self.opts.verbose_name)
        if obj is not None:
            context["title"] = capfirst(noun)
            context["next_version"] = self.next_of(obj) if self.has_add_permission(request) else None
        else:
            context["title"] = self.add_title(request)
        context |= {"nouns": capfirst(self.list_title()), "show_save_and_add_another": False}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        with coming_from(Via.ADMIN):
            title = capfirst(self.list_title())
            return super().changelist_view(request, {"title": title, "nouns": title, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What was done to this record, from the newsroom's history."""
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_view_permission(request, record):
            raise PermissionDenied
        return TemplateResponse(
            request,
            "admin/object_history.html",
            {
                **self.admin_site.each_context(request),
                "title": _("History of %(record)s") % {"record": record},
                "entries": Entry.objects.about(record)[:HISTORY_SHOWN],
                "shown": HISTORY_SHOWN,
                "nouns": capfirst(self.list_title()),
                "object": record,
                "opts": self.opts,
            },
        )


class VerbForm(_ModelForm):
    """A form whose verb may still refuse: then it is shown again with the reason and with what was typed."""

    refusal: ClassVar[Refusal | None] = None

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's place for what the model has to say
        if isinstance(self.refusal, Stale):
            self.show_both(self.refusal.current)
        elif isinstance(self.refusal, ValidationError):
            self.take(self.refusal)
        elif self.refusal and not self.errors:
            self.add_error(None, _("Somebody saved the same a moment ago. Look at what stands there now."))

    def take(self, error: ValidationError) -> None:
        """Put a verb's refusal beside the field that it is about."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, reasons in error.error_dict.items():
            self.add_error(name if name in self.fields and name != NON_FIELD_ERRORS else None, reasons)

    def show_both(self, current: models.Model) -> None:
        """Say what somebody else has saved meanwhile; saving once more is then a decision."""
        for name in self.fields:
            if name in self.cleaned_data and name in self.changed_data and name != "version":
                theirs = self.standing(current, name)
                if theirs != self.cleaned_data[name]:
                    self.add_error(name, _("It says now: %(theirs)s") % {"theirs": _told(theirs)})
        self.add_error(
            None,
            _(
                "Somebody else has saved this since you opened it. Nothing of yours was saved; what you typed is kept "
                "below. Save again to put it in place of theirs."
            ),
        )
        if "version" in self.fields:
            data = cast(QueryDict, self.data).copy()
            data["version"] = str(self.version_of(current))
            self.data = data

    def standing(self, current: models.Model, name: str) -> Any:
        """What the field would hold for the record as it stands now."""
        value = getattr(current, name)
        return value.all() if isinstance(value, models.Manager) else value

    def version_of(self, current: Any) -> Any:
        return current.version


class VersionedForm(VerbForm):
    """Carries the version that it was made from, so that nobody's work is overwritten unseen."""

    version = forms.IntegerField(
        min_value=0,
        max_value=2_147_483_647,
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("The form came without its version. Open the page again.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["version"] = self.version_of(self.instance)
        elif "version" not in self.initial:
            self.fields["version"].required = False


class EditablePage(ReadablePage):
    """Records that administrators may change, if their roles allow the act."""

    form: type[VerbForm] = VersionedForm
    act: ClassVar[str] = "administer"
    adds: ClassVar[bool] = False
    formfield_overrides: ClassVar = {models.DateField: {"widget": day_input()}}

    def make(self, by: User, values: dict[str, Any]) -> models.Model:
        """Call the verb that makes a record of these values."""
        raise NotImplementedError

    def revise(self, record: Any, by: User, version: Any, changes: dict[str, Any]) -> models.Model:
        """Call the verb that changes these fields of the record."""
        raise NotImplementedError

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.adds and self.admin_site.has_permission(request) and person_of(request).may(self.act)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request) and person_of(request).may(self.act)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Django's page; when the verb refuses, everything is rolled back and the form is shown with the reason."""
        refusal: Refusal | None = None
        with coming_from(Via.ADMIN):
            try:
                response = super().changeform_view(request, object_id, form_url, extra_context)
            except (Stale, ValidationError, IntegrityError) as refused:
                request.refusal = refusal = refused  # type: ignore[attr-defined]  # for the answer to this request
                response = super().changeform_view(request, object_id, form_url, extra_context)
        if (
            request.method == "POST"
            and response.status_code == 200
            and getattr(response, "context_data", {}).get("errors")
        ):
            response.status_code = 409 if isinstance(refusal, Stale) else 422
        return response

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if issubclass(form, VerbForm):
            form.refusal = getattr(request, "refusal", None)
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by = person_of(request)
        values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if not change:
            obj.__dict__.update(self.make(by, values | self.with_version(form)).__dict__)
        elif changes := {name: values[name] for name in form.changed_data if name in values}:
            self.revise(obj, by, form.cleaned_data["version"], changes)

    def with_version(self, form: Any) -> dict[str, Any]:
        """What `make` is told of the version: nothing, where the record is no version of another."""
        return {}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The verb wrote what belongs to the record."""

    def confirm(
        self, request: HttpRequest, records: models.QuerySet[Any], title: str, why: str, button: str
    ) -> HttpResponse | None:
        """The page that asks before an action is done to these records; None when it was asked and confirmed."""
        if request.POST.get("confirmed") == "yes":
            return None
        sent = [
            (name, value)
            for name in (ACTION_CHECKBOX_NAME, "action", "CHANGE_FORM-action", "select_across", "index")
            for value in request.POST.getlist(name)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "why": why,
            "button": button,
            "records": records[:CONFIRMED_BY_NAME],
            "further": max(records.count() - CONFIRMED_BY_NAME, 0),
            "sent": sent,
            "nouns": capfirst(self.list_title()),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/confirmation.html", context)

    def each(self, request: HttpRequest, records: models.QuerySet[Any], verb: Callable[..., object], done: str) -> None:
        """Do one thing to each of the chosen records, and say how many; a refusal is said beside the record's name."""
        count = 0
        for record in records:
            try:
                verb(record, by=person_of(request))
            except ValidationError as error:
                self.message_user(request, f"{record}: {' '.join(error.messages)}", messages.ERROR)
            else:
                count += 1
        if count and done:
            self.message_user(request, done % {"count": count}, messages.SUCCESS)


class NextVersionPage(EditablePage):
    """Versions that stand for good: to change what holds now is to add the next one, made from the newest."""

    adds = True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def with_version(self, form: Any) -> dict[str, Any]:
        return {"version": form.cleaned_data["version"] or 0}


def _told(value: Any) -> str:
    if isinstance(value, (list, tuple, models.QuerySet)):
        return ", ".join(map(str, value)) or "–"
    return str(value) if value not in (None, "") else "–"


class ReadableRows(_Inline):
    """Rows that hang on a record, to read."""

    extra = 0
    can_delete = False
    template = "admin/rows.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TrashFilter(admin.SimpleListFilter):
    """On the desk unless the trash is asked for."""

    title = gettext_lazy("place")
    parameter_name = "in"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("desk", _("On the desk")), ("trash", _("In the trash"))]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        if self.value() == "desk":
            return queryset.filter(trashed_at=None)
        if self.value() == "trash":
            return queryset.exclude(trashed_at=None)
        return queryset

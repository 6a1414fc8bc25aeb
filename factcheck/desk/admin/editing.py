"""Pages that change records: every change goes through a verb, which may refuse it."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.desk.admin.asking import Asking
from factcheck.desk.admin.pages import ReadablePage, person_of
from factcheck.history.models import Via
from factcheck.history.recording import coming_from
from factcheck.history.versioning import Stale

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

# What a verb may answer to a form: the form shows it and keeps what was typed.
Refusal = Stale | ValidationError | IntegrityError


def day_input() -> forms.DateInput:
    """A day, picked in the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


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


class EditablePage(Asking, ReadablePage):
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
        self.refuse_foreign(request, "CHANGE_FORM-action", ActionLocation.CHANGE_FORM)
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

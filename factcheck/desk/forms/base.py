"""What every form of the desk has: a key when it creates, a version when it edits."""

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from factcheck.anchoring.quote import Reason

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class DayField(forms.DateField):
    """A day, written as ISO 8601, picked in the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date", "class": "w-m"}, format="%Y-%m-%d")
    input_formats = ("%Y-%m-%d",)

    def __init__(
        self, *, required: bool = False, label: "str | _StrPromise | None" = None, help_text: "str | _StrPromise" = ""
    ) -> None:
        super().__init__(required=required, label=label, help_text=help_text)


class LineField(forms.CharField):
    """One line of text: line breaks and runs of space that came with a paste become single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class DeskForm(forms.Form):
    """A form whose verb may still refuse: `take` puts the refusal beside the field it is about."""

    use_required_attribute = False

    def take(self, error: ValidationError) -> None:
        if not hasattr(error, "error_dict"):
            about_words = "exact" in self.fields and getattr(error, "code", None) in set(Reason)
            self.add_error("exact" if about_words else None, error)
            return
        for name, messages in error.error_dict.items():
            self.add_error(name if name in self.fields and name != NON_FIELD_ERRORS else None, messages)


class FilterForm(forms.Form):
    """What a list is narrowed by: nothing in it is needed, so nothing says so."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.expected = True  # type: ignore[attr-defined]  # read by shared/field.html


class CreatingForm(DeskForm):
    """Carries a key, so that a double click or a lost reply makes one record and not two."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid4

    def given_key(self) -> UUID | None:
        """The key as it was handed in, whatever else is wrong with the form; None for none."""
        try:
            return UUID(self.data.get("key") or "")
        except ValueError:
            return None


class EditingForm(DeskForm):
    """Carries the version that it was made from, so that nobody's work is overwritten unseen."""

    version = forms.IntegerField(
        min_value=1,
        max_value=2_147_483_647,
        widget=forms.HiddenInput,
        error_messages={"required": _("The form came without its version. Open the page again.")},
    )

    def differences(self, current: models.Model) -> list[tuple[str, Any, Any]]:
        """(label, what stands there now, what was typed) for each field in which the two differ."""
        found = []
        for name, field in self.fields.items():
            if name == "version":
                continue
            theirs, mine = self.standing(current, name), self.cleaned_data.get(name)
            if field.prepare_value(theirs) != field.prepare_value(mine) and (theirs or mine):
                found.append((str(field.label or name), theirs, mine))
        return found

    def standing(self, current: models.Model, name: str) -> Any:
        """What the field would hold for the record as it stands now."""
        return getattr(current, name)

    def made_from(self, current: models.Model) -> None:
        """Keep what was typed, on the version that stands now: saving once more is then a decision."""
        self.data = {**self.data.dict(), "version": str(current.version)}  # type: ignore[attr-defined]  # a QueryDict

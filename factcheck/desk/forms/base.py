"""What every form of the desk has: a key, so that it counts once, and a version when it edits."""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.anchoring.quote import Reason
from factcheck.drafting.models import Draft

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


class MomentField(forms.DateTimeField):
    """A moment in the newsroom's time zone, written as ISO 8601, picked in the browser's own calendar and clock."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "class": "w-m"}, format="%Y-%m-%dT%H:%M")


class LineField(forms.CharField):
    """One line of text: line breaks and runs of space that came with a paste become single spaces."""

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class DrawnSelect(forms.Select):
    """A choice among many, drawn as one string: Django's own takes a template for each of them."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "", '<option value="{}"{}>{}</option>',
            ((each, mark_safe(" selected") if str(each) == chosen else "", said) for each, said in self.choices),
        )  # fmt: skip
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


@dataclass(frozen=True)
class Difference:
    """A field in which two people differ, both values as people read them."""

    name: str
    label: str
    theirs: str
    mine: str


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


class KeyedForm(DeskForm):
    """Carries a key, so that a double click or a lost reply does it once and not twice; keeps what is being typed."""

    # Hidden fields that say what the page shows now; what was typed on an older page does not bring them back.
    of_the_page: tuple[str, ...] = ()

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].initial = uuid4
        # What was typed before and is shown again, and what would stand in each field without it.
        self.draft: Draft | None = None
        self.standing_values: dict[str, str] = {}

    def given_key(self) -> UUID | None:
        """The key as it was handed in, whatever else is wrong with the form; None for none."""
        try:
            return UUID(self.data.get("key") or "")
        except ValueError:
            return None

    def content(self) -> str:
        """The SHA-256, in hexadecimal, of all that was sent, whatever its order and line ends, but for key and token."""
        sent = (
            dict(self.data.lists())
            if isinstance(self.data, QueryDict)
            else {name: [value] for name, value in self.data.items()}
        )
        own = [
            [name, [value.replace("\r\n", "\n").replace("\r", "\n") for value in values]]
            for name, values in sorted(sent.items())
            if name not in {"key", "csrfmiddlewaretoken"}
        ]
        return sha256(json.dumps(own).encode()).hexdigest()

    def renew_key(self) -> None:
        """What is sent from now on is no repeat of what was sent before."""
        self.data = {**{name: self.data[name] for name in self.data}, "key": str(uuid4())}

    def bring_back(self, draft: Draft) -> None:
        """Show what was typed before in a form not yet handed in, unless it says what would stand there anyway."""
        standing = {name: self._as_sent(name) for name in self.fields}
        typed = {name: draft.fields[name] for name in standing.keys() & draft.fields.keys() - {*self.of_the_page}}
        if all(typed[name] == standing[name] for name in typed.keys() - {"key", "version"}):
            return
        self.initial = {**self.initial, **typed}
        self.draft, self.standing_values = draft, standing

    @property
    def standing_json(self) -> str:
        return json.dumps(self.standing_values)

    def _as_sent(self, name: str) -> str:
        """The value that a browser would send for a field that nobody has touched."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        return "" if value is None else str(value)


class FilterForm(forms.Form):
    """What a list is narrowed by: nothing in it is needed, so nothing says so."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.expected = True  # type: ignore[attr-defined]  # read by shared/field.html


class CreatingForm(KeyedForm):
    """Makes a record: once for its key."""

    # Whether its key was handed in before, with something else.
    is_corrected = False

    def sent_otherwise(self, location: str) -> None:
        """Refuse a correction of what was saved already: its place is there. Sent once more, it makes another."""
        self.is_corrected = True
        says = gettext(
            'This form was saved before, as you first sent it. <a href="{}">Open it and change it there.</a> '
            "What you changed since stands in the form; send it once more only if you want a second one."
        )
        self.add_error(None, ValidationError(format_html(says, location), code="sent_otherwise"))
        self.renew_key()


class EditingForm(KeyedForm):
    """Carries the version that it was made from, so that nobody's work is overwritten unseen."""

    version = forms.IntegerField(
        min_value=1,
        max_value=2_147_483_647,
        widget=forms.HiddenInput,
        error_messages={"required": _("The form came without its version. Open the page again.")},
    )

    def differences(self, current: models.Model) -> list[Difference]:
        """Each field in which what stands there now and what was typed differ."""
        found = []
        for name, field in self.fields.items():
            if name in {"key", "version"}:
                continue
            theirs, mine = (said(field, value) for value in (self.standing(current, name), self.cleaned_data.get(name)))
            if theirs != mine:
                found.append(Difference(name, str(field.label or name), theirs, mine))
        return found

    def standing(self, current: models.Model, name: str) -> Any:
        """What the field would hold for the record as it stands now."""
        return getattr(current, name)

    def version_of(self, current: models.Model) -> int:
        """The version that the form's own is compared with."""
        return int(current.version)  # type: ignore[attr-defined]  # all that is edited has one

    def made_from(self, current: models.Model) -> None:
        """Keep what was typed, on the version that stands now: saving once more is then a decision."""
        version = self.version_of(current)
        self.data = {**{name: self.data[name] for name in self.data}, "version": str(version)}


def said(field: forms.Field, value: Any) -> str:
    """A field's value as people read it."""
    if value is None:
        return ""
    if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
        return str(dict(field.choices).get(value, value))  # type: ignore[arg-type]  # no groups in ours
    if isinstance(field, forms.ModelChoiceField):
        return str(field.label_from_instance(value))
    return formats.date_format(value) if isinstance(value, date) else str(value)

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.articles.importing import read_body
from factcheck.articles.models import Snapshot
from factcheck.desk.forms.base import CreatingForm, DeskForm
from factcheck.desk.forms.claims import QuoteFields


class AgainForm(CreatingForm):
    """The article's text as it stands now."""

    # The snapshot that the page compared it with.
    of_the_page = ("after",)

    body = forms.CharField(
        label=_("The text as it stands now"),
        strip=False,
        error_messages={"required": _("Paste the article’s text as it stands now.")},
        help_text=_("All of it, paragraphs separated by blank lines. Up to 1 MB."),
        widget=forms.Textarea(attrs={"rows": 16, "class": "reading"}),
    )
    after = forms.IntegerField(
        required=False, min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput, label=_("Compared with")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.notes: list[str] = []
        # NUL is refused with its position by read_body, which sees every way in.
        body = self.fields["body"]
        body.validators = [each for each in body.validators if type(each).__name__ != "ProhibitNullCharactersValidator"]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        self.notes = read_body(body).notes
        return body

    def compared_with(self, newest: Snapshot) -> None:
        """What was typed stays, and stands beside the text that is the newest by now."""
        self.data = {**{name: self.data[name] for name in self.data}, "after": str(newest.number)}


class AttachingForm(CreatingForm, QuoteFields):
    """The words of the new text on which a highlight stands from now on."""

    field_order = ("exact", "at")


class DifferenceForm(forms.Form):
    """Which two snapshots are compared."""

    older = forms.TypedChoiceField(label=_("From"), coerce=int)
    newer = forms.TypedChoiceField(label=_("To"), coerce=int)

    def __init__(self, snapshots: list[Snapshot], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.choices = [  # type: ignore[attr-defined]  # of these fields
                (each.number, _t("Snapshot %(n)d") % {"n": each.number}) for each in snapshots
            ]
            field.expected = True  # type: ignore[attr-defined]  # read by shared/field.html


class ChoiceForm(DeskForm):
    """Which of several places are meant: one for each passage that may stand at several."""

    def __init__(self, offered: list[list[tuple[int, int]]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = offered
        for number, places in enumerate(offered):
            self.fields[f"place_{number}"] = forms.TypedChoiceField(
                coerce=int,
                choices=[(index, index) for index in range(len(places))],
                error_messages={"required": _("Choose one of the places.")},
            )

    def chosen(self) -> list[tuple[int, int]]:
        return [places[self.cleaned_data[f"place_{number}"]] for number, places in enumerate(self.offered)]

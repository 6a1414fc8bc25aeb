from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.desk.forms.base import CreatingForm
from factcheck.publication.models import Kind, Publication
from factcheck.review.models import Outcome


class SubmissionForm(CreatingForm):
    """Handing in what was seen: with the version of the verdict, if the page gave it."""

    version = forms.IntegerField(required=False, min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)
    # The hash of the document as the page showed it: of claim, sources and all, not of the verdict's row alone.
    seen = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)


class DecisionForm(CreatingForm):
    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose: approve or send back.")},
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        required=False,
        max_length=10_000,
        help_text=_("Needed when you send it back. The newsroom sees them, readers do not."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class PublicationForm(CreatingForm):
    of_the_page = ("submission",)

    # What the page showed, so that nobody publishes what has been approved since without having seen it.
    submission = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=[], widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("What changed and why"),
        required=False,
        max_length=2000,
        help_text=_("Readers see it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, live: Publication | None, **options: Any) -> None:
        super().__init__(*args, **options)
        later = [Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE]
        kinds = later if live else [Kind.FIRST]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]  # of this field
        self.fields["reason"].expected = True  # type: ignore[attr-defined]  # of every version but the first
        if live is None:
            self.fields["kind"].initial = Kind.FIRST
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["reason"].widget = forms.HiddenInput()


class RetractionForm(CreatingForm):
    reason = forms.CharField(
        label=_("Why it is retracted"),
        max_length=2000,
        help_text=_("Readers see it in place of the verdict."),
        error_messages={"required": _("Tell readers why it is retracted.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.desk.forms.addresses import AddressField
from factcheck.desk.forms.base import CreatingForm, MomentField
from factcheck.publication.models import Kind, Publication
from factcheck.review.answering import LONGEST
from factcheck.review.models import Outcome
from factcheck.verdicts.checking import Point


class SubmissionForm(CreatingForm):
    """Handing in what was seen: with the version of the verdict, if the page gave it, and an answer to each warning that it showed."""

    of_the_page = ("version", "seen")

    version = forms.IntegerField(required=False, min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)
    # The hash of the document as the page showed it: of claim, sources and all, not of the verdict's row alone.
    seen = forms.RegexField(r"^[0-9a-f]{64}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, warnings: Iterable[Point] = (), **options: Any) -> None:
        super().__init__(*args, auto_id="submission_%s", **options)
        self.answering = {point.name: f"answer_{point.name}" for point in warnings}
        for point in warnings:
            field = forms.CharField(
                label=_("Why it can go on like this"),
                # Who hands in without having seen the page is not held up: the reviewer sees the warning without an answer.
                required=self.answering[point.name] in self.data,
                max_length=LONGEST,
                error_messages={"required": _("Put it right, or say why it can go on like this.")},
                # Each has the same label; what it answers is told, too.
                widget=forms.Textarea(
                    attrs={
                        "rows": 2,
                        "aria-describedby": f"point-{point.name} submission_{self.answering[point.name]}_error",
                    }
                ),
            )
            field.expected = True  # type: ignore[attr-defined]  # read by shared/field.html
            self.fields[self.answering[point.name]] = field

    def answers(self) -> dict[str, BoundField]:
        """The field for each warning, by the name of its point."""
        return {point: self[name] for point, name in self.answering.items()}

    def reasons(self) -> dict[str, str]:
        return {point: self.cleaned_data[name] for point, name in self.answering.items()}

    def shown_with(self, version: int, seen: str) -> None:
        """Keep what was typed in a form that was refused; what it hands in next is what the page shows now."""
        kept = {name: self.data[name] for name in self.data}
        self.data = {**kept, "version": str(version), "seen": seen}
        self.renew_key()


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
    field_order: tuple[str, ...] = ("key", "submission", "kind", "reason", "slug", "when", "at")

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
    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        initial="now",
        choices=[("now", _("At once")), ("later", _("At a set time"))],
        widget=forms.RadioSelect(attrs={"class": "when"}),
    )
    at = MomentField(label=_("Goes out at"), required=False)
    slug = AddressField(required=False)

    def __init__(self, *args: Any, live: Publication | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if live is not None:
            del self.fields["slug"]
        later = [Kind.CORRECTION, Kind.CLARIFICATION, Kind.UPDATE]
        kinds = later if live else [Kind.FIRST]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]  # of this field
        self.fields["reason"].expected = True  # type: ignore[attr-defined]  # of every version but the first
        if "at" in self.fields:
            self.fields["when"].expected = self.fields["at"].expected = True  # type: ignore[attr-defined]  # of these fields
            says = gettext("Day and time of %(zone)s. It can be called off until then.")
            self.fields["at"].help_text = says % {"zone": timezone.get_current_timezone_name()}
        if live is None:
            self.fields["kind"].initial = Kind.FIRST
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["reason"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """A moment counts unless "at once" is chosen; later than now, it must be said when."""
        given = super().clean() or self.cleaned_data
        if given.get("when") == "now":
            given["at"] = None
            self.errors.pop("at", None)
        elif given.get("when") == "later" and not given.get("at") and "at" not in self.errors:
            self.add_error("at", gettext("Say on which day and at what time."))
        return given


class EmergencyForm(PublicationForm):
    """Publishing what nobody has decided on: at once, and with the reason why it cannot wait."""

    field_order = ("key", "submission", "urgency", "kind", "reason", "slug")

    urgency = forms.CharField(
        label=_("Why it cannot wait"),
        max_length=2000,
        help_text=_("For the newsroom and its history; readers do not see it."),
        error_messages={"required": _("Say why it cannot wait for a second person.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    when = None  # type: ignore[assignment]  # takes the field out
    at = None  # type: ignore[assignment]  # likewise


class RetractionForm(CreatingForm):
    reason = forms.CharField(
        label=_("Why it is retracted"),
        max_length=2000,
        help_text=_("Readers see it in place of the verdict."),
        error_messages={"required": _("Tell readers why it is retracted.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )

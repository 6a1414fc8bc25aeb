from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.desk.forms.base import CreatingForm, DrawnSelect
from factcheck.review.handing import able_to_review
from factcheck.review.models import REMARK_LENGTH, Submission


def _text(rows: int) -> forms.CharField:
    # How long it may be is for the verb to say: browsers count a line break once and send it as two characters.
    return forms.CharField(
        label=_("Remark"),
        error_messages={"required": _("Say something.")},
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": REMARK_LENGTH}),
    )


class ReplyForm(CreatingForm):
    of_the_page = ("next",)

    text = _text(2)
    # Where it is read, to come back to.
    next = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)


class RemarkForm(CreatingForm):
    """The first remark of a thread: on the whole, on words of the rationale, or on a source."""

    of_the_page = ("submission", "next")

    text = _text(3)
    exact = forms.CharField(
        label=_("Words in the rationale"),
        required=False,
        help_text=_("If it is about certain words: paste or type them."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": REMARK_LENGTH}),
    )
    # What stands around them, when they were selected on the page.
    prefix = forms.CharField(required=False, max_length=100, strip=False, widget=forms.HiddenInput)  # type: ignore[assignment]  # Django's own attribute is for several forms on one page
    suffix = forms.CharField(required=False, max_length=100, strip=False, widget=forms.HiddenInput)
    citation = forms.TypedChoiceField(
        label=_("Source"), required=False, choices=[], coerce=int, empty_value=None, help_text=_("If it is about one."),
        widget=DrawnSelect,
    )  # fmt: skip
    # What the page showed: the words are looked for there.
    submission = forms.IntegerField(
        required=False, min_value=1, max_value=9_223_372_036_854_775_807, widget=forms.HiddenInput
    )
    next = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, sources: Mapping[int, str], **options: Any) -> None:
        """sources -- the titles of those cited, by number."""
        super().__init__(*args, auto_id="remark-%s", **options)
        self.fields["text"].help_text = gettext("Markdown. @login calls on somebody.")
        named = [(number, f"[{number}] {title[:80]}") for number, title in sources.items()]
        self.fields["citation"].choices = [("", "–"), *named]  # type: ignore[attr-defined]  # of this field

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("exact") and given.get("citation"):
            self.add_error("citation", gettext("Choose one: words of the rationale, or a source."))
        return given


class HandoverForm(CreatingForm):
    """Who is to review it."""

    of_the_page = ("was",)

    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"), queryset=User.objects.none(), required=False, empty_label=_("Whoever comes first")
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        help_text=_("The newsroom sees it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # The handing over that the page showed, 0 for none: nobody undoes unseen what somebody else just did.
    was = forms.IntegerField(required=False, min_value=0, max_value=9_223_372_036_854_775_807, widget=forms.HiddenInput)

    def __init__(self, *args: Any, submission: Submission, **options: Any) -> None:
        super().__init__(*args, auto_id="handover-%s", **options)
        field = self.fields["reviewer"]
        field.expected = True  # type: ignore[attr-defined]  # read by shared/field.html
        field.queryset = able_to_review(submission.verdict, submission)  # type: ignore[attr-defined]  # of this field
        field.label_from_instance = lambda person: person.name  # type: ignore[attr-defined]  # of this field

    def for_verb(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reviewer", "note", "was")}

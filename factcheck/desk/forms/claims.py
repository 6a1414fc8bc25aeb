from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote
from factcheck.articles.models import Article
from factcheck.claims.highlighting import find_or_add_claimant, find_or_add_topics
from factcheck.claims.models import ADVISED_LENGTH, Claim, ClaimantKind, Topic
from factcheck.desk.forms.base import CreatingForm, DayField, DeskForm, EditingForm, FilterForm, LineField


class WordsField(forms.CharField):
    """Words as they stand in an article: nothing is trimmed, line ends are line feeds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class QuoteFields(DeskForm):
    """The words marked: selected in the browser (with context and place) or typed (words alone)."""

    exact = WordsField(
        label=_("Words in the article"),
        max_length=100_000,
        help_text=_("Select them in the text, or type or paste them here exactly as they stand."),
        error_messages={"required": _("Select or type the words of the statement.")},
        widget=forms.Textarea(attrs={"rows": 3, "class": "reading", "data-quote": "exact"}),
    )
    # Django's own attribute of this name is for several forms on one page; a declared field takes no notice of it.
    prefix = WordsField(  # type: ignore[assignment]
        required=False, max_length=1000, widget=forms.HiddenInput(attrs={"data-quote": "prefix"})
    )
    suffix = WordsField(required=False, max_length=1000, widget=forms.HiddenInput(attrs={"data-quote": "suffix"}))
    start = forms.IntegerField(
        required=False, min_value=0, max_value=10_000_000, widget=forms.HiddenInput(attrs={"data-quote": "start"})
    )

    def quote(self) -> Quote:
        given = self.cleaned_data
        if given.get("start") is None:
            # Typed words often come with the space around them.
            return Quote(given["exact"].strip(), given["prefix"], given["suffix"])
        return Quote(given["exact"], given["prefix"], given["suffix"], given["start"])

    def clean_exact(self) -> str:
        exact: str = self.cleaned_data["exact"]
        if not exact.strip():
            raise ValidationError(_t("Select or type the words of the statement."), code="required")
        return exact


class ClaimFields(DeskForm):
    wording = LineField(
        label=_("Wording"),
        max_length=500,
        help_text=_("The statement in one sentence that can be understood alone."),
        error_messages={"required": _("Write the statement in one sentence.")},
        widget=forms.Textarea(attrs={"rows": 3, "class": "reading", "data-counter": ADVISED_LENGTH}),
    )
    claimant = LineField(
        label=_("Who claims it"),
        max_length=200,
        required=False,
        help_text=_("A person or organisation. Leave it empty when nobody in particular does."),
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    claimant_kind = forms.ChoiceField(
        label=_("A new claimant is"),
        choices=ClaimantKind.choices,
        required=False,
        initial=ClaimantKind.PERSON,
        widget=forms.Select(attrs={"class": "w-m"}),
    )
    said_on = DayField(label=_("Said on"), help_text=_("When it was said, not when it was checked."))
    place = LineField(label=_("Where it was said"), max_length=200, required=False)
    topics = LineField(label=_("Topics"), max_length=500, required=False, help_text=_("Separated by commas."))

    def clean_topics(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["topics"].split(",") if name.strip()]
        longest = Topic._meta.get_field("name").max_length or 0
        if any(len(name) > longest for name in names):
            raise ValidationError(_t("A topic has at most %(n)d characters.") % {"n": longest}, code="max_length")
        return names

    def for_verb(self, by: User) -> dict[str, Any]:
        """What the verbs of claims.highlighting take; claimant and topics are found or made."""
        given = self.cleaned_data
        kind = given["claimant_kind"] or ClaimantKind.PERSON
        return {
            "wording": given["wording"],
            "claimant": find_or_add_claimant(given["claimant"], by=by, kind=kind),
            "said_on": given["said_on"],
            "place": given["place"],
            "topics": find_or_add_topics(given["topics"], by=by),
        }


class ClaimForm(CreatingForm, ClaimFields):
    """A claim that stands in no article: said in a speech, a video."""


class MarkingForm(CreatingForm, QuoteFields, ClaimFields):
    """A claim and the words of the article it stands in."""

    field_order = ("exact", "wording", "claimant", "claimant_kind", "said_on", "place", "topics")


class ClaimEditForm(EditingForm, ClaimFields):
    @classmethod
    def of(cls, claim: Claim) -> "ClaimEditForm":
        form = cls()
        form.initial = {name: form.standing(claim, name) for name in (*ClaimFields.base_fields, "version")}
        return form

    def standing(self, current: Any, name: str) -> Any:
        if name == "claimant":
            return current.claimant.name if current.claimant else ""
        if name == "claimant_kind":
            return current.claimant.kind if current.claimant else ClaimantKind.PERSON
        if name == "topics":
            return ", ".join(current.topics.values_list("name", flat=True))
        return super().standing(current, name)

    def differences(self, current: Any) -> list[tuple[str, Any, Any]]:
        self.cleaned_data["topics"] = ", ".join(self.cleaned_data.get("topics", []))
        return super().differences(current)


class HighlightForm(CreatingForm, QuoteFields):
    """The same claim in an article, perhaps said by somebody else or on another day."""

    article = forms.ModelChoiceField(
        label=_("Article"),
        queryset=Article.objects.none(),
        empty_label=_("Choose…"),
        error_messages={"required": _("Choose the article.")},
    )
    claimant = LineField(
        label=_("Who says it here"),
        max_length=200,
        required=False,
        help_text=_("Only if it is somebody else."),
        widget=forms.TextInput(attrs={"list": "claimants", "autocomplete": "off"}),
    )
    said_on = DayField(label=_("Said here on"), help_text=_("Only if it is another day."))
    field_order = ("article", "exact", "claimant", "said_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["article"].queryset = Article.objects.on_desk().newest_first()  # type: ignore[attr-defined]  # of this field


class ClaimFilter(FilterForm):
    q = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.SearchInput)
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[
            ("", _("any")),
            ("none", _("no verdict yet")),
            ("draft", _("draft")),
            ("submitted", _("in review")),
            ("sent_back", _("sent back")),
            ("approved", _("approved")),
            ("published", _("published")),
            ("retracted", _("retracted")),
            ("trash", _("in the trash")),
        ],
    )

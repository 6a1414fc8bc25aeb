import json
import re
from itertools import islice
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote, Reason, everywhere
from factcheck.articles.models import Article
from factcheck.claims.carrying import look_up
from factcheck.claims.highlighting import find_or_add_claimant, find_or_add_topics
from factcheck.claims.models import (
    ADVISED_LENGTH,
    GAP,
    Claim,
    Claimant,
    ClaimantKind,
    Highlight,
    Placement,
    Topic,
    passage,
)
from factcheck.desk.forms.base import CreatingForm, DayField, DeskForm, Difference, EditingForm, LineField


class WordsField(forms.CharField):
    """Words as they stand in an article: nothing is trimmed, line ends are line feeds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return _lines(super().to_python(value) or "")


def _lines(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n")


# Typed between two passages of an interrupted statement.
_GAP = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")
PASSAGES = 20
PLACES = 20


class PlaceField(forms.IntegerField):
    """Which of several places typed words are meant to stand at; offered when there are several."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.template_name = "desk/articles/places.html"
        self.places: list[Quote] = []


class QuoteFields(DeskForm):
    """The words marked: selected in the browser (with context and place) or typed (words alone).

    Several passages come as a JSON list of quotes in `passages`, or typed with […] between them.
    """

    exact = WordsField(
        label=_("Words in the article"),
        max_length=100_000,
        help_text=_("Select them in the text, or type or paste them here exactly as they stand."),
        error_messages={"required": _("Select or type the words of the statement.")},
        widget=forms.Textarea(attrs={"rows": 3, "class": "reading", "data-quote": "exact"}),
    )
    at = PlaceField(label=_("Which ones?"), required=False, min_value=0, max_value=10_000_000)
    prefix = WordsField(  # type: ignore[assignment]  # Django's own attribute is for several forms on one page
        required=False, max_length=1000, widget=forms.HiddenInput(attrs={"data-quote": "prefix"})
    )
    suffix = WordsField(required=False, max_length=1000, widget=forms.HiddenInput(attrs={"data-quote": "suffix"}))
    start = forms.IntegerField(
        required=False, min_value=0, max_value=10_000_000, widget=forms.HiddenInput(attrs={"data-quote": "start"})
    )

    passages = forms.CharField(
        required=False, max_length=400_000, widget=forms.HiddenInput(attrs={"data-quote": "passages"})
    )

    def quotes(self, text: str) -> list[Quote]:
        """The passages, to be proved against the text. Typed parts are only parted where the words do not stand as typed."""
        given = self.cleaned_data
        # What is written in the field counts: passages chosen before somebody typed over them do not.
        if given.get("passages") and GAP.join(each["exact"] for each in given["passages"]) == given["exact"]:
            return [Quote(**each) for each in given["passages"]]
        if given.get("start") is not None:
            return [Quote(given["exact"], given["prefix"], given["suffix"], given["start"])]
        # Typed words often come with the space around them.
        exact = given["exact"].strip()
        if given.get("at") is not None:
            return [Quote(exact, start=given["at"])]
        self.text = text
        parts = [exact] if exact in text else [part for part in _GAP.split(exact) if part]
        if len(parts) > PASSAGES:
            raise ValidationError(
                _t("At most %(n)d passages make one highlight.") % {"n": PASSAGES}, code=Reason.OUTSIDE.value
            )
        if len(parts) > 1:
            return [Quote(part) for part in parts]
        return [Quote(exact, given["prefix"], given["suffix"])]

    def take(self, error: ValidationError) -> None:
        """Words that stand several times are offered with what is around them."""
        if getattr(error, "code", None) == Reason.AMBIGUOUS:
            offered = everywhere(self.cleaned_data["exact"].strip(), self.text)
            self.fields["at"].places = list(islice(offered, PLACES))  # type: ignore[attr-defined]  # a PlaceField
        super().take(error)

    def follow(self, text: str) -> bool:
        """Let the form tell the place of its words in another text than they were chosen in; whether they stand there.

        What cannot be found for certain is left as words alone.
        """
        given = self.cleaned_data
        quotes = [Quote(**each) for each in given.get("passages") or []] or [
            Quote(given["exact"], given["prefix"], given["suffix"], given["start"])
        ]
        found = look_up(quotes, text)
        places = [Quote.at(text, start, end) for start, end in found.spans] if found.is_certain else []
        if len(places) == 1:
            place = places[0]
            told = {"exact": place.exact, "prefix": place.prefix, "suffix": place.suffix, "start": str(place.start)}
        else:
            told = {"exact": given["exact"], "prefix": "", "suffix": "", "start": ""}
        passages = json.dumps([passage(each) for each in places], ensure_ascii=False) if len(places) > 1 else ""
        self.data = {**{name: self.data[name] for name in self.data}, **told, "passages": passages}
        return bool(places)

    def clean_passages(self) -> list[dict[str, Any]]:
        if not (written := self.cleaned_data["passages"]):
            return []
        try:
            passages = json.loads(written)
            read = [
                {name: _lines(str(each.get(name, ""))) for name in ("exact", "prefix", "suffix")}
                | {"start": int(each["start"])}
                for each in passages
            ]
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            read = []
        whole = "".join(part for each in read for part in each.values() if isinstance(part, str))
        if not 0 < len(read) <= PASSAGES or not all(each["exact"] for each in read) or "\0" in whole:
            raise ValidationError(_t("The passages could not be read. Select the words again."), code="invalid")
        return read

    def clean_exact(self) -> str:
        exact: str = self.cleaned_data["exact"]
        if not exact.strip():
            raise ValidationError(_t("Select or type the words of the statement."), code="required")
        return exact


class ClaimantFields(DeskForm):
    """Who says it, by name: found as it is typed, or made on the spot."""

    claimant = LineField(
        label=_("Who claims it"),
        max_length=200,
        required=False,
        help_text=_("A person or organisation. Leave it empty when nobody in particular does."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "data-suggest": reverse_lazy("desk:claimant-suggestions")}
        ),
    )
    # Names are not unique: which of several was taken from the suggestions.
    claimant_chosen = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput(attrs={"data-chosen": "claimant"})
    )
    claimant_kind = forms.ChoiceField(
        label=_("A new claimant is"),
        choices=ClaimantKind.choices,
        required=False,
        initial=ClaimantKind.PERSON,
        widget=forms.Select(attrs={"class": "w-m", "data-when-new": "claimant"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # It has an answer already.
        self.fields["claimant_kind"].expected = True  # type: ignore[attr-defined]  # read by shared/field.html

    def claimant_for(self, by: User) -> Claimant | None:
        """The claimant who was chosen or named, made when there is none of this name."""
        given = self.cleaned_data
        kind = given["claimant_kind"] or ClaimantKind.PERSON
        return find_or_add_claimant(given["claimant"], by=by, kind=kind, chosen=given["claimant_chosen"])


class ClaimFields(ClaimantFields):
    wording = LineField(
        label=_("Wording"),
        max_length=500,
        help_text=_("The statement in one sentence that can be understood alone."),
        error_messages={"required": _("Write the statement in one sentence.")},
        widget=forms.Textarea(
            attrs={
                "rows": 3,
                "class": "reading",
                "data-counter": ADVISED_LENGTH,
                "data-similar": reverse_lazy("desk:claims-similar"),
            }
        ),
    )
    said_on = DayField(label=_("Said on"), help_text=_("When it was said, not when it was checked."))
    place = LineField(label=_("Where it was said"), max_length=200, required=False)
    topics = LineField(
        label=_("Topics"),
        max_length=500,
        required=False,
        help_text=_("Separated by commas."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-suggest": reverse_lazy("desk:topic-suggestions")}),
    )
    field_order: tuple[str, ...] = ("wording", "claimant", "claimant_kind", "said_on", "place", "topics")

    def clean_topics(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["topics"].split(",") if name.strip()]
        longest = Topic._meta.get_field("name").max_length or 0
        if any(len(name) > longest for name in names):
            raise ValidationError(_t("A topic has at most %(n)d characters.") % {"n": longest}, code="max_length")
        return names

    def for_verb(self, by: User) -> dict[str, Any]:
        """What the verbs of claims.highlighting take; claimant and topics are found or made."""
        given = self.cleaned_data
        return {
            "wording": given["wording"],
            "claimant": self.claimant_for(by),
            "said_on": given["said_on"],
            "place": given["place"],
            "topics": find_or_add_topics(given["topics"], by=by),
        }


class ClaimForm(CreatingForm, ClaimFields):
    """A claim that stands in no article: said in a speech, a video."""


class MarkingForm(CreatingForm, QuoteFields, ClaimFields):
    """A claim and the words of the article it stands in."""

    field_order = ("exact", "at", "wording", "claimant", "claimant_kind", "said_on", "place", "topics")


class ClaimEditForm(EditingForm, ClaimFields):
    @classmethod
    def of(cls, claim: Claim) -> "ClaimEditForm":
        form = cls()
        form.initial = {name: form.standing(claim, name) for name in (*ClaimFields.base_fields, "version")}
        return form

    def besides(self, claim: Claim) -> "ClaimEditForm":
        """The claim itself is not offered as one like it."""
        self.fields["wording"].widget.attrs["data-besides"] = claim.pk
        return self

    def standing(self, current: Any, name: str) -> Any:
        if name == "claimant":
            return current.claimant.name if current.claimant else ""
        if name == "claimant_chosen":
            return current.claimant_id
        if name == "claimant_kind":
            return current.claimant.kind if current.claimant else ClaimantKind.PERSON
        if name == "topics":
            return ", ".join(current.topics.values_list("name", flat=True))
        return super().standing(current, name)

    def differences(self, current: Any) -> list[Difference]:
        topics = self.cleaned_data.get("topics", [])
        if not isinstance(topics, str):
            self.cleaned_data["topics"] = ", ".join(topics)
        # A number is for the program; the name stands in the field of its own.
        self.cleaned_data["claimant_chosen"] = current.claimant_id
        return super().differences(current)


class HighlightForm(CreatingForm, QuoteFields, ClaimantFields):
    """The same claim in an article, perhaps said by somebody else or on another day."""

    article = forms.ModelChoiceField(
        label=_("Article"),
        queryset=Article.objects.none(),
        empty_label=_("Choose…"),
        error_messages={"required": _("Choose the article.")},
    )
    said_on = DayField(label=_("Said here on"), help_text=_("Only if it is another day."))
    field_order = ("article", "exact", "at", "claimant", "claimant_kind", "said_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["article"].queryset = Article.objects.on_desk().newest_first()  # type: ignore[attr-defined]  # of this field
        self.fields["claimant"].label = _("Who says it here")
        self.fields["claimant"].help_text = _t("Only if it is somebody else.")


class WordsForm(EditingForm, QuoteFields):
    """The words that a highlight stands on."""

    field_order = ("exact", "at")

    def __init__(self, *args: Any, **options: Any) -> None:
        # It stands in a page beside the form for a new claim, whose fields have the usual ids.
        super().__init__(*args, auto_id="words_%s", **options)

    @classmethod
    def of(cls, mark: Highlight, placement: Placement | None) -> "WordsForm":
        form = cls(initial={"version": mark.version})
        if placement:
            form.initial["exact"] = placement.words
            form.initial["passages"] = json.dumps(placement.passages, ensure_ascii=False)
        return form

    def standing(self, current: Any, name: str) -> Any:
        if name != "exact":
            return self.cleaned_data.get(name)
        return Placement.objects.filter(highlight=current).placed().latest("pk").words


# Where a claim's check stands, as lists are filtered.
STANDINGS = [
    ("none", _("no verdict yet")),
    ("draft", _("draft")),
    ("submitted", _("in review")),
    ("sent_back", _("sent back")),
    ("approved", _("approved")),
    ("published", _("published")),
    ("retracted", _("retracted")),
]

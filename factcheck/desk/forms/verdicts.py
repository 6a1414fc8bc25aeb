from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.desk.forms.base import CreatingForm, DayField, DeskForm, EditingForm, LineField
from factcheck.prose.markdown import to_html
from factcheck.sources.keeping import find_or_add
from factcheck.sources.models import EvidenceKind, Source, SourceKind
from factcheck.verdicts.models import Citation, Rating, ScaleVersion, Stance, Verdict

if TYPE_CHECKING:
    RatingChoice = forms.ModelChoiceField[Rating]
else:
    RatingChoice = forms.ModelChoiceField


class RatingField(RatingChoice):
    """A rating of the verdict's scale by its number, or by its name as people write it."""

    def to_python(self, value: Any) -> Rating | None:
        if isinstance(value, str) and value and "\0" not in value and not value.isdecimal():
            named: Rating | None = (
                self.queryset.filter(name__iexact=value.strip()).first() if self.queryset is not None else None
            )
            if named:
                return named
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": value})
        rating: Rating | None = super().to_python(value)
        return rating


class VerdictFields(DeskForm):
    rating = RatingField(
        label=_("Rating"), queryset=Rating.objects.none(), required=False, widget=forms.RadioSelect, empty_label=None
    )
    summary = LineField(
        label=_("Summary"),
        max_length=300,
        required=False,
        help_text=_("The finding in one sentence."),
        widget=forms.Textarea(attrs={"rows": 2, "class": "reading", "data-counter": 160}),
    )
    rationale = forms.CharField(
        label=_("Rationale"),
        required=False,
        max_length=100_000,
        help_text=_("Why, in Markdown. Refer to a source by its number in brackets: [1]."),
        widget=forms.Textarea(attrs={"rows": 14, "class": "reading"}),
    )

    def __init__(self, *args: Any, scale: ScaleVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        self.ratings = list(scale.ratings.all())
        for name in ("summary", "rationale"):
            # A draft may lack them, a submission may not.
            self.fields[name].expected = True  # type: ignore[attr-defined]  # read by shared/field.html
        self.fields["rating"].queryset = scale.ratings.all()  # type: ignore[attr-defined]  # of this field

    def clean_rationale(self) -> str:
        rationale: str = self.cleaned_data["rationale"].replace("\r\n", "\n")
        return rationale

    @property
    def preview(self) -> SafeString:
        """What stands in the field for the rationale, as readers would see it."""
        return mark_safe(to_html(str(self["rationale"].value() or "")))  # noqa: S308  # to_html sanitises

    @property
    def chosen(self) -> str:
        """The rating chosen, as the form would send it."""
        return str(self["rating"].value() or "")

    def for_verb(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("rating", "summary", "rationale")}


class VerdictForm(CreatingForm, VerdictFields):
    pass


class VerdictEditForm(EditingForm, VerdictFields):
    @classmethod
    def of(cls, verdict: Verdict) -> "VerdictEditForm":
        initial = {name: getattr(verdict, name) for name in ("summary", "rationale", "version")}
        return cls(scale=verdict.scale, initial=initial | {"rating": verdict.rating_id})


class CitationUse(DeskForm):
    stance = forms.ChoiceField(
        label=_("It"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it supports, refutes or gives context.")},
    )
    quoted = forms.CharField(
        label=_("Words quoted"),
        required=False,
        max_length=5000,
        help_text=_("The passage you rely on, as it stands there."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "reading"}),
    )
    note = LineField(
        label=_("Note"),
        required=False,
        max_length=2000,
        help_text=_("What it shows. Readers see it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    read_on = DayField(label=_("Read on"))


class KindField(forms.ChoiceField):
    """A kind of source by its key, or as people who do not know our list call it."""

    ALIASES = {"page": SourceKind.MEDIA, "document": SourceKind.PRIMARY, "statement": SourceKind.OFFICIAL}

    def to_python(self, value: Any) -> str:
        word: str = super().to_python(value)
        return self.ALIASES.get(word, word)


class SourceFields(DeskForm):
    url = forms.URLField(
        label=_("Address"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        help_text=_("Empty for an interview or a letter. An address that is known already is the same source."),
    )
    title = LineField(label=_("Title"), max_length=300)
    publisher = LineField(label=_("Publisher"), max_length=200, required=False)
    kind = KindField(
        label=_("Kind"), choices=[("", _("Choose…")), *SourceKind.choices], widget=forms.Select(attrs={"class": "w-m"})
    )
    published_on = DayField(label=_("Published on"))

    def source(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SourceFields.base_fields}


class CitationForm(CreatingForm, SourceFields, CitationUse):
    """A source and how it is used: one that was found while typing, or one told by its particulars."""

    source_chosen = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    field_order = ("url", "title", "publisher", "kind", "published_on", "stance", "quoted", "note", "read_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("url", "title"):
            found = {"data-suggest": reverse("desk:source-suggestions"), "autocomplete": "off"}
            self.fields[name].widget.attrs |= found

    def clean(self) -> dict[str, Any]:
        if number := self.cleaned_data.get("source_chosen"):
            if not Source.objects.filter(pk=number).exists():
                raise ValidationError(_("The source you picked is not there. Pick it again."), code="invalid")
            # It is told by its number: whatever stands in the fields for a new one is not asked for.
            for name in SourceFields.base_fields:
                self.errors.pop(name, None)
        return self.cleaned_data

    @property
    def chosen_source(self) -> Source | None:
        """The source that was picked, to be shown in place of the fields for a new one."""
        number = str(self["source_chosen"].value() or "")
        return Source.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None

    def source_for(self, by: User) -> Source:
        """The source that was picked, or the one of these particulars, made when it is not known."""
        number = self.cleaned_data["source_chosen"]
        return Source.objects.get(pk=number) if number else find_or_add(by=by, **self.source())

    def differs_from(self, source: Source) -> bool:
        """Whether something else was typed than what the newsroom knows of the source."""
        if self.cleaned_data["source_chosen"]:
            return False
        return any(getattr(source, name) != value for name, value in self.source().items() if value and name != "url")

    def source_fields(self) -> list[BoundField]:
        return [self[name] for name in SourceFields.base_fields]

    def use_fields(self) -> list[BoundField]:
        return [self[name] for name in CitationUse.base_fields]

    def use(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CitationUse.base_fields}


class CitationEditForm(EditingForm, CitationUse):
    @classmethod
    def of(cls, citation: Citation) -> "CitationEditForm":
        return cls(initial={name: getattr(citation, name) for name in (*CitationUse.base_fields, "version")})

    def for_verb(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in CitationUse.base_fields}


class SourceEditForm(EditingForm, SourceFields):
    @classmethod
    def of(cls, source: Source) -> "SourceEditForm":
        return cls(initial={name: getattr(source, name) for name in (*SourceFields.base_fields, "version")})


class EvidenceForm(CreatingForm):
    """A picture or PDF of what a source shows."""

    file = forms.FileField(
        label=_("Picture or PDF"),
        help_text=_("PNG, JPEG, WebP, GIF or PDF, at most 10 MB. The newsroom sees it, readers do not."),
        widget=forms.FileInput(attrs={"accept": ",".join(EvidenceKind.values)}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    note = LineField(label=_("What it shows"), max_length=300, required=False)

    def content(self) -> str:
        """Two files are two forms, too."""
        file = self.files.get("file")
        if file is None:
            return super().content()
        hashed = sha256(file.read()).hexdigest()
        file.seek(0)
        return sha256(f"{super().content()} {hashed}".encode()).hexdigest()

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.articles.importing import read_body
from factcheck.articles.models import Article, Rights
from factcheck.desk.forms.base import CreatingForm, DayField, DeskForm, EditingForm, LineField
from factcheck.intake.marking import read_marked


class Particulars(DeskForm):
    """What is known of an article beside its text."""

    title = LineField(label=_("Title"), max_length=300)
    publisher = LineField(label=_("Publisher"), max_length=200)
    author = LineField(label=_("Author"), max_length=200, required=False)
    url = forms.URLField(
        label=_("Address"),
        max_length=2000,
        required=False,
        assume_scheme="https",
        help_text=_("Where readers found it."),
    )
    language = forms.RegexField(
        label=_("Language"),
        regex=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
        max_length=35,
        initial="en",
        help_text=_("A language tag such as en, tr or pt-BR."),
        error_messages={"invalid": _("Write a language tag such as en, tr or pt-BR.")},
        widget=forms.TextInput(attrs={"class": "w-s", "spellcheck": "false", "autocapitalize": "none"}),
    )
    published_on = DayField(label=_("Published on"))
    rights = forms.ChoiceField(
        label=_("What readers may be shown"),
        choices=Rights.choices,
        initial=Rights.EXCERPTS,
        widget=forms.RadioSelect,
        help_text=_(
            "Other people’s articles are not ours to reprint: excerpts, unless you have the right to the full text."
        ),
    )


class ArticleForm(CreatingForm, Particulars):
    body = forms.CharField(
        label=_("Text"),
        strip=False,
        error_messages={"required": _("Paste or type the article’s text.")},
        help_text=_("Paste or type it, paragraphs separated by blank lines. Up to 1 MB."),
        widget=forms.Textarea(attrs={"rows": 16, "class": "reading"}),
    )
    # Whether the text carries marks, which come with what was copied on a page.
    marked = forms.CharField(required=False, max_length=2, widget=forms.HiddenInput)
    field_order = ("title", "body", "publisher", "author", "url", "language", "published_on", "rights")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.notes: list[str] = []
        # NUL is refused with its position by read_body, which sees every way in.
        body = self.fields["body"]
        body.widget.attrs |= {
            "data-pasting": reverse("desk:article-pasted"),
            "data-pasted": _("Pasted with its headings and lists."),
        }
        body.validators = [each for each in body.validators if type(each).__name__ != "ProhibitNullCharactersValidator"]

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        self.notes = (read_marked(body) if self.data.get("marked") else read_body(body)).notes
        return body

    def for_verb(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if name not in {"key", "marked"}}
        return given | {"body": read_marked(given["body"])} if self.cleaned_data["marked"] else given


class ArticleDetailsForm(EditingForm, Particulars):
    @classmethod
    def of(cls, article: Article) -> "ArticleDetailsForm":
        names = (*Particulars.base_fields, "version")
        return cls(initial={name: getattr(article, name) for name in names})

    def for_verb(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in Particulars.base_fields}

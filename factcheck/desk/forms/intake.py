"""Taking in from an address or a file, and the preview that becomes an article."""

from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from factcheck.articles.models import Article
from factcheck.desk.forms.articles import Particulars
from factcheck.desk.forms.base import CreatingForm, LineField
from factcheck.intake.marking import marked, marked_text, read_marked
from factcheck.intake.models import Intake
from factcheck.newsroom.models import Settings
from factcheck.web.kinds import ENDINGS, Kind


class AddressForm(CreatingForm):
    address = LineField(
        label=_("Address"),
        max_length=8000,
        error_messages={"required": _("Paste the article’s address.")},
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )
    another = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean_address(self) -> str:
        """As people type it: an address without its beginning is one on the web."""
        address: str = self.cleaned_data["address"]
        return address if "://" in address else f"https://{address}"


class FileForm(CreatingForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A web page, plain text, Markdown, a Word document (.docx) or a PDF with text, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )

    def content(self) -> str:
        """Two files are two forms, too."""
        file = self.files.get("file")
        if file is None:
            return super().content()
        hashed = sha256(file.read()).hexdigest()
        file.seek(0)
        return sha256(f"{super().content()} {hashed}".encode()).hexdigest()


class IntakeForm(CreatingForm, Particulars):
    """What was found, to be corrected."""

    body = forms.CharField(
        label=_("Text"),
        strip=False,
        error_messages={"required": _("Nothing is left of the text.")},
        help_text=_(
            "Blank lines separate the blocks. “# ” begins a heading, “> ” a quotation, “- ” a list item. "
            "Take out what is not the article; put in what is missing."
        ),
        widget=forms.Textarea(attrs={"rows": 24, "class": "reading"}),
    )
    another = forms.BooleanField(label=_("Put it on the desk a second time"), required=False, widget=forms.HiddenInput)
    field_order = ("another", "title", "publisher", "author", "published_on", "language", "url", "body", "rights")

    def __init__(self, *args: Any, known: Article | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.notes: list[str] = []
        body = self.fields["body"]
        body.validators = [each for each in body.validators if type(each).__name__ != "ProhibitNullCharactersValidator"]
        if known:
            self.fields["another"].widget = forms.CheckboxInput()
            # Without it nothing is made, so it is not called optional.
            self.fields["another"].expected = True  # type: ignore[attr-defined]  # read by shared/field.html

    @classmethod
    def of(cls, intake: Intake, known: Article | None) -> "IntakeForm":
        found = intake.extracted()
        about = found.about
        address = about.canonical or intake.url
        host = (urlsplit(address).hostname or "").removeprefix("www.")
        first = next((text for kind, text in found.blocks if kind == "heading"), "")
        body = marked(found.blocks)
        if intake.kind == Kind.TEXT:
            body = marked_text("\n\n".join(text for _kind, text in found.blocks))
        stem = intake.name.rpartition(".")[0] if intake.name else ""
        return cls(
            known=known,
            initial={
                "title": (about.title or first or stem)[:300],
                "publisher": (about.publisher or host)[:200],
                "author": ", ".join(about.authors)[:200],
                "url": address if len(address) <= 2000 else "",
                "language": about.language or Settings.objects.current().language,
                "published_on": about.published_on or None,
                "body": body,
            },
        )

    def clean_body(self) -> str:
        body: str = self.cleaned_data["body"]
        self.notes = read_marked(body).notes
        return body


KINDS = {
    Kind.HTML: _("Web page"),
    Kind.TEXT: _("Plain text"),
    Kind.MARKDOWN: _("Markdown"),
    Kind.DOCX: _("Word document"),
    Kind.PDF: _("PDF"),
}

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from factcheck.desk.forms.base import CreatingForm, LineField


class AddressField(LineField):
    """The end of an address for readers. Whether it can be had, its verb says."""

    def __init__(self, *, required: bool = True, face: str = "claims") -> None:
        super().__init__(
            required=required,
            max_length=90,
            label=_("Address"),
            help_text=format_lazy(
                _("It stands for good after {place} and cannot be given to anything else."),
                place=f"{settings.SITE_URL}/{face}/",
            ),
            error_messages={"required": _("Say where readers shall find it.")},
            widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "off"}),
        )


class AddressForm(CreatingForm):
    """Another address for what is published."""

    slug = AddressField()
    reason = forms.CharField(
        label=_("Why it changes"),
        max_length=2000,
        help_text=_("It stands in the history; readers are led on without a word."),
        error_messages={"required": _("Say why it changes: links to it stand elsewhere.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, face: str = "claims", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["slug"] = AddressField(face=face)

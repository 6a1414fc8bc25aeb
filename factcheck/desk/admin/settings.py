"""What the newsroom says of itself, version by version."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.desk.admin.editing import NextVersionPage, VersionedForm
from factcheck.desk.recounting import Difference
from factcheck.newsroom import zones
from factcheck.newsroom.models import SAID, Settings
from factcheck.newsroom.settling import settle
from factcheck.verdicts.models import RatingScale

# What is told in words, and so compared word by word.
TEXTS = frozenset(SAID) - {"language", "time_zone", "scale"}


def differences(before: Settings | None, after: Settings) -> list[Difference]:
    """What a version says otherwise than the one before it; nothing for the first."""
    if before is None:
        return []
    return [
        Difference(
            str(capfirst(Settings._meta.get_field(name).verbose_name)),  # type: ignore[union-attr]  # columns, no relations
            getattr(before, name),
            getattr(after, name),
            name in TEXTS,
        )
        for name in SAID
        if getattr(before, name) != getattr(after, name)
    ]


class SettingsForm(VersionedForm):
    time_zone = forms.ChoiceField(
        label=gettext_lazy("time zone"),
        help_text=gettext_lazy("Every day and hour is told in it, at the desk and to readers."),
    )
    scale = forms.ModelChoiceField(
        RatingScale.objects.order_by("slug"),
        to_field_name="slug",
        empty_label=None,
        label=gettext_lazy("rating scale in use"),
        help_text=gettext_lazy("New verdicts use its newest version."),
    )

    class Meta:
        model = Settings
        fields = SAID

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "language" in self.fields:
            # RFC 5646, in its common shape.
            self.fields["language"].validators.append(
                RegexValidator(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", _("Write a language tag such as en or pt-BR."))
            )
        if "time_zone" in self.fields:
            standing = str(self.initial.get("time_zone", ""))
            choices = [("UTC", "UTC"), *zones.places()]
            offered = {name for _region, names in zones.places() for name, _place in names} | {"UTC"}
            # An older name of a zone may stand there from before.
            zone: Any = self.fields["time_zone"]
            zone.choices = choices if standing in offered | {""} else [(standing, standing), *choices]

    def clean_scale(self) -> str:
        scale: RatingScale = self.cleaned_data["scale"]
        return scale.slug


@admin.register(Settings)
class SettingsPage(NextVersionPage):
    form = SettingsForm
    fields = ("name", "site", *SAID[1:])
    readonly_fields = ("site",)
    noun = gettext_lazy("version of the settings")
    add_label = gettext_lazy("Change the settings")
    list_display = ("version", "name", "what_changed", "made_by", "made_at")
    list_display_links = ("version", "name")
    list_select_related = ("made_by",)
    search_fields = ("name", "made_by__byline")
    search_help_text = gettext_lazy("The newsroom’s name, or who changed the settings")
    list_filter = ("made_at",)
    ordering = ("-version",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("version", "made_by", "made_at", "what_changed_here", *self.fields) if obj else self.fields

    def complete(self, records: list[Any]) -> None:
        before = _by_version(record.version - 1 for record in records)
        for record in records:
            record.before = before.get(record.version - 1)

    @admin.display(description=gettext_lazy("what changed"))
    def what_changed(self, record: Any) -> str:
        if record.before is None:
            return _("It came with the database.")
        return render_to_string("admin/differences.html", {"differences": differences(record.before, record)})

    @admin.display(description=gettext_lazy("what changed"))
    def what_changed_here(self, record: Settings) -> str:
        self.complete([record])
        changed = differences(record.before, record)  # type: ignore[attr-defined]  # given by `complete`
        return render_to_string("admin/differences.html", {"differences": changed, "open": True})

    @admin.display(description=gettext_lazy("address that readers use"))
    def site(self, record: Settings) -> SafeString:
        return format_html(
            '<a href="{0}/">{0}</a><br><span class="help">{1}</span>',
            settings.SITE_URL,
            _("The program is started with it, as SITE_URL: the server and its certificate must know it too."),
        )

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        current = Settings.objects.current()
        return {name: getattr(current, name) for name in (*SAID, "version")}

    def add_title(self, request: HttpRequest) -> str:
        return str(self.add_label)

    def next_of(self, record: Settings) -> tuple[Any, str]:
        return self.add_label, reverse("admin:newsroom_settings_add")

    def make(self, by: User, values: dict[str, Any]) -> Settings:
        current = Settings.objects.current()
        if current.version == values["version"] and all(getattr(current, name) == values[name] for name in SAID):
            raise ValidationError(_("Nothing differs from version %(number)d.") % {"number": current.version})
        return settle(by=by, **values)


def _by_version(numbers: Iterable[int]) -> dict[int, Settings]:
    return {found.version: found for found in Settings.objects.filter(version__in=list(numbers))}

"""What the newsroom says of itself, version by version."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.desk.admin.pages import NextVersionPage, VersionedForm
from factcheck.newsroom.models import Settings
from factcheck.newsroom.settling import settle
from factcheck.verdicts.models import RatingScale

FIELDS = ("name", "language", "scale", "about", "methodology", "corrections_policy", "contact")


class SettingsForm(VersionedForm):
    scale = forms.ModelChoiceField(
        RatingScale.objects.order_by("slug"),
        to_field_name="slug",
        empty_label=None,
        label=gettext_lazy("rating scale in use"),
        help_text=gettext_lazy("New verdicts use its newest version."),
    )

    class Meta:
        model = Settings
        fields = FIELDS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "language" in self.fields:
            # RFC 5646, in its common shape.
            self.fields["language"].validators.append(
                RegexValidator(r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", _("Write a language tag such as en or pt-BR."))
            )

    def clean_scale(self) -> str:
        scale: RatingScale = self.cleaned_data["scale"]
        return scale.slug


@admin.register(Settings)
class SettingsPage(NextVersionPage):
    form = SettingsForm
    fields = FIELDS
    noun = gettext_lazy("version of the settings")
    add_label = gettext_lazy("Change the settings")
    list_display = ("version", "name", "language", "scale", "made_by", "made_at")
    list_display_links = ("version", "name")
    list_select_related = ("made_by",)
    search_fields = ("name",)
    ordering = ("-version",)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        current = Settings.objects.current()
        return {name: getattr(current, name) for name in (*FIELDS, "version")}

    def add_title(self, request: HttpRequest) -> str:
        return str(self.add_label)

    def next_of(self, record: Settings) -> tuple[Any, str]:
        return self.add_label, reverse("admin:newsroom_settings_add")

    def make(self, by: User, values: dict[str, Any]) -> Settings:
        current = Settings.objects.current()
        if current.version == values["version"] and all(getattr(current, name) == values[name] for name in FIELDS):
            raise ValidationError(_("Nothing differs from version %(number)d.") % {"number": current.version})
        return settle(by=by, **values)

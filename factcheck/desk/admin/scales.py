"""Rating scales: every version to read, and the next one to make."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.desk.admin.pages import NextVersionPage, ReadableRows, VersionedForm
from factcheck.newsroom.models import Settings
from factcheck.verdicts.models import Rating, ScaleVersion
from factcheck.verdicts.scaling import make_version

EMPTY_ROWS = 8
SPARE_ROWS = 2


class ScaleForm(VersionedForm):
    slug = forms.SlugField(
        label=gettext_lazy("short name"), help_text=gettext_lazy("It stays the same in all versions of a scale.")
    )

    class Meta:
        model = ScaleVersion
        fields = ("name", "description")
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.initial.get("slug") and "slug" in self.fields:
            self.fields["slug"].widget.attrs["readonly"] = True

    def standing(self, current: Any, name: str) -> Any:
        return current.scale.slug if name == "slug" else super().standing(current, name)

    def version_of(self, current: Any) -> Any:
        return current.number


class RatingRows(ReadableRows):
    model = Rating
    fields = ("position", "name", "definition", "hue", "sign")
    max_num = 20

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.pk is None) and self.admin_site.has_permission(request)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        newest = newest_of(request)
        return newest.ratings.count() + SPARE_ROWS if newest else EMPTY_ROWS

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "definition":
            field.widget = forms.Textarea(attrs={"rows": 2, "cols": 40})
        if field:
            # In a table the head of the column is no label.
            field.widget.attrs["aria-label"] = field.label
        return field


def newest_of(request: HttpRequest) -> ScaleVersion | None:
    """The version that the next one is made from, as the address says: ?scale=default."""
    slug = request.GET.get("scale", "")
    found = ScaleVersion.objects.filter(scale__slug=slug).select_related("scale").order_by("-number")
    return found.first() if slug.isascii() and slug.isprintable() and slug else None


@admin.register(ScaleVersion)
class ScalePage(NextVersionPage):
    form = ScaleForm
    fields = ("slug", "name", "description")
    inlines = (RatingRows,)
    noun = gettext_lazy("version of a rating scale")
    nouns = gettext_lazy("rating scales")
    add_label = gettext_lazy("Make a new scale")
    list_display = ("name", "scale", "number", "rating_count", "in_use", "made_at")
    list_display_links = ("name",)
    list_filter = ("scale",)
    list_select_related = ("scale",)
    search_fields = ("name", "scale__slug", "description", "ratings__name")
    ordering = ("scale__slug", "-number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ScaleVersion]:
        newest = ScaleVersion.objects.filter(scale=OuterRef("scale")).order_by("-number")
        found: QuerySet[ScaleVersion] = super().get_queryset(request)
        return found.annotate(
            rating_total=Count("ratings", distinct=True),
            newest=Subquery(newest.values("pk")[:1]),
            used=Subquery(Settings.objects.order_by("-version").values("scale")[:1]),
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("scale", "number", "name", "description", "made_at") if obj else self.fields

    @admin.display(description=gettext_lazy("ratings"))
    def rating_count(self, version: Any) -> int:
        return int(version.rating_total)

    @admin.display(description=gettext_lazy("in use"), boolean=True)
    def in_use(self, version: Any) -> bool:
        return bool(version.newest == version.pk and version.used == version.scale.slug)

    def next_of(self, version: ScaleVersion) -> tuple[Any, str]:
        """Words and address of the form that makes the next version from the newest."""
        address = reverse("admin:verdicts_scaleversion_add")
        return gettext_lazy("Make the next version"), f"{address}?{urlencode({'scale': version.scale.slug})}"

    def add_title(self, request: HttpRequest) -> str:
        newest = newest_of(request)
        if newest is None:
            return str(self.add_label)
        return _("Make version %(number)d of “%(name)s”") % {"number": newest.number + 1, "name": newest.name}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        if newest := newest_of(request):
            return {
                "slug": newest.scale.slug,
                "name": newest.name,
                "description": newest.description,
                "version": newest.number,
            }
        return {"version": 0}

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        # Only the form shown first is filled in: what comes back is all the newcomer's own, changed or not.
        if request.method == "GET" and obj.pk is None and (newest := newest_of(request)):
            options["initial"] = list(newest.ratings.values(*inline.fields))
        return options

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Its ratings are part of it: `save_related` makes both."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        by: User = request.user  # type: ignore[assignment]  # the site lets nobody else in
        rows = [row.cleaned_data for formset in formsets for row in formset.forms if row.cleaned_data]
        columns = RatingRows.fields
        values = form.cleaned_data
        made = make_version(
            values["slug"],
            by=by,
            version=values["version"] or 0,
            name=values["name"],
            description=values["description"],
            ratings=[Rating(**{column: row[column] for column in columns}) for row in rows],
        )
        form.instance.__dict__.update(made.__dict__)

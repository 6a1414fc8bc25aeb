"""Rating scales: every version to read, and the next one to make."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factcheck.accounts.models import User
from factcheck.desk.admin.editing import NextVersionPage, VersionedForm
from factcheck.desk.admin.listing import how_many
from factcheck.desk.admin.pages import ReadableRows, person_of
from factcheck.history.models import Via
from factcheck.history.recording import coming_from
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.verdicts.models import Rating, ScaleVersion, Verdict
from factcheck.verdicts.scaling import make_version, move_work
from factcheck.verdicts.stages import Stage

EMPTY_ROWS = 8
SPARE_ROWS = 2
MOVED_AT_ONCE = 100


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


class MovingForm(forms.Form):
    """A choice of verdicts in hand, each with the version that was shown, and an answer for each of the old ratings."""

    verdicts = forms.MultipleChoiceField(
        label=gettext_lazy("Verdicts that move"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, old: ScaleVersion, new: ScaleVersion, **options: Any) -> None:
        super().__init__(*args, **options)
        self.old, self.new = old, new
        self.shown = list(
            Verdict.objects.in_hand_on(old).select_related("claim", "rating", "made_by").order_by("pk")[:MOVED_AT_ONCE]
        )
        given: Any = self.fields["verdicts"]
        given.choices = [(str(verdict.pk), self._told(verdict)) for verdict in self.shown]
        ratings = list(new.ratings.all())
        choices = [("", _("– judged anew by a checker")), *((str(rating.pk), rating.name) for rating in ratings)]
        same = {rating.name.casefold(): str(rating.pk) for rating in ratings}
        for rating in old.ratings.all():
            self.fields[f"rating-{rating.pk}"] = forms.ChoiceField(
                label=_("“%(name)s” becomes") % {"name": rating.name},
                choices=choices,
                required=False,
                initial=same.get(rating.name.casefold(), ""),
            )

    @staticmethod
    def _told(verdict: Verdict) -> str:
        rating = verdict.rating.name if verdict.rating else _("no rating yet")
        return f"{verdict.claim.wording} ({rating}, {verdict.made_by.name})"

    def seen(self) -> list[tuple[str, int]]:
        """Names and values of the hidden fields that carry the versions; when it is shown again, those of now."""
        return [(f"seen-{verdict.pk}", verdict.version) for verdict in self.shown]

    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("rating-")]

    def chosen(self) -> dict[int, int]:
        """The versions that were shown, by the numbers of the chosen; 0, which none has, for what came without."""
        seen = {number: self.data.get(f"seen-{number}", "") for number in self.cleaned_data["verdicts"]}
        return {int(pk): int(told) if told.isascii() and told.isdigit() else 0 for pk, told in seen.items()}

    def answers(self) -> dict[int, Rating | None]:
        ratings = {str(rating.pk): rating for rating in self.new.ratings.all()}
        return {
            int(name.removeprefix("rating-")): ratings.get(value)
            for name, value in self.cleaned_data.items()
            if name.startswith("rating-")
        }


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
    list_display = ("name", "scale", "number", "rating_count", "in_use", "in_hand", "made_at")
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
            in_hand_total=how_many(
                Verdict.objects.of_standing_claims().filter(stage__in=[Stage.DRAFT, Stage.SENT_BACK]), "scale"
            ),
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

    @admin.display(description=gettext_lazy("verdicts in hand"))
    def in_hand(self, version: Any) -> SafeString | int:
        if version.newest == version.pk or not version.in_hand_total:
            return int(version.in_hand_total)
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:verdicts_scaleversion_moving", args=[version.pk]),
            ngettext("Move %(n)d", "Move %(n)d", version.in_hand_total) % {"n": version.in_hand_total},
        )

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        return reverse("public:scale-version", args=[obj.scale.slug, obj.number]) if obj else None

    def get_urls(self) -> list[URLPattern]:
        moving = self.admin_site.admin_view(self.moving_view)
        return [path("<int:pk>/moving/", moving, name="verdicts_scaleversion_moving"), *super().get_urls()]

    def moving_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Verdicts in hand on an older version: which of them go on to the newest, and what becomes of their ratings."""
        if not person_of(request).may(self.act):
            raise PermissionDenied
        old = get_object_or_404(ScaleVersion.objects.select_related("scale"), pk=pk)
        new = ScaleVersion.objects.after(old)
        if new is None:
            self.message_user(request, _("There is no later version to move to."), messages.WARNING)
            return redirect("admin:verdicts_scaleversion_changelist")
        form = MovingForm(request.POST if request.method == "POST" else None, old=old, new=new)
        status = 200
        if request.method == "POST" and form.is_valid():
            try:
                with coming_from(Via.ADMIN):
                    count = move_work(form.chosen(), by=person_of(request), old=old, new=new, ratings=form.answers())
            except ValidationError as error:
                form.add_error(None, error)
            except Stale:
                form.add_error(
                    None, _("Somebody edited one of them meanwhile. Nothing was moved; look again, then move.")
                )
                status = 409
            else:
                done = ngettext(
                    "%(n)d verdict moved to version %(to)d.", "%(n)d verdicts moved to version %(to)d.", count
                )
                self.message_user(request, done % {"n": count, "to": new.number}, messages.SUCCESS)
                return redirect("admin:verdicts_scaleversion_changelist")
        if form.errors and status == 200:
            status = 422
        context = {
            **self.admin_site.each_context(request),
            "title": _("Move work to version %(number)d of “%(name)s”") % {"number": new.number, "name": new.name},
            "form": form,
            "old": old,
            "new": new,
            "nouns": self.list_title().capitalize(),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/moving.html", context, status=status)

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

"""Rating scales: every version to read, and the next one to make."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from factcheck.accounts.models import User
from factcheck.desk.admin.editing import NextVersionPage, VerbForm, VersionedForm
from factcheck.desk.admin.listing import how_many, listed
from factcheck.desk.admin.pages import ReadableRows, person_of
from factcheck.history.models import Via
from factcheck.history.recording import coming_from
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.verdicts.models import Rating, ScaleVersion, Verdict
from factcheck.verdicts.scaling import make_version, move_work
from factcheck.verdicts.stages import Stage
from factcheck.verdicts.translating import read, written

EMPTY_ROWS = 8
SPARE_ROWS = 2
MOVED_AT_ONCE = 100


def other_languages(help_text: Any, rows: int, **attributes: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("in other languages"),
        required=False,
        max_length=20_000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "cols": 40, **attributes}),
    )


class ScaleForm(VersionedForm):
    others = other_languages(gettext_lazy("A line for each language: de | its name | its description"), 2)
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

    def clean_others(self) -> dict[str, dict[str, str]]:
        return read(self.cleaned_data["others"], "description")

    def standing(self, current: Any, name: str) -> Any:
        if name == "others":
            return current.translations
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


class RatingForm(VerbForm):
    others = other_languages("", 2, **{"aria-label": gettext_lazy("in other languages")})

    class Meta:
        model = Rating
        fields = ("position", "name", "definition", "hue", "sign")
        # The heads of the columns.
        labels = {"others": gettext_lazy("in other languages")}
        help_texts = {"others": gettext_lazy("A line for each: de | Falsch | what it means")}

    def clean_others(self) -> dict[str, dict[str, str]]:
        return read(self.cleaned_data["others"], "definition")


class RatingRows(ReadableRows):
    model = Rating
    form = RatingForm
    fields = ("position", "name", "definition", "hue", "sign", "others")
    readonly_fields = ("told_in_others",)
    max_num = 20
    # Rows of a form go up and down by buttons; see ScalePage.changeform_view.
    movable = True

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields[:-1], "told_in_others") if obj and obj.pk else self.fields

    @admin.display(description=gettext_lazy("in other languages"))
    def told_in_others(self, rating: Rating) -> str:
        return written(rating.translations, "definition") or "–"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.pk is None) and self.admin_site.has_permission(request)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        rows = rows_shown(request)
        return len(rows) + SPARE_ROWS if rows else EMPTY_ROWS

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "definition":
            field.widget = forms.Textarea(attrs={"rows": 3, "cols": 40})
        if field:
            # In a table the head of the column is no label.
            field.widget.attrs["aria-label"] = field.label
        return field


def newest_of(request: HttpRequest) -> ScaleVersion | None:
    """The version that the next one is made from, as the address says: ?scale=default."""
    slug = request.GET.get("scale", "")
    found = ScaleVersion.objects.filter(scale__slug=slug).select_related("scale").order_by("-number")
    return found.first() if slug.isascii() and slug.isprintable() and slug else None


def rows_shown(request: HttpRequest) -> list[dict[str, Any]]:
    """The rows that a form begins with: as they were sent and moved, or those of the newest version."""
    moved: list[dict[str, Any]] | None = getattr(request, "moved", None)
    if moved is not None:
        return moved
    newest = newest_of(request)
    if newest is None:
        return []
    rows = newest.ratings.values(*RatingRows.fields[:-1], "translations")
    return [dict(row) | {"others": written(row["translations"], "definition")} for row in rows]


def rows_moved(sent: QueryDict) -> tuple[list[dict[str, Any]], int]:
    """The rows of a form in their order after one of them went up or down, as its button says ("2:up"), and which that is.

    Those with a position come first, numbered anew; one that stands off the scale goes up to its end.
    """
    total = sent.get("ratings-TOTAL_FORMS", "")
    numbers = range(
        min(int(total), RatingRows.max_num) if total.isascii() and total.isdigit() and len(total) < 4 else 0
    )
    rows = [{name: sent.get(f"ratings-{n}-{name}", "") for name in RatingRows.fields} for n in numbers]
    chosen, _colon, way = str(sent["move"]).partition(":")
    moving = next((row for n, row in enumerate(rows) if str(n) == chosen), None)
    filled = [row for row in rows if any(row.values())]
    on = [row for row in filled if row["position"].isascii() and row["position"].isdigit()]
    on.sort(key=lambda row: int(row["position"][:4]))
    off = [row for row in filled if not any(row is each for each in on)]
    at = next((n for n, row in enumerate(on) if row is moving), None)
    if at is None:
        if moving is not None and way == "up" and any(row is moving for row in off):
            off = [row for row in off if row is not moving]
            on.append(moving)
    else:
        to = at + {"up": -1, "down": 1}.get(way, 0)
        if 0 <= to < len(on):
            on[at], on[to] = on[to], on[at]
    for number, row in enumerate(on, 1):
        row["position"] = str(number)
    rows = [*on, *off]
    return rows, next((n for n, row in enumerate(rows) if row is moving), 0)


@admin.register(ScaleVersion)
class ScalePage(NextVersionPage):
    form = ScaleForm
    fields = ("slug", "name", "description", "others")
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
                Verdict.objects.of_standing_claims().filter(stage__in=[Stage.DRAFT, Stage.SENT_BACK]), "scale", "claim"
            ),
            newest=Subquery(newest.values("pk")[:1]),
            used=Subquery(Settings.objects.order_by("-version").values("scale")[:1]),
        )

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("scale", "number", "name", "description", "told_in_others", "made_at") if obj else self.fields

    @admin.display(description=gettext_lazy("in other languages"))
    def told_in_others(self, version: ScaleVersion) -> str:
        return written(version.translations, "description") or "–"

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """A button of a row sends the whole form: it is shown again with the row moved, and nothing is saved."""
        if request.method == "POST" and "move" in request.POST:
            request.moved, request.moved_at = rows_moved(request.POST)  # type: ignore[attr-defined]  # for the answer to this request
            request.method = "GET"
        return super().changeform_view(request, *args, **kwargs)

    @admin.display(description=gettext_lazy("ratings"))
    def rating_count(self, version: Any) -> SafeString:
        """They are listed on the version's own page."""
        path = reverse("admin:verdicts_scaleversion_change", args=[version.pk])
        return format_html('<a href="{}#ratings-group">{}</a>', path, version.rating_total)

    @admin.display(description=gettext_lazy("in use"), boolean=True)
    def in_use(self, version: Any) -> bool:
        return bool(version.newest == version.pk and version.used == version.scale.slug)

    @admin.display(description=gettext_lazy("claims in hand"))
    def in_hand(self, version: Any) -> SafeString:
        if version.newest == version.pk or not version.in_hand_total:
            return listed(version.in_hand_total, "claims_claim", scale=version.pk)
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

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        context["moved"] = getattr(request, "moved_at", None)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        if hasattr(request, "moved"):
            return {name: request.POST.get(name, "") for name in (*self.fields, "version")}
        if newest := newest_of(request):
            return {
                "slug": newest.scale.slug,
                "name": newest.name,
                "description": newest.description,
                "others": written(newest.translations, "description"),
                "version": newest.number,
            }
        return {"version": 0}

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        # Only the form shown first is filled in: what comes back is all the newcomer's own, changed or not.
        if request.method == "GET" and obj.pk is None:
            options["initial"] = rows_shown(request)
        return options

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Its ratings are part of it: `save_related` makes both."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        by: User = request.user  # type: ignore[assignment]  # the site lets nobody else in
        rows = [row.cleaned_data for formset in formsets for row in formset.forms if row.cleaned_data]
        columns = RatingRows.fields[:-1]
        values = form.cleaned_data
        made = make_version(
            values["slug"],
            by=by,
            version=values["version"] or 0,
            name=values["name"],
            description=values["description"],
            translations=values["others"],
            ratings=[Rating(translations=row["others"], **{column: row[column] for column in columns}) for row in rows],
        )
        form.instance.__dict__.update(made.__dict__)

"""What the lists are narrowed and sorted by. All of it comes in the address, so that a list can be kept and sent on."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.accounts.work import WORK
from factcheck.claims.models import Topic
from factcheck.desk.forms.base import FilterForm
from factcheck.desk.forms.claims import STANDINGS
from factcheck.desk.searching import ME, NOBODY, OVERDUE, THIS_WEEK, WAITING
from factcheck.sources.models import SourceKind


class LongSelect(forms.Select):
    """A select of very many: Django would draw each option by a template of its own."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, mark_safe(" selected") if str(key) in chosen else "", words) for key, words in self.choices),
        )
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs(self.attrs, {"name": name, **(attrs or {})})), options
        )


class ListForm(FilterForm):
    """A list's form: what is wrong in an address is left out of account."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200, widget=forms.SearchInput)

    def given(self) -> dict[str, Any]:
        """What the list is narrowed by; only what was given and could be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def narrowed(self) -> bool:
        return bool(self.given().keys() - {"sort"})


class InHandForm(ListForm):
    """A list of what people have in hand."""

    assignee = forms.ChoiceField(label=_("Assigned to"), required=False, widget=LongSelect)
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[("", _("any day")), (OVERDUE, _("overdue")), (THIS_WEEK, _("by the end of this week"))],
    )

    def __init__(self, data: QueryDict, *, person: User) -> None:
        super().__init__(data)
        others = [(str(each.pk), each.byline) for each in User.objects.able_to(WORK) if each.pk != person.pk]
        asked = data.get("assignee", "")
        # Somebody who has left can still have something in hand.
        if asked.isdecimal() and len(asked) < 19 and asked not in dict(others):
            others += [(str(each.pk), each.byline) for each in User.objects.filter(pk=asked)]
        self.fields["assignee"].choices = [  # type: ignore[attr-defined]  # of this field
            ("", _("anybody")),
            (ME, _("me")),
            (NOBODY, _("nobody")),
            *others,
        ]


class ClaimFilter(InHandForm):
    stage = forms.ChoiceField(
        label=_("Stage"), required=False, choices=[("", _("any")), *STANDINGS, ("trash", _("in the trash"))]
    )
    claimant = forms.CharField(label=_("Claimant"), required=False, max_length=200)
    topic = forms.ModelChoiceField(
        label=_("Topic"), required=False, queryset=Topic.objects.all(), empty_label=_("any"), widget=LongSelect
    )
    # Set by the links of "My work"; a select of it would only say the same again.
    waiting = forms.ChoiceField(
        required=False, choices=[("", ""), *((name, name) for name in WAITING)], widget=forms.HiddenInput
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[("", _("newest")), ("oldest", _("oldest")), ("due", _("due day")), ("wording", _("wording"))],
    )
    field_order = ("q", "stage", "assignee", "due", "claimant", "topic", "sort")

    def __init__(self, data: QueryDict, *, person: User) -> None:
        super().__init__(data, person=person)
        if data.get("waiting") in WAITING:
            sort: Any = self.fields["sort"]
            others = [choice for choice in sort.choices if choice[0] not in {"", "due"}]
            sort.choices = [("", _("due day")), ("newest", _("newest")), *others]


class ArticleFilter(InHandForm):
    claims = forms.ChoiceField(
        label=_("With claims"),
        required=False,
        choices=[
            ("", _("any or none")),
            ("unmarked", _("none yet")),
            ("none", _("without a verdict")),
            ("draft", _("in draft")),
            ("sent_back", _("sent back")),
            ("submitted", _("in review")),
            ("approved", _("approved")),
            (OVERDUE, _("overdue")),
        ],
    )
    language = forms.CharField(
        label=_("Language"), required=False, max_length=35, widget=forms.TextInput(attrs={"class": "w-s"})
    )
    place = forms.ChoiceField(
        label=_("Where"), required=False, choices=[("", _("on the desk")), ("trash", _("in the trash"))]
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[
            ("", _("newest here")),
            ("oldest", _("oldest here")),
            ("due", _("due day")),
            ("published", _("publication day")),
            ("title", _("title")),
        ],
    )
    field_order = ("q", "claims", "assignee", "due", "language", "place", "sort")


class SourceFilter(ListForm):
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("any")), *SourceKind.choices])
    cited = forms.ChoiceField(
        label=_("Cited"),
        required=False,
        choices=[("", _("or not")), ("yes", _("by a verdict")), ("no", _("by no verdict"))],
    )
    sort = forms.ChoiceField(
        label=_("Sort by"),
        required=False,
        choices=[("", _("newest")), ("uses", _("most cited")), ("title", _("title"))],
    )


class FindForm(FilterForm):
    q = forms.CharField(
        label=_("Search articles, claims, claimants and sources"),
        required=False,
        max_length=200,
        widget=forms.SearchInput(attrs={"autocomplete": "off"}),
    )

"""What a line of time is narrowed by. All of it comes in the address."""

from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.desk.forms.base import FilterForm
from factcheck.desk.templatetags.desk import ACTS
from factcheck.desk.timelines import NOUNS
from factcheck.history.models import Via
from factcheck.history.reading import BY_HAND, Sieve
from factcheck.verdicts.models import Verdict

# Whose acts stand in a line of time, by the noun their names begin with; in a person's, any.
_OF: dict[type[Model], tuple[str, ...]] = {
    Article: ("article", "claim"),
    Claim: ("claim", "verdict"),
    Verdict: ("verdict", "claim"),
    User: tuple(NOUNS),
}


class HistoryFilter(FilterForm):
    act = forms.ChoiceField(label=_("What was done"), required=False)
    person = forms.ChoiceField(label=_("By whom"), required=False)
    via = forms.ChoiceField(
        label=_("From where"),
        required=False,
        choices=[("", _("anywhere")), *Via.choices, (BY_HAND, _("outside the program"))],
    )
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: QueryDict, *, of: Model, people: set[int]) -> None:
        """of -- the record whose line it is; people -- those who acted in it, 0 for the program."""
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["act"].choices = [("", _("anything")), *_acts(_OF[type(of)])]
        if isinstance(of, User):
            del self.fields["person"]
        else:
            known = User.objects.filter(pk__in=people).order_by("byline", "pk")
            fields["person"].choices = [
                ("", _("anybody")),
                *((str(each.pk), _name(each)) for each in known),
                *([("0", _("the program"))] if 0 in people else []),
            ]

    def given(self) -> dict[str, Any]:
        """What was given and could be read; the rest is left out of account."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def sieve(self) -> Sieve:
        given = self.given()
        until = given.get("until")
        return Sieve(
            acts=(given["act"],) if "act" in given else (),
            person=int(given["person"]) if "person" in given else None,
            via=given.get("via", ""),
            since=_midnight(given.get("since")),
            until=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
        )


def _acts(nouns: tuple[str, ...]) -> list[tuple[str, list[tuple[str, Any]]]]:
    """In groups, each of which can be chosen as a whole."""
    groups = []
    for label, same in groupby(nouns, key=lambda noun: str(NOUNS[noun])):
        names = tuple(f"{noun}." for noun in same)
        one_by_one = [(act, capfirst(words)) for act, words in ACTS.items() if act.startswith(names)]
        all_of_it = [(names[0], _("all about %s") % label.lower())] if len(names) == 1 else []
        groups.append((label, [*all_of_it, *one_by_one]))
    return groups


def _name(person: User) -> Any:
    return person.name if person.is_active else _("%s (no longer here)") % person.name


def _midnight(day: date | None) -> datetime | None:
    """As the newsroom's clock has it."""
    return timezone.make_aware(datetime.combine(day, time())) if day else None

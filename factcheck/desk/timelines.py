"""The lines of time of the desk: what each record's and each person's holds, and what one moment of it says."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from factcheck.accounts.models import User
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Claim, Highlight, Placement
from factcheck.desk.naming import Key, Named, key_from, names_of
from factcheck.desk.recounting import labels_of
from factcheck.desk.templatetags.desk import gone
from factcheck.history.finding import among
from factcheck.history.models import Entry, RowChange, key_of
from factcheck.history.reading import Line, Moment, name_of
from factcheck.publication.models import Address, ArticlePublication, CallingOff, Countersignature, Publication
from factcheck.review.models import Decision, Handover, Remark, Resolution, Submission, Withdrawal
from factcheck.verdicts.models import Author, Citation, Verdict

# Acts in a record's line of time, by the noun that their names begin with.
NOUNS = {
    "article": gettext_lazy("Articles"),
    "claim": gettext_lazy("Claims"),
    "verdict": gettext_lazy("Verdicts"),
    "source": gettext_lazy("Sources"),
    "claimant": gettext_lazy("Claimants"),
    "topic": gettext_lazy("Topics"),
    "person": gettext_lazy("People"),
    "invitation": gettext_lazy("People"),
    "newsroom": gettext_lazy("Newsroom"),
    "settings": gettext_lazy("Newsroom"),
    "scale": gettext_lazy("Scales"),
}
# The rows that are told of a record though it has no act of its own on them: by kind, how they point to it.
_ROWS: dict[type[Model], dict[type[Model], str]] = {
    Article: {Snapshot: "article", Highlight: "article", ArticlePublication: "article", Address: "article"},
    Claim: {
        Claim.topics.through: "claim",
        Highlight: "claim",
        Placement: "highlight__claim",
        Verdict: "claim",
        Author: "verdict__claim",
        Citation: "verdict__claim",
        Submission: "verdict__claim",
        Decision: "submission__verdict__claim",
        Withdrawal: "submission__verdict__claim",
        Handover: "verdict__claim",
        Remark: "verdict__claim",
        Resolution: "thread__verdict__claim",
        Publication: "claim",
        Address: "claim",
        CallingOff: "publication__claim",
        Countersignature: "publication__claim",
    },
    Verdict: {
        Author: "verdict",
        Citation: "verdict",
        Submission: "verdict",
        Decision: "submission__verdict",
        Withdrawal: "submission__verdict",
        Handover: "verdict",
        Remark: "verdict",
        Resolution: "thread__verdict",
    },
    User: {User.groups.through: "user"},
}


@dataclass(frozen=True)
class Told:
    """A moment of a line of time as it is shown: who did what to which other records, and the fields that changed."""

    moment: Moment
    name: str
    url: str
    who: str
    left: bool  # no longer here
    theirs: str  # where their own line of time is, for who may open it
    records: list[Named]
    labels: list[str]

    @property
    def entry(self) -> Entry | None:
        return self.moment if isinstance(self.moment, Entry) else None


@dataclass(frozen=True)
class Day:
    day: date
    moments: list[Told] = field(default_factory=list)


def line_of(record: Model) -> Line:
    """What was done to a record, or, of a person, by them and to them; also what changed its rows outside every act."""
    own = Q(table_name=record._meta.db_table, row_id=str(record.pk))
    acts = [Q(subjects__contains=[key_of(record)])]
    if isinstance(record, User):
        acts.append(Q(person_id=record.pk))
    else:
        # An act that changed the record belongs to its line, whatever it says it was about.
        acts.append(among("id", RowChange.objects.filter(own), "entry_id"))
    if isinstance(record, Claim | Verdict):
        acts.append(_beneath(record))
    rows = own
    for model, path in _ROWS[type(record)].items():
        rows |= Q(table_name=model._meta.db_table) & (
            Q(row_id__in=_numbers(model._default_manager.filter(**{path: record}))) | _gone(model, path, record)
        )
    return Line(tuple(acts), rows)


def _beneath(record: Claim | Verdict) -> Q:
    """Corrections of what the record rests on, a source that is cited or the claimant, since there is the record."""
    cited = Citation.objects.filter(**{"verdict" if isinstance(record, Verdict) else "verdict__claim": record.pk})
    claim = record.claim if isinstance(record, Verdict) else record
    sources = cited.order_by().values(key=Concat(Value("source:"), Cast("source", CharField())))
    of_source = Q(act="source.revise", subjects__overlap=ArraySubquery(sources))
    of_claimant = Q(act="claimant.revise", subjects__contains=[f"claimant:{claim.claimant_id}"])
    return Q(at__gte=record.made_at) & (of_source | of_claimant)


def _numbers(found: QuerySet[Any]) -> QuerySet[Any]:
    numbers: QuerySet[Any] = found.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
    return numbers


def _gone(model: type[Model], path: str, record: Model) -> Q:
    """Rows that pointed to the record, or to one of its own, until they were removed."""
    name, _more, further = path.partition("__")
    pointer: Any = model._meta.get_field(name)
    parents = pointer.related_model._default_manager.filter(**{further or "pk": record.pk})
    return Q(In(KeyTextTransform(pointer.column, "before"), _numbers(parents)), operation="delete")


def may_see(person: User, of: Model) -> bool:
    """What is done to records is everybody's at the desk; what a person did is theirs and the administrators'."""
    return not isinstance(of, User) or of.pk == person.pk or person.may("administer")


def require_seen(person: User, moment: Moment) -> None:
    """Raise PermissionDenied for a moment that is about somebody else's login."""
    if person.may("administer"):
        return
    own = key_of(person)
    if isinstance(moment, Entry):
        hidden = any(subject.startswith("user:") and subject != own for subject in moment.subjects)
    else:
        hidden = moment.table_name.startswith("accounts_user") and str(person.pk) not in {
            moment.row_id, *(str((values or {}).get("user_id")) for values in (moment.before, moment.after))
        }  # fmt: skip
    if hidden:
        raise PermissionDenied


def told_to(person: User, moments: Iterable[Moment], of: Model | None = None) -> list[Told]:
    """The moments for whoever looks, in the same order; of -- the record whose line it is, which need not be named."""
    moments = list(moments)
    entries = [moment for moment in moments if isinstance(moment, Entry)]
    own = key_of(of) if of else ""
    subjects: dict[Any, list[Key]] = {
        entry.pk: [key for subject in entry.subjects if subject != own and (key := key_from(subject))]
        for entry in entries
    }
    names = names_of(key for keys in subjects.values() for key in keys)
    labels = labels_of(entries)
    absent = gone(entries)
    runs_it = person.may("administer")
    lines = {
        number: reverse("desk:person-history", args=[number])
        for number in {entry.person_id for entry in entries}
        if number and (runs_it or number == person.pk)
    }
    told = []
    for moment in moments:
        name = name_of(moment)
        url = reverse("desk:moment", args=[name])
        if isinstance(moment, Entry):
            number = moment.person_id
            told.append(
                Told(
                    moment, name, url, moment.person_name or _("The program"), number in absent, lines.get(number or 0, ""),
                    [names[key] for key in subjects[moment.pk] if key in names], labels.get(moment.pk, []),
                )
            )  # fmt: skip
        else:
            told.append(Told(moment, name, url, _("Somebody"), False, "", [], []))
    return told


def by_day(told: Iterable[Told]) -> list[Day]:
    """The same under their days, as the newsroom's clock has them."""
    return [
        Day(day, list(moments))
        for day, moments in groupby(told, key=lambda each: timezone.localtime(each.moment.at).date())
    ]

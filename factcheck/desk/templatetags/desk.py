"""How the desk's pages say what records hold."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import uuid4

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.accounts.work import Assigned
from factcheck.history.models import Entry
from factcheck.verdicts.models import Rating
from factcheck.verdicts.stages import Stage

register = template.Library()

SHOWN = 160  # characters of a changed text

ACTS = {
    "article.take_in": _("took the article in"),
    "article.take_in_again": _("took the article in again"),
    "article.assign": _("assigned the article"),
    "article.revise": _("corrected the article’s details"),
    "article.trash": _("put the article in the trash"),
    "article.restore": _("put the article back on the desk"),
    "article.tell_of_change": _("told readers that the article has changed"),
    "article.publish": _("published the article’s page"),
    "article.take_away": _("took the article’s text away by order"),
    "article.readdress": _("gave the article’s page another address"),
    "claim.mark": _("marked a claim"),
    "claim.word": _("added the claim"),
    "claim.highlight": _("marked the claim in an article"),
    "claim.move": _("moved a highlight to other words"),
    "claim.accept_place": _("accepted where a highlight stands now"),
    "claim.choose_place": _("chose where a highlight stands now"),
    "claim.attach": _("attached a highlight to other words"),
    "claim.let_go": _("declared that the article does not say it any more"),
    "claim.look_again": _("took back what was decided of a highlight"),
    "claim.unhighlight": _("removed a highlight"),
    "claim.highlight_again": _("put a highlight back"),
    "claim.assign": _("assigned the claim"),
    "claim.revise": _("edited the claim"),
    "claim.trash": _("put the claim in the trash"),
    "claim.restore": _("put the claim back on the desk"),
    "claim.publish": _("published it"),
    "claim.publish_unreviewed": _("published it before review"),
    "claim.countersign": _("countersigned the retraction"),
    "claim.schedule": _("set it to be published later"),
    "claim.call_off": _("called off what was to be published"),
    "claim.retract": _("retracted it"),
    "claim.take_away": _("took a published text away by order"),
    "claim.readdress": _("gave it another address"),
    "verdict.draft": _("began a verdict"),
    "verdict.correct": _("began a correction"),
    "verdict.revise": _("edited the verdict"),
    "verdict.cite": _("cited a source"),
    "verdict.revise_citation": _("edited a citation"),
    "verdict.uncite": _("took a citation out"),
    "verdict.submit": _("handed the verdict in"),
    "verdict.withdraw": _("took back what was handed in"),
    "verdict.hand_over": _("handed the review over"),
    "verdict.remark": _("began a discussion"),
    "verdict.reply": _("replied in a discussion"),
    "verdict.resolve": _("resolved a discussion"),
    "verdict.reopen": _("reopened a discussion"),
    "verdict.approve": _("approved it"),
    "verdict.send_back": _("sent it back"),
    "source.add": _("added the source"),
    "source.attach": _("attached a file to the source"),
    "source.take_away": _("took a file away by order"),
    "source.revise": _("corrected the source’s details"),
    "claimant.add": _("added a claimant"),
    "claimant.revise": _("edited the claimant"),
    "claimant.merge": _("merged claimants"),
    "topic.put_under": _("put the topic under another"),
    "topic.merge": _("merged topics"),
    "topic.add": _("added a topic"),
    "topic.rename": _("renamed the topic"),
    "topic.remove": _("removed a topic"),
    "newsroom.found": _("founded the newsroom"),
    "person.employ": _("added the person"),
    "person.revise": _("edited the person"),
    "person.disable": _("disabled the login"),
    "person.enable": _("enabled the login"),
    "person.set_password": _("set a new password"),
    "invitation.make": _("invited somebody"),
    "invitation.renew": _("made a new link for an invitation"),
    "invitation.revoke": _("revoked an invitation"),
    "invitation.take_up": _("joined by invitation"),
    "scale.make_version": _("made a version of the scale"),
    "scale.move_work": _("moved work to another version of the scale"),
    "settings.change": _("changed the newsroom’s settings"),
}
# Columns that a person recognises; the others are the program's own.
COLUMNS = {
    "title": _("title"),
    "publisher": _("publisher"),
    "author": _("author"),
    "url": _("address"),
    "language": _("language"),
    "published_on": _("published on"),
    "rights": _("rights"),
    "wording": _("wording"),
    "said_on": _("said on"),
    "place": _("place"),
    "rating_id": _("rating"),
    "summary": _("summary"),
    "rationale": _("rationale"),
    "stage": _("stage"),
    "stance": _("stance"),
    "quoted": _("words quoted"),
    "note": _("note"),
    "kind": _("kind"),
    "outcome": _("decision"),
    "assignee_id": _("assigned to"),
    "due_on": _("due"),
}


@register.filter
def told(entry: Entry) -> str:
    """What the act was, in words that follow a name."""
    return str(ACTS.get(entry.act, entry.act))


@register.filter
def named(entries: Iterable[Entry]) -> dict[int, str]:
    """The names of the people who stand in the rows that these acts changed, by number, in one query."""
    rows = [row for entry in entries for change in entry.changes.all() for row in (change.before, change.after) if row]
    numbers = {row["assignee_id"] for row in rows if row.get("assignee_id")}
    if not numbers:
        return {}
    return {person.pk: person.name for person in User.objects.filter(pk__in=numbers)}


@register.filter
def gone(entries: Iterable[Entry]) -> set[int]:
    """Those who acted and are no longer here, in one query."""
    numbers = {entry.person_id for entry in entries if entry.person_id}
    return set(User.objects.filter(pk__in=numbers, is_active=False).values_list("pk", flat=True))


@register.filter
def changed(entry: Entry, people: dict[int, str]) -> list[tuple[str, str, str]]:
    """(column, before, after) for what a person would recognise of the rows an update changed; long texts from where they differ.

    people -- names by number, as `named` gives them.
    """
    return [
        (
            str(COLUMNS[column]),
            *_where_they_differ(
                _said(column, change.before[column], people), _said(column, change.after[column], people)
            ),
        )
        for change in entry.changes.all()
        if change.before and change.after
        for column in change.before
        if column in COLUMNS
    ]


def _said(column: str, value: Any, people: dict[int, str]) -> str:
    """A column's value as people say it."""
    if value is None:
        return str(_("nobody")) if column == "assignee_id" else ""
    if column == "assignee_id":
        return people.get(value, "")
    if column == "due_on":
        return date_format(date.fromisoformat(value), "DATE_FORMAT")
    if column == "rating_id":
        return _rating_name(value)
    if column == "stage":
        return str(Stage(value).label)
    return str(value)


@cache
def _rating_name(number: int) -> str:
    """Ratings never change, so each is asked for once."""
    return Rating.objects.get(pk=number).name


def _where_they_differ(before: str, after: str) -> tuple[str, str]:
    same = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    start = before.rfind(" ", 0, max(same - 40, 0)) + 1 if same > SHOWN else 0
    lead = "… " if start else ""
    return lead + _cut(before[start:]), lead + _cut(after[start:])


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rpartition(' ')[0]} …"


@register.filter
def day(when: date) -> str:
    """A day in few words: today, tomorrow, yesterday, or its date, with the year if that is another."""
    today = timezone.localdate()
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    return near.get((when - today).days) or date_format(when, "j M" if when.year == today.year else "j M Y")


@register.filter
def weekday(when: date) -> str:
    """A day as a heading: today, yesterday, or its name and date."""
    near = {-1: gettext("Yesterday"), 0: gettext("Today")}
    return near.get((when - timezone.localdate()).days) or date_format(when, "l, j F Y")


@register.filter
def due(record: Assigned, finished: bool = False) -> str:
    """When a record is due, in words; that it is overdue is said, not only shown. Empty without a day.

    finished -- the work is done, so nothing is late.
    """
    if record.due_on is None:
        return ""
    late = record.is_overdue and not finished
    return (gettext("overdue, was due %s") if late else gettext("due %s")) % day(record.due_on)


@register.filter
def ago(moment: datetime) -> str:
    """How long ago, in its largest unit: "just now", "5 minutes ago", "3 weeks ago"."""
    if (timezone.now() - moment).total_seconds() < 60:
        return gettext("just now")
    return gettext("%s ago") % timesince(moment, depth=1)


@register.filter
def moment(when: datetime) -> str:
    """A moment to come, in the newsroom's time zone, which is named: "on Friday, 4 December at 09:00 (Europe/Vienna)"."""
    local = timezone.localtime(when)
    day = date_format(local, "l, j F" if local.year == timezone.localdate().year else "l, j F Y")
    return gettext("on %(day)s at %(time)s (%(zone)s)") % {
        "day": day,
        "time": date_format(local, "H:i"),
        "zone": timezone.get_current_timezone_name(),
    }


@register.filter
def at(things: dict[Any, Any], key: Any) -> Any:
    """What stands in a dictionary under a key that the template has in a variable."""
    return things[key]


@register.filter
def at_or_none(things: dict[Any, Any], key: Any) -> Any:
    """The same, where there may be nothing."""
    return things.get(key)


@register.simple_tag(takes_context=True)
def new_key(context: Context) -> str:
    """A key for a form that creates; in what is kept for later, the place for one."""
    return context.get("place_for_key") or str(uuid4())

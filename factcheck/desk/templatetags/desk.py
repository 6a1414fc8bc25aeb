"""How the desk's pages say what records hold."""

from datetime import date
from typing import Any
from uuid import uuid4

from django import template
from django.template.defaultfilters import date as written
from django.utils.translation import gettext_lazy as _

from factcheck.history.models import Entry
from factcheck.sources.models import SourceKind
from factcheck.verdicts.models import Stance

register = template.Library()

ACTS = {
    "article.take_in": _("took the article in"),
    "article.revise": _("corrected the article’s particulars"),
    "article.trash": _("put the article in the trash"),
    "article.restore": _("put the article back on the desk"),
    "article.publish": _("published the article’s page"),
    "claim.mark": _("marked a claim"),
    "claim.word": _("added the claim"),
    "claim.highlight": _("marked the claim in an article"),
    "claim.unhighlight": _("removed a highlight"),
    "claim.highlight_again": _("put a highlight back"),
    "claim.revise": _("edited the claim"),
    "claim.trash": _("put the claim in the trash"),
    "claim.restore": _("put the claim back on the desk"),
    "claim.publish": _("published it"),
    "claim.retract": _("retracted it"),
    "verdict.draft": _("began a verdict"),
    "verdict.revise": _("edited the verdict"),
    "verdict.cite": _("cited a source"),
    "verdict.revise_citation": _("edited a citation"),
    "verdict.uncite": _("took a citation out"),
    "verdict.submit": _("handed the verdict in"),
    "verdict.approve": _("approved it"),
    "verdict.send_back": _("sent it back"),
    "source.add": _("added the source"),
    "source.revise": _("corrected the source’s particulars"),
    "claimant.add": _("added a claimant"),
    "claimant.revise": _("edited the claimant"),
    "topic.add": _("added a topic"),
    "topic.rename": _("renamed the topic"),
    "topic.remove": _("removed a topic"),
    "newsroom.found": _("founded the newsroom"),
    "person.employ": _("added the person"),
    "person.revise": _("edited the person"),
    "person.disable": _("disabled the login"),
    "person.enable": _("enabled the login"),
    "person.set_password": _("set a new password"),
    "scale.make_version": _("made a version of the scale"),
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
    "summary": _("summary"),
    "rationale": _("rationale"),
    "stage": _("stage"),
    "stance": _("stance"),
    "quoted": _("words quoted"),
    "note": _("note"),
    "kind": _("kind"),
    "outcome": _("decision"),
}


@register.filter
def told(entry: Entry) -> str:
    """What the act was, in words that follow a name."""
    return str(ACTS.get(entry.act, entry.act))


@register.filter
def changed(entry: Entry) -> list[tuple[str, Any, Any]]:
    """(column, before, after) for what a person would recognise of the rows an update changed."""
    return [
        (str(COLUMNS[column]), change.before[column], change.after[column])
        for change in entry.changes.all()
        if change.before and change.after
        for column in change.before
        if column in COLUMNS
    ]


@register.filter
def day(iso: str) -> str:
    """An ISO 8601 day from a document, as people write it."""
    return written(date.fromisoformat(iso), "DATE_FORMAT")


@register.filter
def stance(value: str) -> str:
    return str(Stance(value).label)


@register.filter
def source_kind(value: str) -> str:
    return str(SourceKind(value).label)


@register.simple_tag
def new_key() -> str:
    """A key for a form that creates."""
    return str(uuid4())

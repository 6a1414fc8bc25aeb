"""What records are called on the desk, as of now: many at once, one query for each kind of them."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.roles import ROLE_NAMES
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Claim, Highlight, Placement
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.review.models import Decision, Submission
from factcheck.verdicts.models import Author, Citation, Verdict

type Key = tuple[type[models.Model], int]

LONG = 90  # characters of a name


class Named(NamedTuple):
    words: str
    url: str = ""


# What is read of a kind, without its long texts, and how it is called; where nothing is said, the whole row and its str().
_READ: dict[type[models.Model], Callable[[QuerySet[Any]], QuerySet[Any]]] = {
    Article: lambda found: found.only("title"),
    Snapshot: lambda found: found.only("number", "article", "article__title").select_related("article"),
    Claim: lambda found: found.only("wording"),
    Highlight: lambda found: found.only("article_id", "claim", "claim__wording").select_related("claim"),
    Placement: lambda found: found.only("highlight", "highlight__claim", "highlight__claim__wording").select_related(
        "highlight__claim"
    ),
    Verdict: lambda found: found.only("summary"),
    Author: lambda found: found.only("person", "person__byline").select_related("person"),
    Citation: lambda found: found.only("number", "source", "source__title").select_related("source"),
    Submission: lambda found: found.only("number"),
    Decision: lambda found: found.only("submission", "submission__number").select_related("submission"),
    Publication: lambda found: found.only("slug", "version"),
    ArticlePublication: lambda found: found.only("slug", "version"),
}
_CALLED: dict[type[models.Model], Callable[[Any], str]] = {
    User: lambda person: person.name,
    Group: lambda group: str(ROLE_NAMES.get(group.name, group.name)),
    Snapshot: lambda text: _("text %(number)s of “%(title)s”") % {"number": text.number, "title": _short(text.article)},
    Highlight: lambda mark: _short(mark.claim),
    Placement: lambda place: _short(place.highlight.claim),
    Author: lambda author: author.person.name,
    Submission: lambda handed_in: _("Submission %s") % handed_in.number,
    Decision: lambda decision: _("on submission %s") % decision.submission.number,
    Publication: lambda published: _("Version %s") % published.version,
    ArticlePublication: lambda published: _("Version %s") % published.version,
}


@cache
def kinds() -> dict[str, type[models.Model]]:
    """By how history names them: the "claim" of "claim:3"."""
    return {
        str(model._meta.model_name): model for model in apps.get_models() if model.__module__.startswith("factcheck.")
    }


@cache
def tables() -> dict[str, type[models.Model]]:
    """By the names of their tables, with those that only join two."""
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


def key_from(subject: str) -> Key | None:
    """The record that history calls "claim:3"."""
    kind, _colon, number = subject.partition(":")
    model = kinds().get(kind)
    return (model, int(number)) if model and number.isdecimal() else None


def names_of(keys: Iterable[Key]) -> dict[Key, Named]:
    """Of those that are still there."""
    wanted: dict[type[models.Model], set[int]] = {}
    for model, number in keys:
        wanted.setdefault(model, set()).add(number)
    return {
        (model, record.pk): Named(_CALLED.get(model, str)(record), _place_of(record))
        for model, numbers in wanted.items()
        for record in _READ.get(model, _all_of)(model._default_manager.filter(pk__in=numbers))
    }


def _all_of(found: QuerySet[Any]) -> QuerySet[Any]:
    return found


def _place_of(record: Any) -> str:
    """Where it is looked at on the desk, if it has a page; people have one for some only."""
    return str(record.get_absolute_url()) if hasattr(record, "get_absolute_url") else ""


def _short(record: object) -> str:
    return Truncator(str(record)).chars(LONG)

"""Telling people what happened, inside the transaction in which it did: both are there, or neither."""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from factcheck.accounts.models import User
from factcheck.notices.models import WORDS_LIMIT, Kind, Letter, Notice, Preference

_mailed: ContextVar[bool] = ContextVar("mailed", default=True)


def tell(people: Iterable[User], kind: Kind, *, by: User | None, words: str, path: str) -> list[Notice]:
    """Tell people of an act of this kind, each as they want it; gives what was written down.

    Nobody is told of their own act, twice of the same, or of what they may not look at (who was disabled or has no role).
    by -- who did it, None for the program; words -- what it is about, put on one line and cut; path -- where to look, at the desk.
    """
    asked = {person.pk for person in people} - {by.pk if by else None}
    if not asked:
        return []
    wanted = Preference.objects.filter(person=OuterRef("pk"), kind=kind)
    told = User.objects.able_to("read_desk").filter(pk__in=asked)
    ways = told.values_list(
        "pk",
        "email",
        Coalesce(Subquery(wanted.values("on_page")), True),
        Coalesce(Subquery(wanted.values("by_mail")), True),
    )
    mailed, line = _mailed.get(), one_line(words)
    reached = [
        (Notice(person_id=person, kind=kind, words=line, path=path, by=by, on_page=on_page), by_mail)
        for person, on_page, by_mail in (
            (person, on_page, bool(by_mail and mailed and email)) for person, email, on_page, by_mail in ways
        )
        if on_page or by_mail
    ]
    notices = Notice.objects.bulk_create(notice for notice, _by_mail in reached)
    Letter.objects.bulk_create(Letter(notice=notice) for notice, by_mail in reached if by_mail)
    return notices


@contextmanager
def unmailed() -> Iterator[None]:
    """What is told inside the block stands on the page alone: for a story of things past."""
    token = _mailed.set(False)
    try:
        yield
    finally:
        _mailed.reset(token)


def one_line(words: str, limit: int = WORDS_LIMIT) -> str:
    """The words on one line without control characters, so that they fit a list and the header of a mail; cut at the limit."""
    plain = "".join(" " if unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} else each for each in words)
    line = " ".join(plain.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"

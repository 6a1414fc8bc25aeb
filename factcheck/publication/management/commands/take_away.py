"""Take away a published text, an article's text or a kept file, by order of a court or a privacy law."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connections
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from factcheck.articles.models import Snapshot
from factcheck.publication.models import Publication
from factcheck.publication.taking_away import take_away, what_would_go
from factcheck.sources.models import Evidence


class Command(BaseCommand):
    help = (
        "Take away the text of one published version of a check, of one snapshot of an article, or one kept file, with every"
        " copy of it in the database. A tombstone with hash, date and reason stays, for readers and in the history. Shows what"
        " would go; with --remove it goes. For the owner of the tables: needs MIGRATION_DATABASE_URL. Not in reach: backups,"
        " mails that were sent, public reasons of later versions, what people said in discussions, and the words in addresses."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=["publication", "snapshot", "evidence"])
        parser.add_argument(
            "which",
            help="Publication: its address with its version (/claims/SLUG/versions/2/). Snapshot: ARTICLE.SNAPSHOT, such as"
            " 7.1. Evidence: the number in its address at the desk (/desk/evidence/5/).",
        )
        parser.add_argument("--reason", required=True, help="Why, as readers will read it. Name no more than you may.")
        parser.add_argument("--remove", action="store_true", help="Do it. It cannot be undone.")

    def handle(self, *args: Any, **options: Any) -> None:
        reason: str = options["reason"].strip()
        if not reason:
            raise CommandError(_("Say why: readers will read it."))
        with as_owner():
            try:
                of = self._found(options["kind"], options["which"])
                taking = take_away(of, reason=reason) if options["remove"] else what_would_go(of)
            except ProgrammingError as error:
                says = _("The database refused: this is for the owner of the tables. Set MIGRATION_DATABASE_URL.")
                raise CommandError(f"{says}\n{error}") from error
        if taking.is_done and not taking.rows:
            self.stdout.write(_("It has been taken away before; nothing of it is left."))
            return
        self.stdout.write(_("Taken away:") if options["remove"] else _("This would be taken away:"))
        for kind, rows in taking.rows.items():
            self.stdout.write(f"  {rows:6} {kind}")
        if not options["remove"]:
            self.stdout.write(_("Nothing has changed. Say --remove to do it; it cannot be undone."))

    def _found(self, kind: str, which: str) -> Publication | Snapshot | Evidence:
        found: Publication | Snapshot | Evidence | None = None
        if kind == "publication":
            found = _publication_at(which)
        elif kind == "snapshot" and (numbers := _numbers(which.split("."), 2)):
            found = Snapshot.objects.filter(article=numbers[0], number=numbers[1]).first()
        elif kind == "evidence" and (numbers := _numbers([which.strip("/").rpartition("/")[2]], 1)):
            found = Evidence.objects.filter(pk=numbers[0]).first()
        if found is None:
            raise CommandError(_("There is no %(kind)s %(which)s.") % {"kind": kind, "which": which})
        return found


@contextmanager
def as_owner() -> Iterator[None]:
    """All queries go to the owner's connection, the same verbs as ever."""
    usual = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield
    finally:
        connections["default"] = usual


def _publication_at(address: str) -> Publication | None:
    path = unquote(urlsplit(address).path.removeprefix(settings.SITE_URL))
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.view_name != "public:claim-version":
        return None
    return Publication.objects.at(match.kwargs["slug"]).filter(version=match.kwargs["number"]).first()


def _numbers(given: list[str], wanted: int) -> list[int]:
    fit = len(given) == wanted and all(each.isascii() and each.isdigit() and len(each) < 16 for each in given)
    return [int(each) for each in given] if fit else []

"""Forget what was taken in a day ago and has not become an article."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from factcheck.intake.taking import expire


class Command(BaseCommand):
    help = "Forget pages and files that were fetched or uploaded more than a day ago and have not become articles."
    requires_migrations_checks = True

    def handle(self, *args: Any, **options: Any) -> None:
        gone = expire()
        self.stdout.write(ngettext("%(n)d intake expired.", "%(n)d intakes expired.", gone) % {"n": gone})

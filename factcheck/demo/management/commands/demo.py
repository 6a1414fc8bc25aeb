"""Load the demo newsroom."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from factcheck.demo.logins import choose_password, demo_logins
from factcheck.demo.telling import is_empty, tell


class Command(BaseCommand):
    help = "Load the demo newsroom into an empty newsroom on the embedded database, and say how to log in to it."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.EMBEDDED is None:
            raise CommandError(
                _(
                    "The demo newsroom comes only to the embedded database; DATABASE_URL names another. Nothing was done."
                )
            )
        if is_empty():
            tell(choose_password())
            self.stdout.write(_("The demo newsroom has been loaded."))
        logins = demo_logins()
        self.stdout.write(logins or _("There are people or articles here already, so the demo newsroom is not loaded."))

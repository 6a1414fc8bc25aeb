"""Start a newsroom: make its first Administrator."""

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR


class Command(BaseCommand):
    help = "Make the first Administrator; everybody else is taken on in the administration. Refuses when there is one."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", help="What they log in with.")
        parser.add_argument("--email", help="Their mail address.")
        parser.add_argument("--byline", help="The name that readers see.")
        parser.add_argument(
            "--password-from-stdin",
            action="store_true",
            help="Read the password from the first line of standard input.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.with_role(ADMINISTRATOR).exists():
            raise CommandError(
                _("There is an active Administrator already. People are taken on in the administration.")
            )
        from_stdin: bool = options["password_from_stdin"]
        asking = sys.stdin.isatty() and not from_stdin
        answers = {
            "username": options["username"] or self._ask(_("Username"), "--username", asking),
            "email": options["email"] or self._ask(_("Mail address"), "--email", asking),
            "byline": options["byline"] or self._ask(_("Byline, the name that readers see"), "--byline", asking),
        }
        password = sys.stdin.readline().rstrip("\r\n") if from_stdin else self._ask_password(asking)
        try:
            validate_password(password, User(**answers))
            person = employing.found(**answers, password=password)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(_("%(name)s can log in now and take the others on.") % {"name": person.username})

    def _ask(self, question: str, option: str, asking: bool) -> str:
        if not asking:
            raise CommandError(_("Say it with %(option)s: there is no terminal to ask at.") % {"option": option})
        while not (answer := input(f"{question}: ").strip()):
            pass
        return answer

    def _ask_password(self, asking: bool) -> str:
        if not asking:
            raise CommandError(_("Give the password with --password-from-stdin: there is no terminal to ask at."))
        self.stdout.write(" ".join(password_validators_help_texts()))
        password = getpass(_("Password") + ": ")
        if getpass(_("Once more") + ": ") != password:
            raise CommandError(_("The two passwords differ."))
        return password

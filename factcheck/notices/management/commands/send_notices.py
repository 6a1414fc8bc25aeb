"""Send the mails that wait."""

import signal
import threading
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from factcheck.notices.sending import PAUSE, forget_old, keep_sending, send_waiting


class Command(BaseCommand):
    help = "Send the mails that wait, and delete notices that were seen and are old. Several can run at once."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--keep-on", action="store_true", help="Go on until told to end (SIGTERM, Ctrl-C).")
        parser.add_argument(
            "--pause", type=_seconds, default=PAUSE, help=f"Seconds between two looks with --keep-on ({PAUSE})."
        )

    def handle(self, *args: Any, keep_on: bool, pause: float, **options: Any) -> None:
        if keep_on:
            end = threading.Event()
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_heard: end.set())
            return keep_sending(end, pause)
        done = send_waiting()
        forget_old()
        said = _("%(sent)s sent, %(failed)s failed and put off.") % {"sent": done.sent, "failed": done.failed}
        return self.stdout.write(said)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0
    if not 0.1 <= seconds <= 86_400:
        raise ArgumentTypeError("give seconds, from 0.1 to a day")
    return seconds

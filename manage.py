#!/usr/bin/env python
"""Django's command line. On a laptop it brings the embedded database up for the command, if it is not up."""

import os
import signal
import sys
from contextlib import nullcontext

WITHOUT_DATABASE = {"collectstatic", "makemessages", "compilemessages", "help", "version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    # A signal to end is an exit like any other, so that the database does not stay behind.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    needed = len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE
    with settings.EMBEDDED.running() if needed and settings.EMBEDDED else nullcontext():
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

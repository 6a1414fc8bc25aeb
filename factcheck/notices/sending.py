"""Sending the mails that wait.

A letter is claimed by a lock that its sender holds until the mail server has taken it and that is written down: two senders
never send the same one, and when a sender is killed the letter waits on for the next. (Killed in the moment between the two,
it is sent again; its Message-ID is the same.)
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import DatabaseError, connections, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from factcheck.notices.models import Letter, Notice
from factcheck.notices.telling import one_line

logger = logging.getLogger(__name__)

# After each failure a longer pause; after the last one it is given up.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
PAUSE = 15  # seconds between two looks at what waits
KEPT = timedelta(days=90)
SUBJECT_LIMIT = 150  # characters


@dataclass
class Round:
    """What became of the letters that were due."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0


def send_waiting(ended: Callable[[], bool] = lambda: False) -> Round:
    """Send what is due, until nothing is, the mail server does not answer, or `ended` says so."""
    done = Round()
    while not ended() and _send_next(done):
        pass
    return done


def keep_sending(end: threading.Event, pause: float = PAUSE) -> None:
    """Send what comes to wait, and clean up once an hour, until told to end; a database that is away is waited for."""
    cleaned = -3600.0
    try:
        while not end.is_set():
            try:
                send_waiting(end.is_set)
                if time.monotonic() - cleaned >= 3600:
                    forget_old()
                    cleaned = time.monotonic()
            except Exception:
                logger.exception("Mails wait: this round of sending failed.")
            finally:
                connections.close_all()
            end.wait(pause)
    finally:
        for connection in connections.all(initialized_only=True):
            getattr(connection, "close_pool", lambda: None)()


def forget_old(kept: timedelta = KEPT) -> int:
    """Delete what was seen, or only mailed, and is older than that; gives how many notices it was. What waits for sending stays."""
    over = Notice.objects.filter(Q(seen_at__isnull=False) | Q(on_page=False), at__lt=Now() - kept)
    _rows, deleted = over.exclude(letter__next_at__isnull=False).delete()
    return deleted.get(Notice._meta.label, 0)


def mail_of(notice: Notice) -> EmailMessage:
    """The mail that tells its person of a notice: plain text, with nothing in it that opens a door."""
    link, switch_off = (settings.SITE_URL + path for path in (notice.path, reverse("desk:notice-settings")))
    context = {"notice": notice, "link": link, "switch_off": switch_off}
    subject = one_line(render_to_string("notices/mail_subject.txt", context), SUBJECT_LIMIT)
    number = f"{notice.pk}.{notice.at:%Y%m%d%H%M%S%f}"
    return EmailMessage(
        subject,
        render_to_string("notices/mail.txt", context),
        to=[notice.person.email],
        headers={
            # The same at each try, so that a mail that came twice after all can be told.
            "Message-ID": f"<notice.{number}@{urlsplit(settings.SITE_URL).hostname}>",
            # No answers by machines (RFC 3834, 5).
            "Auto-Submitted": "auto-generated",
        },
    )


def _send_next(done: Round) -> bool:
    """Send the first letter that is due and that nobody else is sending; False when there is none, or no use in going on."""
    with transaction.atomic():
        waiting = Letter.objects.due().select_for_update(skip_locked=True, of=("self",))
        letter = waiting.select_related("notice__person", "notice__by").first()
        if letter is None:
            return False
        person = letter.notice.person
        if not (person.is_active and person.email and person.may("read_desk")):
            done.dropped += 1
            return _write(letter, next_at=None, failure=_("This person is not here any more."))
        try:
            mailers.default.send_messages([mail_of(letter.notice)])
        except DatabaseError:
            raise
        except Exception as error:
            done.failed += 1
            logger.warning("The mail of notice %s was not sent: %s", letter.notice_id, type(error).__name__)
            _put_off(letter, f"{type(error).__name__}: {error}")
            # What is wrong with one letter says nothing about the next; what is wrong with the server does.
            return isinstance(error, SMTPRecipientsRefused | SMTPDataError | ValueError)
        done.sent += 1
        return _write(letter, next_at=None, sent_at=Now(), tries=letter.tries + 1, failure="")


def _put_off(letter: Letter, failure: str) -> None:
    pause = PAUSES[letter.tries] if letter.tries < len(PAUSES) else None
    _write(letter, next_at=Now() + pause if pause else None, tries=letter.tries + 1, failure=one_line(failure))


def _write(letter: Letter, **changes: object) -> bool:
    return bool(Letter.objects.filter(pk=letter.pk).update(**changes))

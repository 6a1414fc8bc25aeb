"""Each mail is sent once, and none is lost."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models.functions import Now
from pytest_django import Settings

from factcheck.accounts.models import User
from factcheck.notices.models import Kind, Letter, Notice
from factcheck.notices.reading import see_all
from factcheck.notices.sending import PAUSES, forget_old, keep_sending, send_waiting
from factcheck.notices.telling import tell
from tests.database import raw
from tests.ground.program import ROOT
from tests.racing import at_once, overtaken

WORDING = "The harbour was dredged in 1921."
PATH = "/desk/submissions/2/"


@pytest.fixture(autouse=True)
def _empty(db: None) -> None:
    mail.outbox.clear()


def note(*people: User, by: User | None = None, words: str = WORDING) -> list[Notice]:
    return tell(people, Kind.SENT_BACK, by=by, words=words, path=PATH)


def letter() -> Letter:
    return Letter.objects.get()


def use(mailer: str, settings: Settings) -> None:
    settings.MAILERS = {"default": {"BACKEND": f"tests.notices.mailing.{mailer}"}}


def due_again() -> None:
    Letter.objects.filter(next_at__isnull=False).update(next_at=Now())


# --- One sender ---


def test_the_mail_says_what_happened_where_to_look_and_how_to_have_no_more(ada: User, bo: User) -> None:
    note(ada, by=bo)
    assert send_waiting().sent == 1
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["ada@newsroom.example"],
        f"Our newsroom: Bo sent a verdict back: {WORDING}",
    )
    assert "Bo sent a verdict back:\n\nThe harbour was dredged in 1921.\n" in message.body
    assert f"\n{settings.SITE_URL}{PATH}\n" in message.body
    assert f"\n{settings.SITE_URL}/desk/notices/settings/\n" in message.body
    assert message.message()["Auto-Submitted"] == "auto-generated"
    assert message.message().get_content_type() == "text/plain"


def test_what_is_sent_is_not_sent_again(ada: User) -> None:
    note(ada)
    send_waiting()
    send_waiting()
    assert len(mail.outbox) == 1
    assert (letter().next_at, letter().sent_at is not None, letter().tries) == (None, True, 1)


@pytest.mark.parametrize("words", ["one\r\nBcc: all@newsroom.example", "a\u2028Bcc: b@c.example", "é" * 290])
def test_no_words_make_a_header_of_their_own(ada: User, bo: User, words: str) -> None:
    User.objects.filter(pk=bo.pk).update(byline="Bo\r\nBcc: everybody@newsroom.example")
    note(ada, by=User.objects.get(pk=bo.pk), words=words)
    assert send_waiting().sent == 1
    sent = mail.outbox[0].message()
    assert (sent["Bcc"], sent["To"], len(sent.get_all("Subject"))) == (None, "ada@newsroom.example", 1)


def test_who_has_left_meanwhile_gets_no_mail(ada: User, bo: User, finn: User) -> None:
    note(ada, bo, finn)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    User.objects.filter(pk=finn.pk).update(email="")
    bo.groups.clear()
    assert send_waiting().dropped == 3
    assert mail.outbox == []
    assert not Letter.objects.due().exists()


def test_a_server_that_does_not_answer_is_tried_again_later_and_later_and_in_the_end_no_more(
    ada: User, bo: User, settings: Settings
) -> None:
    use("Away", settings)
    note(ada, bo)
    first = Letter.objects.due()[0]
    for number, pause in enumerate([*PAUSES, None], start=1):
        due_again()
        Letter.objects.exclude(pk=first.pk).update(next_at=None)
        assert send_waiting().failed == 1
        first.refresh_from_db()
        assert first.tries == number
        if pause:
            ((late,),) = raw.execute("SELECT next_at - now() FROM notices_letter WHERE id = %s", first.pk)
            assert pause - timedelta(minutes=1) < late <= pause + timedelta(minutes=1)
    assert (first.next_at, first.sent_at) == (None, None)
    assert first.failure == "SMTPServerDisconnected: Connection unexpectedly closed by the other side"


def test_a_server_that_does_not_answer_is_asked_once_in_a_round(ada: User, bo: User, settings: Settings) -> None:
    use("Away", settings)
    note(ada, bo)
    assert send_waiting().failed == 1
    assert sorted(Letter.objects.values_list("tries", flat=True)) == [0, 1]


def test_a_letter_that_is_refused_does_not_hold_up_the_others(ada: User, bo: User, settings: Settings) -> None:
    use("Choosy", settings)
    note(ada)
    note(bo)
    done = send_waiting()
    assert (done.sent, done.failed) == (1, 1)
    assert [message.to for message in mail.outbox] == [["bo@newsroom.example"]]


def test_each_try_has_the_same_message_id(ada: User, settings: Settings) -> None:
    note(ada)
    send_waiting()
    Letter.objects.update(sent_at=None, next_at=Now())
    send_waiting()
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 1


# --- Two senders, with connections of their own ---


@pytest.mark.django_db(transaction=True)
def test_two_senders_send_each_letter_once(ada: User, bo: User, cleo: User) -> None:
    for _again in range(8):
        note(ada, bo, cleo)
    rounds = at_once(send_waiting, send_waiting, send_waiting)
    assert sum(done.sent for done in rounds) == len(mail.outbox) == 24
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 24


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_somebody_is_sending_is_passed_over(ada: User, bo: User) -> None:
    note(ada)
    note(bo)
    claim = Letter.objects.due().select_for_update().first
    _first, second = overtaken(claim, send_waiting)
    assert (second.sent, [message.to for message in mail.outbox]) == (1, [["bo@newsroom.example"]])


@pytest.mark.django_db(transaction=True)
def test_who_opens_the_notice_does_not_wait_for_the_mail_server(ada: User) -> None:
    (notice,) = note(ada)

    def look() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        return see_all(ada, notice.pk)

    claim = Letter.objects.due().select_for_update(of=("self",)).select_related("notice").first
    assert overtaken(claim, look)[1] == 1


@pytest.mark.django_db(transaction=True)
def test_what_a_sender_that_was_killed_had_claimed_waits_for_the_next(ada: User) -> None:
    note(ada)
    with raw.session() as killed:
        killed.autocommit = False
        killed.execute("SELECT id FROM notices_letter FOR UPDATE")
        assert send_waiting().sent == 0
    assert send_waiting().sent == 1


@pytest.mark.django_db(transaction=True)
def test_it_keeps_sending_until_it_is_told_to_end(ada: User) -> None:
    end = threading.Event()
    sender = threading.Thread(target=keep_sending, args=(end, 0.05))
    sender.start()
    try:
        note(ada)
        for _again in range(200):
            if mail.outbox:
                break
            end.wait(0.05)
    finally:
        end.set()
        sender.join(10)
    assert (len(mail.outbox), sender.is_alive()) == (1, False)


# --- The command ---


def test_the_command_sends_once_and_says_how_many(ada: User, capsys: pytest.CaptureFixture[str]) -> None:
    note(ada)
    call_command("send_notices")
    assert capsys.readouterr().out == "1 sent, 0 failed and put off.\n"


@pytest.mark.django_db(transaction=True)
def test_the_command_keeps_on_until_it_is_told_to_end_and_ends_cleanly(ada: User, tmp_path: Path) -> None:
    note(ada)
    place = connection.settings_dict
    command = subprocess.Popen(
        [sys.executable, "manage.py", "send_notices", "--keep-on", "--pause", "0.1"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": f"postgresql://{place['USER']}@/{place['NAME']}?host={place['HOST']}&port={place['PORT']}",
            "SECRET_KEY": "s" * 60,
            "SITE_URL": "http://127.0.0.1",
            "MAIL_URL": "console:",
            "PYTHONUNBUFFERED": "1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert command.stdout
    try:
        said = [next(command.stdout), next(command.stdout)]
    finally:
        command.terminate()
    rest, _errors = command.communicate(timeout=30)
    assert (command.returncode, said[1]) == (0, "To: ada@newsroom.example\n")
    assert "Traceback" not in rest


@pytest.mark.parametrize("pause", ["0", "-1", "soon", "nan", "inf"])
def test_a_pause_that_is_none_is_refused(pause: str) -> None:
    with pytest.raises(CommandError, match="give seconds"):
        call_command("send_notices", "--keep-on", "--pause", pause)


# --- Cleaning up ---


def test_what_was_seen_and_is_old_is_deleted_and_nothing_else(ada: User, bo: User) -> None:
    seen, waiting = note(ada, bo)
    assert {seen.person_id, waiting.person_id} == {ada.pk, bo.pk}
    assert forget_old(timedelta(0)) == 0
    see_all(ada, 2**62)
    assert forget_old(timedelta(0)) == 0, "its mail waits"
    send_waiting()
    assert forget_old() == 0, "not old yet"
    assert forget_old(timedelta(0)) == 1
    assert [notice.person for notice in Notice.objects.all()] == [bo]

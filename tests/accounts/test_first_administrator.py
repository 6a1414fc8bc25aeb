"""The command that starts a newsroom."""

import io

import pytest
from django.core.management import CommandError, call_command

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR
from factcheck.history.models import Entry

pytestmark = pytest.mark.django_db
WHO = {"username": "dora", "email": "dora@newsroom.example", "byline": "Dora Dock"}


def start(monkeypatch: pytest.MonkeyPatch, password: str = "grey harbour crane", **who: str) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    out = io.StringIO()
    call_command("first_administrator", password_from_stdin=True, stdout=out, **(WHO | who))
    return out.getvalue()


def test_it_makes_the_first_administrator(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "dora can log in" in start(monkeypatch)
    dora = User.objects.get()
    assert dora.roles == [ADMINISTRATOR]
    assert dora.check_password("grey harbour crane")
    assert (dora.is_superuser, dora.is_staff) == (False, False)
    entry = Entry.objects.about(dora).get()
    assert (entry.act, entry.person_id, entry.person_name, entry.via) == ("newsroom.found", None, "", "command")


def test_it_refuses_where_there_is_one(monkeypatch: pytest.MonkeyPatch, dee: User) -> None:
    with pytest.raises(CommandError, match="already"):
        start(monkeypatch)
    assert User.objects.count() == 1


def test_it_helps_a_newsroom_whose_administrators_are_all_disabled(monkeypatch: pytest.MonkeyPatch, dee: User) -> None:
    User.objects.filter(pk=dee.pk).update(is_active=False)
    start(monkeypatch)
    assert User.objects.with_role(ADMINISTRATOR).get().username == "dora"


@pytest.mark.parametrize(
    ("password", "who"),
    [
        ("short", {}),
        ("1234567890123", {}),
        ("dora@newsroom.example", {}),
        ("grey harbour crane", {"email": "nowhere"}),
        ("grey harbour crane", {"username": "a b"}),
        ("", {}),
    ],
)
def test_wrong_answers_make_nobody(monkeypatch: pytest.MonkeyPatch, password: str, who: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        start(monkeypatch, password, **who)
    assert not User.objects.exists()


def test_without_a_terminal_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(CommandError, match="--username"):
        call_command("first_administrator")
    with pytest.raises(CommandError, match="--password-from-stdin"):
        call_command("first_administrator", **WHO)


def test_at_a_terminal_it_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    answers = iter(["", "dora", "dora@newsroom.example", "Dora Dock"])
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    monkeypatch.setattr(
        "factcheck.accounts.management.commands.first_administrator.getpass", lambda question: "grey harbour crane"
    )
    call_command("first_administrator", stdout=io.StringIO())
    assert User.objects.get().byline == "Dora Dock"

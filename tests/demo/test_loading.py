"""Loading the demo newsroom: once, into an empty newsroom, on the embedded database only."""

import stat
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR
from factcheck.articles.models import Article
from factcheck.demo import logins
from factcheck.history.models import Entry
from tests import newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for the password, and no password given."""
    settings.VAR = tmp_path
    settings.EMBEDDED = mock.sentinel.a_cluster
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)
    return tmp_path


def load() -> str:
    """Run the command; gives what it printed."""
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


def test_it_says_where_and_as_whom_to_log_in(settings: Settings, var: Path) -> None:
    told = load()
    assert f"{settings.SITE_URL}/accounts/login/" in told
    for login in ("ada", "bo", "cleo", "dee"):
        assert f"\n  {login}" in told
    assert (var / logins.FILE).read_text().strip() in told


def test_the_password_is_kept_for_this_user_alone(var: Path) -> None:
    load()
    assert stat.S_IMODE((var / logins.FILE).stat().st_mode) == 0o600


def test_a_second_load_changes_nothing_and_tells_the_logins_again() -> None:
    first = load()
    before = Entry.objects.count(), User.objects.count(), Article.objects.count()
    again = load()
    assert (Entry.objects.count(), User.objects.count(), Article.objects.count()) == before
    assert first.startswith("The demo newsroom has been loaded.\n")
    assert first.endswith(again)


def test_a_newsroom_with_people_is_left_alone(var: Path) -> None:
    newsroom.person("erin", ADMINISTRATOR)
    assert "not loaded" in load()
    assert list(User.objects.values_list("username", flat=True)) == ["erin"]
    assert not Article.objects.exists()
    assert logins.demo_logins() is None
    assert not (var / logins.FILE).exists()


def test_it_never_comes_to_another_database(settings: Settings) -> None:
    settings.EMBEDDED = None
    with pytest.raises(CommandError, match="DATABASE_URL"):
        load()
    assert not User.objects.exists()


def test_a_load_that_fails_leaves_nothing(var: Path) -> None:
    with mock.patch("factcheck.publication.publishing.retract", side_effect=OSError), pytest.raises(OSError):
        load()
    assert not User.objects.exists()
    assert not Entry.objects.exists()


def test_a_password_that_was_given_is_used_and_neither_printed_nor_kept(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "as agreed upon")
    printed = load()
    assert "as agreed upon" not in printed
    assert "DEMO_PASSWORD" in printed
    assert not (var / logins.FILE).exists()
    assert User.objects.get(username="cleo").check_password("as agreed upon")


def test_a_password_kept_by_an_earlier_newsroom_gives_way_to_one_that_is_given(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (var / logins.FILE).write_text("left over")
    monkeypatch.setenv("DEMO_PASSWORD", "as agreed upon")
    assert "left over" not in load()
    monkeypatch.delenv("DEMO_PASSWORD")
    assert "left over" not in load()


def test_somebody_who_was_disabled_is_not_among_the_logins() -> None:
    load()
    employing.disable(User.objects.get(username="bo"), by=User.objects.get(username="dee"))
    assert "\n  bo" not in (logins.demo_logins() or "")


def test_each_of_the_four_can_log_in(var: Path) -> None:
    load()
    password = (var / logins.FILE).read_text().strip()
    for login in ("ada", "bo@demo.example", "cleo", "dee"):
        client = Client()
        client.post("/accounts/login/", {"login": login, "password": password})
        assert client.get("/desk/").status_code == 200, login

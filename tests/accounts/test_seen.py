"""When somebody was last here, and sessions that end."""

from datetime import timedelta

from django.contrib.auth import get_user
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.history.models import RowChange


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_person_is_seen_and_that_is_written_once_in_some_minutes(ada: User) -> None:
    client = logged_in(ada)
    client.get("/accounts/password/change/")
    first = User.objects.get(pk=ada.pk).seen_at
    assert first is not None
    client.get("/accounts/password/change/")
    assert User.objects.get(pk=ada.pk).seen_at == first
    User.objects.filter(pk=ada.pk).update(seen_at=timezone.now() - timedelta(minutes=6))
    client.get("/accounts/password/change/")
    assert User.objects.get(pk=ada.pk).seen_at > timezone.now() - timedelta(minutes=1)
    assert not RowChange.objects.filter(table_name="accounts_user", operation="update").exists()


def test_being_seen_asks_nothing_more(ada: User) -> None:
    request = HttpRequest()
    request.session = logged_in(ada).session
    request.session.get("")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert get_user(request) == ada
    assert len(asked) == 1


def test_a_session_of_the_disabled_stays_over_when_they_are_let_in_again(ada: User, dee: User) -> None:
    client, seen = logged_in(ada), User.objects.get(pk=ada.pk).seen_at
    employing.disable(ada, by=dee)
    assert client.get("/desk/").status_code == 302
    assert User.objects.get(pk=ada.pk).seen_at == seen
    employing.enable(ada, by=dee)
    assert client.get("/desk/").status_code == 302
    assert logged_in(User.objects.get(pk=ada.pk)).get("/desk/").status_code == 200

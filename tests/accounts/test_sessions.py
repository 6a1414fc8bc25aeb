"""Sessions, and the person who comes with them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from factcheck.accounts.models import Session, User

pytestmark = pytest.mark.django_db

PAGE = "/accounts/password/change/"


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_session_and_its_person_come_in_one_statement(ada: User) -> None:
    client = logged_in(ada)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/desk/session/")
    assert answer.json()["person"] == ada.pk
    assert len(queries) == 1


def test_a_session_is_its_person_s_from_the_login_to_the_logout(ada: User) -> None:
    client = logged_in(ada)
    assert Session.objects.get().person == ada
    client.logout()
    assert not Session.objects.exists()


def test_of_two_sessions_each_is_its_own_person_s(ada: User, bo: User) -> None:
    first, second = logged_in(ada), logged_in(bo)
    assert [client.get(PAGE).context["user"] for client in (first, second, first)] == [ada, bo, ada]


def test_a_session_that_is_over_lets_nobody_in_and_goes_with_the_next_login(ada: User, bo: User) -> None:
    client = logged_in(ada)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(PAGE).status_code == 302
    logged_in(bo)
    assert Session.objects.get().person == bo


def test_a_session_of_nobody_keeps_what_it_holds_and_lets_nobody_in(client: Client) -> None:
    session = client.session
    session["seen"] = True
    session.save()
    assert Session.objects.get().person is None
    assert client.get(PAGE).status_code == 302
    assert client.session["seen"] is True


def test_a_session_whose_person_was_written_in_by_hand_is_still_nobody_s(client: Client, ada: User) -> None:
    client.session.save()
    Session.objects.update(person=ada)
    assert client.get(PAGE).status_code == 302

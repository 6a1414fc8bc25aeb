"""People: taken on, given roles, disabled; every act in the history."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.test import Client

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER
from factcheck.history.models import Entry
from tests import newsroom
from tests.admin.conftest import confirmed

ADD = "/admin/accounts/user/add/"
Send = Callable[..., HttpResponse]
NEWCOMER: dict[str, Any] = {
    "username": "gil",
    "email": "gil@newsroom.example",
    "byline": "Gil Green",
    "roles": ["Checker", "Reviewer"],
}


def path(person: User) -> str:
    return f"/admin/accounts/user/{person.pk}/change/"


def test_a_new_person_has_their_roles_and_no_password_but_a_link(send: Send, dee: User) -> None:
    assert send(ADD, **NEWCOMER).status_code == 302
    gil = User.objects.get(username="gil")
    assert [str(role) for role in gil.roles] == ["Checker", "Reviewer"]
    assert not gil.has_usable_password()
    assert [message.to for message in mail.outbox] == [["gil@newsroom.example"]]
    entry = Entry.objects.about(gil).get()
    assert (entry.act, entry.person_id, entry.via) == ("person.employ", dee.pk, "admin")


def test_the_link_sets_a_password_and_works_once(send: Send, client: Client) -> None:
    send(ADD, **NEWCOMER)
    link = next(line for line in mail.outbox[0].body.splitlines() if "/accounts/password/reset/key/" in line)
    address = link.partition("127.0.0.1")[2].partition("/")[2]
    form = client.get(f"/{address}", follow=True)
    assert form.status_code == 200
    answer = client.post(form.request["PATH_INFO"], {"password1": "a long new one 7", "password2": "a long new one 7"})
    assert answer["Location"] == "/accounts/password/reset/key/done/"
    assert User.objects.get(username="gil").check_password("a long new one 7")
    assert "no longer works" in Client().get(f"/{address}", follow=True).content.decode()


def test_what_else_is_typed_in_gives_no_power(send: Send, dee: User) -> None:
    send(
        ADD,
        **NEWCOMER,
        is_superuser="1",
        is_staff="1",
        password="chosen",
        user_permissions=["1"],
        groups=["4"],
    )
    gil = User.objects.get(username="gil")
    assert (gil.is_superuser, gil.is_staff, gil.has_usable_password()) == (False, False, False)
    assert gil.user_permissions.count() == 0
    send(path(dee), is_superuser="1", is_staff="1", is_active="", byline="Dee Dark")
    dee.refresh_from_db()
    assert (dee.byline, dee.is_superuser, dee.is_staff, dee.is_active) == ("Dee Dark", False, False, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": ""},
        {"username": "a b"},
        {"username": "DEE"},
        {"username": "dee@newsroom.example"},
        {"email": "no address"},
        {"email": ""},
        {"email": "Dee@Newsroom.example"},
        {"byline": ""},
        {"byline": "a\0b"},
        {"roles": ["King"]},
    ],
)
def test_wrong_input_makes_nobody(wrong: dict[str, Any], send: Send) -> None:
    before = User.objects.count()
    answer = send(ADD, **(NEWCOMER | wrong))
    assert answer.status_code == 422
    assert "errornote" in answer.content.decode()
    assert (User.objects.count(), len(mail.outbox), Entry.objects.filter(via="admin").count()) == (before, 0, 0)


def test_a_mail_server_that_fails_takes_nobody_back(send: Send, office: Client) -> None:
    with mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=OSError("down")):
        answer = send(ADD, **NEWCOMER)
    assert answer.status_code == 302
    assert User.objects.filter(username="gil").exists()
    assert "could not be sent" in office.get("/admin/accounts/user/").content.decode()


def test_roles_and_byline_are_changed(send: Send, ada: User) -> None:
    assert send(path(ada), byline="Ada L.", roles=["Checker", "Publisher"]).status_code == 302
    ada = User.objects.get(pk=ada.pk)
    assert (ada.byline, [str(role) for role in ada.roles], ada.version) == ("Ada L.", ["Checker", "Publisher"], 2)
    entry = Entry.objects.about(ada).get()
    assert entry.act == "person.revise"
    assert {change.table_name for change in entry.changes.all()} == {"accounts_user", "accounts_user_groups"}


def test_a_stale_form_is_refused_and_keeps_what_was_typed(send: Send, ada: User, dee: User) -> None:
    employing.revise(ada, by=dee, version=1, byline="Somebody Else’s")
    answer = send(path(ada), byline="Mine", version="1")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has saved this" in page
    assert 'value="Mine"' in page
    assert "Somebody Else’s" in page
    assert User.objects.get(pk=ada.pk).byline == "Somebody Else’s"
    assert send(path(ada), byline="Mine", version="2").status_code == 302
    assert User.objects.get(pk=ada.pk).byline == "Mine"


def test_a_form_without_its_version_is_refused(office: Client, ada: User) -> None:
    answer = office.post(path(ada), {"username": "ada", "email": "ada@newsroom.example", "byline": "New"})
    assert answer.status_code == 422
    assert User.objects.get(pk=ada.pk).byline == "Ada"


def test_nobody_is_deleted(office: Client, ada: User) -> None:
    assert office.post(f"/admin/accounts/user/{ada.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=ada.pk).exists()


def test_the_disabled_are_out_at_once_and_let_in_again(office: Client, ada: User) -> None:
    at_work = Client()
    at_work.force_login(ada)
    chosen = {"action": "disable", "_selected_action": [ada.pk]}
    assert "Disable 1 person?" in office.post("/admin/accounts/user/", chosen).content.decode()
    assert at_work.get("/accounts/password/change/").status_code == 200
    confirmed(office, "/admin/accounts/user/", **chosen)
    assert at_work.get("/accounts/password/change/").status_code == 302
    answer = Client().post("/accounts/login/", {"login": "ada", "password": newsroom.PASSWORD})
    assert answer["Location"] == "/accounts/inactive/"
    confirmed(office, path(ada), **{"CHANGE_FORM-action": "enable", "_selected_action": [ada.pk]})
    assert User.objects.get(pk=ada.pk).is_active
    assert [entry.act for entry in Entry.objects.about(ada)] == ["person.enable", "person.disable"]


def test_the_last_administrator_stays(send: Send, office: Client, dee: User) -> None:
    confirmed(office, "/admin/accounts/user/", action="disable", _selected_action=[dee.pk])
    answer = send(path(dee), roles=["Checker"])
    assert answer.status_code == 422
    assert "Nobody would be left" in answer.content.decode()
    dee = User.objects.get(pk=dee.pk)
    assert (dee.is_active, dee.roles, dee.version) == (True, [ADMINISTRATOR], 1)


def test_a_link_is_sent_again_but_not_to_the_disabled(office: Client, ada: User, finn: User) -> None:
    User.objects.filter(pk=finn.pk).update(is_active=False)
    confirmed(office, "/admin/accounts/user/", action="send_link", _selected_action=[ada.pk, finn.pk])
    assert [message.to for message in mail.outbox] == [["ada@newsroom.example"]]


def test_passwords_cannot_be_asked_for_letter_by_letter(office: Client) -> None:
    answer = office.get("/admin/accounts/user/?password__startswith=md5")
    assert answer.status_code in {302, 400}


def test_only_administrators_run_people(ada: User, dee: User) -> None:
    with pytest.raises(PermissionDenied):
        employing.employ(by=ada, username="x", email="x@newsroom.example", byline="X", roles=[ADMINISTRATOR])
    with pytest.raises(PermissionDenied):
        employing.revise(ada, by=ada, version=1, roles=[ADMINISTRATOR])
    with pytest.raises(PermissionDenied):
        employing.disable(dee, by=ada)


def test_a_login_leads_to_one_person(dee: User, ada: User) -> None:
    with pytest.raises(ValidationError):
        employing.revise(ada, by=dee, version=1, username="dee@newsroom.example")
    with pytest.raises(ValidationError):
        employing.employ(by=dee, username="ADA", email="x@newsroom.example", byline="X", roles=[CHECKER])
    assert User.objects.get(pk=ada.pk).version == 1


@pytest.mark.parametrize(
    ("seen", "names"), [("day", ["Dee"]), ("never", ["Ada"]), ("longer", []), ("nonsense", ["Ada", "Dee"])]
)
def test_people_are_found_by_when_they_were_last_seen(seen: str, names: list[str], office: Client, ada: User) -> None:
    office.get("/admin/")
    page = office.get("/admin/accounts/user/", {"seen": seen})
    assert [person.byline for person in page.context["cl"].result_list] == names


def test_a_person_leads_to_their_line_of_time(office: Client, ada: User) -> None:
    for page in ("/admin/accounts/user/", path(ada)):
        assert f'href="/desk/people/{ada.pk}/history/"' in office.get(page).content.decode()

"""Invitations in the administration: the link is shown once, made anew, revoked."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings

from factcheck.accounts import inviting
from factcheck.accounts.models import Invitation, User
from factcheck.accounts.roles import CHECKER
from tests.admin.conftest import confirmed

LIST = "/admin/accounts/invitation/"
GIL: dict[str, Any] = {"email": "gil@newsroom.example", "roles": ["Checker"]}


def link_on(page: HttpResponse) -> str:
    return str(page.context["rows"][0]["link"]).partition("/accounts/")[2]


def test_the_link_is_shown_once_and_mailed(send: Callable[..., HttpResponse], office: Client) -> None:
    page = send(LIST + "add/", **GIL)
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (201, True)
    link = link_on(page)
    assert link in page.content.decode()
    assert link in mail.outbox[0].body
    assert Client().get(f"/accounts/{link}").status_code == 200
    invitation = Invitation.objects.get()
    for path in (LIST, f"{LIST}{invitation.pk}/change/", f"{LIST}{invitation.pk}/history/"):
        answer = office.get(path)
        assert answer.status_code == 200
        assert link not in answer.content.decode()


def test_nothing_is_said_to_be_mailed_where_mail_only_stands_on_the_console(send: Callable[..., HttpResponse]) -> None:
    for goes_out, says in (
        (True, "It was mailed to them as well"),
        (False, "it was not mailed: give it to them yourself"),
    ):
        with override_settings(MAIL_GOES_OUT=goes_out):
            page = send(LIST + "add/", **(GIL | {"email": f"{goes_out}@newsroom.example"})).content.decode()
        assert [words in page for words in (says, "mailed")] == [True, True]
        assert ("It was mailed" in page) == goes_out


def test_a_mail_server_that_fails_leaves_the_link_to_the_administrator(send: Callable[..., HttpResponse]) -> None:
    with mock.patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=OSError("down")):
        page = send(LIST + "add/", **GIL)
    assert "Give them the link yourself" in page.content.decode()
    assert Client().get(f"/accounts/{link_on(page)}").status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"email": "DEE@newsroom.example"}, {"email": "x"}, {"roles": []}, {"roles": ["King"]}]
)
def test_wrong_input_invites_nobody(wrong: dict[str, Any], send: Callable[..., HttpResponse]) -> None:
    assert send(LIST + "add/", **(GIL | wrong)).status_code == 422
    assert not Invitation.objects.exists()


def test_a_new_link_ends_the_one_before_and_revoking_is_confirmed(office: Client, dee: User) -> None:
    invitation, token = inviting.invite(by=dee, email="gil@newsroom.example", roles=[CHECKER])
    chosen = {"_selected_action": [invitation.pk]}
    page = confirmed(office, LIST, action="make_link", **chosen)
    link = link_on(page)
    assert Client().get(f"/accounts/invitations/{token}/").status_code == 404
    assert Client().get(f"/accounts/{link}").status_code == 200
    asked = office.post(f"{LIST}{invitation.pk}/change/", chosen | {"CHANGE_FORM-action": "revoke"})
    assert (asked.status_code, Invitation.objects.waiting().count()) == (200, 1)
    done = confirmed(office, f"{LIST}{invitation.pk}/change/", **chosen, **{"CHANGE_FORM-action": "revoke"})
    assert done.status_code == 302
    assert Invitation.objects.revoked().count() == 1
    asked = office.post(LIST, chosen | {"action": "make_link"})
    assert "taken up or revoked" in asked.content.decode()
    assert not asked.context["records"]


@pytest.mark.parametrize(("state", "count"), [("waiting", 1), ("run_out", 0), ("used", 0), ("revoked", 1)])
def test_the_list_is_narrowed_by_state(state: str, count: int, office: Client, dee: User) -> None:
    inviting.revoke(inviting.invite(by=dee, email="gil@newsroom.example", roles=[CHECKER])[0], by=dee)
    inviting.invite(by=dee, email="gil@newsroom.example", roles=[CHECKER])
    assert office.get(LIST, {"state": state}).context["cl"].result_count == count

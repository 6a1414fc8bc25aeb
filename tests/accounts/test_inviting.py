"""Invitations: a link that works once, for some days, for the roles that an administrator chose."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from factcheck.accounts import employing, inviting
from factcheck.accounts.models import Invitation, User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER, REVIEWER
from factcheck.history.models import Entry
from tests import newsroom
from tests.racing import at_once, overtaken

GIL = {"byline": "Gil Green", "username": "gil", "password1": "a long new one 7", "password2": "a long new one 7"}


def invited(by: User) -> str:
    return inviting.invite(by=by, email="gil@newsroom.example", roles=[CHECKER, REVIEWER])[1]


def path(token: str) -> str:
    return f"/accounts/invitations/{token}/"


def test_the_link_makes_a_person_with_the_chosen_roles_and_lets_them_in(dee: User, client: Client) -> None:
    token = invited(dee)
    page = client.get(path(token))
    assert (page.status_code, "no-store" in page["Cache-Control"]) == (200, True)
    assert "Dee invited gil@newsroom.example to work here as: Checker, Reviewer" in page.content.decode()
    answer = client.post(path(token), GIL | {"roles": ["Administrator"], "email": "other@newsroom.example"})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    gil = User.objects.get(username="gil")
    assert (gil.email, gil.roles, gil.byline) == ("gil@newsroom.example", [CHECKER, REVIEWER], "Gil Green")
    assert gil.check_password("a long new one 7")
    assert client.get("/desk/").status_code == 200
    entry = Entry.objects.about(gil).get()
    assert (entry.act, entry.person_id, entry.via) == ("invitation.take_up", gil.pk, "screen")


def test_the_token_is_kept_nowhere(dee: User) -> None:
    token = invited(dee)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(i)::text FROM accounts_invitation i")
        kept = str(cursor.fetchall())
        cursor.execute("SELECT row_to_json(c)::text FROM history_rowchange c")
        kept += str(cursor.fetchall())
    assert token not in kept
    assert "gil@newsroom.example" in kept


def test_a_link_works_once(dee: User, client: Client) -> None:
    token = invited(dee)
    client.post(path(token), GIL)
    for answer in (Client().get(path(token)), Client().post(path(token), GIL | {"username": "gil2"})):
        assert answer.status_code == 404
        assert "no longer works" in answer.content.decode()
    assert User.objects.filter(email="gil@newsroom.example").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"byline": ""},
        {"byline": "a\0b"},
        {"byline": "x" * 121},
        {"username": "a b"},
        {"username": "DEE"},
        {"username": "dee@newsroom.example"},
        {"password2": "something else"},
        {"password1": "short", "password2": "short"},
        {"password1": "password123", "password2": "password123"},
    ],
)
def test_wrong_input_makes_nobody_and_the_link_stays(wrong: dict[str, str], dee: User, client: Client) -> None:
    token = invited(dee)
    answer = client.post(path(token), GIL | wrong)
    assert answer.status_code == 422
    assert User.objects.count() == 1
    assert client.get(path(token)).status_code == 200


def test_links_that_ran_out_were_revoked_or_made_anew_open_nothing(dee: User, client: Client) -> None:
    token = invited(dee)
    invitation = Invitation.objects.get()
    newer = inviting.renew(invitation, by=dee)
    assert [client.get(path(each)).status_code for each in (token, newer)] == [404, 200]
    Invitation.objects.update(expires_at=invitation.made_at)
    assert client.get(path(newer)).status_code == 404
    newest = inviting.renew(invitation, by=dee)
    assert client.get(path(newest)).status_code == 200
    inviting.revoke(invitation, by=dee)
    assert client.get(path(newest)).status_code == 404
    for verb in (inviting.renew, inviting.revoke):
        with pytest.raises(ValidationError):
            verb(invitation, by=dee)


def test_who_may_no_longer_invite_leaves_no_link_behind(dee: User, client: Client) -> None:
    token = invited(dee)
    employing.disable(dee, by=newsroom.person("eve", ADMINISTRATOR))
    assert client.get(path(token)).status_code == 404


def test_an_address_is_invited_once_and_nobody_who_is_here(dee: User, ada: User) -> None:
    invited(dee)
    for email in ("GIL@newsroom.example", "Ada@newsroom.example", "no address", ""):
        with pytest.raises(ValidationError):
            inviting.invite(by=dee, email=email, roles=[CHECKER])
    with pytest.raises(ValidationError):
        inviting.invite(by=dee, email="hal@newsroom.example", roles=[])
    with pytest.raises(PermissionDenied):
        inviting.invite(by=ada, email="hal@newsroom.example", roles=[ADMINISTRATOR])
    assert Invitation.objects.count() == 1


def test_the_database_keeps_what_is_over(dee: User, client: Client) -> None:
    client.post(path(invited(dee)), GIL)
    for statement in (
        "UPDATE accounts_invitation SET used_at = NULL, person_id = NULL",
        "UPDATE accounts_invitation SET token_sha256 = 'x'",
        "DELETE FROM accounts_invitation",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_two_who_use_one_link_at_once_are_one_person() -> None:
    token = invited(newsroom.person("dee", ADMINISTRATOR))

    def join(name: str) -> object:
        return inviting.take_up(token, username=name, byline=name.title(), password="a long new one 7")

    done, refused = overtaken(lambda: join("gil"), lambda: join("gus"))
    assert isinstance(done, User)
    assert isinstance(refused, ValidationError)
    assert refused.code == "gone"
    assert [person.username for person in User.objects.order_by("pk")] == ["dee", "gil"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_on_join_at_once_are_one_person() -> None:
    token = invited(newsroom.person("dee", ADMINISTRATOR))
    answers = at_once(*[lambda: Client().post(path(token), GIL).status_code for _twice in range(2)])
    assert 302 in answers
    assert set(answers) <= {302, 404, 422}
    assert User.objects.count() == 2


def test_the_mail_leads_to_the_newsroom_s_own_address(dee: User) -> None:
    invitation, token = inviting.invite(by=dee, email="gil@newsroom.example", roles=[CHECKER])
    inviting.mail_link(invitation, token)
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["gil@newsroom.example"], "Our newsroom: you are invited")
    assert inviting.link(token) in message.body
    assert "Dee invites you" in message.body

"""Logging in and out, passwords, and what is closed."""

import io

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings
from django.urls import NoReverseMatch, reverse

from factcheck.accounts.console import ReadableMail
from factcheck.accounts.models import User
from factcheck.history.models import Entry
from tests import newsroom

LOGIN = "/accounts/login/"
RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"


@pytest.fixture(autouse=True)
def _fresh_counts(db: None) -> None:
    cache.clear()


def logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("name", ["ada", "ADA", "ada@newsroom.example", "Ada@Newsroom.Example"])
def test_one_logs_in_by_username_or_mail_address(name: str, client: Client, ada: User) -> None:
    answer = client.post(LOGIN, {"login": name, "password": newsroom.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert logged_in(client)


@pytest.mark.parametrize("name", ["ada", "nobody"])
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(name: str, client: Client, ada: User) -> None:
    page = client.post(LOGIN, {"login": name, "password": "wrong wrong wrong"}).content.decode()
    assert "The login or the password is not right." in page
    assert not logged_in(client)


def test_the_disabled_do_not_come_in(client: Client, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(is_active=False)
    answer = client.post(LOGIN, {"login": "ada", "password": newsroom.PASSWORD}, follow=True)
    assert "This login is disabled" in answer.content.decode()
    assert not logged_in(client)


def test_after_many_wrong_passwords_the_right_one_must_wait(client: Client, ada: User) -> None:
    for _ in range(5):
        client.post(LOGIN, {"login": "ada", "password": "wrong wrong wrong"})
    page = client.post(LOGIN, {"login": "ada", "password": newsroom.PASSWORD})
    assert "Too many attempts that failed" in page.content.decode()
    assert not logged_in(client)


def test_too_many_attempts_from_one_place_are_refused_with_a_page(client: Client, ada: User) -> None:
    statuses = {client.post(LOGIN, {"login": f"name{number}", "password": "x"}).status_code for number in range(32)}
    assert 429 in statuses
    page = client.post(LOGIN, {"login": "ada", "password": newsroom.PASSWORD})
    assert page.status_code == 429
    assert "Wait five minutes" in page.content.decode()


def test_a_client_cannot_choose_the_address_that_is_counted(client: Client, ada: User) -> None:
    for number in range(32):
        answer = client.post(LOGIN, {"login": "x", "password": "x"}, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert answer.status_code == 429


def test_behind_a_proxy_its_word_is_taken_and_not_the_clients(client: Client, ada: User) -> None:
    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        for number in range(32):
            forged = client.post(
                LOGIN, {"login": "x", "password": "x"}, headers={"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7"}
            )
        other = client.post(LOGIN, {"login": "x", "password": "x"}, headers={"X-Forwarded-For": "198.51.100.8"})
    assert (forged.status_code, other.status_code) == (429, 200)


def test_the_way_out_takes_a_post(client: Client, ada: User) -> None:
    client.force_login(ada)
    assert client.get("/accounts/logout/").status_code == 200
    assert logged_in(client)
    answer = client.post("/accounts/logout/")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert not logged_in(client)


def test_forms_need_their_token(ada: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(LOGIN, {"login": "ada", "password": newsroom.PASSWORD}).status_code == 403


def test_nobody_signs_up(client: Client) -> None:
    assert "Nobody signs up here" in client.get("/accounts/signup/").content.decode()
    data = {
        "username": "mal",
        "email": "mal@elsewhere.example",
        "password1": "a long one 77",
        "password2": "a long one 77",
    }
    client.post("/accounts/signup/", data)
    assert not User.objects.filter(username="mal").exists()
    assert not logged_in(client)


@pytest.mark.parametrize("name", ["account_email", "account_request_login_code", "account_email_verification_sent"])
def test_doors_that_nobody_needs_are_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["/accounts/", "/accounts/email/", "/accounts/confirm-email/", "/accounts/login/code/"]
)
def test_their_addresses_answer_nothing(path: str, client: Client, ada: User) -> None:
    client.force_login(ada)
    assert client.get(path).status_code == 404


def test_a_password_is_changed_and_the_act_entered_without_it(client: Client, ada: User) -> None:
    client.force_login(ada)
    new = "grey harbour crane"
    answer = client.post(CHANGE, {"oldpassword": newsroom.PASSWORD, "password1": new, "password2": new})
    assert answer.status_code == 302
    assert User.objects.get(pk=ada.pk).check_password(new)
    assert logged_in(client)
    entry = Entry.objects.about(ada).get()
    assert (entry.act, entry.person_id, entry.changes.count()) == ("person.set_password", ada.pk, 0)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        ("wrong", "grey harbour crane", "grey harbour crane"),
        (newsroom.PASSWORD, "short", "short"),
        (newsroom.PASSWORD, "grey harbour crane", "another one entirely"),
        (newsroom.PASSWORD, "1234567890", "1234567890"),
    ],
)
def test_a_wrong_or_weak_password_changes_nothing(old: str, new: str, again: str, client: Client, ada: User) -> None:
    client.force_login(ada)
    page = client.post(CHANGE, {"oldpassword": old, "password1": new, "password2": again})
    assert "error-summary" in page.content.decode()
    assert User.objects.get(pk=ada.pk).check_password(newsroom.PASSWORD)


def test_a_forgotten_password_is_set_by_a_mailed_link(client: Client, ada: User) -> None:
    answer = client.post(RESET, {"email": "ada@newsroom.example"}, headers={"Host": "localhost"})
    assert answer["Location"] == "/accounts/password/reset/done/"
    (message,) = mail.outbox
    assert message.subject == "Our newsroom: set your password"
    assert "You log in as ada" in message.body
    link = next(line for line in message.body.splitlines() if line.startswith("http"))
    # To the newsroom's own address, whatever host the request named.
    assert link.startswith("http://127.0.0.1")
    page = client.get("/" + link.split("/", 3)[3], follow=True)
    assert "set-password" in page.request["PATH_INFO"]
    new = "grey harbour crane"
    answer = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert answer["Location"] == "/accounts/password/reset/key/done/"
    assert User.objects.get(pk=ada.pk).check_password(new)


@pytest.mark.parametrize("address", ["nobody@newsroom.example", "disabled@newsroom.example"])
def test_strangers_and_the_disabled_get_no_mail_and_the_same_answer(address: str, client: Client) -> None:
    person = newsroom.person("disabled")
    User.objects.filter(pk=person.pk).update(is_active=False)
    answer = client.post(RESET, {"email": address})
    assert answer["Location"] == "/accounts/password/reset/done/"
    assert mail.outbox == []


def test_links_are_not_mailed_without_end(client: Client, ada: User) -> None:
    statuses = [client.post(RESET, {"email": "ada@newsroom.example"}).status_code for _ in range(7)]
    assert statuses[-1] == 429
    assert len(mail.outbox) == 5


def test_a_made_up_link_sets_nothing(client: Client, ada: User) -> None:
    page = client.get("/accounts/password/reset/key/1-set-password/")
    assert "no longer works" in page.content.decode()


@pytest.mark.parametrize("path", [CHANGE, "/accounts/reauthenticate/", "/accounts/password/set/"])
def test_a_stranger_is_sent_to_log_in(path: str, client: Client) -> None:
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)


@pytest.mark.parametrize("path", [LOGIN, RESET, CHANGE, "/accounts/logout/", "/accounts/signup/"])
def test_the_pages_keep_the_strict_policy(path: str, client: Client, ada: User) -> None:
    if path in {CHANGE, "/accounts/logout/"}:
        client.force_login(ada)
    page = client.get(path)
    assert page.status_code == 200
    assert "unsafe" not in page["Content-Security-Policy"]
    for forbidden in ("<style", "style=", "<script>", "onclick"):
        assert forbidden not in page.content.decode()


def test_mail_on_the_console_can_be_read_and_its_link_copied() -> None:
    out = io.StringIO()
    link = "http://127.0.0.1:8000/accounts/password/reset/key/" + "1-abc" * 12 + "/"
    ReadableMail(stream=out).send_messages(
        [mail.EmailMessage("Hello", f"Grüße:\n\n{link}\n", to=["ada@newsroom.example"])]
    )
    assert link in out.getvalue()
    assert "Grüße" in out.getvalue()

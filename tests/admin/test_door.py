"""Who comes into the administration, and what is not there."""

from django.contrib import admin
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from factcheck.accounts.models import User
from tests import newsroom
from tests.admin.conftest import as_

LISTS = [
    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in admin.site._registry
]


def test_a_stranger_is_led_to_the_one_door_and_back(client: Client, dee: User) -> None:
    answer = client.get("/admin/accounts/user/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=/admin/accounts/user/"
    answer = client.post(
        "/accounts/login/", {"login": "dee", "password": newsroom.PASSWORD, "next": "/admin/accounts/user/"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/admin/accounts/user/")


def test_the_admin_takes_no_password_itself(client: Client, dee: User) -> None:
    answer = client.post("/admin/login/", {"username": "dee", "password": newsroom.PASSWORD})
    assert answer["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


def test_the_way_back_never_leads_to_another_site(client: Client, dee: User) -> None:
    answer = client.get("/admin/login/?next=https://elsewhere.example/", follow=True)
    assert answer.status_code == 200
    answer = client.post(
        "/accounts/login/",
        {"login": "dee", "password": newsroom.PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert answer["Location"] == "/desk/"


def test_staff_is_nothing_here(guest: User) -> None:
    User.objects.filter(pk=guest.pk).update(is_staff=True)
    assert as_(guest).get("/admin/").status_code == 403


def test_a_disabled_administrator_is_a_stranger(dee: User) -> None:
    client = as_(dee)
    User.objects.filter(pk=dee.pk).update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_an_administrator_sees_the_newsroom_in_its_own_words(office: Client) -> None:
    page = office.get("/admin/")
    assert page.status_code == 200
    for words in ("Our newsroom", "Roles", "Rating scales", "The record, to read"):
        assert words in page.content.decode()


def test_every_list_is_searched(office: Client) -> None:
    for path in LISTS:
        for query in ("?q=a", "?q=%C3%A9+b", "?p=99", "?o=1.-2", "?o=x"):
            assert office.get(path + query).status_code in {200, 302}, path + query


def test_logging_out_here_is_logging_out(office: Client) -> None:
    office.post("/admin/logout/")
    assert "_auth_user_id" not in office.session


def test_logging_out_takes_a_post(office: Client) -> None:
    office.get("/admin/logout/")
    assert "_auth_user_id" in office.session


def test_pages_that_packages_bring_along_are_not_there(office: Client) -> None:
    assert office.get("/admin/account/emailaddress/").status_code == 404


def test_roles_are_read_and_not_changed(office: Client) -> None:
    group = Group.objects.get(name="Publisher")
    assert "Retract what is published" in office.get("/admin/auth/group/").content.decode()
    assert office.post(f"/admin/auth/group/{group.pk}/change/", {"name": "King"}).status_code == 403
    assert office.post("/admin/auth/group/add/", {"name": "King"}).status_code == 403
    assert office.post(f"/admin/auth/group/{group.pk}/delete/", {"post": "yes"}).status_code == 403
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Checker",
        "Reviewer",
        "Publisher",
        "Administrator",
    }

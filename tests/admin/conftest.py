"""People of the administration, logged in, and how its forms are read and sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER
from tests import newsroom


def as_(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def eve(db: None) -> User:
    """An administrator who also checks."""
    return newsroom.person("eve", ADMINISTRATOR, CHECKER)


@pytest.fixture
def office(dee: User) -> Client:
    """The administrator at work."""
    return as_(dee)


@pytest.fixture
def both(eve: User) -> Client:
    """The administrator who also checks, at work."""
    return as_(eve)


def typed(page: HttpResponse) -> dict[str, Any]:
    """What the form on this page holds, as a browser would send it back."""
    data: dict[str, Any] = {}
    forms = [page.context["adminform"].form]
    for formset in (inline.formset for inline in page.context["inline_admin_formsets"]):
        forms += [formset.management_form, *formset.forms]
    for form in forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else value
    return data


def confirmed(client: Client, path: str, **data: Any) -> HttpResponse:
    """Ask for an action, and confirm what the page asks, as its form is sent."""
    asked = client.post(path, data)
    assert asked.status_code == 200, asked.status_code
    sent: dict[str, Any] = {"confirmed": "yes"}
    for name, value in asked.context["sent"]:
        sent.setdefault(name, []).append(value)
    return client.post(path, sent)


@pytest.fixture
def send(office: Client) -> Callable[..., HttpResponse]:
    """Open a form as the administrator, change some of it, send it."""

    def sending(path: str, client: Client = office, **changes: Any) -> HttpResponse:
        return client.post(path, typed(client.get(path)) | changes)

    return sending

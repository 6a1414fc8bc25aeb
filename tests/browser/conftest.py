from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from factcheck.accounts.models import User

# Several browsers share the machine's processors.
expect.set_options(timeout=15_000)


class Complaints(list[str]):
    """What the browser complained of: console errors, violations of the policy, requests that left the machine."""


@pytest.fixture
def complaints(context: BrowserContext, live_server: object) -> Iterator[Complaints]:
    """Every page of the test is listened to; at the end there must be nothing."""
    found = Complaints()

    context.set_default_timeout(20_000)

    def said(message: ConsoleMessage) -> None:
        # A refused form is no error of the page: the browser reports every 4xx.
        if message.type in {"error", "warning"} and "the server responded with a status of 4" not in message.text:
            found.append(message.text)

    def asked(request: Request) -> None:
        if not request.url.startswith((str(live_server), "data:")):
            found.append(f"left the machine: {request.url}")

    context.on("console", said)
    context.on("weberror", lambda error: found.append(str(error.error)))
    context.on("request", asked)
    yield found
    assert not found


@pytest.fixture
def as_person(page: Page, live_server: object, complaints: Complaints) -> object:
    """Somebody is logged in, in the page of the test, which shows nothing yet."""

    def enter(person: User) -> Page:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        if page.url != "about:blank":
            # What it still sends is of whoever was there before.
            page.goto("about:blank")
        page.context.clear_cookies()
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": str(live_server)}])
        return page

    return enter

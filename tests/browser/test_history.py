"""A line of time in the browser: what changed unfolds in its place, by keyboard too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.claims import highlighting
from tests import newsroom
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_changed_unfolds_by_keyboard_and_everybody_can_read_it(
    live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    claim = newsroom.claim(ada)
    highlighting.revise(claim, by=ada, version=1, wording="The harbour was dredged in 1925.", place="Port")
    page = as_person(ada)
    page.goto(f"{live_server}{claim.get_absolute_url()}history/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    summary = page.get_by_text("Where it was said, wording")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator("del", has_text="1921")).to_be_visible()
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert len([url for url in asked if "/desk/history/" in url]) == 1
    found = [*faults(page, "line of time")]
    page.locator(".when").first.click()
    expect(page.locator("ins", has_text="1925")).to_be_visible()
    assert not [*found, *faults(page, "moment")]

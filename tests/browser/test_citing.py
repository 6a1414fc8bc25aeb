"""Citing: a source that is known is found while it is typed, and picked."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.sources.models import Source
from tests import newsroom
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_known_source_is_picked_by_its_title_or_offered_for_its_address(
    live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    newsroom.verdict(newsroom.claim(ada), by=ada)
    verdict = newsroom.verdict(newsroom.claim(ada, wording="Another statement."), by=ada, cited=False)
    page = as_person(ada)
    page.goto(f"{live_server}{verdict.get_absolute_url()}")
    form = page.locator("#citations form.form").last
    # Its address, written otherwise: offered, not taken by surprise.
    form.get_by_label("Address").fill("http://www.port.example/register/?utm_source=mail")
    offer = form.get_by_role("button", name="Use it: Register of works")
    expect(offer).to_be_visible()
    offer.click()
    card = form.locator(".known-source")
    expect(card).to_contain_text("Register of works")
    expect(form.get_by_label("supports", exact=True)).to_be_focused()
    expect(form.get_by_label("Address")).to_be_hidden()
    # What was quoted before can be quoted again.
    card.locator("summary").click()
    card.get_by_role("button", name="Quote these words").click()
    expect(form.get_by_label("Words quoted")).to_have_value("Dredged, 1921")
    assert not [*faults(page, "a known source", widths=(1440, 390))]
    card.get_by_role("button", name="Another source").click()
    # By words of its title, from the keyboard alone.
    title = form.get_by_label("Title")
    title.fill("works regi")
    expect(form.get_by_role("option", name="Register of works")).to_be_visible()
    title.press("ArrowDown")
    title.press("Enter")
    expect(form.get_by_label("supports", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    form.get_by_role("button", name="Cite it").click()
    expect(page.locator("#source-1")).to_contain_text("Register of works")
    assert Source.objects.count() == 1

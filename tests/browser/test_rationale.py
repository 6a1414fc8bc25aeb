"""Writing the rationale: the preview follows, and a reference is picked by keyboard and by mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from factcheck.accounts.models import User
from factcheck.sources import keeping
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def verdict(ada: User) -> Verdict:
    """With two citations."""
    made = newsroom.verdict(newsroom.claim(ada), by=ada)
    judging.cite(made, keeping.find_or_add(by=ada, title="Dredger’s log", kind="primary"), by=ada, stance="context")
    return made


def test_the_preview_follows_and_references_are_picked(
    verdict: Verdict, live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    page = as_person(ada)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{live_server}{verdict.get_absolute_url()}")
    listed = page.get_by_role("listbox", name="Sources to refer to")
    rationale, preview = page.get_by_label("Rationale", exact=True), page.locator("#preview")
    rationale.fill("It was *dug*")
    expect(preview.locator("em")).to_have_text("dug")
    # While writing: "[" offers, letters narrow it, Enter picks.
    rationale.press("End")
    rationale.press_sequentially(" [log")
    expect(listed.get_by_role("option", name="Register")).to_be_hidden()
    rationale.press("Enter")
    expect(rationale).to_have_value("It was *dug* [2]")
    # In the list itself.
    listed.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(rationale).to_be_focused()
    expect(rationale).to_have_value("It was *dug* [2] [1]")
    # With the mouse, at the caret.
    rationale.evaluate("field => field.setSelectionRange(6, 6)")
    listed.get_by_role("option", name="log").click()
    expect(rationale).to_have_value("It was [2] *dug* [2] [1]")
    expect(preview.locator("sup")).to_have_count(3)
    page.keyboard.press("Control+z")
    expect(rationale).to_have_value("It was *dug* [2] [1]")
    rationale.fill("It is said in [9].")
    expect(preview).to_contain_text("[9] is not among the sources.")
    box, beside = rationale.bounding_box(), preview.bounding_box()
    assert box
    assert beside
    assert beside["x"] > box["x"] + box["width"]
    page.set_viewport_size({"width": 390, "height": 800})
    box, below = rationale.bounding_box(), preview.bounding_box()
    assert box
    assert below
    assert below["y"] > box["y"] + box["height"]


def test_without_script_a_button_shows_it(
    verdict: Verdict, live_server: object, as_person: Callable[[User], Page], ada: User, browser: Browser
) -> None:
    page = as_person(ada)
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{live_server}{verdict.get_absolute_url()}")
    plain.get_by_label("Rationale", exact=True).fill("It was *dug*.")
    plain.get_by_role("button", name="Preview").click()
    expect(plain.locator("#preview em")).to_have_text("dug")
    expect(plain.get_by_label("Rationale", exact=True)).to_have_value("It was *dug*.")
    context.close()

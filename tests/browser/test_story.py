"""The main job, end to end: an article is taken in, checked, reviewed, published and read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.claims.models import Placement
from factcheck.publication.models import Publication
from tests.browser import steps

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "The ferry and the strait 🛳"
BODY = (
    "The ferry and the strait\n\n"
    "“Our ferries carried 𝟛 million people last year,” the operator said on Monday. The strait, its director added, "
    "is the busiest in the region.\n\n"
    "The union answered that two of five ships are older than thirty years."
)
FERRY = "carried 𝟛 million people last year"
SHIPS = "two of five ships are older than thirty years"


def _the_rest(page: Page, base: str, enter: Callable[[User], Page], bo: User, cleo: User, wording: str) -> None:
    steps.judge(
        page,
        wording,
        rating="Mostly true",
        summary="The register counts 2.9 million.",
        rationale="The operator’s own figures [1] say so.",
        source="Register of passengers",
    )
    enter(bo)
    steps.approve(page, base, wording)
    enter(cleo)
    steps.publish(page, base, wording)
    page.context.clear_cookies()
    page.goto(f"{base}/")
    page.get_by_role("link", name=wording).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(wording)
    expect(page.locator(".band .word")).to_have_text("Mostly true")
    expect(page.locator("script[type='application/ld+json']")).to_have_count(1)
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.locator("mark").first).to_be_visible()


def test_a_statement_is_selected_by_mouse_judged_reviewed_published_and_read(
    page: Page, live_server: object, as_person: Callable[[User], Page], ada: User, bo: User, cleo: User
) -> None:
    base, wording = str(live_server), "The operator’s ferries carried 3 million people last year."
    as_person(ada)
    steps.take_in(page, base, title=TITLE, body=BODY)
    steps.mark_selected(page, FERRY, wording=wording, claimant="Ferry operator")
    expect(page.locator("mark", has_text=FERRY)).to_be_visible()
    _the_rest(page, base, as_person, bo, cleo, wording)
    assert Placement.objects.get().passages[0]["exact"] == FERRY
    assert Placement.objects.get().passages[0]["start"] == BODY.index(FERRY)
    assert Publication.objects.get().reviewer == "Bo"


def test_a_statement_is_typed_without_selecting_any_text_and_goes_the_same_way(
    page: Page, live_server: object, as_person: Callable[[User], Page], ada: User, bo: User, cleo: User
) -> None:
    base, wording = str(live_server), "Two of the five ferries are older than thirty years."
    as_person(ada)
    steps.take_in(page, base, title=TITLE, body=BODY)
    steps.mark_typed(page, SHIPS, wording=wording, claimant="Union")
    _the_rest(page, base, as_person, bo, cleo, wording)
    assert Placement.objects.get().words == SHIPS

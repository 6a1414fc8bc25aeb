"""The administration for everybody: axe on its pages and questions, wide and narrow, light and dark; by keyboard; no script needed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER
from factcheck.claims import registering
from factcheck.newsroom.settling import settle
from factcheck.verdicts.models import Rating, ScaleVersion
from factcheck.verdicts.scaling import make_version
from tests import newsroom
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1440, 390)


@pytest.fixture
def eve(ada: User) -> User:
    """An administrator who checks, in a newsroom with something on every list."""
    eve = newsroom.person("eve", ADMINISTRATOR, CHECKER)
    harbour = registering.add_topic(by=eve, name="Harbour")
    registering.add_topic(by=eve, name="Docks", parent=harbour)
    newsroom.verdict(newsroom.claim(ada), by=ada)
    registering.add_claimant(by=eve, name="Mayor, Maria", kind="person")
    settle(by=eve, version=1, time_zone="Europe/Vienna", about="We check what is said.")
    ratings = [
        Rating(position=n, name=name, definition="So.", hue="red", sign="full")
        for n, name in enumerate(("No", "Yes"), 1)
    ]
    make_version("default", by=eve, version=1, name="Two steps", ratings=ratings)
    return eve


def test_its_pages(eve: User, live_server: object, as_person: Callable[[User], Page]) -> None:
    page = as_person(eve)
    found: list[str] = []
    for path in (
        "accounts/user/",
        "accounts/invitation/add/",
        "claims/claim/?q=harbour",
        "claims/topic/",
        "newsroom/settings/",
        "newsroom/settings/add/",
        "verdicts/scaleversion/",
        "verdicts/scaleversion/add/?scale=default",
        f"verdicts/scaleversion/{ScaleVersion.objects.get(number=1).pk}/moving/",
    ):
        page.goto(f"{live_server}/admin/{path}")
        # Tables and forms of rows are what a narrow window squeezes; the others are looked at as on a phone alone.
        wide = "add/?scale" in path or path.startswith(("accounts/user", "newsroom/settings/"))
        found += faults(page, path, WIDTHS if wide else WIDTHS[1:])
    assert not found, chr(10).join(found)


def test_merging_and_a_question_by_keyboard(eve: User, live_server: object, as_person: Callable[[User], Page]) -> None:
    page = as_person(eve)
    page.goto(f"{live_server}/admin/claims/claimant/")
    for box in page.get_by_role("checkbox", name="Choose").all():
        box.press("Space")
    page.get_by_role("combobox", name="Action").select_option(label="Merge into one")
    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_role("heading", name="Merge into one")).to_be_visible()
    found = [*faults(page, "merging", WIDTHS)]
    page.goto(f"{live_server}/admin/accounts/user/{User.objects.get(username='ada').pk}/change/")
    page.get_by_role("combobox", name="Action").select_option(label="Disable")
    page.get_by_role("button", name="Go on").press("Enter")
    expect(page.get_by_role("heading", name="Disable 1 person?")).to_be_visible()
    assert not [*found, *faults(page, "disabling", WIDTHS)]


def test_a_row_of_a_scale_moves_by_keyboard(eve: User, live_server: object, as_person: Callable[[User], Page]) -> None:
    page = as_person(eve)
    page.goto(f"{live_server}/admin/verdicts/scaleversion/add/?scale=default")
    page.get_by_role("button", name="Row 2 up").press("Enter")
    expect(page.get_by_role("button", name="Row 1 up")).to_be_focused()
    expect(page.get_by_label("Name", exact=True).first).to_have_value("Yes")
    # Enter in a field saves, and moves nothing.
    page.get_by_label("Name", exact=True).first.press("Enter")
    expect(page.get_by_role("list").filter(has_text="Two steps (3)")).to_be_visible()

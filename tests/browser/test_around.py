"""The desk around the workspace: taking work, seeing it in one's own, finding by keyboard; axe on these pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.assigning import assign
from factcheck.claims.models import Claim
from factcheck.review import deciding
from tests import newsroom
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)
Enter = Callable[[User], Page]


@pytest.fixture
def claims(ada: User, bo: User) -> list[Claim]:
    """Two that nobody has, one overdue, one sent back."""
    article = newsroom.article(ada)
    made = [newsroom.claim(ada, wording=f"The {name} claim.") for name in ("first", "second", "late", "returned")]
    for claim, words in zip(made, ("dredged", "1921", "oldest", "40,000"), strict=True):
        newsroom.highlight(claim, article, words, by=ada)
    Claim.objects.filter(pk=made[2].pk).update(assignee=ada, due_on=timezone.localdate() - timedelta(days=2))
    deciding.send_back(newsroom.submission(newsroom.verdict(made[3], by=ada), by=ada), by=bo, reasons="Which register?")
    Article.objects.update(assignee=ada, due_on=timezone.localdate())
    return made


def test_a_claim_is_taken_with_one_click_and_stands_in_my_work(
    claims: list[Claim], live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/")
    expect(page.locator("#untaken .count")).to_have_text("2")
    page.get_by_role("button", name="Take it: The first claim.").click()
    expect(page.locator("#assigned li")).to_have_count(2)
    expect(page.locator("#assigned")).to_contain_text("The first claim.")
    expect(page.locator("#messages")).to_contain_text("You have it in hand now.")
    # The work goes on with the next one.
    expect(page.get_by_role("button", name="Take it: The second claim.")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#untaken")).to_have_count(0)
    expect(page.locator("#assigned .count")).to_have_text("3")


def test_somebody_was_faster(claims: list[Claim], live_server: object, as_person: Enter, ada: User, finn: User) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/")
    assign(claims[0], by=finn, version=1, assignee=finn, due_on=None)
    page.get_by_role("button", name="Take it: The first claim.").click()
    expect(page.get_by_role("alert")).to_contain_text("Finn")
    expect(page.get_by_role("alert")).to_be_focused()


def test_on_its_page_a_claim_is_taken_and_given_to_somebody_else_without_leaving_it(
    claims: list[Claim], live_server: object, as_person: Enter, ada: User, finn: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{claims[0].get_absolute_url()}")
    place = page.locator("[data-assignment]")
    place.get_by_role("button", name="Take it").click()
    expect(place).to_contain_text("Assigned to Ada")
    expect(page.locator("[data-live]")).to_have_text("You have it in hand now.")
    expect(place.get_by_role("link", name="Change")).to_be_focused()
    page.keyboard.press("Enter")
    expect(place.get_by_label("Assigned to")).to_be_focused()
    place.get_by_label("Assigned to").select_option("Finn")
    place.get_by_label("Due").fill("2020-01-01")
    place.get_by_role("button", name="Save").click()
    expect(place).to_contain_text("This day has passed.")
    place.get_by_label("Due").fill("2999-05-03")
    place.get_by_role("button", name="Save").click()
    expect(place).to_contain_text("Assigned to Finn·due 3 May 2999".replace("·", ""))
    place.get_by_role("link", name="Change").click()
    place.get_by_role("link", name="Cancel").click()
    expect(place).to_contain_text("Assigned to Finn")


def test_a_search_by_keyboard_leads_to_what_was_found(
    claims: list[Claim], live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/")
    field = page.get_by_role("searchbox", name="Search the desk")
    for _ in range(12):
        page.keyboard.press("Tab")
        if field.evaluate("each => each === document.activeElement"):
            break
    expect(field).to_be_focused()
    page.keyboard.insert_text("SECOND clai")
    page.keyboard.press("Enter")
    expect(page.locator("#claims mark").first).to_have_text("second")
    page.locator("#claims .main a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The second claim.")


def test_axe_on_each_of_these_pages(claims: list[Claim], live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    article = Article.objects.get()
    found: list[str] = []
    for path in (
        "/desk/",
        "/desk/articles/?assignee=me",
        "/desk/claims/?due=overdue",
        "/desk/claims/?waiting=untaken",
        "/desk/sources/",
        "/desk/search/",
        "/desk/search/?q=claim",
        "/desk/search/?q=nowhere",
        f"/desk/search/?q={'x' * 201}",
        claims[2].get_absolute_url(),
        claims[2].get_assignment_url(),
        f"{article.get_absolute_url()}edit/",
    ):
        page.goto(f"{live_server}{path}")
        found += faults(page, path)
    page.goto(f"{live_server}{claims[2].get_absolute_url()}")
    page.locator("[data-assignment] a").click()
    expect(page.locator("[data-assignment] form")).to_be_visible()
    assert not [*found, *faults(page, "assigning")]

"""An article is taken in again, and what needs a look is looked at: by mouse, and by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.claims import carrying
from factcheck.claims.models import Placement
from tests import newsroom
from tests.browser import steps
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)

type As = Callable[[User], Page]
MARKED = ["dredged in 1921", "the bridge carries 40,000 cars a day", "closed in May"]
NEW = (
    newsroom.BODY.replace("40,000", "45,000")
    .replace("dredged in 1921", "deepened by the crown")
    .replace("closed in May", "shut in the spring")
)


def marked(by: User) -> str:
    """The path of an article with three highlights."""
    article = newsroom.article(by)
    for words in MARKED:
        newsroom.highlight(newsroom.claim(by, wording=f"It is said: {words}."), article, words, by=by)
    return article.get_absolute_url()


def placed(path: str) -> list[str]:
    return sorted(each.words for each in Placement.objects.newest() if not each.waits)


def test_by_mouse_the_new_text_is_pasted_compared_saved_and_each_highlight_gets_its_place(
    as_person: As, live_server: object, ada: User
) -> None:
    path = marked(ada)
    page = as_person(ada)
    page.goto(f"{live_server}{path}")
    page.get_by_role("link", name="The text changed…").click()
    page.get_by_label("The text as it stands now").fill(NEW)
    page.get_by_role("button", name="Show what changed").click()
    expect(page.locator(".rewriting ins", has_text="45")).to_be_visible()
    found = [*violations(page)]
    page.get_by_role("button", name="Save it as snapshot 2").click()
    page.get_by_role("link", name="Look at them").click()
    found += violations(page)
    bridge = page.locator(".look", has_text=MARKED[1])
    bridge.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2")
    page.locator(".look").first.get_by_role("link", name="Select anew").click()
    assert not [*found, *violations(page)]
    steps.drag_over(page, "deepened by the crown")
    page.get_by_role("button", name="These words").first.click()
    expect(page.get_by_label("Words in the article")).to_have_value("deepened by the crown")
    page.get_by_role("button", name="It stands here").click()
    page.get_by_role("button", name="It is gone").click()
    expect(page.get_by_role("heading", name="Every highlight has its place")).to_be_visible()
    assert placed(path) == ["", "deepened by the crown", "the bridge carries 45,000 cars a day"]


def test_by_keyboard_the_list_is_gone_through_decided_and_taken_back(
    as_person: As, live_server: object, ada: User
) -> None:
    path = marked(ada)
    carrying.take_in_again(newsroom.Article.objects.get(), NEW, by=ada)
    page = as_person(ada)
    page.goto(f"{live_server}{path}placements/")
    looks = page.locator(".look")
    expect(looks).to_have_count(3)
    page.keyboard.press("Alt+ArrowDown")
    expect(looks.nth(0)).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(looks.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(looks.nth(1).get_by_role("button", name="Accept")).to_be_focused()
    page.keyboard.press("Enter")
    # The work goes on at the next one.
    expect(page.locator(".look", has_text=MARKED[2])).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".look", has_text=MARKED[0])).to_be_focused()
    page.locator(".undone").get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    expect(looks).to_have_count(3)
    page.get_by_role("link", name="Select anew").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Words in the article").focus()
    page.keyboard.insert_text("the crown")
    page.get_by_role("button", name="It stands here").focus()
    page.keyboard.press("Enter")
    expect(looks).to_have_count(2)

"""The ends of a highlight move by handle, by keyboard and by typing; nobody's move is overwritten unseen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote
from factcheck.claims import highlighting
from factcheck.claims.models import Highlight, Placement
from tests import newsroom

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]


@pytest.fixture
def mark(ada: User) -> Highlight:
    return newsroom.highlight(newsroom.claim(ada), newsroom.article(ada), "harbour was dredged", by=ada)


@pytest.fixture
def card(page: Page, live_server: object, as_person: Enter, ada: User, mark: Highlight) -> Locator:
    """The highlight's card, its words being moved."""
    opened = as_person(ada)
    opened.goto(f"{live_server}{mark.get_absolute_url()}")
    card = opened.locator(f"#card-{mark.pk}")
    card.get_by_role("link", name="Move its ends").click()
    expect(card.get_by_role("button", name="a word earlier").first).to_be_focused()
    return card


def _stored() -> str:
    return Placement.objects.latest("pk").words


def test_the_ends_move_by_words_with_the_keyboard_alone(page: Page, card: Locator) -> None:
    page.keyboard.press("Enter")
    expect(card.get_by_label("Words in the article")).to_have_value("the harbour was dredged")
    expect(page.locator("[data-live]")).to_have_text("It begins: the harbour was dredged …")
    for _tab in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(card.get_by_label("Words in the article")).to_have_value("the harbour was dredged in 1921.")
    card.get_by_role("button", name="Move it").press("Enter")
    expect(card.locator("summary")).to_be_focused()
    expect(page.locator("mark")).to_have_text("the harbour was dredged in 1921.")
    expect(page.locator("[data-live]")).to_have_text("The highlight is moved.")
    assert _stored() == "the harbour was dredged in 1921."


def test_a_handle_moves_with_the_arrow_keys(page: Page, card: Locator) -> None:
    handle = page.get_by_role("button", name="Where the highlight ends")
    handle.focus()
    handle.press("ArrowRight")
    expect(card.get_by_label("Words in the article")).to_have_value("harbour was dredged in")
    handle.press("ArrowLeft")
    handle.press("ArrowLeft")
    expect(card.get_by_label("Words in the article")).to_have_value("harbour was")


def test_a_handle_is_dragged_to_whole_words(page: Page, card: Locator) -> None:
    handle = page.locator("[data-handle=end]").bounding_box()
    target = page.evaluate("""() => {
      const block = document.querySelectorAll('[data-start]')[1];
      const node = [...block.childNodes].at(-1), range = document.createRange();
      const at = node.data.indexOf('1921') + 2;
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      return [box.left, box.top + box.height / 2];
    }""")
    assert handle
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + 6)
    page.mouse.down()
    page.mouse.move(target[0] - 20, target[1], steps=3)
    page.mouse.move(target[0], target[1], steps=3)
    page.mouse.up()
    expect(card.get_by_label("Words in the article")).to_have_value("harbour was dredged in 1921")
    card.get_by_role("button", name="Move it").click()
    expect(page.locator("mark")).to_have_text("harbour was dredged in 1921")
    assert _stored() == "harbour was dredged in 1921"


def test_other_words_are_typed_two_passages_too(page: Page, card: Locator) -> None:
    card.get_by_label("Words in the article").fill("dredged in 1921 […] the bridge carries")
    card.get_by_role("button", name="Move it").click()
    expect(page.locator("mark")).to_have_count(2)
    assert _stored() == "dredged in 1921 […] the bridge carries"


def test_words_that_stand_nowhere_are_refused_in_the_card_and_stay_typed(page: Page, card: Locator) -> None:
    card.get_by_label("Words in the article").fill("the harbour was dug")
    card.get_by_role("button", name="Move it").click()
    expect(card.locator(".error-summary")).to_be_focused()
    expect(card.get_by_label("Words in the article")).to_have_value("the harbour was dug")
    expect(page.locator("mark")).to_have_text("harbour was dredged")


def test_somebody_elses_move_is_shown_beside_mine(page: Page, card: Locator, mark: Highlight, finn: User) -> None:
    page.keyboard.press("Enter")
    snapshot = newsroom.snapshot(mark.article)
    highlighting.move(mark, snapshot, Quote("was dredged in 1921"), by=finn, version=1)
    card.get_by_role("button", name="Move it").click()
    expect(card.get_by_role("alert")).to_contain_text("Somebody has saved this since you opened it")
    expect(card.get_by_role("alert")).to_contain_text("was dredged in 1921")
    assert _stored() == "was dredged in 1921"


def test_leaving_changes_nothing(page: Page, card: Locator) -> None:
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(card.get_by_role("link", name="Judge it")).to_be_visible()
    expect(card.locator("summary")).to_be_focused()
    expect(page.locator("[data-handle]").first).to_be_hidden()
    assert _stored() == "harbour was dredged"

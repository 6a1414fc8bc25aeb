"""The cards beside the text: found, filtered, sorted, followed, removed and brought back; what others do arrives."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Highlight
from tests import newsroom
from tests.browser import steps

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]
DREDGED, BRIDGE, OLDEST = "dredged in 1921", "the bridge carries 40,000 cars a day", "the oldest in the country"


@pytest.fixture
def article(ada: User, finn: User, bo: User) -> Article:
    """Three highlights: one judged, one that another person marked, one of a third claimant."""
    made = newsroom.article(ada)
    judged = newsroom.claim(ada, wording="The harbour was dredged in 1921.")
    newsroom.highlight(judged, made, DREDGED, by=ada)
    newsroom.verdict(judged, by=ada, rating="False")
    newsroom.highlight(newsroom.claim(finn, wording="Many cars cross the bridge."), made, BRIDGE, by=finn)
    oldest = newsroom.claim(ada, wording="The bridge is the oldest.", claimant="Port speaker")
    newsroom.highlight(oldest, made, OLDEST, by=ada)
    return made


@pytest.fixture
def page(page: Page, live_server: object, as_person: Enter, ada: User, article: Article) -> Page:
    opened = as_person(ada)
    opened.goto(f"{live_server}{article.get_absolute_url()}")
    return opened


def _shown(page: Page) -> list[str]:
    return page.locator(".card:visible .wording").all_inner_texts()


def test_cards_are_filtered_by_what_stands_on_them(page: Page) -> None:
    page.locator(".arrange > summary").click()
    page.get_by_label("Stage").select_option("draft")
    assert _shown(page) == ["The harbour was dredged in 1921."]
    expect(page.locator("[data-live]")).to_have_text("1 of 3 shown")
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Claimant", exact=True).select_option("Port speaker")
    assert _shown(page) == ["The bridge is the oldest."]
    page.get_by_role("button", name="Show all").click()
    page.get_by_label("Marked by me").check()
    assert _shown(page) == ["The harbour was dredged in 1921.", "The bridge is the oldest."]


def test_cards_are_sorted_and_the_text_keeps_its_numbers(page: Page) -> None:
    page.locator(".arrange > summary").click()
    page.get_by_label("Order").select_option("newest")
    assert _shown(page)[0] == "The bridge is the oldest."
    assert page.locator(".card:visible .number").all_inner_texts() == ["3", "2", "1"]
    assert page.locator("[data-of]").all_inner_texts() == ["1", "2", "3"]


def test_next_and_previous_lead_from_highlight_to_highlight(page: Page) -> None:
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".card", has_text="dredged in 1921").locator("summary")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(".card", has_text="Many cars").locator("summary")).to_be_focused()
    expect(page.locator("mark.lit", has_text="40,000")).to_be_visible()
    page.get_by_role("button", name="Previous highlight").click()
    expect(page.locator(".card", has_text="dredged in 1921").locator("summary")).to_be_focused()


def test_the_text_can_be_read_without_highlights(page: Page) -> None:
    hide = page.get_by_role("button", name="Hide highlights")
    expect(page.get_by_role("mark")).to_have_count(3)
    hide.click()
    expect(page.get_by_role("mark")).to_have_count(0)
    expect(page.locator("[data-of]").first).to_be_hidden()
    hide.click()
    expect(page.get_by_role("mark")).to_have_count(3)


def test_shortcuts_are_listed_changed_and_switched_off(page: Page) -> None:
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Shortcuts")
    dialog.get_by_role("button", name="Alt ↓").click()
    page.keyboard.press("j")
    dialog.get_by_label("as single keys").check()
    expect(dialog.get_by_role("button", name="J", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.wait_for_function("document.activeElement === document.body")
    page.keyboard.press("j")
    expect(page.locator(".card summary").first).to_be_focused()
    page.keyboard.press("?")
    dialog.get_by_label("not at all").check()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.keyboard.press("?")
    expect(dialog).to_be_hidden()


def test_shortcuts_never_work_in_a_field(page: Page) -> None:
    page.locator("#marking > summary").click()
    wording = page.get_by_label("Wording")
    wording.press("?")
    wording.press("Alt+ArrowDown")
    expect(wording).to_have_value("?")
    expect(wording).to_be_focused()


def test_where_highlights_overlap_all_are_offered_the_shortest_first(
    page: Page, live_server: object, article: Article, ada: User
) -> None:
    long = newsroom.claim(ada, wording="A long one.")
    newsroom.highlight(long, article, "called the bridge the oldest in the country, and said", by=ada)
    page.reload()
    page.locator("mark", has_text="oldest").last.click()
    offered = page.locator("[data-chooser] button")
    expect(offered).to_have_count(2)
    expect(offered.first).to_contain_text("The bridge is the oldest.")
    expect(offered.first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".card", has_text="A long one.").locator("summary")).to_be_focused()
    expect(page.locator("[data-chooser]")).to_be_hidden()


def test_a_link_to_a_highlight_opens_its_card(page: Page, live_server: object) -> None:
    mark = Highlight.objects.latest("pk")
    page.goto(f"{live_server}/desk/")
    page.goto(f"{live_server}{mark.get_absolute_url()}")
    card = page.locator(f"#card-{mark.pk}")
    expect(card.get_by_role("link", name="Judge it")).to_be_visible()
    expect(card.locator("summary")).to_be_focused()


def test_a_removed_highlight_comes_back_by_undo_without_leaving_the_page(page: Page) -> None:
    page.evaluate("window.same = true")
    card = page.locator(".card", has_text="Many cars")
    card.locator("summary").click()
    card.get_by_role("button", name="Remove the highlight").click()
    expect(card).to_have_count(0)
    expect(page.locator("mark", has_text="40,000")).to_have_count(0)
    expect(page.locator("[data-of]").last).to_have_text("2")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(card.locator("summary")).to_be_focused()
    expect(page.locator("mark", has_text="40,000")).to_be_visible()
    expect(page.locator("[data-of]").last).to_have_text("3")
    assert page.evaluate("window.same")
    assert page.locator("[data-blocks]").inner_text().count("40,000") == 1


def test_what_somebody_else_marks_arrives_without_taking_place_focus_or_typing(
    page: Page, article: Article, finn: User
) -> None:
    page.locator("#marking > summary").click()
    page.get_by_label("Wording").fill("Half a sen")
    newsroom.highlight(newsroom.claim(finn, wording="Closed in May."), article, "closed in May", by=finn)
    expect(page.locator(".card", has_text="Closed in May.")).to_be_visible(timeout=10_000)
    expect(page.locator("mark", has_text="closed in May")).to_be_visible()
    expect(page.get_by_label("Wording")).to_be_focused()
    expect(page.get_by_label("Wording")).to_have_value("Half a sen")
    expect(page.locator("[data-live]")).to_have_text("Somebody else changed the highlights.")
    highlighting.take_away(Highlight.objects.latest("pk"), by=finn)
    expect(page.locator(".card", has_text="Closed in May.")).to_have_count(0, timeout=10_000)
    expect(page.locator("mark", has_text="closed in May")).to_have_count(0)


def test_an_open_card_tells_when_its_verdict_changes_elsewhere(page: Page, ada: User, article: Article) -> None:
    card = page.locator(".card", has_text="Many cars")
    card.locator("summary").click()
    expect(card.get_by_role("link", name="Judge it")).to_be_visible()
    newsroom.verdict(Highlight.objects.get(claim__wording__startswith="Many").claim, by=ada, rating="True")
    expect(card.locator(".verdict")).to_have_text("True", timeout=10_000)
    expect(card.get_by_role("link", name="Open the verdict")).to_be_visible()
    expect(page.locator("mark.hue-green", has_text="40,000")).to_be_visible()


def test_what_the_browser_draws_is_what_the_server_draws(page: Page, browser: Browser, live_server: object) -> None:
    """A highlight that arrived looks as it does when the page comes anew, but for how marks are nested."""
    steps.mark_typed(page, "bridge carries 40,000 cars a day.", wording="One more.", claimant="")
    seen = """() => {
      const found = [], walker = document.createTreeWalker(document.querySelector('[data-blocks]'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const marks = [];
        for (let at = walker.currentNode.parentElement; at; at = at.parentElement)
          if (at.matches('mark')) marks.push(at.dataset.highlight + at.className.replace(/ (lit|fresh)/g, ''));
        found.push([walker.currentNode.data, marks.sort()]);
      }
      return found;
    }"""
    arrived = page.evaluate(seen)
    page.reload()
    assert page.evaluate(seen) == arrived


def test_on_a_phone_a_highlight_shows_its_card(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.reload()
    page.locator("mark", has_text="40,000").click()
    card = page.locator(".card", has_text="Many cars")
    expect(card).to_be_in_viewport()
    expect(card.locator("summary")).to_be_focused()
    expect(page.locator(".card", has_text="dredged")).to_be_hidden()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Next highlight").click()
    expect(page.locator(".card .wording:visible")).to_have_count(1)


def test_a_card_that_is_done_with_moving_shows_what_can_be_done_again(page: Page) -> None:
    card = page.locator(".card", has_text="Many cars")
    card.locator("summary").click()
    card.get_by_role("link", name="Move its ends").click()
    card.get_by_role("button", name="a word later").last.click()
    card.get_by_role("button", name="Move it").click()
    expect(card.get_by_role("link", name="Judge it")).to_be_visible()
    expect(page.locator("[data-handle]").first).to_be_hidden()


def test_a_highlight_removed_elsewhere_while_its_ends_are_moved_leaves_nothing_behind(page: Page, finn: User) -> None:
    card = page.locator(".card", has_text="Many cars")
    card.locator("summary").click()
    card.get_by_role("link", name="Move its ends").click()
    expect(page.locator("[data-handle]").first).to_be_visible()
    highlighting.take_away(Highlight.objects.get(claim__wording__startswith="Many"), by=finn)
    expect(card).to_have_count(0, timeout=10_000)
    expect(page.locator("[data-handle]").first).to_be_hidden()
    expect(page.locator(".card", has_text="oldest").locator("summary")).to_be_focused()


def test_a_shortcut_goes_into_what_it_opens(page: Page) -> None:
    page.keyboard.press("Alt+n")
    expect(page.get_by_label("Words in the article")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 5, "y": 500})
    page.keyboard.press("Alt+c")
    expect(page.get_by_label("Stage")).to_be_focused()

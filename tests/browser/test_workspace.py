"""Marking claims in the workspace, as the browser does it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from factcheck.accounts.models import User
from factcheck.claims.models import Claim, Highlight, Placement
from tests import newsroom
from tests.browser import steps

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]


def _open(page: Page, live_server: object, by: User, body: str = newsroom.BODY, **more: object) -> None:
    page.goto(f"{live_server}{newsroom.article(by, body=body, **more).get_absolute_url()}")


def test_each_marked_claim_is_told_and_gets_the_focus(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    for words, wording in (("dredged in 1921", "The first."), ("40,000 cars a day", "The second.")):
        steps.mark_selected(page, words, wording=wording, claimant="Maria Mayor")
        expect(page.locator("[data-live]")).to_have_text("The claim is marked.")
        expect(page.locator(".card", has_text=wording).locator("summary")).to_be_focused()
        expect(page.locator("mark", has_text=words)).to_be_visible()
    assert [placement.words for placement in Placement.objects.order_by("pk")] == [
        "dredged in 1921",
        "40,000 cars a day",
    ]


@pytest.mark.parametrize(
    ("before", "words", "after"),
    [
        ("Der Bürger 👩‍👩‍👧‍👦 sagte: ", "die 🛳 fährt 𝟛-mal", " am Tag."),
        ("Combining: ", "cafe\u0301 and nai\u0308ve", " end."),
        ("قال المتحدث إن ", "الجسر هو الأقدم", " في البلاد."),
        ("发言人说，", "这座桥是全国最古老的", "，将于五月关闭。"),
    ],
)
def test_what_is_stored_is_what_was_selected(
    before: str, words: str, after: str, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    text = before + words + after
    _open(page, live_server, ada, body=f"{text}\n\nAnother paragraph.")
    # Set, not dragged: in right-to-left text the first letter is not where a mouse from the left would begin.
    page.evaluate(
        """([start, end]) => {
          const node = document.querySelector('[data-blocks] [data-start]').firstChild;
          getSelection().setBaseAndExtent(node, start, node, end);
        }""",
        [_units(before), _units(before + words)],
    )
    page.get_by_role("button", name="New claim").click()
    page.get_by_label("Wording").fill("As it was said.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card")).to_have_count(1)
    passage = Placement.objects.get().passages[0]
    assert (passage["exact"], passage["start"]) == (words, len(before))


def _units(text: str) -> int:
    """As the browser counts: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def test_a_statement_over_two_paragraphs_is_one_highlight(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    page.evaluate(
        """() => {
          const [, first, second] = document.querySelectorAll('[data-blocks] [data-start]');
          getSelection().setBaseAndExtent(first.firstChild, first.textContent.length - 10, second.firstChild, 9);
        }"""
    )
    page.get_by_role("button", name="New claim").click()
    page.get_by_label("Wording").fill("Over two paragraphs.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card")).to_have_count(1)
    words = Placement.objects.get().words
    assert "\n\n" in words
    assert words in newsroom.BODY


def test_the_same_claim_is_chosen_from_those_on_the_desk(live_server: object, as_person: Enter, ada: User) -> None:
    claim = newsroom.claim(ada, wording="The harbour was dredged long ago.")
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "dredged in 1921")
    page.get_by_role("button", name="Same as…").click()
    page.get_by_label("Find the claim").fill("long ago")
    page.locator("#choices li", has_text=claim.wording).get_by_role("button").click()
    expect(page.locator(".card", has_text=claim.wording)).to_be_visible()
    expect(page.locator("#same-as")).to_be_hidden()
    assert Highlight.objects.get().claim == claim
    assert Placement.objects.get().words == "dredged in 1921"


def test_a_selection_that_is_cancelled_leaves_nothing(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "dredged in 1921")
    page.get_by_role("button", name="Cancel").first.click()
    expect(page.get_by_role("toolbar")).to_be_hidden()
    steps.drag_over(page, "dredged in 1921")
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar")).to_be_hidden()


def test_words_typed_loosely_are_completed_from_the_text(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada, body="She said: “It’s the oldest – by far.”\n\nThat was all.")
    page.locator("#marking > summary").click()
    page.get_by_label("Words in the article").fill('"It\'s the oldest - by far."')
    page.get_by_label("Wording").fill("It is the oldest.")
    expect(page.get_by_label("Words in the article")).to_have_value("“It’s the oldest – by far.”")


def test_what_was_typed_stays_when_the_words_do_not_stand_there(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    page.locator("#marking > summary").click()
    page.get_by_label("Words in the article").fill("the harbour was dug")
    page.get_by_label("Wording").fill("The harbour was dug.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Wording")).to_have_value("The harbour was dug.")
    assert not Claim.objects.exists()


def test_a_claim_is_marked_without_script(live_server: object, browser: Browser, ada: User) -> None:
    article = newsroom.article(ada)
    page = browser.new_context(java_script_enabled=False).new_page()
    steps.log_in(page, str(live_server), "ada", newsroom.PASSWORD)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator("#marking > summary").click()
    page.get_by_label("Words in the article").fill("dredged in 1921")
    page.get_by_label("Wording").fill("Without script.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Without script.")


def test_pointing_at_a_highlight_lights_its_card_and_a_click_opens_it(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    article = newsroom.article(ada)
    newsroom.highlight(newsroom.claim(ada), article, "dredged in 1921", by=ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator("mark").first.hover()
    expect(page.locator(".card.lit")).to_have_count(1)
    page.locator("mark").first.click()
    expect(page.get_by_role("link", name="Judge it")).to_be_visible()
    expect(page.locator(".card summary")).to_be_focused()


def test_marking_far_down_moves_nothing_before_the_eyes(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    filling = "\n\n".join(f"Paragraph {number} tells of the harbour and of its ships." for number in range(60))
    _open(page, live_server, ada, body=f"{filling}\n\nAt the very end a bridge.\n\nAnd nothing more. {filling}")
    steps.drag_over(page, "a bridge")
    before = page.evaluate("scrollY")
    page.get_by_role("button", name="New claim").click()
    expect(page.get_by_label("Wording")).to_be_focused()
    page.keyboard.insert_text("There is a bridge.")
    page.locator("[data-marking] button.primary").dispatch_event("click")
    expect(page.locator(".card summary")).to_be_focused()
    page.wait_for_timeout(400)
    assert before > 1000
    assert page.evaluate("scrollY") == before
    expect(page.locator(".card")).to_be_in_viewport()


def test_words_typed_from_far_down_are_before_the_eyes_once_they_are_marked(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    filling = "\n\n".join(f"Paragraph {number} tells of the harbour and of its ships." for number in range(60))
    _open(page, live_server, ada, body=f"{filling}\n\nAt the very end a bridge.\n\nAnd nothing more. {filling}")
    steps.mark_typed(page, "a bridge", wording="There is a bridge.", claimant="Harbour")
    expect(page.locator(".card summary")).to_be_focused()
    expect(page.locator("mark[data-highlight]")).to_be_in_viewport()
    expect(page.locator(".card")).to_be_in_viewport()


def test_on_a_phone_the_sheet_is_away_when_the_page_comes(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    page.set_viewport_size({"width": 390, "height": 800})
    article = newsroom.article(ada)
    newsroom.highlight(newsroom.claim(ada), article, "dredged in 1921", by=ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator("[data-sheet=closed]").wait_for(state="attached")
    assert page.evaluate("document.querySelector('.cards').getAnimations().length") == 0
    expect(page.locator(".card")).not_to_be_in_viewport()

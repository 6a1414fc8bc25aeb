"""Words selected in the text: what they grow to, and the bar that comes with them; by mouse, by finger, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from factcheck.accounts.models import User
from factcheck.claims.models import Claim, Highlight, Placement
from tests import newsroom
from tests.browser import steps
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]
FIRST = "The mayor said that the harbour was dredged in 1921."
SECOND = "She added that the bridge carries 40,000 cars a day."


def _open(page: Page, live_server: object, by: User, body: str = newsroom.BODY, **more: object) -> None:
    page.goto(f"{live_server}{newsroom.article(by, body=body, **more).get_absolute_url()}")


def _select(page: Page, words: str) -> None:
    """Set from outside, as caret browsing, handles and assistive technology do: no pointer tells of it."""
    page.evaluate(
        """(words) => {
          const nodes = document.createNodeIterator(document.querySelector('[data-blocks]'), NodeFilter.SHOW_TEXT);
          for (let node; (node = nodes.nextNode());) {
            const at = node.data.indexOf(words);
            if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
          }
        }""",
        words,
    )


def _bar(page: Page) -> Locator:
    return page.get_by_role("toolbar")


def _drawn(page: Page) -> str:
    return str(page.evaluate("[...(CSS.highlights.get('chosen') ?? [])].map((range) => range.toString()).join(' | ')"))


def _pending(page: Page) -> list[str]:
    """The words of the form, drawn as they will be."""
    return [" ".join(words.split()) for words in page.locator("mark.pending").all_inner_texts()]


def _told(page: Page) -> Locator:
    return page.locator("[data-live]")


def _boxes(page: Page) -> dict[str, Any]:
    return dict(
        page.evaluate(
            """() => {
              const box = ({left, right, top, bottom}) => ({left, right, top, bottom});
              const words = [...CSS.highlights.get('chosen')].flatMap((range) => [...range.getClientRects()].map(box));
              return {bar: box(document.querySelector('[data-selection-bar]').getBoundingClientRect()), words,
                      window: [document.documentElement.clientWidth, innerHeight]};
            }"""
        )
    )


def _stands_well(page: Page) -> None:
    """Inside the window, and on none of the words."""
    found = _boxes(page)
    bar, (width, height) = found["bar"], found["window"]
    assert 0 <= bar["left"] < bar["right"] <= width
    assert 0 <= bar["top"] < bar["bottom"] <= height
    for box in found["words"]:
        apart = bar["top"] >= box["bottom"] or bar["bottom"] <= box["top"]
        assert apart or bar["left"] >= box["right"] or bar["right"] <= box["left"]


def test_words_half_selected_are_taken_whole_and_told_once(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "redged in 19")
    expect(_bar(page)).to_be_visible()
    expect(_told(page)).to_have_text("3 words chosen.")
    assert _drawn(page) == "dredged in 1921"
    _stands_well(page)
    page.get_by_role("button", name="New claim").click()
    expect(page.get_by_label("Words in the article")).to_have_value("dredged in 1921")
    expect(page.get_by_label("Wording")).to_be_focused()
    assert _drawn(page) == ""
    assert _pending(page) == ["dredged in 1921"]


def test_with_alt_held_the_very_letters_are_taken(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    page.keyboard.down("Alt")
    steps.drag_over(page, "redged in 19")
    page.keyboard.up("Alt")
    assert _drawn(page) == "redged in 19"


def test_a_click_inside_the_words_takes_their_sentence_and_another_gives_it_back(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "dredged in 1921")
    left, top, right, bottom = page.evaluate(steps.SELECT, "dredged in 1921")
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    expect(page.get_by_role("button", name="Sentence")).to_have_attribute("aria-pressed", "true")
    expect(_told(page)).to_have_text("10 words chosen.")
    assert _drawn(page) == FIRST
    _stands_well(page)
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    expect(page.get_by_role("button", name="Sentence")).to_have_attribute("aria-pressed", "false")
    assert _drawn(page) == "dredged in 1921"
    page.get_by_role("button", name="Sentence").click()
    page.get_by_role("button", name="New claim").click()
    page.get_by_label("Wording").fill("A whole sentence.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card")).to_have_count(1)
    assert Placement.objects.get().words == FIRST


def test_a_click_inside_chosen_words_does_not_open_the_highlight_that_lies_there(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    article = newsroom.article(ada)
    newsroom.highlight(newsroom.claim(ada), article, "the harbour was dredged in 1921", by=ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    steps.drag_over(page, "dredged in 1921")
    left, top, right, bottom = page.evaluate(steps.SELECT, "dredged in 1921")
    page.mouse.click((left + right) / 2, (top + bottom) / 2)
    expect(page.get_by_role("button", name="Sentence")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".card details[open]")).to_have_count(0)


def test_a_click_elsewhere_gives_the_words_up(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "dredged in 1921")
    expect(_bar(page)).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(_bar(page)).to_be_hidden()
    assert _drawn(page) == ""


def test_a_selection_that_no_pointer_made_brings_the_bar_which_the_keyboard_reaches_next(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    _select(page, "40,000 cars")
    expect(_bar(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="New claim")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Same as…")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Cancel").first).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    assert _drawn(page) == SECOND
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wording")).to_be_focused()
    page.keyboard.insert_text("So many cars.")
    page.get_by_role("button", name="Mark this claim").press("Enter")
    expect(page.locator(".card summary")).to_be_focused()
    assert Placement.objects.get().words == SECOND


def test_the_keyboard_extends_a_selection_and_every_change_counts(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    _select(page, "the bridge carries")
    expect(_told(page)).to_have_text("3 words chosen.")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowRight")
    expect(_told(page)).to_have_text("4 words chosen.")
    assert _drawn(page) == "the bridge carries 40,000"


def test_the_shortcut_goes_to_the_bar_and_escape_back_to_where_one_was(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    summary = page.locator("#marking > summary")
    summary.focus()
    _select(page, "40,000 cars")
    expect(_bar(page)).to_be_visible()
    page.keyboard.press("Alt+m")
    expect(page.get_by_role("button", name="New claim")).to_be_focused()
    page.keyboard.press("Escape")
    expect(_bar(page)).to_be_hidden()
    expect(summary).to_be_focused()


@pytest.mark.parametrize("width", [1440, 820, 390, 320])
def test_the_bar_stands_in_the_window_and_on_no_word(
    width: int, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.set_viewport_size({"width": width, "height": 700})
    filling = "\n\n".join(f"Paragraph {number} tells of the harbour and of its ships." for number in range(30))
    _open(page, live_server, ada, body=filling)
    for words, block in (("Paragraph 0", "start"), ("Paragraph 9 tells", "end"), ("of its ships.", "start")):
        _select(page, words)
        page.evaluate("(block) => getSelection().anchorNode.parentElement.scrollIntoView({block})", block)
        expect(_bar(page)).to_be_visible()
        page.wait_for_function(
            "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => go(true))))"
        )
        _stands_well(page)
        page.evaluate("scrollBy(0, 60)")
        page.wait_for_function(
            "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(() => go(true))))"
        )
        _stands_well(page)


def test_several_passages_make_one_highlight(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "the bridge carries 40,000 cars a day")
    page.get_by_role("button", name="New claim").click()
    page.get_by_label("Wording").fill("The old bridge carries 40,000 cars.")
    steps.drag_over(page, "the harbour was dredged")
    page.get_by_role("button", name="Add to the claim").click()
    expect(page.get_by_label("Words in the article")).to_have_value(
        "the harbour was dredged […] the bridge carries 40,000 cars a day"
    )
    expect(page.get_by_label("Wording")).to_have_value("The old bridge carries 40,000 cars.")
    expect(_told(page)).to_have_text("2 passages, in paragraph 2.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card")).to_have_count(1)
    assert [each["exact"] for each in Placement.objects.get().passages] == [
        "the harbour was dredged",
        "the bridge carries 40,000 cars a day",
    ]
    expect(page.get_by_label("Words in the article")).to_be_hidden()
    page.locator("#marking > summary").click()
    expect(page.get_by_label("Words in the article")).to_have_value("")
    expect(page.get_by_label("Wording")).to_have_value("")


def test_passages_survive_a_refusal(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "the bridge carries")
    page.get_by_role("button", name="New claim").click()
    expect(page.get_by_label("Wording")).to_be_focused()
    steps.drag_over(page, "the harbour was dredged")
    page.get_by_role("button", name="Add to the claim").click()
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert _pending(page) == ["the harbour was dredged", "the bridge carries"]
    page.get_by_label("Wording").fill("Two things.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card")).to_have_count(1)
    assert len(Placement.objects.get().passages) == 2


def test_other_words_may_take_the_place_of_those_in_the_form(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "the bridge carries")
    page.get_by_role("button", name="New claim").click()
    page.get_by_label("Wording").fill("It stays.")
    steps.drag_over(page, "dredged in 1921")
    page.get_by_role("button", name="Replace").click()
    expect(page.get_by_label("Words in the article")).to_have_value("dredged in 1921")
    expect(page.get_by_label("Wording")).to_have_value("It stays.")


def test_the_words_are_a_beginning_for_the_wording(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "the harbour was dredged in 1921")
    page.get_by_role("button", name="New claim").click()
    page.get_by_role("button", name="Start from the words").click()
    expect(page.get_by_label("Wording")).to_have_value("The harbour was dredged in 1921")
    expect(page.get_by_label("Wording")).to_be_focused()
    expect(page.get_by_role("button", name="Start from the words")).to_be_hidden()


def test_cancelling_the_form_leaves_nothing_and_gives_the_focus_back(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "dredged in 1921")
    page.get_by_role("button", name="New claim").click()
    page.get_by_label("Wording").fill("Not this one.")
    page.locator("#marking").get_by_role("button", name="Cancel").click()
    expect(page.locator("#marking > summary")).to_be_focused()
    assert _pending(page) == []
    page.locator("#marking > summary").click()
    expect(page.get_by_label("Wording")).to_have_value("")


def test_the_same_claim_takes_several_passages_too_and_what_is_half_typed_stays(
    live_server: object, as_person: Enter, ada: User
) -> None:
    claim = newsroom.claim(ada, wording="The harbour was dredged long ago.")
    page = as_person(ada)
    _open(page, live_server, ada)
    page.locator("#marking > summary").click()
    page.get_by_label("Words in the article").fill("the bridge carries")
    page.get_by_label("Wording").fill("Half typed")
    steps.drag_over(page, "dredged in 1921")
    _bar(page).get_by_role("button", name="Same as…").click()
    page.get_by_label("Find the claim").fill("long ago")
    page.locator("#choices li", has_text=claim.wording).get_by_role("button").click()
    expect(page.locator(".card summary", has_text=claim.wording)).to_be_focused()
    expect(page.get_by_label("Wording")).to_have_value("Half typed")
    assert Placement.objects.get().words == "dredged in 1921"
    page.get_by_label("Words in the article").fill("bridge carries […] oldest in the country")
    page.locator("#marking").get_by_role("button", name="Same as…").click()
    expect(page.locator("[data-chosen-words]")).to_have_text("bridge carries […] oldest in the country")
    page.get_by_label("Find the claim").fill("long ago")
    page.locator("#choices li", has_text=claim.wording).get_by_role("button").click()
    expect(page.locator(".card")).to_have_count(2)
    assert Highlight.objects.filter(claim=claim).count() == 2
    assert len(Placement.objects.latest("pk").passages) == 2
    assert Claim.objects.count() == 1


def test_leaving_the_dialog_brings_the_bar_back(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "dredged in 1921")
    _bar(page).get_by_role("button", name="Same as…").click()
    expect(page.locator("#same-as")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#same-as")).to_be_hidden()
    expect(_bar(page).get_by_role("button", name="Same as…")).to_be_focused()
    assert _drawn(page) == "dredged in 1921"


@pytest.mark.parametrize(
    ("language", "before", "chosen", "stored", "after"),
    [
        ("de", "Der Bürger 👩‍👩‍👧‍👦 sagte: ", "ie 🛳 fährt 𝟛-m", "die 🛳 fährt 𝟛-mal", " am Tag."),
        ("fr", "Combining: ", "afe\u0301 and nai\u0308v", "cafe\u0301 and nai\u0308ve", " end."),
        ("ar", "قال المتحدث إن ", "لجسر هو الأقد", "الجسر هو الأقدم", " في البلاد."),
        ("zh", "发言人说，这", "座桥是全国最", "座桥是全国最", "古老的，将于五月关闭。"),
    ],
)
def test_what_is_stored_is_what_was_drawn(
    language: str, before: str, chosen: str, stored: str, after: str, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    lead = stored.index(chosen)
    body = f"{before}{stored}{after}\n\nAnother paragraph."
    _open(page, live_server, ada, body=body, language=language)
    _select(page, chosen)
    expect(_bar(page)).to_be_visible()
    assert _drawn(page) == stored
    page.get_by_role("button", name="New claim").click()
    page.get_by_label("Wording").fill("As it was said.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card")).to_have_count(1)
    passage = Placement.objects.get().passages[0]
    assert (passage["exact"], passage["start"]) == (stored, len(before))
    assert lead >= 0


def test_a_finger_holds_a_word_and_taps_it_again_for_its_sentence(
    live_server: object, browser: Browser, ada: User
) -> None:
    page = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).new_page()
    page.set_default_timeout(10_000)
    steps.log_in(page, str(live_server), "ada", newsroom.PASSWORD)
    _open(page, live_server, ada)
    left, top, right, bottom = page.evaluate(steps.SELECT, "dredged")
    x, y = (left + right) / 2, (top + bottom) / 2
    # Chromium without a screen selects nothing under a finger that rests: its handles tell the page no more than this does.
    _select(page, "dredged")
    expect(_bar(page)).to_be_visible()
    assert _drawn(page) == "dredged"
    _stands_well(page)
    page.touchscreen.tap(x, y)
    expect(page.get_by_role("button", name="Sentence")).to_have_attribute("aria-pressed", "true")
    assert _drawn(page) == FIRST
    page.get_by_role("button", name="New claim").tap()
    expect(page.get_by_label("Wording")).to_be_focused()
    page.get_by_label("Wording").fill("By finger.")
    page.get_by_role("button", name="Mark this claim").tap()
    expect(page.locator(".card")).to_have_count(1)
    assert Placement.objects.get().words == FIRST
    page.context.close()


def test_the_bar_and_the_form_it_opens_are_for_everybody(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    _select(page, "dredged in 1921")
    expect(_bar(page)).to_be_visible()
    found = [*faults(page, "bar")]
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="New claim").click()
    expect(page.get_by_label("Wording")).to_be_focused()
    _select(page, "40,000 cars")
    expect(page.get_by_role("button", name="Add to the claim")).to_be_visible()
    assert not [*found, *faults(page, "adding")]

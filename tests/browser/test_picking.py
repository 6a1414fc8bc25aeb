"""Words picked from a list of sentences and words: by keys, by clicks, and never by selecting."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from factcheck.accounts.models import User
from factcheck.claims.models import Claim, Highlight, Placement
from tests import newsroom
from tests.browser import steps
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]
HEADING = "The harbour and the bridge"
FIRST = "The mayor said that the harbour was dredged in 1921."
SECOND = "She added that the bridge carries 40,000 cars a day."
THIRD = "A speaker of the port called the bridge the oldest in the country, and said it would be closed in May."


def _open(page: Page, live_server: object, by: User, body: str = newsroom.BODY, **more: object) -> None:
    page.goto(f"{live_server}{newsroom.article(by, body=body, **more).get_absolute_url()}")


def _pick(page: Page) -> Locator:
    """Open the picker from the keyboard."""
    page.get_by_role("button", name="Pick words").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("listbox")).to_be_focused()
    return page.get_by_role("listbox")


def _drawn(page: Page) -> str:
    return str(page.evaluate("[...(CSS.highlights.get('chosen') ?? [])].map((range) => range.toString()).join(' | ')"))


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _told(page: Page) -> Locator:
    return page.locator("[data-live]")


def _mark(page: Page, wording: str) -> None:
    expect(page.get_by_label("Wording")).to_be_focused()
    page.keyboard.insert_text(wording)
    page.get_by_role("button", name="Mark this claim").press("Enter")
    expect(page.locator(".card summary")).to_be_focused()


def test_each_step_goes_by_sentence_or_word_is_told_and_drawn(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    listbox = _pick(page)
    expect(_told(page)).to_have_text(HEADING)
    for keys, words in (
        (["ArrowDown"], FIRST),
        (["ArrowDown"], SECOND),
        (["ArrowDown"], THIRD),
        (["ArrowDown"], THIRD),
        (["ArrowUp"], SECOND),
        (["PageUp"], HEADING),
        (["PageDown"], FIRST),
        (["End"], SECOND),
        (["ArrowRight"], "She"),
        (["ArrowRight", "ArrowRight"], "that"),
        (["ArrowLeft"], "added"),
        (["End"], "day"),
        (["ArrowRight"], "A"),
        (["ArrowLeft"], "day"),
        (["Home"], "She"),
        (["ArrowLeft"], "1921"),
    ):
        _press(page, *keys)
        expect(_told(page)).to_have_text(words)
        assert _drawn(page) == words
        present = listbox.get_attribute("aria-activedescendant")
        expect(page.locator(f"#{present}")).to_have_text(words)
        expect(listbox.get_by_role("option", selected=True)).to_have_text([words])


def test_shift_extends_enter_marks_and_all_of_it_without_a_mouse(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    _pick(page)
    _press(page, "PageDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight")
    assert _drawn(page) == "the"
    _press(page, "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    expect(_told(page)).to_have_text("cars – 5 words chosen.")
    _press(page, "Shift+ArrowLeft", "Shift+ArrowRight")
    assert _drawn(page) == "the bridge carries 40,000 cars"
    page.keyboard.press("Enter")
    expect(page.locator("#picker")).to_be_hidden()
    expect(page.get_by_label("Words in the article")).to_have_value("the bridge carries 40,000 cars")
    _mark(page, "So many cars.")
    passage = Placement.objects.get().passages[0]
    assert (passage["exact"], passage["start"]) == (
        "the bridge carries 40,000 cars",
        newsroom.BODY.index("the bridge c"),
    )


def test_extending_goes_on_over_sentences_and_paragraphs(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    _pick(page)
    _press(page, "PageDown", "End", "ArrowRight", "ArrowRight", "Shift+ArrowDown")
    assert _drawn(page) == SECOND.removeprefix("She ")
    expect(_told(page)).to_have_text("day. – 9 words chosen.")
    _press(page, "Shift+ArrowDown")
    assert _drawn(page) == f"{SECOND.removeprefix('She ')} | {THIRD}"
    _press(page, "Enter")
    _mark(page, "Over two paragraphs.")
    assert Placement.objects.get().words == f"{SECOND.removeprefix('She ')}\n\n{THIRD}"


def test_escape_leaves_and_one_begins_again_where_one_was(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    _pick(page)
    _press(page, "PageDown", "ArrowDown", "Escape")
    expect(page.locator("#picker")).to_be_hidden()
    expect(page.get_by_role("button", name="Pick words")).to_be_focused()
    assert _drawn(page) == ""
    _pick(page)
    expect(_told(page)).to_have_text(SECOND)


def test_clicks_alone_do_it_too_as_a_screen_reader_reads_a_page(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    page.get_by_role("button", name="Pick words").click()
    picker = page.get_by_role("region", name="Pick words")
    expect(picker.get_by_role("listbox", name="Sentences of paragraph 1")).to_be_visible()
    picker.get_by_role("button", name="Next paragraph").click()
    # As assistive technology presses: no pointer, no key.
    picker.get_by_role("option", name=SECOND).dispatch_event("click")
    expect(_told(page)).to_have_text(SECOND)
    picker.get_by_role("button", name="Words", exact=True).click()
    expect(picker.get_by_role("listbox", name="Words of the sentence")).to_be_visible()
    picker.get_by_role("option", name="bridge").dispatch_event("click")
    picker.get_by_role("button", name="Extend").click()
    picker.get_by_role("option", name="cars").dispatch_event("click")
    expect(_told(page)).to_have_text("cars – 4 words chosen.")
    picker.get_by_role("button", name="New claim").click()
    _mark(page, "By clicks.")
    assert Placement.objects.get().words == "bridge carries 40,000 cars"


def test_the_same_claim_is_reached_by_keyboard(live_server: object, as_person: Enter, ada: User) -> None:
    claim = newsroom.claim(ada, wording="The harbour was dredged long ago.")
    page = as_person(ada)
    _open(page, live_server, ada)
    _pick(page)
    _press(page, "PageDown")
    page.get_by_role("region", name="Pick words").get_by_role("button", name="Same as…").press("Enter")
    expect(page.locator("[data-chosen-words]")).to_have_text(FIRST)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_focused()
    assert _drawn(page) == FIRST
    page.get_by_role("region", name="Pick words").get_by_role("button", name="Same as…").press("Enter")
    expect(page.get_by_label("Find the claim")).to_be_focused()
    page.keyboard.insert_text("long ago")
    page.locator("#choices li", has_text=claim.wording).get_by_role("button").press("Enter")
    expect(page.locator(".card summary", has_text=claim.wording)).to_be_focused()
    assert Highlight.objects.get().claim == claim
    assert Placement.objects.get().words == FIRST
    assert Claim.objects.count() == 1


def test_a_second_passage_is_picked_for_the_claim_that_is_being_worded(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    _pick(page)
    _press(page, "PageDown", "Enter")
    expect(page.get_by_label("Wording")).to_be_focused()
    page.keyboard.insert_text("Two sentences.")
    _pick(page)
    expect(_told(page)).to_have_text(FIRST)
    _press(page, "PageDown", "Enter")
    expect(page.get_by_label("Words in the article")).to_have_value(f"{FIRST} […] {THIRD}")
    expect(page.get_by_label("Wording")).to_have_value("Two sentences.")


@pytest.mark.parametrize(
    ("language", "body", "keys", "words"),
    [
        (
            "ar",
            "قال المتحدث إن الجسر هو الأقدم. سيغلق في مايو.",
            ["ArrowLeft", "ArrowLeft", "Shift+ArrowLeft"],
            "المتحدث إن",
        ),
        ("zh", "发言人说，这座桥是全国最古老的。将于五月关闭。", ["ArrowDown"], "将于五月关闭。"),
        (
            "de",
            "Die 🛳 fährt 𝟛-mal am 👩‍👩‍👧‍👦. Ende.",
            ["ArrowRight", "ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"],
            "🛳 fährt 𝟛-mal",
        ),
        (
            "fr",
            "Le cafe\u0301 nai\u0308f est ouvert. Fin.",
            ["ArrowRight", "ArrowRight", "Shift+ArrowRight"],
            "cafe\u0301 nai\u0308f",
        ),
    ],
)
def test_what_is_stored_is_what_was_picked(
    language: str, body: str, keys: list[str], words: str, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada, body=body, language=language)
    _pick(page)
    _press(page, *keys)
    assert _drawn(page) == words
    page.keyboard.press("Enter")
    _mark(page, "As it was said.")
    passage = Placement.objects.get().passages[0]
    assert (passage["exact"], passage["start"]) == (words, body.index(words))


def test_the_panel_stays_where_it_is_and_the_words_come_before_the_eyes(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    filling = "\n\n".join(f"Paragraph {number} tells of the harbour. It tells of its ships." for number in range(80))
    _open(page, live_server, ada, body=filling)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelector('[data-open-picker]').click()")
        box = page.locator("#picker").bounding_box()
        for _ in range(30):
            page.keyboard.press("PageDown")
        top, bottom = page.evaluate(
            "(() => { const box = [...CSS.highlights.get('chosen')][0].getBoundingClientRect(); return [box.top, box.bottom]; })()"
        )
        after = page.locator("#picker").bounding_box()
        assert box is not None
        assert after is not None
        assert (after["x"], after["width"]) == (box["x"], box["width"])
        assert top >= 0
        assert bottom <= (after["y"] if width == 390 else 800)
        page.keyboard.press("Escape")


def test_of_a_paragraph_of_sixty_thousand_characters_only_what_is_near_is_listed(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, ada, body="The mayor said that the harbour was dredged in 1921. She added it. " * 900)
    expect(page.locator("[data-blocks] p")).to_be_visible()
    listbox = _pick(page)
    page.keyboard.press("End")
    expect(_told(page)).to_have_text("She added it.")
    assert listbox.get_by_role("option").count() < 200
    _press(page, "ArrowLeft", "ArrowLeft", "ArrowUp", "Home")
    expect(_told(page)).to_have_text(FIRST)


def test_the_picker_is_for_everybody(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    _pick(page)
    _press(page, "PageDown", "Shift+ArrowDown")
    found = [*faults(page, "sentences")]
    _press(page, "ArrowRight", "Shift+ArrowRight")
    assert not [*found, *faults(page, "words")]


def test_the_shortcut_opens_it_but_not_from_a_field(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    page.keyboard.press("Alt+p")
    expect(page.get_by_role("listbox")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("#find").focus()
    page.keyboard.press("Alt+p")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_words_that_are_chosen_already_are_where_it_begins(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, ada)
    steps.drag_over(page, "oldest in the country")
    expect(page.get_by_role("toolbar")).to_be_visible()
    page.keyboard.press("Alt+p")
    expect(_told(page)).to_have_text(THIRD)

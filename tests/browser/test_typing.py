"""Words typed or pasted into the form for a new claim: found as they are typed, wherever they stand."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from factcheck.accounts.models import User
from factcheck.claims.models import Claim, Placement
from tests import newsroom
from tests.browser import steps
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]
TWICE = (
    "The harbour\n\n"
    "The mayor said that the bridge is old. Others say that the bridge is new.\n\n"
    "In the end the bridge was closed, “for good – or so”, they said. The cars go elsewhere."
)


def _open(page: Page, live_server: object, by: User, body: str = TWICE, **more: object) -> Locator:
    page.goto(f"{live_server}{newsroom.article(by, body=body, **more).get_absolute_url()}")
    page.locator("#marking > summary").click()
    return page.get_by_label("Words in the article")


def _told(page: Page) -> Locator:
    return page.locator("#marking [data-told]")


def _mark(page: Page, wording: str = "As it was said.") -> None:
    page.get_by_label("Wording").fill(wording)
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card summary")).to_be_focused()


def test_words_that_stand_once_are_found_drawn_and_told_while_typing(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.press_sequentially("the bridge was closed")
    expect(_told(page)).to_have_text("Found in paragraph 3.")
    expect(page.locator("[data-live]")).to_have_text("Found in paragraph 3.")
    expect(page.locator("mark.pending")).to_have_text("the bridge was closed")
    expect(field).to_be_focused()
    _mark(page)
    assert Placement.objects.get().passages[0]["start"] == TWICE.index("the bridge was closed")
    expect(page.locator("mark.pending")).to_have_count(0)


def test_of_several_places_one_is_chosen_by_keyboard(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.press_sequentially("the bridge is")
    expect(_told(page)).to_have_text("These words stand there 2 times. Which ones?")
    choices = page.get_by_role("radio")
    expect(choices).to_have_count(2)
    expect(page.locator("[data-places] label").nth(1)).to_have_text(
        "… said that the bridge is old. Others say that the bridge is new."
    )
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(choices.nth(1)).to_be_checked()
    expect(_told(page)).to_have_text("Found in paragraph 2.")
    page.keyboard.press("ArrowUp")
    expect(choices.nth(0)).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(choices.nth(1)).to_be_focused()
    expect(page.locator("mark.pending")).to_have_text("the bridge is")
    _mark(page)
    assert Placement.objects.get().passages[0]["start"] == TWICE.rindex("the bridge is")


def test_of_several_places_one_is_chosen_by_mouse(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.fill("the bridge is")
    expect(page.get_by_role("radio")).to_have_count(2)
    page.locator("[data-places] label").nth(1).click()
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    _mark(page)
    assert Placement.objects.get().passages[0]["start"] == TWICE.rindex("the bridge is")


def test_whole_words_are_meant_when_there_are_any(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada, body="Others carry on. The car is red.")
    field.fill("car")
    expect(_told(page)).to_have_text("Found in paragraph 1.")
    _mark(page)
    assert Placement.objects.get().passages[0]["start"] == 21


@pytest.mark.parametrize(
    "typed", ['"for good - or so", they said', "“FOR GOOD – OR SO”, they said", "  for good – or so \n"]
)
def test_words_typed_otherwise_are_taken_as_the_text_has_them(
    typed: str, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.fill(typed)
    expect(_told(page)).to_have_text("Found in paragraph 3.")
    expect(field).to_have_value(typed)
    _mark(page)
    words = Placement.objects.get().words
    assert words in TWICE
    assert words.strip("“”").lower().startswith("for good – or so")


def test_words_that_go_wrong_are_told_as_far_as_they_go(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.fill("the bridge was closed for ever")
    expect(_told(page)).to_have_text(
        "They stand there as far as “the bridge was closed”. Then comes: “, “for good – or so”, they said. The cars go…”."
    )
    field.fill("nothing of the kind")
    expect(_told(page)).to_have_text("These words do not stand in the article.")
    field.fill("")
    expect(_told(page)).to_have_text("")


def test_parts_typed_with_an_omission_between_them_are_passages(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.fill("the cars go elsewhere [...] the bridge is")
    expect(page.get_by_role("radio")).to_have_count(2)
    page.locator("[data-places] label").first.click()
    expect(_told(page)).to_have_text("2 passages, in paragraph 2, 3.")
    expect(field).to_have_value("the bridge is […] The cars go elsewhere")
    _mark(page)
    passages = Placement.objects.get().passages
    assert [each["exact"] for each in passages] == ["the bridge is", "The cars go elsewhere"]
    assert passages[0]["start"] == TWICE.index("the bridge is")


def test_words_typed_go_to_the_same_claim(live_server: object, as_person: Enter, ada: User) -> None:
    claim = newsroom.claim(ada, wording="The bridge was closed.")
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.fill("the bridge was closed")
    page.locator("#marking").get_by_role("button", name="Same as…").press("Enter")
    expect(page.locator("[data-chosen-words]")).to_have_text("the bridge was closed")
    page.keyboard.press("Escape")
    expect(page.locator("#marking").get_by_role("button", name="Same as…")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Find the claim")).to_be_focused()
    page.keyboard.insert_text("closed")
    expect(page.locator("#choices li mark")).to_have_text(["closed"])
    page.locator("#choices li", has_text=claim.wording).get_by_role("button").press("Enter")
    expect(page.locator(".card summary", has_text=claim.wording)).to_be_focused()
    assert Placement.objects.get().words == "the bridge was closed"
    assert Claim.objects.get() == claim
    expect(page.locator("#marking")).not_to_have_attribute("open", "")


def test_words_of_no_place_lead_back_to_their_field(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.fill("nowhere at all")
    page.locator("#marking").get_by_role("button", name="Same as…").click()
    expect(field).to_be_focused()
    expect(page.locator("#same-as")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "body", "words"),
    [
        ("ar", "قال المتحدث إن الجسر هو الأقدم. سيغلق في مايو.", "الجسر هو الأقدم"),
        ("zh", "发言人说，这座桥是全国最古老的。将于五月关闭。", "这座桥是全国最古老的"),
        ("de", "Die 🛳 fährt 𝟛-mal am 👩‍👩‍👧‍👦. Ende.", "🛳 fährt 𝟛-mal am 👩‍👩‍👧‍👦"),
        ("fr", "Le cafe\u0301 nai\u0308f est ouvert. Fin.", "cafe\u0301 nai\u0308f"),
    ],
)
def test_what_is_stored_is_what_was_pasted(
    language: str, body: str, words: str, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada, body=body, language=language)
    field.focus()
    page.keyboard.insert_text(words)
    expect(_told(page)).to_have_text("Found in paragraph 1.")
    _mark(page)
    passage = Placement.objects.get().passages[0]
    assert (passage["exact"], passage["start"]) == (words, body.index(words))


def test_without_script_the_places_come_with_the_refusal(live_server: object, browser: Browser, ada: User) -> None:
    article = newsroom.article(ada, body=TWICE)
    page = browser.new_context(java_script_enabled=False).new_page()
    steps.log_in(page, str(live_server), "ada", newsroom.PASSWORD)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator("#marking > summary").click()
    page.get_by_label("Words in the article").fill(" the bridge is ")
    page.get_by_label("Wording").fill("Without script.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.get_by_role("radio")).to_have_count(2)
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Without script.")
    assert Placement.objects.get().passages[0]["start"] == TWICE.rindex("the bridge is")
    page.context.close()


def test_places_to_choose_from_are_for_everybody(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    field = _open(page, live_server, ada)
    field.fill("the bridge is")
    expect(page.get_by_role("radio")).to_have_count(2)
    found = [*faults(page, "choices")]
    page.set_viewport_size({"width": 1440, "height": 900})
    field.fill("the bridge was closed for ever")
    expect(_told(page)).to_contain_text("as far as")
    assert not [*found, *faults(page, "near")]

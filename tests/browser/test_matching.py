"""What is known already, offered while something is typed: by mouse, by touch, by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Claimant, Highlight
from tests import newsroom
from tests.browser import steps
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]
WORDS = "dredged in 1921"


@pytest.fixture
def article(ada: User) -> Article:
    """An article, and a newsroom that knows a claim, three claimants and some topics already."""
    newsroom.claim(ada)
    newsroom.claim(ada, wording="Closed in May.", claimant="Port Authority")
    Claimant.objects.create(name="Maria Mayor", description="a singer")
    highlighting.find_or_add_topics(["Harbour", "Health", "Public health"], by=ada)
    return newsroom.article(ada)


@pytest.fixture
def page(page: Page) -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    return page


def _open(page: Page, live_server: object, article: Article) -> None:
    page.goto(f"{live_server}{article.get_absolute_url()}")
    steps.drag_over(page, WORDS)
    page.get_by_role("button", name="New claim").click()
    expect(page.get_by_label("Wording")).to_be_focused()


def _claimant(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Who claims it")


def _options(page: Page) -> Locator:
    return page.get_by_role("listbox").get_by_role("option")


def _kind(page: Page) -> Locator:
    return page.locator("#id_claimant_kind")


def _newcomer(page: Page) -> Locator:
    return page.locator(".newcomer", has_text="New claimant")


def test_a_claimant_is_found_while_typing_and_taken_by_a_click(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    field = _claimant(page)
    expect(_kind(page)).to_be_hidden()
    field.click()
    page.keyboard.type("mari")
    expect(_options(page)).to_have_count(2)
    expect(page.locator("[data-live]")).to_have_text("2 suggestions.")
    _options(page).filter(has_text="a singer").click()
    expect(field).to_have_value("Maria Mayor")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(_kind(page)).to_be_hidden()
    page.get_by_label("Wording").fill("She sings.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text="She sings.")).to_be_visible()
    assert Claim.objects.get(wording="She sings.").claimant.description == "a singer"


def test_the_combobox_is_worked_by_keyboard_alone(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    field = _claimant(page)
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(_options(page)).to_have_count(3)
    page.keyboard.press("ArrowUp")
    expect(_options(page).last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(_options(page).first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", _options(page).first.get_attribute("id") or "")
    page.keyboard.press("Escape")
    expect(_options(page)).to_have_count(0)
    expect(field).to_have_value("")
    # Tab takes nothing that was not chosen.
    page.keyboard.type("port")
    expect(_options(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Tab")
    expect(field).to_have_value("port")
    field.focus()
    page.keyboard.press("ArrowDown")
    expect(_options(page)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(field).to_have_value("Port Authority")
    assert page.locator("#marking[open]").count() == 1
    assert not Highlight.objects.exists()


def test_topics_are_completed_one_after_the_other(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    field = page.get_by_role("combobox", name="Topics")
    field.focus()
    for begun, suggested in (("har", 1), ("health", 2)):
        page.keyboard.type(begun)
        expect(_options(page)).to_have_count(suggested)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    expect(field).to_have_value("Harbour, Health, ")
    page.keyboard.type("something new")
    page.get_by_label("Wording").fill("About this and that.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text="About this")).to_be_visible()
    topics = Claim.objects.get(wording="About this and that.").topics
    assert set(topics.values_list("name", flat=True)) == {"Harbour", "Health", "something new"}


def test_a_new_claimant_is_told_with_whom_it_looks_like(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    field = _claimant(page)
    field.focus()
    page.keyboard.type("The Port Authorty")
    expect(_newcomer(page)).to_be_visible()
    expect(page.locator("[data-live]")).to_have_text("New claimant. It looks like one who is known.")
    expect(_kind(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Port Authority")).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_value("Port Authority")
    expect(field).to_be_focused()
    expect(_newcomer(page)).to_be_hidden()
    expect(_kind(page)).to_be_hidden()


def test_a_new_claimant_is_made_on_the_spot(article: Article, live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    page.get_by_label("Wording").fill("Made by a union.")
    _claimant(page).fill("Dockers’ Union")
    _kind(page).select_option("organisation")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text="Dockers’ Union")).to_be_visible()
    assert Claimant.objects.get(name="Dockers’ Union").kind == "organisation"


def test_a_claim_like_the_one_being_worded_gets_this_highlight(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    wording = page.get_by_label("Wording")
    # The words of the article are like it already.
    offered = page.locator(".similar li")
    expect(offered).to_have_count(1)
    before = wording.bounding_box()
    page.keyboard.type("The port’s harbour was dredged")
    expect(page.locator(".similar mark", has_text="harbour")).to_be_visible()
    expect(wording).to_be_focused()
    expect(wording).to_have_value("The port’s harbour was dredged")
    assert wording.bounding_box() == before
    _claimant(page).fill("Port Authority")
    page.get_by_label("Said on").fill("2020-10-06")
    page.get_by_role("button", name="Same claim").click(click_count=2)
    expect(page.locator(".card", has_text="The harbour was dredged in 1921.")).to_be_visible()
    expect(page.locator(".card summary")).to_be_focused()
    expect(page.locator("mark[data-highlight]")).to_have_text(WORDS)
    expect(page.locator("#marking[open]")).to_have_count(0)
    mark = Highlight.objects.get()
    assert (mark.claimant.name, str(mark.said_on)) == ("Port Authority", "2020-10-06")
    assert Claim.objects.count() == 2


def test_the_same_claim_is_taken_by_keyboard_alone(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator("#marking > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.type("The harbour was dre")
    expect(page.locator("[data-live]")).to_have_text("1 claim like this one.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Same claim")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".card summary")).to_be_focused()
    assert Highlight.objects.get().claim.wording == "The harbour was dredged in 1921."
    assert Highlight.objects.get().claimant is None
    assert Claim.objects.count() == 2


def test_words_that_do_not_stand_there_are_refused_above_the_offer_and_nothing_is_lost(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator("#marking > summary").click()
    page.get_by_label("Words in the article").fill("nowhere to be read")
    page.get_by_label("Wording").fill("The harbour was dredged")
    page.get_by_role("button", name="Same claim").click()
    expect(page.locator(".similar .error-summary")).to_be_focused()
    expect(page.get_by_label("Wording")).to_have_value("The harbour was dredged")
    assert not Highlight.objects.exists()


def test_in_the_dialog_the_best_candidates_come_first_and_somebody_else_may_say_it(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    steps.drag_over(page, "harbour was dredged")
    page.get_by_role("button", name="Same as…").click()
    expect(page.locator("#choices li")).to_have_count(1)
    expect(page.locator("#choices mark", has_text="dredged")).to_be_visible()
    page.get_by_text("Said by somebody else here").click()
    field = page.get_by_role("combobox", name="Who says it here")
    field.fill("port")
    _options(page).filter(has_text="Port Authority").click()
    page.get_by_label("Said here on").fill("2020-10-07")
    page.locator("#choices").get_by_role("button", name="Same claim").click()
    expect(page.locator("#same-as")).to_be_hidden()
    expect(page.locator(".card")).to_contain_text("Port Authority")
    mark = Highlight.objects.get()
    assert (mark.claimant.name, str(mark.said_on)) == ("Port Authority", "2020-10-07")
    # The dialog begins anew with the next words.
    steps.drag_over(page, "40,000 cars a day")
    page.get_by_role("button", name="Same as…").click()
    expect(page.locator("#choices")).to_contain_text("No claim is like the selected words")
    page.get_by_text("Said by somebody else here").click()
    expect(field).to_have_value("")
    page.locator("#choices li", has_text="Closed in May.").get_by_role("button").click()
    expect(page.locator(".card")).to_have_count(2)


def test_an_answer_that_comes_too_late_is_not_shown(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    held: list[Route] = []
    page.route("**/claimants/suggestions/?q=mar", lambda route: held.append(route))
    field = _claimant(page)
    field.focus()
    page.keyboard.type("mar")
    with page.expect_request("**/claimants/suggestions/?q=mar"):
        pass
    field.fill("port")
    expect(_options(page)).to_have_count(1)
    for route in held:
        route.abort()
    expect(_options(page)).to_contain_text("Port Authority")


def test_without_a_connection_they_are_plain_fields(
    article: Article, live_server: object, as_person: Enter, ada: User, complaints: list[str]
) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    page.context.set_offline(True)
    _claimant(page).fill("Maria Mayor")
    page.get_by_label("Wording").fill("The harbour was dredged in 1921, they say.")
    page.wait_for_timeout(600)
    expect(_options(page)).to_have_count(0)
    expect(page.locator("[data-complaint]")).to_have_count(0)
    page.context.set_offline(False)
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text="they say")).to_be_visible()
    complaints[:] = [each for each in complaints if "ERR_INTERNET_DISCONNECTED" not in each]


def test_without_script_they_are_plain_fields_and_the_kind_can_be_said(
    article: Article, live_server: object, browser: Browser, ada: User
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    steps.log_in(page, str(live_server), "ada", newsroom.PASSWORD)
    page.goto(f"{live_server}/desk/claims/new/")
    page.get_by_label("Wording").fill("Without script.")
    page.get_by_label("Who claims it").fill("Dockers’ Union")
    page.get_by_label("A new claimant is").select_option("organisation")
    page.get_by_role("button", name="Add the claim").click()
    assert Claim.objects.get(wording="Without script.").claimant.kind == "organisation"


def test_by_touch_an_option_is_taken(article: Article, live_server: object, browser: Browser, ada: User) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    steps.log_in(page, str(live_server), "ada", newsroom.PASSWORD)
    page.goto(f"{live_server}/desk/claims/new/")
    page.get_by_label("Wording").fill("The harbour was dredged")
    expect(page.get_by_role("link", name="The harbour was dredged in 1921.")).to_be_visible()
    _claimant(page).tap()
    page.keyboard.type("port")
    option = _options(page)
    expect(option).to_have_count(1)
    assert (option.bounding_box() or {})["height"] >= 24
    option.tap()
    expect(_claimant(page)).to_have_value("Port Authority")
    context.close()


def test_the_counter_shows_from_the_start_and_tells_only_that_it_is_too_long(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    wording = page.get_by_label("Wording")
    counter = page.locator(f"#{(wording.get_attribute('aria-describedby') or '').split()[-1]}")
    expect(counter).to_contain_text("0 / 75")
    expect(counter).to_contain_text("0 of 75 characters advised")
    live = page.locator("[data-live]")
    wording.fill("A statement 🛳")
    expect(counter).to_contain_text("13 / 75")
    expect(live).to_be_empty()
    wording.fill("x" * 80)
    expect(live).to_have_text("Longer than advised: 80 of 75 characters.")
    place = page.get_by_label("Where it was said")
    place.fill("x" * 100)
    expect(page.locator(".counter:visible")).to_have_count(1)
    place.fill("x" * 190)
    expect(page.locator(".counter:visible")).to_have_count(2)
    expect(page.locator("#id_place_counter")).to_contain_text("190 / 200")


def test_all_that_is_offered_is_for_everybody(
    article: Article, live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    _open(page, live_server, article)
    page.get_by_label("Wording").fill("The harbour was dredged")
    expect(page.locator(".similar li")).to_have_count(1)
    _claimant(page).press("ArrowDown")
    expect(_options(page)).to_have_count(3)
    page.keyboard.press("ArrowDown")
    found = [*faults(page, "claimants", widths=(1440,))]
    _claimant(page).fill("The Port Authorty")
    expect(_newcomer(page)).to_be_visible()
    found += faults(page, "duplicates", widths=(1440,))
    page.goto(f"{live_server}/desk/claims/new/")
    page.get_by_label("Wording").fill("The harbour was dredged")
    expect(page.locator(".similar li")).to_have_count(1)
    _claimant(page).fill("The Port Authorty")
    expect(_newcomer(page)).to_be_visible()
    page.get_by_role("combobox", name="Topics").press("ArrowDown")
    expect(_options(page)).to_have_count(3)
    assert not [*found, *faults(page, "new claim")]

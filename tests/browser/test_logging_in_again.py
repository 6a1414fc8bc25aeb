"""A login that ran out, ended or became another one loses no words, and shows nobody what another typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.drafting.models import Draft
from tests import newsroom
from tests.browser import steps, unsaved
from tests.browser.conftest import Complaints

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


def test_a_login_that_ran_out_is_regained_in_a_dialog_and_the_claim_made_once(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    page.locator("#marking > summary").click()
    unsaved.run_out()
    unsaved.word(page)
    expect(page.get_by_role("complementary", name="Login")).to_contain_text("Your login has run out")
    unsaved.state(page).to_have_text(unsaved.HERE)
    page.get_by_role("button", name="Mark this claim").click()
    unsaved.log_in_again(page, password="not my password")
    expect(page.get_by_role("alert")).to_contain_text("not right")
    unsaved.log_in_again(page)
    expect(page.locator(".card", has_text=unsaved.WORDS)).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("complementary", name="Login")).to_be_hidden()
    assert (Claim.objects.count(), Draft.objects.count()) == (1, 0)
    # The page's other forms work too.
    unsaved.word(page, "Another claim of the mayor.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card")).to_have_count(2)
    unsaved.refusal_is_meant(complaints)


def test_one_may_log_in_again_from_the_banner_and_the_draft_is_sent(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    unsaved.run_out()
    unsaved.word(page)
    page.get_by_role("button", name="Log in again").click()
    unsaved.log_in_again(page)
    unsaved.state(page).to_have_text(unsaved.KEPT)
    assert Draft.objects.get().person == ada


def test_when_somebody_else_logs_in_nothing_of_the_first_person_is_sent_or_shown(
    live_server: object, as_person: Enter, ada: User, finn: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    unsaved.run_out()
    unsaved.word(page)
    page.get_by_role("button", name="Mark this claim").click()
    with page.expect_navigation():
        unsaved.log_in_again(page, "finn")
    expect(page.locator(".bar .menu > summary")).to_have_text("Finn")
    expect(page.get_by_label("Wording")).to_have_value("")
    expect(page.locator("[data-draft-notice]")).to_have_count(0)
    assert (Claim.objects.count(), Draft.objects.count()) == (0, 0)
    # It waits for whoever typed it.
    as_person(ada)
    unsaved.workspace(page, live_server, article)
    expect(page.get_by_label("Wording")).to_have_value(unsaved.WORDS)
    expect(page.locator("[data-draft-notice]")).to_be_visible()
    assert Draft.objects.get().person == ada
    unsaved.refusal_is_meant(complaints)


def test_a_login_in_another_tab_does_not_stop_this_one(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    other = page.context.new_page()
    unsaved.run_out()
    steps.log_in(other, str(live_server), "ada", newsroom.PASSWORD)
    unsaved.word(page)
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=unsaved.WORDS)).to_be_visible()
    assert Claim.objects.count() == 1
    unsaved.refusal_is_meant(complaints)


def test_an_ordinary_form_whose_login_ran_out_comes_back_as_it_was_typed(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    claim = newsroom.claim(ada)
    page.goto(f"{live_server}{claim.get_absolute_url()}edit/")
    unsaved.run_out()
    page.get_by_label("Wording").fill("My own words.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".message")).to_contain_text("Your login has run out, so nothing was saved.")
    page.locator("[name=login]").fill("ada")
    page.locator("[name=password]").fill(newsroom.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/edit/")
    expect(page.get_by_label("Wording")).to_have_value("My own words.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My own words.")


def test_a_token_of_an_older_login_loses_no_words(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    other = page.context.new_page()
    unsaved.run_out()
    steps.log_in(other, str(live_server), "ada", newsroom.PASSWORD)
    # Sent before a draft could have found out.
    page.get_by_label("Wording").fill(unsaved.WORDS)
    page.locator("form[data-draft]").evaluate("form => form.requestSubmit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your form could not be accepted")
    page.get_by_role("link", name="Back to the form").click()
    expect(page.get_by_label("Wording")).to_have_value(unsaved.WORDS)


def test_logging_out_leaves_nothing_in_the_browser(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.route("**/desk/drafts/", lambda route: route.abort())
    page.get_by_label("Wording").fill(unsaved.WORDS)
    unsaved.state(page).to_have_text(unsaved.HERE)
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{live_server}/")
    assert unsaved.copies(page) == []
    unsaved.offline_is_meant(complaints)


def test_logging_out_on_its_own_page_leaves_nothing_in_the_browser_either(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/accounts/logout/")
    page.evaluate(
        "person => { for (const who of [person, 0]) localStorage.setItem(`draft ${who} claim:new`,"
        " JSON.stringify({at: Date.now(), fields: {wording: 'Half'}})); }",
        ada.pk,
    )
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{live_server}/")
    # Another person's waits for them.
    assert unsaved.copies(page) == ["draft 0 claim:new"]


def test_too_many_attempts_to_log_in_again_are_told_in_the_dialog(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    unsaved.run_out()
    page.get_by_label("Wording").fill(unsaved.WORDS)
    page.get_by_role("button", name="Log in again").click()
    page.route("**/accounts/login/", lambda route: route.fulfill(status=429, body="<h1>Too many</h1>"))
    unsaved.log_in_again(page)
    expect(page.get_by_role("alert")).to_contain_text("Wait five minutes")
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Wording")).to_have_value(unsaved.WORDS)

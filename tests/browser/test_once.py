"""A double click, a lost reply or a colleague who was faster: what is sent counts once, and nobody is overwritten unseen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

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


def test_two_browsers_edit_the_same_claim_and_the_later_sees_what_differs(
    live_server: object, as_person: Enter, browser: Browser, ada: User, finn: User
) -> None:
    page = as_person(ada)
    claim = newsroom.claim(ada, wording="The harbour was dredged in 1921.")
    path = f"{live_server}{claim.get_absolute_url()}edit/"
    page.goto(path)
    page.get_by_label("Wording").fill("The old harbour was dredged in 1921.")
    unsaved.state(page).to_have_text(unsaved.KEPT)

    theirs = browser.new_context().new_page()
    steps.log_in(theirs, str(live_server), "finn", newsroom.PASSWORD)
    theirs.goto(path)
    expect(theirs.get_by_label("Wording")).to_have_value("The harbour was dredged in 1921.")
    theirs.get_by_label("Wording").fill("The harbour was dredged in 1922.")
    theirs.get_by_role("button", name="Save").click()
    expect(theirs.get_by_role("heading", level=1)).to_have_text("The harbour was dredged in 1922.")

    # Opened anew, what was typed still stands on the version that it was typed on.
    page.reload()
    expect(page.get_by_label("Wording")).to_have_value("The old harbour was dredged in 1921.")
    page.get_by_role("button", name="Save").click()
    notice = page.locator(".stale")
    expect(notice).to_be_focused()
    expect(notice.locator(".both del")).to_have_text("1922")
    expect(notice.locator(".both ins")).to_have_text(["old ", "1921"])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    notice.get_by_role("button", name="Copy mine").click()
    expect(page.locator("[data-live]")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "The old harbour was dredged in 1921."
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The old harbour was dredged in 1921.")
    assert not Draft.objects.exists()


def test_a_double_click_makes_one_claim(live_server: object, as_person: Enter, ada: User, article: Article) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    unsaved.word(page)
    page.get_by_role("button", name="Mark this claim").dblclick()
    expect(page.locator(".card", has_text=unsaved.WORDS)).to_be_visible()
    page.goto(f"{live_server}/desk/claims/new/")
    page.get_by_label("Wording").fill("Said in a speech.")
    page.get_by_role("button", name="Add the claim").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Said in a speech.")
    assert Claim.objects.count() == 2


def test_a_lost_reply_makes_one_claim_in_the_workspace(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    unsaved.word(page)
    unsaved.state(page).to_have_text(unsaved.KEPT)
    unsaved.swallow(page, "**/desk/articles/*/claims/")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator("#marking .error")).to_contain_text("did not reach the server")
    assert Claim.objects.count() == 1
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=unsaved.WORDS)).to_have_count(1)
    page.reload()
    expect(page.locator(".card")).to_have_count(1)
    expect(page.get_by_label("Wording")).to_have_value("")
    assert Claim.objects.count() == 1
    unsaved.offline_is_meant(complaints)


def test_a_correction_after_a_lost_reply_is_not_lost_with_it(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    unsaved.word(page)
    unsaved.state(page).to_have_text(unsaved.KEPT)
    unsaved.swallow(page, "**/desk/articles/*/claims/")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator("#marking .error")).to_contain_text("did not reach the server")
    page.get_by_label("Wording").fill("Corrected by the mayor.")
    unsaved.state(page).to_contain_text("without your last changes")
    page.get_by_role("button", name="Mark this claim").click()
    told = page.locator("#marking .error-summary")
    expect(told).to_contain_text("saved before, as you first sent it")
    claim = Claim.objects.get()
    assert claim.wording == unsaved.WORDS
    expect(told.get_by_role("link")).to_have_attribute("href", claim.get_absolute_url())
    expect(page.get_by_label("Wording")).to_have_value("Corrected by the mayor.")
    # What was typed is a draft again, and one may go on.
    unsaved.state(page).to_have_text(unsaved.KEPT)
    told.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(unsaved.WORDS)
    unsaved.workspace(page, live_server, article)
    expect(page.get_by_label("Wording")).to_have_value("Corrected by the mayor.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text="Corrected by the mayor.")).to_be_visible()
    assert (Claim.objects.count(), Draft.objects.count()) == (2, 0)
    unsaved.offline_is_meant(complaints)
    complaints[:] = [each for each in complaints if "status of 4" not in each]


def test_a_lost_reply_makes_one_claim_and_one_edit_in_ordinary_forms(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    claim = newsroom.claim(ada)
    page.goto(f"{live_server}{claim.get_absolute_url()}edit/")
    page.get_by_label("Wording").fill("Edited once.")
    key = page.locator("[data-draft] [name=key]").input_value()
    unsaved.swallow(page, "**/edit/")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("chrome-error://**")
    page.go_back()
    page.goto(f"{live_server}{claim.get_absolute_url()}edit/")
    expect(page.get_by_label("Wording")).to_have_value("Edited once.")
    expect(page.locator("[data-draft-notice]")).to_have_count(0)
    # The very same request once more is no late save against oneself.
    page.locator("[data-draft] [name=key]").evaluate("(field, key) => { field.value = key; }", key)
    page.locator("[data-draft] [name=version]").evaluate("field => { field.value = 1; }")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Edited once.")
    claim.refresh_from_db()
    assert claim.version == 2
    unsaved.offline_is_meant(complaints)

"""What is typed survives a reload, a lost connection, a login that ran out and a colleague who was faster."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db.models.functions import Now
from playwright.sync_api import Browser, Page, Route, expect

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim, Placement
from factcheck.drafting.keeping import keep
from factcheck.drafting.models import Draft
from tests import newsroom
from tests.browser import steps
from tests.browser.conftest import Complaints

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]
KEPT = re.compile(r"Draft kept \d\d:\d\d")
HERE = re.compile(r"Kept in this browser \d\d:\d\d")
WORDS = "The harbour was dredged in 1921, said the mayor."


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


def workspace(page: Page, live_server: object, article: Article) -> None:
    page.goto(f"{live_server}{article.get_absolute_url()}")


def word(page: Page, wording: str = WORDS) -> None:
    """Type a claim into the workspace's form, as far as its button."""
    if not page.locator("#marking").evaluate("details => details.open"):
        page.locator("#marking > summary").click()
    page.get_by_label("Words in the article").fill("dredged in 1921")
    page.get_by_label("Wording").fill(wording)


def state(page: Page) -> object:
    return expect(page.locator(".draft-state:not([data-behind])"))


def away(page: Page, is_away: bool = True) -> None:
    page.context.set_offline(is_away)


def run_out() -> None:
    """Every login ends, as the days do that it lasts."""
    Session.objects.all().delete()


def log_in_again(page: Page, username: str = "ada", password: str = newsroom.PASSWORD) -> None:
    dialog = page.get_by_role("dialog", name="Log in again")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Username").fill(username)
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Log in", exact=True).click()


def offline_is_meant(complaints: Complaints) -> None:
    """The browser and htmx complain of every request that does not get through."""
    complaints[:] = [each for each in complaints if "net::ERR" not in each and "htmx:" not in each]


def refusal_is_meant(complaints: Complaints) -> None:
    complaints[:] = [each for each in complaints if "Status Error Code 40" not in each]


def test_what_is_typed_is_there_after_a_reload_and_can_be_discarded(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    word(page)
    state(page).to_have_text(KEPT)
    page.reload()
    expect(page.get_by_label("Wording")).to_have_value(WORDS)
    notice = page.locator("[data-draft-notice]")
    expect(notice).to_contain_text("You typed this on")
    notice.get_by_role("button", name="Discard it").click()
    expect(notice).to_be_hidden()
    expect(page.get_by_label("Wording")).to_have_value("")
    expect(page.get_by_label("Words in the article")).to_be_focused()
    page.reload()
    expect(page.locator("#marking")).not_to_have_attribute("open", "")
    assert not Draft.objects.exists()


def test_words_that_were_chosen_are_drawn_again(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    steps.drag_over(page, "dredged in 1921")
    page.get_by_role("button", name="New claim").click()
    state(page).to_have_text(KEPT)
    page.reload()
    expect(page.locator("mark.pending")).to_have_text("dredged in 1921")
    page.get_by_label("Wording").fill(WORDS)
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=WORDS)).to_be_visible()
    assert Placement.objects.get().words == "dredged in 1921"


def test_a_form_that_is_sent_leaves_no_draft_and_one_claim(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    word(page)
    state(page).to_have_text(KEPT)
    page.reload()
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=WORDS)).to_be_visible()
    page.locator("#marking > summary").click()
    expect(page.get_by_label("Wording")).to_have_value("")
    expect(page.locator("[data-draft-notice]")).to_be_hidden()
    assert (Claim.objects.count(), Draft.objects.count()) == (1, 0)


def test_cancelling_gives_up_what_was_typed(live_server: object, as_person: Enter, ada: User, article: Article) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    word(page)
    state(page).to_have_text(KEPT)
    with page.expect_response(lambda answer: "removal" in answer.url):
        page.locator("#marking").get_by_role("button", name="Cancel").click()
    assert not Draft.objects.exists()


def test_one_request_at_a_time_and_the_latest_wins(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    page.locator("#marking > summary").click()
    held: list[Route] = []
    asked: list[str] = []
    page.route("**/desk/drafts/", lambda route: held.append(route), times=1)
    page.on("request", lambda request: asked.append(request.url) if "drafts" in request.url else None)
    page.get_by_label("Wording").press_sequentially("One")
    with page.expect_request("**/desk/drafts/"):
        page.get_by_label("Wording").blur()
    page.get_by_label("Wording").fill("One two")
    page.get_by_label("Wording").blur()
    page.get_by_label("Wording").fill("One two three")
    page.get_by_label("Wording").blur()
    assert len(asked) == 1
    with page.expect_response(
        lambda answer: "drafts" in answer.url and "three" in (answer.request.post_data or "")
    ) as latest:
        held[0].continue_()
    assert (latest.value.status, len(asked)) == (204, 2)
    assert Draft.objects.get().fields["wording"] == "One two three"


def test_what_is_typed_without_a_connection_is_kept_here_and_sent_when_it_is_back(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    away(page)
    banner = page.get_by_role("complementary", name="Connection")
    expect(banner).to_contain_text("No connection")
    word(page)
    state(page).to_have_text(HERE)
    assert not Draft.objects.exists()
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator("#marking .error")).to_contain_text("did not reach the server")
    away(page, False)
    expect(banner).to_be_hidden()
    state(page).to_have_text(KEPT)
    assert Draft.objects.get().fields["wording"] == WORDS
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=WORDS)).to_be_visible()
    assert (Claim.objects.count(), Draft.objects.count()) == (1, 0)
    assert page.evaluate("Object.keys(localStorage)") == []
    offline_is_meant(complaints)


def test_a_form_is_not_sent_into_the_void(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    away(page)
    page.get_by_label("Wording").fill(WORDS)
    page.get_by_role("button", name="Add the claim").click()
    expect(page.locator("[data-live]")).to_contain_text("Not sent")
    expect(page.get_by_label("Wording")).to_have_value(WORDS)
    away(page, False)
    state(page).to_have_text(KEPT)
    page.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS)
    assert Claim.objects.count() == 1
    offline_is_meant(complaints)


def test_what_only_the_browser_has_is_brought_in_by_the_next_page(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.route("**/desk/drafts/", lambda route: route.abort())
    page.get_by_label("Wording").fill(WORDS)
    state(page).to_have_text(HERE)
    page.unroute("**/desk/drafts/")
    page.goto(f"{live_server}/desk/claims/new/")
    expect(page.get_by_label("Wording")).to_have_value(WORDS)
    expect(page.locator("[data-draft-notice]")).to_contain_text("You typed this on")
    assert Draft.objects.get().fields["wording"] == WORDS
    page.locator("[data-draft-notice]").get_by_role("button").click()
    expect(page.get_by_label("Wording")).to_have_value("")
    assert page.evaluate("Object.keys(localStorage)") == []
    offline_is_meant(complaints)


def test_the_last_words_before_leaving_are_kept(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    claim = newsroom.claim(ada)
    verdict = newsroom.verdict(claim, by=ada)
    page.goto(f"{live_server}{verdict.get_absolute_url()}")
    page.locator("#citations summary").click()
    page.get_by_label("Rationale").fill("Half a thought")
    steps.cite(page, "Another register")
    expect(page.get_by_label("Rationale")).to_have_value("Half a thought")
    expect(page.locator('[data-draft-notice^="verdict"]')).to_have_count(1)


def test_a_login_that_ran_out_is_regained_in_a_dialog_and_the_claim_made_once(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    page.locator("#marking > summary").click()
    run_out()
    word(page)
    expect(page.get_by_role("complementary", name="Login")).to_contain_text("Your login has run out")
    state(page).to_have_text(HERE)
    page.get_by_role("button", name="Mark this claim").click()
    log_in_again(page, password="not my password")
    expect(page.get_by_role("alert")).to_contain_text("not right")
    log_in_again(page)
    expect(page.locator(".card", has_text=WORDS)).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("complementary", name="Login")).to_be_hidden()
    assert (Claim.objects.count(), Draft.objects.count()) == (1, 0)
    # The page's other forms work too.
    word(page, "Another claim of the mayor.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card")).to_have_count(2)
    refusal_is_meant(complaints)


def test_one_may_log_in_again_from_the_banner_and_the_draft_is_sent(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    run_out()
    word(page)
    page.get_by_role("button", name="Log in again").click()
    log_in_again(page)
    state(page).to_have_text(KEPT)
    assert Draft.objects.get().person == ada


def test_when_somebody_else_logs_in_nothing_of_the_first_person_is_sent_or_shown(
    live_server: object, as_person: Enter, ada: User, finn: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    run_out()
    word(page)
    page.get_by_role("button", name="Mark this claim").click()
    with page.expect_navigation():
        log_in_again(page, "finn")
    expect(page.locator(".bar .menu > summary")).to_have_text("Finn")
    expect(page.get_by_label("Wording")).to_have_value("")
    expect(page.locator("[data-draft-notice]")).to_have_count(0)
    assert (Claim.objects.count(), Draft.objects.count()) == (0, 0)
    # It waits for whoever typed it.
    as_person(ada)
    workspace(page, live_server, article)
    expect(page.get_by_label("Wording")).to_have_value(WORDS)
    expect(page.locator("[data-draft-notice]")).to_be_visible()
    assert Draft.objects.get().person == ada
    refusal_is_meant(complaints)


def test_a_login_in_another_tab_does_not_stop_this_one(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    other = page.context.new_page()
    run_out()
    steps.log_in(other, str(live_server), "ada", newsroom.PASSWORD)
    word(page)
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=WORDS)).to_be_visible()
    assert Claim.objects.count() == 1
    refusal_is_meant(complaints)


def test_an_ordinary_form_whose_login_ran_out_comes_back_as_it_was_typed(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    claim = newsroom.claim(ada)
    page.goto(f"{live_server}{claim.get_absolute_url()}edit/")
    run_out()
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
    run_out()
    steps.log_in(other, str(live_server), "ada", newsroom.PASSWORD)
    # Sent before a draft could have found out.
    page.get_by_label("Wording").fill(WORDS)
    page.locator("form[data-draft]").evaluate("form => form.requestSubmit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your form could not be accepted")
    page.get_by_role("link", name="Back to the form").click()
    expect(page.get_by_label("Wording")).to_have_value(WORDS)


def test_two_browsers_edit_the_same_claim_and_the_later_sees_what_differs(
    live_server: object, as_person: Enter, browser: Browser, ada: User, finn: User
) -> None:
    page = as_person(ada)
    claim = newsroom.claim(ada, wording="The harbour was dredged in 1921.")
    path = f"{live_server}{claim.get_absolute_url()}edit/"
    page.goto(path)
    page.get_by_label("Wording").fill("The old harbour was dredged in 1921.")
    state(page).to_have_text(KEPT)

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
    workspace(page, live_server, article)
    word(page)
    page.get_by_role("button", name="Mark this claim").dblclick()
    expect(page.locator(".card", has_text=WORDS)).to_be_visible()
    page.goto(f"{live_server}/desk/claims/new/")
    page.get_by_label("Wording").fill("Said in a speech.")
    page.get_by_role("button", name="Add the claim").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Said in a speech.")
    assert Claim.objects.count() == 2


def _swallow(page: Page, path: str) -> None:
    """The next answer to a form is lost on its way: the server has done what it was asked."""

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route(path, lose, times=1)


def test_a_lost_reply_makes_one_claim_in_the_workspace(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    word(page)
    state(page).to_have_text(KEPT)
    _swallow(page, "**/desk/articles/*/claims/")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator("#marking .error")).to_contain_text("did not reach the server")
    assert Claim.objects.count() == 1
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=WORDS)).to_have_count(1)
    page.reload()
    expect(page.locator(".card")).to_have_count(1)
    expect(page.get_by_label("Wording")).to_have_value("")
    assert Claim.objects.count() == 1
    offline_is_meant(complaints)


def test_a_correction_after_a_lost_reply_is_not_lost_with_it(
    live_server: object, as_person: Enter, ada: User, article: Article, complaints: Complaints
) -> None:
    page = as_person(ada)
    workspace(page, live_server, article)
    word(page)
    state(page).to_have_text(KEPT)
    _swallow(page, "**/desk/articles/*/claims/")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator("#marking .error")).to_contain_text("did not reach the server")
    page.get_by_label("Wording").fill("Corrected by the mayor.")
    state(page).to_contain_text("without your last changes")
    page.get_by_role("button", name="Mark this claim").click()
    told = page.locator("#marking .error-summary")
    expect(told).to_contain_text("saved before, as you first sent it")
    claim = Claim.objects.get()
    assert claim.wording == WORDS
    expect(told.get_by_role("link")).to_have_attribute("href", claim.get_absolute_url())
    expect(page.get_by_label("Wording")).to_have_value("Corrected by the mayor.")
    # What was typed is a draft again, and one may go on.
    state(page).to_have_text(KEPT)
    told.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(WORDS)
    workspace(page, live_server, article)
    expect(page.get_by_label("Wording")).to_have_value("Corrected by the mayor.")
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text="Corrected by the mayor.")).to_be_visible()
    assert (Claim.objects.count(), Draft.objects.count()) == (2, 0)
    offline_is_meant(complaints)
    complaints[:] = [each for each in complaints if "status of 4" not in each]


def test_what_is_older_than_another_page_s_draft_stays_in_this_browser(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    keep(ada, "claim:new", {"wording": "Typed elsewhere."})
    Draft.objects.update(at=Now() + timedelta(minutes=1))
    page.get_by_label("Wording").fill(WORDS)
    state(page).to_have_text("Something later is kept from elsewhere; this is kept in this browser")
    assert Draft.objects.get().fields == {"wording": "Typed elsewhere."}
    assert WORDS in page.evaluate("Object.values(localStorage).join()")
    complaints[:] = [each for each in complaints if "status of 4" not in each]


def test_a_lost_reply_makes_one_claim_and_one_edit_in_ordinary_forms(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    claim = newsroom.claim(ada)
    page.goto(f"{live_server}{claim.get_absolute_url()}edit/")
    page.get_by_label("Wording").fill("Edited once.")
    key = page.locator("[data-draft] [name=key]").input_value()
    _swallow(page, "**/edit/")
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
    offline_is_meant(complaints)


def test_without_script_a_draft_is_shown_and_discarded(
    live_server: object, as_person: Enter, browser: Browser, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.get_by_label("Wording").fill(WORDS)
    state(page).to_have_text(KEPT)
    plain = browser.new_context(java_script_enabled=False).new_page()
    steps.log_in(plain, str(live_server), "ada", newsroom.PASSWORD)
    plain.goto(f"{live_server}/desk/claims/new/")
    expect(plain.get_by_label("Wording")).to_have_value(WORDS)
    plain.get_by_role("button", name="Discard it").click()
    expect(plain.get_by_label("Wording")).to_have_value("")
    assert plain.url.endswith("/desk/claims/new/")


def test_logging_out_leaves_nothing_in_the_browser(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.route("**/desk/drafts/", lambda route: route.abort())
    page.get_by_label("Wording").fill(WORDS)
    state(page).to_have_text(HERE)
    page.locator(".menu > summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{live_server}/")
    assert page.evaluate("Object.keys(localStorage)") == []
    offline_is_meant(complaints)


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
    assert page.evaluate("Object.keys(localStorage)") == ["draft 0 claim:new"]


def test_what_nobody_can_keep_is_not_left_behind_unasked(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.route("**/desk/drafts/", lambda route: route.abort())
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.get_by_label("Wording").fill(WORDS)
    state(page).to_have_text("Not kept: copy it before you leave")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{live_server}/desk/")
    assert asked == ["beforeunload"]
    offline_is_meant(complaints)


def test_too_many_attempts_to_log_in_again_are_told_in_the_dialog(
    live_server: object, as_person: Enter, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    run_out()
    page.get_by_label("Wording").fill(WORDS)
    page.get_by_role("button", name="Log in again").click()
    page.route("**/accounts/login/", lambda route: route.fulfill(status=429, body="<h1>Too many</h1>"))
    log_in_again(page)
    expect(page.get_by_role("alert")).to_contain_text("Wait five minutes")
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_label("Wording")).to_have_value(WORDS)


def test_a_page_that_comes_before_the_last_words_still_gets_them(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    for turn in range(5):
        workspace(page, live_server, article)
        word(page, f"{WORDS} {turn}")
        page.reload()
        expect(page.get_by_label("Wording")).to_have_value(f"{WORDS} {turn}")

"""What is typed survives a reload and a lost connection."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models.functions import Now
from playwright.sync_api import Browser, Page, Route, expect

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim, Placement
from factcheck.drafting.keeping import keep
from factcheck.drafting.models import Draft
from tests import newsroom
from tests.browser import steps, unsaved
from tests.browser.conftest import Complaints

pytestmark = pytest.mark.django_db(transaction=True)

Enter = Callable[[User], Page]


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


def test_what_is_typed_is_there_after_a_reload_and_can_be_discarded(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    unsaved.word(page)
    unsaved.state(page).to_have_text(unsaved.KEPT)
    page.reload()
    expect(page.get_by_label("Wording")).to_have_value(unsaved.WORDS)
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
    unsaved.workspace(page, live_server, article)
    steps.drag_over(page, "dredged in 1921")
    page.get_by_role("button", name="New claim").click()
    unsaved.state(page).to_have_text(unsaved.KEPT)
    page.reload()
    expect(page.locator("mark.pending")).to_have_text("dredged in 1921")
    page.get_by_label("Wording").fill(unsaved.WORDS)
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=unsaved.WORDS)).to_be_visible()
    assert Placement.objects.get().words == "dredged in 1921"


def test_a_form_that_is_sent_leaves_no_draft_and_one_claim(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    unsaved.word(page)
    unsaved.state(page).to_have_text(unsaved.KEPT)
    page.reload()
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=unsaved.WORDS)).to_be_visible()
    page.locator("#marking > summary").click()
    expect(page.get_by_label("Wording")).to_have_value("")
    expect(page.locator("[data-draft-notice]")).to_be_hidden()
    assert (Claim.objects.count(), Draft.objects.count()) == (1, 0)


def test_cancelling_gives_up_what_was_typed(live_server: object, as_person: Enter, ada: User, article: Article) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
    unsaved.word(page)
    unsaved.state(page).to_have_text(unsaved.KEPT)
    with page.expect_response(lambda answer: "removal" in answer.url):
        page.locator("#marking").get_by_role("button", name="Cancel").click()
    assert not Draft.objects.exists()


def test_one_request_at_a_time_and_the_latest_wins(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    unsaved.workspace(page, live_server, article)
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
    unsaved.workspace(page, live_server, article)
    unsaved.away(page)
    banner = page.get_by_role("complementary", name="Connection")
    expect(banner).to_contain_text("No connection")
    unsaved.word(page)
    unsaved.state(page).to_have_text(unsaved.HERE)
    assert not Draft.objects.exists()
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator("#marking .error")).to_contain_text("did not reach the server")
    unsaved.away(page, False)
    expect(banner).to_be_hidden()
    unsaved.state(page).to_have_text(unsaved.KEPT)
    assert Draft.objects.get().fields["wording"] == unsaved.WORDS
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".card", has_text=unsaved.WORDS)).to_be_visible()
    assert (Claim.objects.count(), Draft.objects.count()) == (1, 0)
    assert unsaved.copies(page) == []
    unsaved.offline_is_meant(complaints)


def test_a_form_is_not_sent_into_the_void(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    unsaved.away(page)
    page.get_by_label("Wording").fill(unsaved.WORDS)
    page.get_by_role("button", name="Add the claim").click()
    expect(page.locator("[data-live]")).to_contain_text("Not sent")
    expect(page.get_by_label("Wording")).to_have_value(unsaved.WORDS)
    unsaved.away(page, False)
    unsaved.state(page).to_have_text(unsaved.KEPT)
    page.get_by_role("button", name="Add the claim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(unsaved.WORDS)
    assert Claim.objects.count() == 1
    unsaved.offline_is_meant(complaints)


def test_what_only_the_browser_has_is_brought_in_by_the_next_page(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.route("**/desk/drafts/", lambda route: route.abort())
    page.get_by_label("Wording").fill(unsaved.WORDS)
    unsaved.state(page).to_have_text(unsaved.HERE)
    page.unroute("**/desk/drafts/")
    page.goto(f"{live_server}/desk/claims/new/")
    expect(page.get_by_label("Wording")).to_have_value(unsaved.WORDS)
    expect(page.locator("[data-draft-notice]")).to_contain_text("You typed this on")
    assert Draft.objects.get().fields["wording"] == unsaved.WORDS
    page.locator("[data-draft-notice]").get_by_role("button").click()
    expect(page.get_by_label("Wording")).to_have_value("")
    assert unsaved.copies(page) == []
    unsaved.offline_is_meant(complaints)


def test_a_copy_that_is_still_on_its_way_does_not_replace_what_is_typed_meanwhile(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.route("**/desk/drafts/", lambda route: route.abort())
    page.get_by_label("Wording").fill(unsaved.WORDS)
    unsaved.state(page).to_have_text(unsaved.HERE)
    page.unroute("**/desk/drafts/")
    held: list[Route] = []
    page.route("**/desk/drafts/", lambda route: route.continue_() if held else held.append(route))
    with page.expect_request("**/desk/drafts/"):
        page.goto(f"{live_server}/desk/claims/new/")
    page.get_by_label("Wording").fill("Something else.")
    with page.expect_response("**/desk/drafts/"):
        held[0].continue_()
    unsaved.state(page).to_have_text(unsaved.KEPT)
    expect(page.get_by_label("Wording")).to_have_value("Something else.")
    assert Draft.objects.get().fields["wording"] == "Something else."
    unsaved.offline_is_meant(complaints)


def test_the_last_words_before_leaving_are_kept(live_server: object, as_person: Enter, ada: User) -> None:
    page = as_person(ada)
    claim = newsroom.claim(ada)
    verdict = newsroom.verdict(claim, by=ada)
    page.goto(f"{live_server}{verdict.get_absolute_url()}")
    page.locator("#citations summary").click()
    page.get_by_label("Rationale", exact=True).fill("Half a thought")
    steps.cite(page, "Another register")
    expect(page.get_by_label("Rationale", exact=True)).to_have_value("Half a thought")
    expect(page.locator('[data-draft-notice^="verdict"]')).to_have_count(1)


def test_what_is_older_than_another_page_s_draft_stays_in_this_browser(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    keep(ada, "claim:new", {"wording": "Typed elsewhere."})
    Draft.objects.update(at=Now() + timedelta(minutes=1))
    page.get_by_label("Wording").fill(unsaved.WORDS)
    unsaved.state(page).to_have_text("Something later is kept from elsewhere; this is kept in this browser")
    assert Draft.objects.get().fields == {"wording": "Typed elsewhere."}
    assert unsaved.WORDS in page.evaluate("Object.values(localStorage).join()")
    complaints[:] = [each for each in complaints if "status of 4" not in each]


def test_without_script_a_draft_is_shown_and_discarded(
    live_server: object, as_person: Enter, browser: Browser, ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.get_by_label("Wording").fill(unsaved.WORDS)
    unsaved.state(page).to_have_text(unsaved.KEPT)
    plain = browser.new_context(java_script_enabled=False).new_page()
    steps.log_in(plain, str(live_server), "ada", newsroom.PASSWORD)
    plain.goto(f"{live_server}/desk/claims/new/")
    expect(plain.get_by_label("Wording")).to_have_value(unsaved.WORDS)
    plain.get_by_role("button", name="Discard it").click()
    expect(plain.get_by_label("Wording")).to_have_value("")
    assert plain.url.endswith("/desk/claims/new/")


def test_what_nobody_can_keep_is_not_left_behind_unasked(
    live_server: object, as_person: Enter, ada: User, complaints: Complaints
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/claims/new/")
    page.route("**/desk/drafts/", lambda route: route.abort())
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    page.get_by_label("Wording").fill(unsaved.WORDS)
    unsaved.state(page).to_have_text("Not kept: copy it before you leave")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{live_server}/desk/")
    assert asked == ["beforeunload"]
    unsaved.offline_is_meant(complaints)


def test_a_page_that_comes_before_the_last_words_still_gets_them(
    live_server: object, as_person: Enter, ada: User, article: Article
) -> None:
    page = as_person(ada)
    for turn in range(5):
        unsaved.workspace(page, live_server, article)
        unsaved.word(page, f"{unsaved.WORDS} {turn}")
        page.reload()
        expect(page.get_by_label("Wording")).to_have_value(f"{unsaved.WORDS} {turn}")

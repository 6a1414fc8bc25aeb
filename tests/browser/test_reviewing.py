"""Talking a verdict over in the browser: nothing on the page jumps away, and the focus goes where the work goes on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.review import discussing
from tests import newsroom
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_thread_is_begun_answered_and_resolved_in_its_place(
    ada: User, bo: User, live_server: object, as_person: Callable[[User], Page]
) -> None:
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, newsroom.article(ada), "dredged in 1921", by=ada)
    submission = newsroom.submission(newsroom.verdict(claim, by=ada), by=ada)
    discussing.begin(submission.verdict, by=bo, text="Settled.", citation=1, submission=submission)
    page = as_person(bo)
    page.goto(f"{live_server}{submission.get_absolute_url()}")
    talk, told = page.locator("#discussion"), page.locator("[data-live]")
    talk.get_by_text("Begin a thread").click()
    talk.locator("#remark-text").fill("Which one, @ada?")
    talk.get_by_label("Words in the rationale").fill("register of")
    talk.get_by_role("button", name="Send", exact=True).click()
    expect(told).to_have_text("Your remark is there.")
    thread = talk.locator(".thread", has_text="Which one")
    expect(thread.locator(".remark").last).to_be_focused()
    thread.locator("summary").click()
    thread.get_by_label("Remark").fill("The second.")
    thread.get_by_role("button", name="Send the reply").click()
    expect(thread.locator(".remark")).to_have_count(2)
    expect(thread.locator(".remark").last).to_be_focused()
    thread.get_by_role("button", name="Resolve").click()
    expect(thread.get_by_role("button", name="Reopen")).to_be_focused()
    expect(page.locator("#open-threads")).to_have_text("1")
    assert not [*faults(page, "review", widths=(1440, 320))]

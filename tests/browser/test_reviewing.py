"""Talking a verdict over in the browser: nothing on the page jumps away, and the focus goes where the work goes on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.review import discussing
from factcheck.review.models import Remark
from factcheck.verdicts import judging
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


def test_words_selected_in_the_verdict_open_a_remark_on_them(
    ada: User, bo: User, live_server: object, as_person: Callable[[User], Page]
) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    says = "The register lists it [1]. A letter lists it as well."
    judging.revise(verdict, by=ada, version=verdict.version, rationale=says)
    submission = newsroom.submission(verdict, by=ada)
    page = as_person(bo)
    page.goto(f"{live_server}{submission.get_absolute_url()}")
    bar, form = page.get_by_role("toolbar"), page.locator("[data-remark]")
    # "lists it" stands there twice: the second is meant.
    select(page, "#verdict .prose", "ists it as")
    bar.get_by_role("button", name="Remark on these words").click()
    expect(form.get_by_label("Words in the rationale")).to_have_value("lists it as")
    expect(form.locator("#remark-text")).to_be_focused()
    select(page, "#verdict .prose p", "lists it")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.insert_text("Where?")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-live]")).to_have_text("Your remark is there.")
    assert (Remark.objects.get().passage or {})["prefix"] == "The register "
    expect(page.locator("#verdict mark.remarked")).to_have_text("lists it")
    select(page, "#verdict .source", "Dredged")
    bar.get_by_role("button").click()
    expect(form.get_by_label("Source")).to_have_value("1")
    expect(form.locator("#remark-text")).to_have_value("> Dredged\n\n")


def select(page: Page, where: str, words: str) -> None:
    """As a drag of the mouse does."""
    box = page.locator(where).first
    box.scroll_into_view_if_needed()
    left, top, right, bottom = box.evaluate(
        """(root, words) => {
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          for (let node; (node = walker.nextNode());) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + words.length);
            const box = range.getBoundingClientRect();
            return [box.left + 1, box.top + box.height / 2, box.right - 1, box.top + box.height / 2];
          }
        }""",
        words,
    )
    page.mouse.move(left, top)
    page.mouse.down()
    page.mouse.move(right, bottom, steps=4)
    page.mouse.up()

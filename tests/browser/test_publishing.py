"""Publishing in the browser: the form asks for a time only when there is to be one, and its button says what it does."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.publication import publishing
from tests import newsroom
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_check_is_set_to_go_out_later_and_called_off(
    ada: User, bo: User, cleo: User, live_server: object, as_person: Callable[[User], Page]
) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    newsroom.approved(verdict, by=ada, reviewer=bo)
    page = as_person(cleo)
    page.goto(f"{live_server}{verdict.get_absolute_url()}publication/")
    expect(page.get_by_label("Goes out at")).to_be_hidden()
    expect(page.get_by_role("button", name="Set the time")).to_be_hidden()
    page.get_by_label("At a set time").check()
    expect(page.get_by_role("button", name="Publish now")).to_be_hidden()
    page.get_by_label("Goes out at").fill(f"{timezone.localdate().year + 1}-01-02T09:30")
    assert not [*faults(page, "publishing", widths=(1440, 320))]
    page.get_by_role("button", name="Set the time").click()
    notice = page.locator(".notice.waiting")
    expect(notice).to_contain_text("2 January")
    expect(notice).to_contain_text("at 09:30 (UTC)")
    notice.get_by_role("button", name="Call off").click()
    expect(notice).to_be_hidden()
    expect(page.locator("#messages")).to_contain_text("Called off")


def test_a_retraction_is_countersigned_and_readers_see_both_names(
    ada: User, bo: User, cleo: User, live_server: object, as_person: Callable[[User], Page]
) -> None:
    retraction = publishing.retract(newsroom.published(newsroom.claim(ada), by=ada).claim, by=cleo, reason="Wrong.")
    page = as_person(bo)
    page.goto(f"{live_server}/desk/")
    page.locator("#signature").get_by_role("link", name="The harbour").click()
    assert not [*faults(page, "countersigning", widths=(1440, 320))]
    page.get_by_role("button", name="Countersign").click()
    expect(page.locator("#messages")).to_contain_text("Readers see both names")
    page.goto(f"{live_server}{retraction.get_absolute_url()}")
    expect(page.locator(".notice.retracted")).to_contain_text("Retracted by Cleo, countersigned by Bo.")

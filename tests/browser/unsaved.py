"""Somebody types into the desk's forms, and the connection or the login goes meanwhile."""

import re

from playwright.sync_api import Page, Route, expect

from factcheck.accounts.models import Session
from factcheck.articles.models import Article
from tests import newsroom
from tests.browser.conftest import Complaints

KEPT = re.compile(r"Draft kept \d\d:\d\d")
HERE = re.compile(r"Kept in this browser \d\d:\d\d")
WORDS = "The harbour was dredged in 1921, said the mayor."


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


def swallow(page: Page, path: str) -> None:
    """The next answer to a form is lost on its way: the server has done what it was asked."""

    def lose(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route(path, lose, times=1)


def copies(page: Page) -> list[str]:
    """What is kept in this browser: person and form of each."""
    keys: list[str] = page.evaluate("Object.keys(localStorage)")
    return [key for key in keys if key.startswith("draft ")]

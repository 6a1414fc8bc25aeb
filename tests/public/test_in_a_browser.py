"""The readers' pages as a browser shows them: for everybody, at every width, light and dark, and light in weight."""

import gzip
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, Response
from pytest_django.live_server_helper import LiveServer

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.publication.models import Publication
from factcheck.publication.publishing import retract
from tests import newsroom
from tests.browser.axe import violations

# The command has a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])

WIDTHS = (1440, 820, 390, 320)
PATHS = {
    "front page": "/",
    "check": "/claims/the-harbour-was-dredged-in-1921/",
    "old version": "/claims/the-harbour-was-dredged-in-1921/versions/1/",
    "versions": "/claims/the-harbour-was-dredged-in-1921/versions/",
    "differences": "/claims/the-harbour-was-dredged-in-1921/versions/2/differences/1/",
    "differences of an article": "/articles/the-harbour-and-the-bridge/versions/4/differences/1/",
    "taken away": "/claims/gone/",
    "retracted": "/claims/the-bridge-is-the-oldest/",
    "article": "/articles/the-harbour-and-the-bridge/",
    "about": "/about/",
    "nowhere": "/nowhere/",
}

# What the browser says of itself of those that are not there.
STATUS = {"nowhere": "404", "taken away": "410"}


@pytest.fixture
def site(live_server: LiveServer, ada: User, bo: User, cleo: User, article: Article, corrected: Publication) -> str:
    """A check in its second version, one that was retracted, two that overlap, one off the scale."""
    for wording, words, rating in (
        ("The bridge is the oldest.", "the bridge the oldest in the country", "True"),
        ("The port speaks of the bridge.", "A speaker of the port called the bridge", "Unproven"),
    ):
        claim = newsroom.claim(ada, wording)
        newsroom.highlight(claim, article, words, by=ada)
        newsroom.published(claim, by=ada, rating=rating)
    newsroom.published(newsroom.claim(ada, "Gone."), by=ada)
    told = ("publication", "/claims/gone/versions/1/", "--reason=By order.", "--remove")
    call_command("take_away", *told, stdout=StringIO())
    retract(Publication.objects.get(slug="the-bridge-is-the-oldest").claim, by=cleo, reason="It is not.")
    return live_server.url


@pytest.mark.parametrize(("scheme", "widths"), [("light", WIDTHS), ("dark", (1440,))])
def test_pages_are_accessible_and_quiet_at_every_width(
    site: str, browser: Browser, scheme: str, widths: tuple[int, ...]
) -> None:
    found: list[str] = []
    for name, path in PATHS.items():
        # What differs is laid out as the others are: the widest and the narrowest tell.
        for width in widths[::3] if "differences" in name or name in {"versions", "taken away"} else widths:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
            )
            page = context.new_page()
            said: list[str] = []
            page.on("console", lambda message, said=said: said.append(message.text))
            page.goto(site + path)
            where = f"{name} at {width}"
            found += [f"{where}: {each}" for each in violations(page)]
            found += [f"{where}: {line}" for line in said if STATUS.get(name, "an error") not in line]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{where}: wider than the window")
            found += [f"{where}: a cookie" for _ in context.cookies()]
            context.close()
    assert not found


def test_a_check_is_read_without_script(site: str, browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(site)
    page.get_by_role("link", name="The harbour was dredged in 1921.").click()
    assert page.get_by_role("heading", level=1).inner_text() == "The harbour was dredged in 1921."
    page.get_by_role("link", name="The harbour and the bridge").click()
    assert page.url.endswith("/articles/the-harbour-and-the-bridge/#highlight-1")


@pytest.mark.parametrize("name", ["check", "article", "front page"])
def test_a_page_weighs_little(site: str, page: Page, name: str) -> None:
    weight: list[int] = []

    def weigh(response: Response) -> None:
        weight.append(len(gzip.compress(response.body())))

    page.on("response", weigh)
    page.goto(site + PATHS[name], wait_until="networkidle")
    assert len(weight) <= 6
    assert sum(weight) < 50_000

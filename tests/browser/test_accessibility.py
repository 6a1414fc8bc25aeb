"""The desk for everybody: axe (WCAG 2.2 AA) on each page and state, wide and narrow, light and dark; no page wider than its window."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import Session, User
from factcheck.articles.models import Article
from factcheck.review.models import Submission
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.browser import steps
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = (1440, 820, 390, 320)
DREDGED, OLDEST = "the harbour was dredged in 1921", "the oldest in the country"


def faults(page: Page, where: str, widths: tuple[int, ...] = ()) -> Iterator[str]:
    """What axe finds in the page as it stands, and where it is wider than the window.

    widths -- without any, axe looks wide and narrow, and the page must fit into each of WIDTHS. In the dark at the first
    width alone: what the widths change is the same by day.
    """
    seen_by_axe = widths or (1440, 320)
    for scheme, seen in (("light", widths or WIDTHS), ("dark", seen_by_axe[:1])):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in seen:
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_timeout(60)
            if width in seen_by_axe:
                for each in violations(page):
                    yield f"{where}, {width} {scheme}: {each}"
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                yield f"{where}, {width}: wider than the window"


@pytest.fixture
def article(ada: User, bo: User, cleo: User) -> Article:
    """One with a published claim, a claim in review and one without a verdict, two of them overlapping."""
    made = newsroom.article(ada)
    published = newsroom.claim(ada)
    newsroom.highlight(published, made, DREDGED, by=ada)
    newsroom.published(published, by=ada)
    waiting = newsroom.claim(ada, wording="The bridge is the oldest in the country.", claimant="Port speaker")
    newsroom.highlight(waiting, made, OLDEST, by=ada)
    newsroom.submission(newsroom.verdict(waiting, by=ada, rating="Unproven"), by=ada)
    newsroom.highlight(newsroom.claim(ada, wording="Closed in May."), made, f"{OLDEST}, and said it", by=ada)
    return made


def _paths(article: Article) -> dict[str, list[str]]:
    verdict, submission = Verdict.objects.latest("pk"), Submission.objects.latest("pk")
    published = Verdict.objects.earliest("pk")
    return {
        "ada": [
            "/desk/",
            "/desk/articles/",
            "/desk/articles/?q=nowhere",
            "/desk/articles/new/",
            article.get_absolute_url(),
            f"{article.get_absolute_url()}edit/",
            f"{article.get_absolute_url()}claims/new/",
            "/desk/claims/",
            "/desk/claims/new/",
            published.claim.get_absolute_url(),
            f"{published.claim.get_absolute_url()}edit/",
            f"{published.claim.get_absolute_url()}highlights/",
            f"{published.claim.get_absolute_url()}verdicts/",
            published.get_absolute_url(),
            verdict.citations.get().get_absolute_url(),
            "/desk/sources/",
            "/desk/notices/",
            "/desk/notices/settings/",
            verdict.citations.get().source.get_absolute_url(),
        ],
        "bo": ["/desk/", submission.get_absolute_url()],
        "cleo": [
            "/desk/",
            f"{published.get_absolute_url()}publication/",
            f"{published.claim.get_absolute_url()}retraction/",
        ],
        "dee": ["/desk/", "/admin/", "/admin/claims/claimant/", "/admin/accounts/user/add/"],
    }


@pytest.mark.parametrize("name", ["ada", "bo", "cleo", "dee"])
def test_each_page_of_the_desk(
    name: str, article: Article, live_server: object, as_person: Callable[[User], Page], dee: User
) -> None:
    page = as_person(User.objects.get(username=name))
    found: list[str] = []
    for path in _paths(article)[name]:
        page.goto(f"{live_server}{path}")
        found += faults(page, path, widths=WIDTHS if path == article.get_absolute_url() else (1440, 320))
    assert not found


def test_the_doors(live_server: object, page: Page, complaints: list[str], db: None) -> None:
    found: list[str] = []
    for path in ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"):
        page.goto(f"{live_server}{path}")
        found += faults(page, path)
    page.goto(f"{live_server}/accounts/login/")
    page.get_by_role("button").first.click()
    assert not [*found, *faults(page, "login refused")]


def test_the_workspace_while_words_are_selected_and_a_claim_is_worded(
    article: Article, live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    steps.drag_over(page, "40,000 cars a day")
    expect(page.get_by_role("toolbar")).to_be_visible()
    found = [*faults(page, "selecting", widths=(1440,))]
    page.get_by_role("button", name="New claim").click()
    found += faults(page, "wording")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.get_by_role("button", name="Mark this claim").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert not [*found, *faults(page, "refused")]


def test_the_dialog_for_the_same_claim_and_an_opened_card(
    article: Article, live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator(".card summary").first.click()
    expect(page.get_by_role("button", name="Remove the highlight")).to_be_visible()
    found = [*faults(page, "card", widths=(1440,))]
    steps.drag_over(page, "40,000 cars a day")
    page.get_by_role("button", name="Same as…").click()
    expect(page.locator("#choices li").first).to_be_visible()
    assert not [*found, *faults(page, "same claim")]


def test_the_tools_of_the_workspace(
    article: Article, live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator(".arrange > summary").click()
    found = [*faults(page, "filter")]
    page.get_by_label("Stage").select_option("retracted")
    found += faults(page, "nothing fits", widths=(1440,))
    page.get_by_role("button", name="Show all").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Hide highlights").click()
    found += faults(page, "hidden highlights", widths=(1440,))
    page.get_by_role("button", name="Hide highlights").click()
    page.locator("mark", has_text="oldest").last.click()
    expect(page.locator("[data-chooser] button").first).to_be_focused()
    found += faults(page, "chooser")
    page.keyboard.press("Escape")
    page.locator("body").press("?")
    expect(page.get_by_role("dialog", name="Shortcuts")).to_be_visible()
    assert not [*found, *faults(page, "shortcuts")]


def test_a_highlight_being_moved_and_one_removed(
    article: Article, live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    page = as_person(ada)
    mark = article.highlights.earliest("pk")
    page.goto(f"{live_server}{mark.get_absolute_url()}")
    card = page.locator(f"#card-{mark.pk}")
    card.get_by_role("link", name="Move its ends").click()
    expect(card.get_by_role("button", name="a word earlier").first).to_be_focused()
    found = [*faults(page, "moving", widths=(1440,))]
    card.get_by_label("Words in the article").fill("nowhere to be read")
    card.get_by_role("button", name="Move it").click()
    expect(card.locator(".error-summary")).to_be_focused()
    found += faults(page, "move refused", widths=(1440,))
    page.keyboard.press("Escape")
    card.get_by_role("button", name="Remove the highlight").click()
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    assert not [*found, *faults(page, "removed", widths=(1440,))]


def test_an_article_without_claims(live_server: object, as_person: Callable[[User], Page], ada: User) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{newsroom.article(ada).get_absolute_url()}")
    expect(page.get_by_role("heading", name="No claims yet")).to_be_visible()
    assert not [*faults(page, "no claims")]


def test_the_sheet_of_cards_on_a_phone(
    article: Article, live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    page = as_person(ada)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator(".sheet-toggle").click()
    expect(page.locator(".card").first).to_be_in_viewport()
    assert not [*faults(page, "sheet", widths=(390, 320))]
    page.keyboard.press("Escape")
    expect(page.locator(".sheet-toggle")).to_be_focused()


def test_a_late_save_and_an_empty_desk(
    article: Article, live_server: object, as_person: Callable[[User], Page], ada: User, finn: User
) -> None:
    page = as_person(ada)
    claim = article.highlights.earliest("pk").claim
    page.goto(f"{live_server}{claim.get_absolute_url()}edit/")
    claim.__class__.objects.filter(pk=claim.pk).update(version=7, wording="Changed meanwhile.")
    page.get_by_label("Wording").fill("My own words.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".notice.warning")).to_contain_text("Changed meanwhile.")
    expect(page.locator(".notice.warning")).to_be_focused()
    assert not [*faults(page, "late")]


def test_a_draft_that_is_back_a_lost_connection_and_a_login_that_ran_out(
    article: Article, live_server: object, as_person: Callable[[User], Page], ada: User, complaints: list[str]
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}{article.get_absolute_url()}")
    page.locator("#marking > summary").click()
    page.get_by_label("Wording").fill("Half a thought")
    expect(page.locator(".draft-state:not([data-behind])")).to_contain_text("Draft kept")
    page.reload()
    expect(page.locator("[data-draft-notice]")).to_be_visible()
    found = [*faults(page, "draft")]
    page.context.set_offline(True)
    expect(page.get_by_role("complementary", name="Connection")).to_be_visible()
    found += faults(page, "offline")
    page.context.set_offline(False)
    expect(page.get_by_role("complementary", name="Connection")).to_be_hidden()
    page.set_viewport_size({"width": 1440, "height": 900})
    Session.objects.all().delete()
    page.get_by_label("Wording").fill("Half a thought more")
    expect(page.get_by_role("complementary", name="Login")).to_be_visible()
    found += faults(page, "login ran out")
    page.get_by_role("button", name="Log in again").click()
    page.get_by_role("dialog").get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page, "login again")
    complaints[:] = [each for each in complaints if "net::ERR" not in each]
    assert not found

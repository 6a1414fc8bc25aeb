"""Taking in by rich paste and by file, as people do it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from factcheck.accounts.models import User
from factcheck.articles.models import Snapshot
from factcheck.intake.working import work_next
from tests.browser.test_accessibility import faults
from tests.intake.conftest import NEWS, kept  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)
COPIED = "<meta charset='utf-8'><h2>The bridge</h2><p>It carries 40,000 cars a day.</p><ul><li>Built in 1921</li></ul>"
PASTE = """(field, html) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", "words alone");
  field.focus();
  field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_what_is_copied_on_a_page_is_pasted_with_its_headings_and_lists(
    live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/articles/new/")
    page.locator("[name=body]").evaluate(PASTE, COPIED)
    expect(page.locator("[name=body]")).to_have_value(
        "# The bridge\n\nIt carries 40,000 cars a day.\n\n- Built in 1921"
    )
    expect(page.locator("[data-pasting-hint]")).to_be_visible()
    page.get_by_label("Title").fill("The bridge")
    page.get_by_label("Publisher").fill("Example Herald")
    page.get_by_role("button", name="Put it on the desk").click()
    expect(page.get_by_role("heading", name="The bridge", level=1)).to_be_visible()
    assert [kind for kind, _start, _end in Snapshot.objects.get().blocks] == ["heading", "paragraph", "list item"]


def test_a_file_is_looked_through_before_it_is_on_the_desk(
    live_server: object, as_person: Callable[[User], Page], ada: User
) -> None:
    page = as_person(ada)
    page.goto(f"{live_server}/desk/articles/new/")
    page.locator("[name=file]").set_input_files(NEWS)
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("status").filter(has_text="It waits for its turn")).to_be_visible()
    found = [*faults(page, "coming", widths=(390,))]
    work_next()
    expect(page.get_by_role("region", name="What came")).to_contain_text("Get our newsletter")
    found += faults(page, "intake")
    page.get_by_role("button", name="Make the article").click()
    expect(page.get_by_role("heading", name="Harbour “dredged in 1921”, mayor says").first).to_be_visible()
    assert not found

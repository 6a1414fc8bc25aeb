"""axe-core on a page as it stands."""

from collections.abc import Iterator

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# WCAG 2.2 to level AA, and what the makers of axe advise.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> Iterator[str]:
    """Each rule that the page breaks, with the elements that do. Asked for nothing else, axe answers five times as fast."""
    if page.evaluate("!window.axe"):
        page.evaluate(Axe().axe_script)
    found = page.evaluate(
        "rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(results => results.violations)", RULES
    )
    for each in found:
        yield f"{each['id']} {[node['html'][:200] for node in each['nodes']]}"

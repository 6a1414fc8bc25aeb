"""The README's pictures, taken from the running demo: `make screenshots` (with `make run` going on beside it).

PORT and DEMO_PASSWORD are those of the running program; without a password it is read from var/demo_password.
"""

import os
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import chromium, steps

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs"
BASE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def password() -> str:
    kept = ROOT / "var" / "demo_password"
    return os.environ.get("DEMO_PASSWORD") or kept.read_text().strip()


def take(page: Page, name: str, path: str) -> None:
    page.goto(BASE + path)
    page.wait_for_timeout(500)
    FOLDER.mkdir(exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}.png")


def first(page: Page, path: str, selector: str) -> str:
    """Where the first link of a list leads."""
    page.goto(BASE + path)
    return str(page.locator(selector).first.get_attribute("href"))


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=chromium.FLAGS)
        wide = browser.new_page(viewport={"width": 1280, "height": 800})
        claim, article = first(wide, "/", ".checks h3 a, .checks .claim a"), first(wide, "/", ".articles h3 a")
        take(wide, "claim", claim)
        take(wide, "article", article)
        phone = browser.new_page(viewport={"width": 390, "height": 800})
        take(phone, "phone", claim)
        dark = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
        for page, name in ((wide, "workspace"), (dark, "workspace-dark")):
            steps.log_in(page, BASE, "ada", password())
            take(page, name, first(page, "/desk/articles/?q=Herald", "main li a[href^='/desk/articles/']"))
        browser.close()
    print(f"The pictures are in {FOLDER.name}/.")


if __name__ == "__main__":
    main()

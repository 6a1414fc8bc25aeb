"""The browser's modules alone, in a page that holds nothing else."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

MODULES = Path(__file__).resolve().parents[2] / "static" / "js"
SITE = "http://factcheck.test/"

type Bare = Callable[..., AbstractContextManager[Page]]


@pytest.fixture(scope="module")
def bare(browser: Browser) -> Bare:
    """A page with these modules as globals of their names, for all the examples of a test file."""

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path:
            route.fulfill(path=MODULES / path, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html><html lang=en><title>Modules</title>", content_type="text/html")

    @contextmanager
    def open_with(*modules: str, script: str = "") -> Iterator[Page]:
        context = browser.new_context()
        page = context.new_page()
        page.route(SITE + "**", serve)
        page.goto(SITE)
        for module in modules:
            page.evaluate("async name => { window[name] = await import(`/${name}.js`); }", module)
        if script:
            page.add_script_tag(content=script)
        yield page
        context.close()

    return open_with

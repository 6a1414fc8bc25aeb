"""What somebody in front of the screen waits for: Chromium against the program's own server."""

import json
import re
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, Playwright

from tests.browser import chromium, steps

WATCHING = Path(__file__).with_name("watching.js")
WIDTH, HEIGHT = 1440, 900
LONG = 50  # milliseconds: a task that is felt (W3C Long Tasks API)


@dataclass
class Visit:
    first_highlight: float  # milliseconds from the navigation on
    bytes: int
    requests: int


@dataclass
class Scrolling:
    """In milliseconds; of each task how long it took and how long the processor worked on it: the rest is other programs'."""

    tasks: list[tuple[float, float]]
    worst_frame: float

    @property
    def worst_task(self) -> float:
        return max(took for took, _ in self.tasks)

    @property
    def worst_work(self) -> float:
        return max(work for _, work in self.tasks)

    @property
    def long(self) -> int:
        return sum(took > LONG for took, _ in self.tasks)


@dataclass
class Gestures:
    """Milliseconds from mouse-up to painted."""

    bar: list[float] = field(default_factory=list)  # selected: the bar
    chosen: list[float] = field(default_factory=list)  # "New claim": the words drawn
    confirmed: list[float] = field(default_factory=list)  # "Mark this claim": the card, by way of the server


@dataclass
class Memory:
    heap: float  # MB of JavaScript's heap
    nodes: int
    process: float  # MB of the page's process that no other shares; 0 where that cannot be read


def launched(playwright: Playwright) -> Browser:
    # Without the flags, collecting garbage and the size of the heap are told in steps.
    return playwright.chromium.launch(
        executable_path=chromium.found(), args=[*chromium.FLAGS, "--enable-precise-memory-info"]
    )


@contextmanager
def page_for(browser: Browser, base: str, session: str) -> Iterator[tuple[Page, CDPSession]]:
    """A page of somebody who is logged in and has never been here: nothing is cached."""
    context = browser.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": "sessionid", "value": session, "url": base, "httpOnly": True}])
    context.add_init_script(path=WATCHING)
    page = context.new_page()
    yield page, context.new_cdp_session(page)
    context.close()


def visit(page: Page, link: CDPSession, url: str) -> Visit:
    """Go there, count what comes over the line, and wait for the first highlight."""
    seen = Visit(0.0, 0, 0)

    def finished(event: dict[str, float]) -> None:
        seen.bytes += int(event["encodedDataLength"])

    def sent(event: object) -> None:
        seen.requests += 1

    link.on("Network.loadingFinished", finished)
    link.on("Network.requestWillBeSent", sent)
    link.send("Network.enable")
    page.goto(url, wait_until="load")
    seen.first_highlight = page.evaluate("bench.firstHighlight")
    page.wait_for_load_state("networkidle")
    link.send("Network.disable")
    link.remove_listener("Network.loadingFinished", finished)
    link.remove_listener("Network.requestWillBeSent", sent)
    return seen


def visits(browser: Browser, base: str, session: str, path: str, repeats: int) -> tuple[list[Visit], list[Visit]]:
    """First visits, and second ones, which have the scripts and styles already."""
    first, second = [], []
    for _ in range(repeats):
        with page_for(browser, base, session) as (page, link):
            first.append(visit(page, link, base + path))
            second.append(visit(page, link, base + path))
    return first, second


def gestures(page: Page, text: str, repeats: int) -> Gestures:
    """Select words by mouse, press New claim, word it, mark it; at places all over the text."""
    found = Gestures()
    for at in range(repeats):
        words = some_words(text, len(text) * (at + 1) // (repeats + 2))
        page.evaluate("bench.arm('bar')")
        steps.drag_over(page, words)
        found.bar.append(page.evaluate("bench.drawn"))
        page.evaluate("bench.arm('chosen')")
        page.locator("[data-selection-bar] [data-new-claim]").click()
        found.chosen.append(page.evaluate("bench.drawn"))
        form = page.locator("form[data-marking]")
        form.locator("[name=wording]").fill(f"Marked by mouse, number {at}.")
        page.evaluate("bench.arm('confirmed')")
        form.locator("button.primary").click()
        found.confirmed.append(page.evaluate("bench.drawn"))
    return found


def some_words(text: str, near: int) -> str:
    """Words that stand in the text once, in one line of it."""
    start = text.index(" ", near) + 1
    while True:
        words = re.match(r".{18,}?\b", text[start : start + 80])
        if words and "\n" not in words[0] and text.count(words[0]) == 1:
            return words[0]
        start = text.index(" ", start) + 1


def scroll(page: Page, steps_down: int, change: Callable[[], object] | None = None) -> Scrolling:
    """By wheel from the top to the end; `change` happens on the way, and the page is scrolled on until it has come."""
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(WIDTH / 3, HEIGHT / 2)
    page.wait_for_timeout(300)
    height = page.evaluate("document.documentElement.scrollHeight - innerHeight")
    cards = page.locator(".card").count()
    with tasks_of(page) as tasks:
        page.evaluate("bench.watchFrames()")
        if change:
            change()
        for _ in range(steps_down):
            page.mouse.wheel(0, height / steps_down)
            page.wait_for_timeout(40)
        back = 0
        while change and back < 300 and page.evaluate("document.getElementsByClassName('card').length") == cards:
            page.mouse.wheel(0, -height / 300)
            page.wait_for_timeout(40)
            back += 1
        assert back < 300, "The change did not come."
        page.wait_for_timeout(100)
        frames = page.evaluate("bench.still()")
    return Scrolling(tasks, max(frames))


@contextmanager
def tasks_of(page: Page) -> Iterator[list[tuple[float, float]]]:
    """The tasks of the page's main thread inside the block, which are there after it."""
    browser = page.context.browser
    assert browser
    browser.start_tracing(page=page, categories=["devtools.timeline", "disabled-by-default-devtools.timeline"])
    tasks: list[tuple[float, float]] = []
    yield tasks
    events = json.loads(browser.stop_tracing())["traceEvents"]
    mains = {
        (event["pid"], event["tid"])
        for event in events
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain"
    }
    tasks += [
        (event["dur"] / 1_000, event.get("tdur", 0) / 1_000)
        for event in events
        if event["name"] == "RunTask" and "dur" in event and (event["pid"], event["tid"]) in mains
    ]


def memory(browser: Browser, link: CDPSession) -> Memory:
    link.send("Performance.enable")
    link.send("HeapProfiler.collectGarbage")
    told = {each["name"]: each["value"] for each in link.send("Performance.getMetrics")["metrics"]}
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    private = [_private(each["id"]) for each in processes if each["type"] == "renderer"]
    return Memory(told["JSHeapUsedSize"] / 1e6, int(told["Nodes"]), max(private, default=0.0))


def _private(process: int) -> float:
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return sum(int(kilobytes) for kilobytes in re.findall(r"Private_\w+:\s+(\d+) kB", told)) * 1_024 / 1e6


def median(taken: list[float]) -> float:
    return statistics.median(taken)

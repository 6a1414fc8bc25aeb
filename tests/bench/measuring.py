"""The whole run: fill, ask the server, look with the browser, tell."""

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from factcheck import running
from factcheck.accounts.roles import CHECKER, REVIEWER
from factcheck.anchoring.quote import Quote
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import highlighting
from factcheck.publication.models import Publication
from tests import newsroom
from tests.bench import anchoring, browsing, carrying, filling, listing, reviewing, serving
from tests.bench.browsing import Gestures, Memory, Scrolling, Visit, median
from tests.bench.filling import GROWTH, LARGE, SMALL, Size
from tests.bench.serving import Figure, Pace
from tests.bench.telling import bars, goal, heading, load, table, told

PORT = 8790
BASE = f"http://{serving.HOST}:{PORT}"
QUICK = os.environ.get("BENCH") == "quick"
SIZES = (SMALL, LARGE) if QUICK else GROWTH
PACE = {size: Pace(15, 1.5) if QUICK else Pace(60, 3.0) if size in (SMALL, LARGE) else Pace(20, 1.5) for size in SIZES}
# Milliseconds and queries; for both sizes unless told otherwise.
LISTS = Pace(7, 0.5) if QUICK else Pace(15, 1.0)
SCROLLS = 30  # from the top to the end
WORKSPACE, QUERIES = {SMALL: 10, LARGE: 60}, 8
MARKING, MARKING_QUERIES = 10, 10
REVIEW, REVIEW_QUERIES, PUBLISHING = 40, 12, 50
DRAWN, FIRST_HIGHLIGHT, FIRST_VISIT = 50, 600, 150


@dataclass
class Seen:
    """What the browser saw of one size."""

    first: list[Visit]
    second: list[Visit]
    gestures: Gestures
    scrolling: Scrolling
    polled: Scrolling
    memory: Memory


def main() -> None:
    assert settings.EMBEDDED
    began = time.monotonic()
    heading(f"Speed, {time.strftime('%Y-%m-%d %H:%M')}")
    print(f"{load()}; ratios are to the login page, asked in turn with each request", flush=True)
    if os.environ.get("BENCH") == "lists":
        lists()
        return
    anchoring.speed()
    carrying.main()
    settings.EMBEDDED.delete()
    with settings.EMBEDDED.running():
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        running.collect()
        articles = filled()
        served = {size: served_of(size, article) for size, article in articles.items()}
        review()
        with server():
            throughput(articles[SMALL])
            with sync_playwright() as playwright:
                browser = browsing.launched(playwright)
                seen = {size: seen_of(size, article, browser) for size, article in articles.items()}
                browser.close()
        listing.speed(LISTS)
        connection.close()
        connection.close_pool()
    settings.EMBEDDED.delete()
    growth(served, seen)
    print(f"\n{load()}; {time.monotonic() - began:.0f} s", flush=True)


def lists() -> None:
    """The lists alone."""
    assert settings.EMBEDDED
    settings.EMBEDDED.delete()
    with settings.EMBEDDED.running():
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        running.collect()
        listing.speed(LISTS)
        connection.close()
        connection.close_pool()
    settings.EMBEDDED.delete()


def filled() -> dict[Size, Article]:
    began = time.monotonic()
    pool = filling.claims(max(size.highlights for size in SIZES))
    articles = {size: filling.article(size, pool) for size in SIZES}
    filling.settle()
    print(f"filled in {time.monotonic() - began:.0f} s", flush=True)
    return articles


@contextmanager
def server() -> Iterator[None]:
    """The program's own, as `make run` starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "factcheck.running", "serve", serving.HOST, str(PORT), str(os.getpid())],
        cwd=running.ROOT,
    )
    try:
        running.first_answer(process, serving.HOST, PORT)
        yield
    finally:
        running.end(process)


def served_of(size: Size, article: Article) -> list[Figure]:
    figures = printed(f"Server: {size}", serving.figures(article, PACE[size]))
    if size in WORKSPACE:
        get = figures[0]
        goal("GET of the workspace, median", get.median, WORKSPACE[size], "ms", f"{get.ratio:.1f} login pages")
        goal("GET of the workspace", get.queries, QUERIES, "queries")
        for marking in figures[-3:]:
            goal(f"{marking.name}, median", marking.median, MARKING, "ms", f"{marking.ratio:.1f} login pages")
            goal(marking.name, marking.queries, MARKING_QUERIES, "queries")
    return figures


def printed(words: str, figures: Iterable[Figure]) -> list[Figure]:
    """Each as soon as it is taken."""
    heading(words)
    print(f"{'':36}{'ms':>8}{'best':>8}{'of us':>8}{'ratio':>8}{'queries':>9}{'kB':>8}")
    taken = []
    for figure in figures:
        taken.append(figure)
        print(
            f"{figure.name:36}{figure.median:8.1f}{figure.best:8.1f}{figure.processor:8.1f}{figure.ratio:8.2f}"
            f"{figure.queries:9}{figure.kilobytes:8.1f}",
            flush=True,
        )
    return taken


def review() -> None:
    submission = reviewing.filled()
    filling.settle()
    page, publishing = printed(
        f"Review: {reviewing.CITATIONS} citations, {reviewing.REMARKS} remarks",
        reviewing.figures(submission, PACE[SMALL]),
    )
    goal("GET of the review page, median", page.median, REVIEW, "ms", f"{page.ratio:.1f} login pages")
    goal("GET of the review page", page.queries, REVIEW_QUERIES, "queries")
    goal("publishing, median", publishing.median, PUBLISHING, "ms", f"{publishing.ratio:.1f} login pages")


def throughput(article: Article) -> None:
    """Requests a second by the program's own server, readers' pages too."""
    heading(f"Requests a second: {SMALL}; {running.WORKERS} workers × {running.THREADS} threads")
    cookie = f"sessionid={serving.logged_in('ada').cookies['sessionid'].value}"
    claim = Publication.objects.filter(claim__highlights__article=article).latest("pk")
    pages = {
        "login page": ("/accounts/login/", ""),
        "workspace": (article.get_absolute_url(), cookie),
        "claim page": (claim.get_absolute_url(), ""),
        "article page": (article.publications.latest("version").get_absolute_url(), ""),
    }
    yardstick = 0.0
    for name, (path, carried) in pages.items():
        rate = serving.per_second(PORT, path, carried)
        yardstick = yardstick or rate
        told(name, rate, "a second", f"ratio {rate / yardstick:.2f}")


def seen_of(size: Size, article: Article, browser: Browser) -> Seen:
    heading(f"Chromium: {size}")
    session = serving.logged_in("ada").cookies["sessionid"].value
    path = article.get_absolute_url()
    small = size in WORKSPACE
    repeats = 3 if QUICK or not small else 7
    first, second = browsing.visits(browser, BASE, session, path, repeats if small else 2)
    with browsing.page_for(browser, BASE, session) as (page, link):
        browsing.visit(page, link, BASE + path)
        memory = browsing.memory(browser, link)
        scrolling = browsing.scroll(page, SCROLLS)
        polled = browsing.scroll(page, SCROLLS, lambda: somebody_marks(article))
        gestures = browsing.gestures(page, Snapshot.objects.latest_of(article).text, repeats)
    seen = Seen(first, second, gestures, scrolling, polled, memory)
    tell(size, seen, goal if small else without_goal)
    return seen


def somebody_marks(article: Article) -> None:
    bo = newsroom.anybody("bo", REVIEWER, CHECKER)
    snapshot = Snapshot.objects.latest_of(article)
    claim = newsroom.claim(bo, wording="Somebody else marks this.")
    start = len(snapshot.text) // 2
    highlighting.highlight(claim, snapshot, Quote.at(snapshot.text, start, start + 40), by=bo)


def without_goal(name: str, value: float, most: float, unit: str, more: str = "") -> None:
    told(name, value, unit, more)


def tell(size: Size, seen: Seen, say) -> None:
    first, gestures = seen.first, seen.gestures
    say(
        "navigation to first highlight, first visit", median([each.first_highlight for each in first]),
        FIRST_HIGHLIGHT, "ms", worst([each.first_highlight for each in first]),
    )  # fmt: skip
    say("first visit, over the line", first[0].bytes / 1_000, FIRST_VISIT, "kB", f"{first[0].requests} requests")
    told(
        "second visit", median([each.first_highlight for each in seen.second]),
        "ms", f"{seen.second[0].bytes / 1_000:.0f} kB, {seen.second[0].requests} requests",
    )  # fmt: skip
    say("mouse-up of the selection to the bar", median(gestures.bar), DRAWN, "ms", worst(gestures.bar))
    say("mouse-up on New claim to the words drawn", median(gestures.chosen), DRAWN, "ms", worst(gestures.chosen))
    told("mouse-up on Mark this claim to the card there", median(gestures.confirmed), "ms", worst(gestures.confirmed))
    for name, scrolled in (("scrolling", seen.scrolling), ("scrolling while a poll brings a change", seen.polled)):
        more = f"{scrolled.long} over it; {scrolled.worst_work:.0f} of the processor; worst frame {scrolled.worst_frame:.0f}"
        say(f"{name}, longest task", scrolled.worst_task, browsing.LONG, "ms", more)
    memory = seen.memory
    told("memory", memory.heap, "MB heap", f"{memory.nodes:,} nodes, {memory.process:.0f} MB of its process alone")


def worst(taken: list[float]) -> str:
    return f"{len(taken)} times, worst {max(taken):.0f}"


def growth(served: dict[Size, list[Figure]], seen: dict[Size, Seen]) -> None:
    heading("Growth")
    rows = []
    for size, figures in served.items():
        look = seen[size]
        rows.append((
            f"{size.characters / 1_000:,.0f} kB / {size.highlights:,}",
            figures[0].median,
            figures[1].kilobytes,
            figures[4].median,
            figures[5].median,
            median([each.first_highlight for each in look.first]),
            median(look.gestures.bar),
            median(look.gestures.chosen),
            median(look.gestures.confirmed),
            look.scrolling.worst_task,
            look.memory.heap,
            look.memory.process,
        ))  # fmt: skip
    head = (
        "", "GET ms", "page kB", "poll ms", "mark ms", "first ms", "bar ms", "drawn ms", "card ms",
        "scroll ms", "heap MB", "process MB",
    )  # fmt: skip
    table(head, rows)
    for name, at, unit in (
        ("GET at the server", 1, "ms"),
        ("first highlight", 5, "ms"),
        ("mouse-up to drawn", 7, "ms"),
    ):
        bars(name, [(row[0], row[at]) for row in rows], unit)

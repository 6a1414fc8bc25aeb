"""How fast the main pages are: `make bench`.

Everything runs on this machine, on a database of its own: an article of 6,000 characters with 50 highlights, of which every
claim is published. Machines differ and are shared, so read the ratios to the login page of the same run, not the milliseconds.
"""

import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
os.environ["VAR_DIR"] = str(ROOT / "var" / "bench")
for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "SITE_URL"):
    os.environ.pop(name, None)

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck import running
from factcheck.accounts.models import User
from factcheck.accounts.roles import CHECKER, PUBLISHER, REVIEWER
from factcheck.anchoring.quote import Quote
from factcheck.articles.models import Article, Block, Snapshot
from factcheck.claims import highlighting
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.rendering.highlights import Mark, blocks_html
from factcheck.verdicts.models import Verdict
from tests import newsroom

CHARACTERS, HIGHLIGHTS = 6_000, 50
RUNS, SECONDS, CALLERS, PORT = 60, 4.0, 8, 8790
SENTENCE = "In the year {n} the harbour took in {n} ships and the town council paid {n} crowns for it. "


def article(by: User) -> Article:
    """A text of the size, in paragraphs, whose sentences differ."""
    text = ""
    number = 1_000
    while len(text) < CHARACTERS:
        text += SENTENCE.format(n=number)
        number += 1
        if number % 6 == 0:
            text = text.rstrip() + "\n\n"
    return newsroom.article(by, title="A year in the harbour", body=text[:CHARACTERS])


def fill() -> tuple[Article, Publication]:
    ada = newsroom.anybody("ada", CHECKER)
    bo = newsroom.anybody("bo", REVIEWER)
    cleo = newsroom.anybody("cleo", PUBLISHER)
    made = article(ada)
    snapshot = Snapshot.objects.latest_of(made)
    step = (len(snapshot.text) - 200) // HIGHLIGHTS
    for number in range(HIGHLIGHTS):
        claim = newsroom.claim(ada, wording=f"In one of the years the harbour took in {number} ships.")
        quote = Quote.at(snapshot.text, number * step + 4, number * step + 4 + 60 + number % 40)
        highlighting.highlight(claim, snapshot, quote, by=ada)
        verdict = newsroom.verdict(claim, by=ada, rating=("True", "Half true", "False")[number % 3])
        newsroom.approved(verdict, by=ada, reviewer=bo)
        publication = publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)
    return made, publication


def milliseconds(work: Callable[[], object]) -> float:
    """The median of RUNS, after a few that do not count."""
    taken = []
    for run in range(RUNS + 5):
        began = time.perf_counter()
        work()
        if run >= 5:
            taken.append((time.perf_counter() - began) * 1_000)
    return statistics.median(taken)


def per_second(path: str, cookie: str) -> float:
    """Requests answered a second by the real server, with CALLERS asking at once for SECONDS."""
    until = time.monotonic() + SECONDS
    counts = []

    def ask() -> None:
        link = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        done = 0
        while time.monotonic() < until:
            link.request("GET", path, headers={"Cookie": cookie, "Host": f"127.0.0.1:{PORT}"})
            answer = link.getresponse()
            answer.read()
            assert answer.status == 200, (path, answer.status)
            done += 1
        counts.append(done)

    callers = [threading.Thread(target=ask) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return sum(counts) / SECONDS


def measure(made: Article, publication: Publication) -> None:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username="ada"))
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    article_page = made.publications.latest("version").get_absolute_url()
    pages = {
        "login page (yardstick)": ("/accounts/login/", Client(headers={"host": "127.0.0.1"}), ""),
        "workspace": (made.get_absolute_url(), client, cookie),
        "claim page": (publication.get_absolute_url(), Client(headers={"host": "127.0.0.1"}), ""),
        "article page": (article_page, Client(headers={"host": "127.0.0.1"}), ""),
    }
    rows = []
    for name, (path, asked, carried) in pages.items():
        assert asked.get(path).status_code == 200, path
        with CaptureQueriesContext(connection) as queries:
            size = len(asked.get(path).content)
        count = len(queries)
        rows.append((name, milliseconds(lambda asked=asked, path=path: asked.get(path)), count, size, path, carried))
    snapshot = Snapshot.objects.latest_of(made)
    ada = User.objects.get(username="ada")
    claim = newsroom.claim(ada, wording="A claim that is marked again and again.")
    places = iter(range(10, 5_000))

    def mark() -> None:
        start = next(places)
        highlighting.highlight(claim, snapshot, Quote.at(snapshot.text, start, start + 50), by=ada)

    with CaptureQueriesContext(connection) as queries:
        mark()
    creating = milliseconds(mark)
    server = subprocess.Popen(  # the program's own server, as `make run` starts it
        [sys.executable, "-m", "factcheck.running", "serve", "127.0.0.1", str(PORT), str(os.getpid())], cwd=ROOT
    )
    try:
        running.first_answer(server, "127.0.0.1", PORT)
        rates = [per_second(path, carried) for _name, _ms, _queries, _size, path, carried in rows]
    finally:
        running.end(server)
    print(f"{CHARACTERS:,} characters, {HIGHLIGHTS} highlights; {running.WORKERS} workers × {running.THREADS} threads")
    print(f"{'':24}{'ms':>8}{'ratio':>8}{'queries':>9}{'kB':>7}{'requests/s':>12}{'ratio':>8}")
    for (name, ms, asked_for, size, _path, _carried), rate in zip(rows, rates, strict=True):
        print(
            f"{name:24}{ms:8.1f}{ms / rows[0][1]:8.2f}{asked_for:9}{size / 1000:7.1f}{rate:12.0f}{rate / rates[0]:8.2f}"
        )
    text = SENTENCE.format(n=1000) * (60_000 // len(SENTENCE.format(n=1000)))
    marks = [Mark(str(n), ((n * 110, n * 110 + 150),), number=n) for n in range(500)]
    drawing = milliseconds(lambda: blocks_html(text, [Block("paragraph", 0, len(text))], marks))
    print(f"{'marking a claim':24}{creating:8.1f}{creating / rows[0][1]:8.2f}{len(queries):9}   proof, lock, history")
    print(f"{'drawing 60 kB, 500 marks':24}{drawing:8.1f}{drawing / rows[0][1]:8.2f}")


def main() -> None:
    assert settings.EMBEDDED
    settings.EMBEDDED.delete()
    with settings.EMBEDDED.running():
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        running.collect()
        measure(*fill())
        connection.close()
        connection.close_pool()
    settings.EMBEDDED.delete()


if __name__ == "__main__":
    main()

"""What the server needs for a request, by Django's test client: everything but the network and the web server's own part."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Highlight

HOST = "127.0.0.1"


@dataclass
class Pace:
    """How often a figure is taken: at least five times, at most `runs` times, and about `seconds` long."""

    runs: int
    seconds: float


@dataclass
class Figure:
    """Milliseconds of one kind of request, and what the yardstick took in between."""

    name: str
    taken: list[float]
    yardstick: list[float]
    queries: int = 0
    kilobytes: float = 0.0
    # Of our own process, without the database: what others do on the machine hardly shows there.
    worked: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.taken)

    @property
    def best(self) -> float:
        return min(self.taken)

    @property
    def processor(self) -> float:
        return statistics.median(self.worked)

    @property
    def ratio(self) -> float:
        return self.median / statistics.median(self.yardstick)


@cache
def stranger() -> Client:
    return Client(headers={"host": HOST})


def login_page() -> None:
    """The yardstick: a small page of the same program."""
    assert stranger().get("/accounts/login/").status_code == 200


def take(name: str, work: Callable[[], object], pace: Pace, after: Callable[[], object] = lambda: None) -> Figure:
    """Do the work again and again, the yardstick in turn with it. `after` tidies up and is not counted."""
    for _ in range(2):
        work()
        after()
    with CaptureQueriesContext(connection) as queries:
        done = work()
    after()
    figure = Figure(name, [], [], len(queries))
    figure.kilobytes = len(getattr(done, "content", b"")) / 1_000
    until = time.monotonic() + pace.seconds
    while len(figure.taken) < 5 or (len(figure.taken) < pace.runs and time.monotonic() < until):
        taken, worked = _milliseconds(work)
        figure.taken.append(taken)
        figure.worked.append(worked)
        after()
        figure.yardstick.append(_milliseconds(login_page)[0])
    return figure


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock on the wall, and of our own process."""
    began, worked = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - began) * 1_000, (time.process_time() - worked) * 1_000


def logged_in(username: str, **headers: str) -> Client:
    client = Client(headers={"host": HOST, **headers})
    client.force_login(User.objects.get(username=username))
    return client


def figures(article: Article, pace: Pace) -> Iterator[Figure]:
    """The requests of one article's workspace."""
    path, margin = article.get_absolute_url(), reverse("desk:article-margin", args=[article.pk])
    ada, packed = logged_in("ada"), logged_in("ada", **{"accept-encoding": "gzip"})

    def get(client: Client, path: str, status: int = 200, **headers: str) -> object:
        answer = client.get(path, headers=headers)
        assert answer.status_code == status, (path, answer.status_code)
        return answer

    yield take("GET of the workspace", lambda: get(ada, path), pace)
    yield take("  compressed", lambda: get(packed, path), pace)
    cleo = logged_in("cleo", **{"accept-encoding": "gzip"})
    yield take("  compressed, for a Publisher", lambda: get(cleo, path), pace)
    state = ada.get(margin).headers["ETag"]
    yield take("poll, something changed", lambda: get(packed, margin), pace)
    yield take("poll, nothing changed (304)", lambda: get(packed, margin, 304, **{"if-none-match": state}), pace)
    yield from marking(article, pace)


def marking(article: Article, pace: Pace) -> Iterator[Figure]:
    """Each highlight made is taken away again, so that the article stays as large as it is."""
    user = User.objects.get(username="ada")
    snapshot = Snapshot.objects.latest_of(article)
    claim = highlighting.word_claim(by=user, wording="A claim that is marked again and again.")
    client = logged_in("ada", **{"accept-encoding": "gzip"})
    tries = count(1)

    def quote() -> Quote:
        # All over the text: the database needs longer for what stands far down in it.
        start = next(tries) * 7_919 % (len(snapshot.text) - 100)
        return Quote.at(snapshot.text, start, start + 50)

    def fields(quote: Quote) -> dict[str, object]:
        return {
            "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix, "start": quote.start, "key": uuid4(),
        }  # fmt: skip

    def post(path: str, **more: object) -> object:
        answer = client.post(path, fields(quote()) | more, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer.status_code
        return answer

    def undo() -> None:
        made = Highlight.objects.latest("pk")
        highlighting.take_away(made, by=user)
        if made.claim_id != claim.pk:
            highlighting.trash(Claim.objects.get(pk=made.claim_id), by=user)

    new, same = reverse("desk:article-claims", args=[article.pk]), reverse("desk:claim-highlights", args=[claim.pk])
    yield take("marking, the verb", lambda: highlighting.highlight(claim, snapshot, quote(), by=user), pace, undo)
    yield take("marking, POST of the same claim", lambda: post(same, article=article.pk), pace, undo)
    yield take("marking, POST of a new claim", lambda: post(new, wording="Marked and taken away again."), pace, undo)


def per_second(port: int, path: str, cookie: str, *, callers: int = 8, seconds: float = 2.0) -> float:
    """Requests answered a second by the real server, when so many callers ask at once."""
    until = time.monotonic() + seconds
    counts = []

    def ask() -> None:
        link = http.client.HTTPConnection(HOST, port, timeout=30)
        done = 0
        while time.monotonic() < until:
            link.request("GET", path, headers={"Cookie": cookie, "Host": f"{HOST}:{port}", "Accept-Encoding": "gzip"})
            answer = link.getresponse()
            answer.read()
            assert answer.status == 200, (path, answer.status)
            done += 1
        counts.append(done)

    threads = [threading.Thread(target=ask) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds

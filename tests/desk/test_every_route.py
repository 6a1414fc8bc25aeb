"""Every route × every role × own and others' records: each has a declared answer, and gives it."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER, EVERYBODY, MAY, PUBLISHER, REVIEWER, Role
from factcheck.history.models import Entry
from factcheck.notices.models import Notice
from factcheck.publication import publishing
from factcheck.review import discussing
from factcheck.verdicts.models import Citation, Verdict
from tests import newsroom

EVERYONE = "everyone"  # readers too
LOGGED_IN = "logged in"  # with or without a role
# What each route answers to: method → who may (a key of the table of roles, or one of the words above).
READ, READ_AND = {"GET": "read_desk"}, lambda act: {"GET": "read_desk", "POST": act}
DECLARED: dict[str, dict[str, str]] = {
    "public:home": {"GET": EVERYONE},
    "public:about": {"GET": EVERYONE},
    "public:claim": {"GET": EVERYONE},
    "public:claim-version": {"GET": EVERYONE},
    "public:claim-versions": {"GET": EVERYONE},
    "public:claim-differences": {"GET": EVERYONE},
    "public:scale": {"GET": EVERYONE},
    "public:scale-version": {"GET": EVERYONE},
    "public:article": {"GET": EVERYONE},
    "public:article-versions": {"GET": EVERYONE},
    "public:article-version": {"GET": EVERYONE},
    "public:article-differences": {"GET": EVERYONE},
    "desk:queue": READ,
    "desk:search": READ,
    "desk:articles-export": READ,
    "desk:claims-export": READ,
    "desk:sources-export": READ,
    "desk:article-assignment": {"GET": "assign", "POST": "assign"},
    "desk:claim-assignment": {"GET": "assign", "POST": "assign"},
    "desk:articles": READ_AND("take_in"),
    "desk:article-new": {"GET": "take_in"},
    "desk:article-pasted": {"POST": "take_in"},
    "desk:intake-address": {"POST": "take_in"},
    "desk:intake-file": {"POST": "take_in"},
    "desk:intake": {"GET": "take_in", "POST": "take_in"},
    "desk:intake-bytes": {"GET": "take_in"},
    "desk:intake-removal": {"POST": "take_in"},
    "desk:original": READ,
    "desk:article": READ,
    "desk:article-snapshots": READ_AND("take_in"),
    "desk:article-snapshot-new": {"GET": "take_in"},
    "desk:article-snapshot-preview": {"POST": "take_in"},
    "desk:article-difference": READ,
    "desk:article-placements": READ,
    "desk:article-change-notice": {"POST": "publish"},
    "desk:placement": {"GET": "highlight", "POST": "highlight"},
    "desk:placement-acceptance": {"POST": "highlight"},
    "desk:placement-choice": {"POST": "highlight"},
    "desk:placement-absence": {"POST": "highlight"},
    "desk:placement-undoing": {"POST": "highlight"},
    "desk:article-edit": {"GET": "take_in", "POST": "take_in"},
    "desk:article-trash": {"POST": "take_in"},
    "desk:article-restoration": {"POST": "take_in"},
    "desk:article-publication": {"GET": "publish", "POST": "publish"},
    "desk:article-address": {"GET": "publish", "POST": "publish"},
    "desk:article-margin": READ,
    "desk:article-claims": {"POST": "highlight"},
    "desk:article-claim-new": {"GET": "highlight"},
    "desk:article-claim-choices": {"GET": "highlight"},
    "desk:highlight": READ,
    "desk:highlight-edit": {"GET": "highlight", "POST": "highlight"},
    "desk:highlight-removal": {"POST": "highlight"},
    "desk:highlight-restoration": {"POST": "highlight"},
    "desk:claims": READ_AND("highlight"),
    "desk:claim-new": {"GET": "highlight"},
    "desk:claims-similar": {"GET": "highlight"},
    "desk:claimant-suggestions": {"GET": "highlight"},
    "desk:topic-suggestions": {"GET": "highlight"},
    "desk:claim": READ,
    "desk:claim-edit": {"GET": "highlight", "POST": "highlight"},
    "desk:claim-trash": {"POST": "highlight"},
    "desk:claim-restoration": {"POST": "highlight"},
    "desk:claim-highlights": {"GET": "highlight", "POST": "highlight"},
    "desk:claim-verdicts": {"GET": "judge", "POST": "judge"},
    "desk:claim-verdict-preview": {"POST": "judge"},
    "desk:claim-correction": {"POST": "judge"},
    "desk:claim-address": {"GET": "publish", "POST": "publish"},
    "desk:publication-calling-off": {"POST": "publish"},
    "desk:publication-countersignature": {"POST": "countersign"},
    "desk:verdict-emergency": {"GET": "publish_unreviewed", "POST": "publish_unreviewed"},
    "desk:claim-retraction": {"GET": "retract", "POST": "retract"},
    "desk:verdict": READ_AND("judge"),
    "desk:verdict-preview": {"POST": "judge"},
    "desk:verdict-citations": {"POST": "judge"},
    "desk:verdict-submission": {"POST": "submit"},
    "desk:verdict-page": {"GET": "read_desk", "POST": "read_desk"},
    "desk:verdict-publication": {"GET": "publish", "POST": "publish"},
    "desk:article-history": READ,
    "desk:article-history-table": READ,
    "desk:article-history-lines": READ,
    "desk:claim-history": READ,
    "desk:claim-history-table": READ,
    "desk:claim-history-lines": READ,
    "desk:verdict-history": READ,
    "desk:verdict-history-table": READ,
    "desk:verdict-history-lines": READ,
    "desk:person-history": {"GET": "administer"},
    "desk:person-history-table": {"GET": "administer"},
    "desk:person-history-lines": {"GET": "administer"},
    "desk:moment": READ,
    "desk:citation": {"GET": "judge", "POST": "judge"},
    "desk:citation-removal": {"POST": "judge"},
    "desk:submission": READ,
    "desk:submission-decision": {"POST": "decide"},
    "desk:submission-handover": {"POST": "assign"},
    "desk:submission-withdrawal": {"POST": "submit"},
    "desk:verdict-remarks": READ_AND("discuss"),
    "desk:remark": READ,
    "desk:remark-replies": {"POST": "discuss"},
    "desk:remark-resolution": {"POST": "discuss"},
    "desk:remark-reopening": {"POST": "discuss"},
    "desk:notices": READ,
    "desk:notices-seen": {"POST": "read_desk"},
    "desk:notice-settings": READ_AND("read_desk"),
    "desk:notice": READ,
    "desk:drafts": {"POST": "read_desk"},
    "desk:draft-removal": {"POST": "read_desk"},
    "desk:session": {"GET": EVERYONE},
    "desk:sources": READ,
    "desk:source-suggestions": {"GET": "judge"},
    "desk:source-card": {"GET": "judge"},
    "desk:source-evidence": {"POST": "judge"},
    "desk:evidence": READ,
    "desk:source": READ_AND("judge"),
    "account_login": {"GET": EVERYONE, "POST": EVERYONE},
    "account_logout": {"GET": EVERYONE, "POST": EVERYONE},
    "account_inactive": {"GET": EVERYONE},
    "account_signup": {"GET": EVERYONE, "POST": EVERYONE},
    "account_invitation": {"GET": EVERYONE, "POST": EVERYONE},
    "account_reauthenticate": {"GET": LOGGED_IN, "POST": LOGGED_IN},
    "account_change_password": {"GET": LOGGED_IN, "POST": LOGGED_IN},
    "account_set_password": {"GET": EVERYONE, "POST": EVERYONE},
    "account_reset_password": {"GET": EVERYONE, "POST": EVERYONE},
    "account_reset_password_done": {"GET": EVERYONE},
    "account_reset_password_from_key": {"GET": EVERYONE, "POST": EVERYONE},
    "account_reset_password_from_key_done": {"GET": EVERYONE},
}

CAST: dict[str, tuple[Role, ...]] = {
    "ada": (CHECKER,),
    "rita": (REVIEWER,),
    "bo": (REVIEWER, CHECKER),
    "cleo": (PUBLISHER,),
    "dee": (ADMINISTRATOR,),
    "guest": (),
}


@dataclass(frozen=True)
class Route:
    name: str
    arguments: tuple[str, ...]


def routes(patterns: list[URLPattern | URLResolver] | None = None, namespace: str = "") -> Iterator[Route]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        else:
            yield Route(f"{namespace}{pattern.name or '?'}", tuple(pattern.pattern.regex.groupindex))


ALL = sorted({*routes()}, key=lambda route: route.name)
# The administration has a matrix of its own: tests/admin/test_matrix.py.
OWN_ROUTES = [route for route in ALL if not route.name.startswith("admin:")]


def test_every_route_has_a_declared_answer() -> None:
    assert {route.name for route in OWN_ROUTES} == set(DECLARED)


class Records:
    """One record of each kind, made by one person: published, and in review once more under another claim."""

    def __init__(self, owner: User, reviewer: User, publisher: User) -> None:
        self.person = owner
        title = f"An article of {owner}"
        self.article = newsroom.article(owner, title=title)
        self.claim = newsroom.claim(owner, wording=f"The first statement, as {owner} worded it.")
        self.highlight = newsroom.highlight(self.claim, self.article, "the harbour was dredged in 1921", by=owner)
        verdict = newsroom.verdict(self.claim, by=owner)
        newsroom.approved(verdict, by=owner, reviewer=reviewer)
        self.publication = publishing.publish(Verdict.objects.get(pk=verdict.pk), by=publisher)
        second = newsroom.claim(owner, wording=f"The second statement, as {owner} worded it.")
        self.verdict = newsroom.verdict(second, by=owner)
        self.submission = newsroom.submission(self.verdict, by=owner)
        self.citation = Citation.objects.get(verdict=self.verdict)
        self.remark = discussing.begin(self.verdict, by=owner, text="Why?")
        self.notice = Notice.objects.shown_to(owner).latest("pk")
        self.placement = newsroom.waiting(owner)
        self.evidence = newsroom.evidence(self.citation.source, by=owner)
        self.intake = newsroom.intake(owner)
        self.original = newsroom.original(owner)

    def path(self, route: Route) -> str:
        kind = route.name.partition(":")[2].partition("-")[0]
        kinds = {"claims": "claim", "articles": "article", "citation": "citation"}
        known = {
            "pk": lambda: getattr(self, kinds.get(kind, kind), None) or self.citation.source,
            "slug": lambda: self.publication,
        }
        values: dict[str, object] = {}
        for argument in route.arguments:
            if argument == "pk":
                values["pk"] = known["pk"]().pk
            elif argument == "slug":
                article = self.article.publications.latest("version")
                values["slug"] = (article if route.name.startswith("public:article") else self.publication).slug
                if route.name.startswith("public:scale"):
                    values["slug"] = "default"
            elif argument == "name":
                values["name"] = Entry.objects.about(self.article)[0].pk
            elif argument in {"number", "before"}:
                values[argument] = 1
            elif argument == "token":
                values["token"] = "nobodys"
            elif argument == "uidb36":
                values["uidb36"] = "1"
            elif argument == "key":
                values["key"] = "not-a-key"
        return reverse(route.name, kwargs=values)


@pytest.fixture
def cast(db: None) -> dict[str, User]:
    return {name: newsroom.person(name, *roles) for name, roles in CAST.items()}


@pytest.fixture
def records(cast: dict[str, User]) -> dict[str, Records]:
    rick = newsroom.person("rick", REVIEWER)
    owners = {"own": cast["bo"], "others": newsroom.person("finn", CHECKER)}
    return {whose: Records(owner, rick, cast["cleo"]) for whose, owner in owners.items()}


Clients = dict[str, Client]


@pytest.fixture
def clients(cast: dict[str, User]) -> Clients:
    """Each of the cast, logged in, and a stranger."""
    made = {name: Client() for name in (*cast, "stranger")}
    for name, person in cast.items():
        made[name].force_login(person)
    return made


def _ask(client: Client, method: str, path: str, **headers: str) -> HttpResponse:
    """The answer; what the request did is undone, so that each request finds the records as they were."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method.lower())(path, headers=headers)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _fits(route: Route, method: str, whose: str, name: str, status: int) -> bool:
    who = DECLARED[route.name].get(method)
    if who == EVERYONE:
        return status not in {401, 403, 405, 500}
    if who is None:
        # The route has no such act: refused, whoever asks.
        return status in {403, 405}
    if route.name == "desk:notice" and not (whose == "own" and name == "bo"):
        # For the person alone who was told; of the others', nobody learns that they are there.
        return status in {403, 404}
    allowed = who == LOGGED_IN or bool(set(CAST[name]) & MAY[who][1])
    # Nobody decides on their own work, reviewer or not: the records of their own are Bo's.
    own_work = route.name == "desk:submission-decision" and whose == "own" and name == "bo"
    # Only who worked on it takes it back.
    if route.name == "desk:submission-withdrawal" and not (whose == "own" and name == "bo"):
        return status == 403
    # What somebody did is theirs to read, too.
    own_history = route.name.startswith("desk:person-history") and whose == "own" and name == "bo"
    return status in {200, 302, 303, 409, 422} if (allowed and not own_work) or own_history else status == 403


def test_every_route_answers_each_role_as_declared_for_own_and_others_records(
    clients: Clients, records: dict[str, Records]
) -> None:
    wrong = [
        f"{method} {path} as {name} ({whose}): {status}"
        for route in OWN_ROUTES
        for whose, theirs in records.items()
        for path in [theirs.path(route)]
        for method in ("GET", "POST")
        for name in CAST
        for status in [_ask(clients[name], method, path).status_code]
        if not _fits(route, method, whose, name, status)
    ]
    assert not wrong


def test_a_stranger_is_led_to_the_login_or_reads_what_is_for_readers(
    clients: Clients, records: dict[str, Records]
) -> None:
    stranger, login = clients["stranger"], reverse("account_login")
    for route in OWN_ROUTES:
        path = records["others"].path(route)
        for method in ("GET", "POST"):
            answer = _ask(stranger, method, path)
            if DECLARED[route.name].get(method) == EVERYONE:
                assert answer.status_code not in {401, 403, 405, 500}, path
            elif DECLARED[route.name].get("GET") == EVERYONE or route.name.startswith("account_"):
                assert answer.status_code in {302, 405}, path
            else:
                assert answer.status_code == 302, path
                assert answer.headers["Location"].startswith(login), path
                assert _ask(stranger, method, path, **{"HX-Request": "true"}).status_code == 401, path


def test_the_desk_is_read_by_every_role() -> None:
    assert MAY["read_desk"][1] == EVERYBODY

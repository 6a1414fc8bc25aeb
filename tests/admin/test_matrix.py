"""Every page and action of the administration × every role × records in every state: allowed as declared, or refused and nothing changed."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field

import pytest
from django.contrib import admin
from django.contrib.admin.options import ActionLocation
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from factcheck.accounts import employing, inviting
from factcheck.accounts.models import Invitation, User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER, MAY, PUBLISHER, REVIEWER, Role
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.claims import highlighting, registering
from factcheck.claims.models import Claim, Claimant, Topic
from factcheck.history.models import Entry, RowChange
from factcheck.newsroom.settling import settle
from factcheck.sources.models import Source
from factcheck.verdicts.models import Rating, ScaleVersion
from factcheck.verdicts.scaling import make_version
from tests import newsroom
from tests.desk.test_every_route import routes

CAST: dict[str, tuple[Role, ...]] = {
    "guest": (),
    "ada": (CHECKER,),
    "rita": (REVIEWER,),
    "cleo": (PUBLISHER,),
    "abby": (CHECKER, REVIEWER, PUBLISHER),
    "dee": (ADMINISTRATOR,),
    "eve": (ADMINISTRATOR, CHECKER),
}


@dataclass
class Declared:
    """What may be done to the records of a list besides reading them, and by which act of the table of roles."""

    add: str = ""
    change: str = ""
    delete: str = ""
    actions: dict[str, str] = field(default_factory=dict)
    here: tuple[str, ...] = ()  # actions that are not on the page of one record


KEPT, RUN = "keep_registers", "administer"
LISTS: dict[str, Declared] = {
    "accounts_user": Declared(RUN, RUN, actions=dict.fromkeys(("send_link", "disable", "enable"), RUN)),
    "accounts_invitation": Declared(RUN, actions=dict.fromkeys(("make_link", "revoke"), RUN)),
    "auth_group": Declared(),
    "newsroom_settings": Declared(RUN),
    "verdicts_scaleversion": Declared(RUN),
    "articles_article": Declared("", "take_in", actions=dict.fromkeys(("trash", "restore"), "take_in")),
    "claims_claim": Declared("", "highlight", actions=dict.fromkeys(("trash", "restore"), "highlight")),
    "claims_claimant": Declared(KEPT, KEPT, actions={"merge": KEPT}),
    "claims_topic": Declared(KEPT, KEPT, KEPT, actions={"merge": KEPT, "remove_unused": KEPT}, here=("remove_unused",)),
    "sources_source": Declared("", "judge"),
    "history_entry": Declared(),
    "history_rowchange": Declared(),
    "review_submission": Declared(),
    "review_decision": Declared(),
    "publication_publication": Declared(),
    "publication_articlepublication": Declared(),
    "articles_snapshot": Declared(),
    "claims_placement": Declared(),
}
# Pages that are no list's: which query they need, and what an administrator gets from GET and POST.
OTHERS = {
    "index": ("", 200, 200),
    "app_list": ("", 200, 200),
    "autocomplete": ("?app_label=claims&model_name=claim&field_name=claimant&term=m", 200, 405),
    "jsi18n": ("", 200, 200),
    "password_change": ("", 302, 302),
    "password_change_done": ("", 302, 302),
    "view_on_site": ("", 404, 404),
    "verdicts_scaleversion_moving": ("", 200, 422),
}
DOORS = {"login", "logout"}  # for everybody; see test_door


def key_of(model: type[models.Model]) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


def may(who: str, act: str) -> bool:
    """Whether somebody is in the administration, and one of their roles allows the act."""
    return ADMINISTRATOR in CAST[who] and bool(act) and bool(set(CAST[who]) & MAY[act][1])


def ask(client: Client, method: str, path: str, data: dict[str, object] | None = None) -> HttpResponse:
    """The answer; what the request did is undone, so that each finds the records as they were."""
    cookies = copy(client.cookies)
    with transaction.atomic():
        answer: HttpResponse = getattr(client, method.lower())(path, data or {})
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


@pytest.fixture
def records(ada: User, dee: User, eve: User) -> dict[str, list[models.Model]]:
    """Of each list records of one's own and of others, standing and in the trash, published, merged, used, ended."""
    registering.add_topic(by=ada, name="Unused")
    used = registering.add_topic(by=ada, name="Used")
    registering.add_topic(by=ada, name="Below", parent=used)
    for by in (ada, eve):
        article, claim = newsroom.article(by, title=f"Of {by}"), newsroom.claim(by, wording=f"So says {by}.")
        newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=by)
        highlighting.revise(claim, by=by, version=claim.version, topics=[used])
        newsroom.published(claim, by=by)
        importing.trash(newsroom.article(by, title=f"Trashed by {by}"), by=by)
        highlighting.trash(newsroom.claim(by, wording=f"Trashed by {by}.", claimant=f"Claimant of {by}"), by=by)
        newsroom.submission(newsroom.verdict(newsroom.claim(by, wording=f"Waiting, {by}."), by=by), by=by)
    newsroom.verdict(newsroom.claim(ada, wording="In hand."), by=ada)
    into, merged = (registering.add_claimant(by=ada, name=name, kind="person") for name in ("Into", "Merged"))
    registering.merge_claimants(into, {merged.pk: merged.version}, by=ada, version=into.version)
    left = newsroom.person("left", CHECKER)
    employing.disable(left, by=dee)
    inviting.invite(by=dee, email="waiting@newsroom.example", roles=[CHECKER])
    inviting.revoke(inviting.invite(by=eve, email="revoked@newsroom.example", roles=[CHECKER])[0], by=eve)
    settle(by=dee, version=1, name="The Checkers")
    ratings = [
        Rating(position=n, name=name, definition=name, hue="red", sign="full") for n, name in ((1, "No"), (2, "Yes"))
    ]
    make_version("default", by=dee, version=1, name="Short", ratings=ratings)
    return {key_of(model): _some(model) for model in admin.site._registry}


def _some(model: type[models.Model]) -> list[models.Model]:
    """All of those that can differ in what may be done to them; of the others the first."""
    found = model._default_manager.order_by("pk")
    return list(
        found if model in {Article, Claim, Claimant, Invitation, ScaleVersion, Source, Topic, User} else found[:1]
    )


@pytest.fixture
def clients(records: dict[str, list[models.Model]]) -> dict[str, Client]:
    made = {name: Client() for name in (*CAST, "stranger")}
    for name, roles in CAST.items():
        made[name].force_login(newsroom.anybody(name, *roles))
    return made


def standing() -> tuple[int, int]:
    """The database records every change of every row, so nothing changed while nothing is recorded."""
    return RowChange.objects.count(), Entry.objects.count()


def test_every_page_is_declared() -> None:
    names = {route.name.removeprefix("admin:") for route in routes() if route.name.startswith("admin:")} - {"?"}
    pages = {f"{key}_{page}" for key in LISTS for page in ("changelist", "add", "history", "delete", "change")}
    assert names == pages | set(OTHERS) | DOORS
    assert {key_of(model) for model in admin.site._registry} == set(LISTS)


def test_every_action_is_declared(eve: User) -> None:
    request = HttpRequest()
    request.user = eve
    for model, page in admin.site._registry.items():
        declared = LISTS[key_of(model)]
        assert set(page.get_actions(request)) == set(declared.actions), model
        one = page.get_actions(request, action_location=ActionLocation.CHANGE_FORM)
        assert set(one) == set(declared.actions) - set(declared.here), model


def _questions(records: dict[str, list[models.Model]]) -> Iterator[tuple[str, str, dict[str, object], str, set[int]]]:
    """(method, path, data, act that it asks for besides, answers of one who may)."""
    for key, declared in LISTS.items():
        base = reverse(f"admin:{key}_changelist")
        yield "GET", base, {}, RUN, {200}
        yield "POST", base, {}, RUN, {200}
        yield "GET", f"{base}add/", {}, declared.add, {200}
        yield "POST", f"{base}add/", {}, declared.add, {422}
        for name, act in declared.actions.items():
            chosen = {"action": name, "_selected_action": [record.pk for record in records[key]]}
            yield "POST", base, chosen, act, {200}
            # Not asked before, or what was shown is no more: nothing is done.
            yield "POST", base, chosen | {"confirmed": "yes"}, act, {302, 422}
        for page in ("change", "history"):
            yield "GET", f"{base}999999999/{page}/", {}, RUN, {404}
            yield "GET", f"{base}no-number/{page}/", {}, RUN, {404}
        for record in records[key]:
            own = f"{base}{record.pk}/"
            yield "GET", f"{own}change/", {}, RUN, {200}
            yield "GET", f"{own}history/", {}, RUN, {200}
            yield "POST", f"{own}history/", {}, RUN, {200}
            yield "POST", f"{own}change/", {}, declared.change, {422}
            unused = not isinstance(record, Topic) or record.name != "Used"
            yield "GET", f"{own}delete/", {}, declared.delete if unused else "", {200}
            yield "POST", f"{own}delete/", {"post": "yes"}, declared.delete if unused else "", {302}
            for name, act in declared.actions.items():
                data = {"CHANGE_FORM-action": name, "_selected_action": record.pk}
                yield "POST", f"{own}change/", data, "" if name in declared.here else act, {200}
    for name, (query, got, posted) in OTHERS.items():
        arguments = {
            "app_list": ["claims"],
            "view_on_site": [1, 1],
            "verdicts_scaleversion_moving": [records["verdicts_scaleversion"][0].pk],
        }
        path = reverse(f"admin:{name}", args=arguments.get(name, [])) + query
        yield "GET", path, {}, RUN, {got}
        yield "POST", path, {}, RUN, {posted, 405}


def test_each_role_is_answered_as_declared_and_refusals_change_nothing(
    records: dict[str, list[models.Model]], clients: dict[str, Client]
) -> None:
    wrong: list[str] = []
    before = standing()
    questions = list(_questions(records))
    firsts = {
        reverse(f"admin:{key}_change", args=[some[0].pk]).removesuffix("change/") for key, some in records.items()
    }
    for who, client in clients.items():
        for method, path, data, act, answers in questions:
            # One who holds every other role, and one administrator, try all there is; the others what may differ for them.
            if who == "eve" and may("eve", act) == may("dee", act):
                continue
            of_record = path.rpartition("/")[0].rpartition("/")[0] + "/"
            if who not in {"abby", "dee", "eve"} and of_record.count("/") > 4 and of_record not in firsts:
                continue
            status = ask(client, method, path, data).status_code
            if who == "stranger":
                expected = {302}
            elif ADMINISTRATOR not in CAST[who]:
                expected = {403}
            else:
                expected = answers if may(who, act) else {403}
            if status not in expected:
                wrong.append(f"{method} {path} {data} as {who}: {status}, not {expected}")
    assert not wrong, "\n".join(wrong)
    assert standing() == before

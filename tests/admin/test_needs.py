"""The front page: what needs an administrator, each with the list that shows as many."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.claims import registering
from factcheck.claims.models import Claim
from factcheck.desk.admin.needs import needs
from factcheck.newsroom.settling import settle
from factcheck.publication import publishing
from tests import newsroom

SAID = {
    "name": "The Harbour Desk", "about": "We.", "methodology": "We read.", "corrections_policy": "In the open.",
    "contact": "errors@newsroom.example",
}  # fmt: skip


@pytest.fixture
def quiet(dee: User, bo: User, cleo: User, eve: User) -> User:
    """A newsroom in which nothing is to be done."""
    settle(by=dee, version=1, **SAID)
    return dee


def words() -> list[str]:
    return [need.words for need in needs()]


def test_where_nothing_is_to_be_done_it_says_so(quiet: User, office: Client) -> None:
    assert words() == []
    assert "Nothing: everybody has a role" in office.get("/admin/").content.decode()


def test_roles_that_nobody_has_and_an_administrator_alone(dee: User) -> None:
    assert words()[:4] == [
        "Nobody is a Checker", "Nobody is a Reviewer", "Nobody is a Publisher", "There is one Administrator only",
    ]  # fmt: skip


def test_what_readers_should_know_is_asked_for(quiet: User) -> None:
    settle(by=quiet, version=2, contact="", about=" ")
    (need,) = needs()
    assert "about us, address for error reports" in need.why


def test_what_one_person_did_alone_is_counted_until_a_second_signs(
    quiet: User, office: Client, ada: User, bo: User, cleo: User
) -> None:
    retraction = publishing.retract(newsroom.published(newsroom.claim(ada), by=ada).claim, by=cleo, reason="Wrong.")
    (need,) = needs()
    assert need.words == "1 check awaits a second person"
    assert office.get(need.path).context["cl"].result_count == 1
    publishing.countersign(retraction, by=bo)
    assert words() == []


def test_each_count_leads_to_a_list_of_as_many(quiet: User, office: Client, ada: User, guest: User, finn: User) -> None:
    registering.add_topic(by=quiet, name="Unused")
    for name, description in (
        ("María Mayor", ""), ("mayor, maria", "of Anywhere"), ("Otto", "the one"), ("otto", "the other")
    ):  # fmt: skip
        registering.add_claimant(by=quiet, name=name, kind="person", description=description)
    claim = newsroom.claim(ada, claimant="")
    Claim.objects.filter(pk=claim.pk).update(assignee=finn)
    User.objects.filter(pk=finn.pk).update(is_active=False)
    counted = {need.words: need.path for need in needs()}
    assert list(counted) == [
        "1 person without a role",
        "1 claim in the hands of somebody who left",
        "2 claimants look like another",
        "1 topic that no claim has",
    ]
    for told, path in counted.items():
        page = office.get(path)
        assert page.status_code == 200, path
        assert page.context["cl"].result_count == int(re.match(r"\d+", told)[0]), path  # type: ignore[index]  # each begins so


def test_people_told_apart_by_what_they_are_do_not_look_alike(dee: User) -> None:
    for description in ("mayor", "footballer"):
        registering.add_claimant(by=dee, name="Jo Smith", kind="person", description=description)
    assert not [need for need in words() if "look" in need]


def test_the_front_page_asks_little(office: Client, quiet: User) -> None:
    office.get("/admin/")
    with CaptureQueriesContext(connection) as seen:
        assert office.get("/admin/").status_code == 200
    assert len(seen) <= 14

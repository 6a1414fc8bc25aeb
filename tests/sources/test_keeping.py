"""The newsroom's sources: one for each address."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.sources import keeping
from factcheck.sources.models import Source
from tests.racing import overtaken

pytestmark = pytest.mark.django_db

URL = "https://port.example/register"


def add(by: User, **otherwise: str) -> Source:
    return keeping.find_or_add(by=by, **({"url": URL, "title": "Register of works", "kind": "primary"} | otherwise))


def test_the_same_address_is_the_same_source(ada: User, finn: User) -> None:
    assert (add(ada), Source.objects.count()) == (add(finn, title="Another title"), 1)


def test_a_known_source_keeps_its_particulars(ada: User, finn: User) -> None:
    add(ada)
    add(finn, title="Another title", kind="media")
    assert (Source.objects.get().title, Source.objects.get().kind) == ("Register of works", "primary")


def test_sources_without_an_address_are_each_their_own(ada: User) -> None:
    assert add(ada, url="", kind="interview") != add(ada, url="", kind="interview")


def test_addresses_are_told_apart_by_capitals(ada: User) -> None:
    assert add(ada) != add(ada, url="https://port.example/Register")


def test_however_it_is_written_it_is_the_same_source(ada: User) -> None:
    assert add(ada) == add(ada, url="http://www.port.example/register/?utm_source=mail#page=2")


def test_a_correction_does_not_make_two_sources_one(ada: User) -> None:
    add(ada)
    other = add(ada, url="https://port.example/other")
    with pytest.raises(ValidationError, match="Register of works"):
        keeping.revise(other, by=ada, version=1, url="http://port.example/register/")


def test_a_corrected_address_is_known_by_its_new_form(ada: User) -> None:
    keeping.revise(add(ada), by=ada, version=1, url="https://port.example/new/")
    assert add(ada, url="http://port.example/new") == Source.objects.get()


def test_two_of_before_that_are_the_same_page_stay_two_and_the_first_is_known(ada: User) -> None:
    first = add(ada)
    second = Source.objects.create(url=f"{URL}/", title="From before", kind="media", made_by=ada)
    assert add(ada, url=f"{URL}/") == first
    assert keeping.revise(second, by=ada, version=1, title="Corrected", url=f"{URL}/").title == "Corrected"


@pytest.mark.django_db(transaction=True)
def test_two_spellings_at_the_same_moment_make_one_source(ada: User) -> None:
    first, second = overtaken(partial(add, ada), partial(add, ada, url="http://www.port.example/register/"))
    assert (first, Source.objects.count()) == (second, 1)


def test_a_very_long_address_is_kept_and_found_again(ada: User) -> None:
    url = f"https://port.example/?q={'x' * 1970}"
    assert add(ada, url=url) == add(ada, url=url)


@pytest.mark.parametrize(
    "wrong", [{"url": "register"}, {"url": "javascript:alert(1)"}, {"title": ""}, {"kind": "rumour"}], ids=str
)
def test_a_wrong_source_is_refused(wrong: dict[str, str], ada: User) -> None:
    with pytest.raises(ValidationError):
        add(ada, **wrong)
    assert not Source.objects.exists()


def test_a_source_is_corrected_under_the_next_version(ada: User) -> None:
    revised = keeping.revise(add(ada), by=ada, version=1, title="The register of works")
    assert (revised.title, revised.version) == ("The register of works", 2)


def test_a_source_does_not_take_another_s_address(ada: User) -> None:
    add(ada)
    other = add(ada, url="https://port.example/letter")
    with pytest.raises(ValidationError) as refused:
        keeping.revise(other, by=ada, version=1, url=URL)
    assert (list(refused.value.message_dict), Source.objects.get(pk=other.pk).version) == (["url"], 1)


def test_a_source_is_not_corrected_into_a_wrong_one(ada: User) -> None:
    with pytest.raises(ValidationError):
        keeping.revise(add(ada), by=ada, version=1, title="")


def test_who_saw_an_older_version_is_told(ada: User, finn: User) -> None:
    source = add(ada)
    keeping.revise(source, by=finn, version=1, title="Finn’s")
    with pytest.raises(Stale):
        keeping.revise(source, by=ada, version=1, title="Ada’s")


@pytest.mark.parametrize("who", ["cleo", "dee", "guest"])
def test_only_checkers_add_sources(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        add(request.getfixturevalue(who))


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_address_at_once_get_the_same_source_in_one_act(ada: User, finn: User) -> None:
    first, second = overtaken(partial(add, ada), partial(add, finn))
    assert (first, Source.objects.count(), Entry.objects.filter(act="source.add").count()) == (second, 1, 1)

"""What the newsroom says of itself: each change is a version."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.newsroom.settling import settle
from tests.racing import overtaken

pytestmark = pytest.mark.django_db


def test_there_are_settings_from_the_beginning() -> None:
    assert Settings.objects.current().version == 1


def test_a_change_is_the_next_version_and_keeps_the_rest(dee: User) -> None:
    settle(by=dee, version=1, about="We check.")
    settled = settle(by=dee, version=2, name="The Checkers")
    assert (settled.version, settled.name, settled.about, settled.scale) == (3, "The Checkers", "We check.", "default")


def test_the_version_before_stays(dee: User) -> None:
    settle(by=dee, version=1, name="The Checkers")
    assert Settings.objects.get(version=1).name == "Our newsroom"


def test_who_saw_an_older_version_is_told(dee: User) -> None:
    settle(by=dee, version=1, name="The Checkers")
    with pytest.raises(Stale) as late:
        settle(by=dee, version=1, name="Others")
    assert late.value.current == Settings.objects.current()


@pytest.mark.parametrize("wrong", [{"name": ""}, {"name": " "}, {"contact": "nobody"}, {"scale": "a b"}], ids=str)
def test_wrong_settings_leave_nothing(wrong: dict[str, str], dee: User) -> None:
    with pytest.raises(ValidationError):
        settle(by=dee, version=1, **wrong)
    assert (Settings.objects.count(), Entry.objects.count()) == (1, 0)


def test_it_is_one_act_about_the_new_version(dee: User) -> None:
    settled = settle(by=dee, version=1, name="The Checkers")
    assert Entry.objects.about(settled).get().act == "settings.change"


@pytest.mark.parametrize("who", ["ada", "bo", "cleo", "guest"])
def test_only_administrators_settle(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        settle(by=request.getfixturevalue(who), version=1, name="The Checkers")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_settle_at_once_the_second_is_told(dee: User) -> None:
    _first, second = overtaken(
        partial(settle, by=dee, version=1, name="The Checkers"), partial(settle, by=dee, version=1, name="Others")
    )
    assert (Settings.objects.current().name, type(second)) == ("The Checkers", Stale)

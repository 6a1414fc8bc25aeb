"""Verdict scales: a change is the next version."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.history.versioning import Stale
from factcheck.verdicts import scaling
from factcheck.verdicts.models import Rating, ScaleVersion
from tests.racing import overtaken

pytestmark = pytest.mark.django_db


def ratings(*steps: tuple[int | None, str]) -> list[Rating]:
    return [Rating(position=position, name=name, definition="So.", hue="grey", sign="full") for position, name in steps]


def make(by: User, slug: str = "default", version: int = 1, name: str = "Two steps") -> ScaleVersion:
    return scaling.make_version(
        slug, by=by, version=version, name=name, ratings=ratings((1, "Wrong"), (2, "Right"), (None, "Open"))
    )


def test_the_default_scale_runs_from_one_without_a_gap() -> None:
    positions = [rating.position for rating in ScaleVersion.objects.in_use("default").ratings.exclude(position=None)]
    assert positions == [1, 2, 3, 4, 5]


def test_the_default_scale_has_a_rating_off_the_scale() -> None:
    assert ScaleVersion.objects.in_use("default").ratings.get(position=None).name == "Unproven"


def test_a_change_is_the_next_version(dee: User) -> None:
    assert (make(dee).number, ScaleVersion.objects.in_use("default").name) == (2, "Two steps")


def test_the_version_before_stays_as_it_was(dee: User) -> None:
    before = list(Rating.objects.filter(version__number=1).values())
    make(dee)
    assert list(Rating.objects.filter(version__number=1).values()) == before


def test_a_new_scale_begins_with_its_first_version(dee: User) -> None:
    assert make(dee, slug="other", version=0).number == 1


def test_who_saw_an_older_version_is_told(dee: User) -> None:
    make(dee)
    with pytest.raises(Stale):
        make(dee, name="Three steps")


def test_the_same_again_is_no_new_version(dee: User) -> None:
    make(dee)
    with pytest.raises(ValidationError):
        make(dee, version=2)


@pytest.mark.parametrize(
    "steps",
    [
        [(1, "Wrong")],
        [(None, "Open"), (None, "Shut")],
        [(1, "Wrong"), (3, "Right")],
        [(2, "Wrong"), (3, "Right")],
        [(1, "Wrong"), (1, "Right")],
        [(1, "Right"), (2, "right")],
        [(0, "Wrong"), (1, "Right")],
        [(1, ""), (2, "Right")],
    ],
    ids=str,
)
def test_a_wrong_scale_leaves_nothing(steps: list[tuple[int | None, str]], dee: User) -> None:
    with pytest.raises(ValidationError):
        scaling.make_version("default", by=dee, version=1, name="Wrong", ratings=ratings(*steps))
    assert ScaleVersion.objects.count() == 1


@pytest.mark.parametrize("who", ["ada", "bo", "cleo", "guest"])
def test_only_administrators_make_scales(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        make(request.getfixturevalue(who))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_a_scale_at_once_the_second_is_told(dee: User) -> None:
    _first, second = overtaken(partial(make, dee), partial(make, dee, name="Three steps"))
    assert (ScaleVersion.objects.count(), type(second)) == (2, Stale)

"""A form handed in twice makes one record."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.conf import settings
from django.db.models.functions import Now

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from factcheck.drafting.models import Draft, Key
from factcheck.drafting.repeating import SentOtherwise, answered, once
from tests import newsroom
from tests.racing import at_once, overtaken

pytestmark = pytest.mark.django_db

KEY = uuid4()


def a_claim(by: User) -> Callable[[], str]:
    return lambda: newsroom.claim(by).get_absolute_url()


def fails() -> str:
    raise RuntimeError


def test_the_same_key_makes_one_record_and_leads_to_it_again(ada: User) -> None:
    first = once(ada, KEY, a_claim(ada))
    assert (once(ada, KEY, a_claim(ada)), Claim.objects.count()) == (first, 1)


def test_the_same_key_with_something_else_is_told_where_the_first_led(ada: User) -> None:
    first = once(ada, KEY, a_claim(ada), "a" * 64)
    assert once(ada, KEY, a_claim(ada), "a" * 64) == answered(ada, KEY, "a" * 64) == first
    for repeat in (partial(once, ada, KEY, a_claim(ada), "b" * 64), partial(answered, ada, KEY, "b" * 64)):
        with pytest.raises(SentOtherwise) as told:
            repeat()
        assert told.value.location == first
    assert Claim.objects.count() == 1


def test_a_key_of_which_nobody_knows_what_was_sent_is_answered_as_before(ada: User) -> None:
    first = once(ada, KEY, a_claim(ada))
    assert once(ada, KEY, a_claim(ada), "b" * 64) == answered(ada, KEY, "b" * 64) == first


def test_with_an_old_key_goes_the_draft_that_it_kept_hidden(ada: User, finn: User) -> None:
    once(ada, KEY, a_claim(ada))
    for person in (ada, finn):
        Draft.objects.create(person=person, form="claim:3", key=KEY, fields={})
    Key.objects.update(at=Now() - timedelta(days=2))
    once(ada, uuid4(), a_claim(ada))
    assert Draft.objects.get().person == finn


def test_another_key_makes_another(ada: User) -> None:
    assert once(ada, KEY, a_claim(ada)) != once(ada, uuid4(), a_claim(ada))


def test_without_a_key_each_makes_one(ada: User) -> None:
    assert once(ada, None, a_claim(ada)) != once(ada, None, a_claim(ada))


def test_another_person_s_same_key_is_theirs(ada: User, finn: User) -> None:
    assert once(ada, KEY, a_claim(ada)) != once(finn, KEY, a_claim(finn))


def test_a_failure_frees_the_key(ada: User) -> None:
    with pytest.raises(RuntimeError):
        once(ada, KEY, fails)
    assert (Key.objects.count(), once(ada, KEY, a_claim(ada)).startswith("/desk/")) == (0, True)


def test_a_failure_leaves_nothing_of_what_it_had_made(ada: User) -> None:
    def makes_and_fails() -> str:
        newsroom.claim(ada)
        return fails()

    with pytest.raises(RuntimeError):
        once(ada, KEY, makes_and_fails)
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("age", "records"), [(timedelta(hours=23, minutes=59), 1), (timedelta(hours=24, minutes=1), 2)]
)
def test_a_key_is_kept_for_a_day(age: timedelta, records: int, ada: User) -> None:
    once(ada, KEY, a_claim(ada))
    Key.objects.update(at=Now() - age)
    once(ada, KEY, a_claim(ada))
    assert Claim.objects.count() == records


def test_others_old_keys_are_left_alone(ada: User, finn: User) -> None:
    once(finn, KEY, a_claim(finn))
    Key.objects.update(at=Now() - timedelta(days=2))
    once(ada, KEY, a_claim(ada))
    assert Key.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_second_request_waits_for_the_first_and_is_led_to_the_same_place(ada: User) -> None:
    make = partial(once, ada, KEY, a_claim(ada))
    first, second = overtaken(make, make)
    assert (first, Claim.objects.count()) == (second, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_at_once_that_differ_the_later_is_told(ada: User) -> None:
    given = at_once(*[partial(once, ada, KEY, a_claim(ada), each * 64) for each in "ab"])
    assert {type(each) for each in given} == {str, SentOtherwise}
    assert Claim.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_four_requests_at_once_make_one_record(ada: User) -> None:
    given = at_once(*[partial(once, ada, KEY, a_claim(ada))] * 4)
    assert (len(set(given)), Claim.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_of_which_one_fails_the_other_makes_the_record(ada: User) -> None:
    given = at_once(partial(once, ada, KEY, fails), partial(once, ada, KEY, a_claim(ada)))
    assert Claim.objects.count() == 1
    assert isinstance(given[1], str)


def test_the_keys_are_the_program_s_own_to_forget() -> None:
    # They are no part of the record: its role may delete them.
    assert settings.DATABASES["default"]["USER"] == "factcheck"
    assert Key.objects.all().delete() == (0, {})

"""What is being typed is kept for whoever types it, until it is saved or given up."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from factcheck.drafting.keeping import LIMIT, Outcome, drop, keep, kept
from factcheck.drafting.models import FIELDS_LIMIT, Draft, Key
from factcheck.drafting.repeating import once
from factcheck.history.models import RowChange
from tests.database import raw
from tests.racing import at_once

pytestmark = pytest.mark.django_db

FORM = "claim:3"
TYPED = {"wording": "The harbour was", "place": ""}
KEY = str(uuid4())


def now_kept(person: User) -> dict[str, str] | None:
    draft = kept(person, FORM).get(FORM)
    return draft.fields if draft else None


def aged(**by: int) -> None:
    Draft.objects.update(at=Now() - timedelta(**by))


def test_the_latest_is_kept_and_nothing_else(ada: User) -> None:
    assert keep(ada, FORM, TYPED) is Outcome.KEPT
    assert keep(ada, FORM, {"wording": "The harbour was dredged"}) is Outcome.KEPT
    assert now_kept(ada) == {"wording": "The harbour was dredged"}
    assert Draft.objects.count() == 1


def test_each_form_and_each_person_has_their_own(ada: User, finn: User) -> None:
    keep(ada, FORM, TYPED)
    keep(ada, "claim:4", {"wording": "Another"})
    keep(finn, FORM, {"wording": "Finn’s"})
    assert {form: draft.fields["wording"] for form, draft in kept(ada, FORM, "claim:4").items()} == {
        FORM: "The harbour was",
        "claim:4": "Another",
    }
    assert now_kept(finn) == {"wording": "Finn’s"}


def test_what_is_given_up_is_gone_and_another_s_stays(ada: User, finn: User) -> None:
    keep(ada, FORM, TYPED)
    keep(finn, FORM, TYPED)
    drop(ada, FORM)
    assert (now_kept(ada), now_kept(finn)) == (None, TYPED)


def test_the_moment_is_the_database_s(ada: User) -> None:
    keep(ada, FORM, TYPED, age=90_000)
    ((age,),) = raw.execute("SELECT extract(epoch FROM now() - at)::int FROM drafting_draft")
    assert 89 <= age <= 91


def test_a_copy_that_waited_does_not_replace_what_was_typed_later(ada: User) -> None:
    keep(ada, FORM, {"wording": "later"})
    assert keep(ada, FORM, {"wording": "earlier"}, age=60_000) is Outcome.OLDER
    assert now_kept(ada) == {"wording": "later"}


BROWSER, OTHER = uuid4(), uuid4()


def test_of_one_browser_the_later_words_count_however_slow_the_earlier_were(ada: User) -> None:
    assert keep(ada, FORM, {"wording": "earlier"}, browser=BROWSER, clock=1) is Outcome.KEPT
    assert keep(ada, FORM, {"wording": "later"}, age=5000, browser=BROWSER, clock=2) is Outcome.KEPT
    assert keep(ada, FORM, {"wording": "earlier"}, browser=BROWSER, clock=1) is Outcome.OLDER
    assert now_kept(ada) == {"wording": "later"}


def test_of_two_browsers_the_one_typed_in_last_counts_whatever_their_clocks(ada: User) -> None:
    keep(ada, FORM, {"wording": "one"}, age=1000, browser=BROWSER, clock=9)
    assert keep(ada, FORM, {"wording": "older"}, age=2000, browser=OTHER, clock=10) is Outcome.OLDER
    assert keep(ada, FORM, {"wording": "other"}, browser=OTHER, clock=1) is Outcome.KEPT
    assert keep(ada, FORM, {"wording": "of no browser"}) is Outcome.KEPT
    assert keep(ada, FORM, {"wording": "again"}, browser=BROWSER, clock=1) is Outcome.KEPT
    assert now_kept(ada) == {"wording": "again"}


def test_nobody_keeps_more_than_their_share_and_the_oldest_go_first(ada: User, finn: User) -> None:
    keep(finn, FORM, TYPED)
    for number in range(LIMIT + 2):
        keep(ada, f"claim:{number}", TYPED, age=(LIMIT - number + 5) * 1000)
    assert Draft.objects.filter(person=ada).count() == LIMIT
    assert set(kept(ada, "claim:0", "claim:1", "claim:2", "claim:201")) == {"claim:2", "claim:201"}
    assert now_kept(finn) == TYPED


def test_a_copy_of_what_is_kept_is_kept(ada: User) -> None:
    keep(ada, FORM, TYPED)
    assert keep(ada, FORM, TYPED, age=60) is Outcome.KEPT
    assert now_kept(ada) == TYPED


def test_what_was_handed_in_is_no_draft_any_more(ada: User) -> None:
    keep(ada, FORM, TYPED | {"key": KEY})
    once(ada, KEY, lambda: "/desk/claims/3/")
    assert not Draft.objects.exists()
    assert keep(ada, FORM, TYPED | {"key": KEY}) is Outcome.HANDED_IN
    assert not Draft.objects.exists()


def test_a_draft_that_slips_in_while_its_form_is_handed_in_is_not_shown(ada: User) -> None:
    keep(ada, FORM, TYPED | {"key": KEY})
    Key.objects.create(person=ada, key=KEY, location="/desk/claims/3/")
    assert now_kept(ada) is None


def test_handing_in_one_window_leaves_the_draft_of_another(ada: User) -> None:
    keep(ada, FORM, TYPED | {"key": str(uuid4())})
    once(ada, KEY, lambda: "/desk/claims/3/")
    assert keep(ada, FORM, {"wording": "late", "key": KEY}) is Outcome.HANDED_IN
    assert now_kept(ada) is not None


def test_the_same_key_of_another_person_is_theirs(ada: User, finn: User) -> None:
    once(finn, KEY, lambda: "/desk/claims/3/")
    assert keep(ada, FORM, TYPED | {"key": KEY}) is Outcome.KEPT


def test_a_form_that_failed_keeps_its_draft(ada: User) -> None:
    def fails() -> str:
        raise RuntimeError

    keep(ada, FORM, TYPED | {"key": KEY})
    with pytest.raises(RuntimeError):
        once(ada, KEY, fails)
    assert now_kept(ada) is not None


def test_after_thirty_days_it_is_forgotten_and_in_passing_deleted(ada: User, finn: User) -> None:
    keep(ada, FORM, TYPED)
    aged(days=29, hours=23)
    assert now_kept(ada) == TYPED
    aged(days=30, minutes=1)
    assert now_kept(ada) is None
    keep(finn, FORM, TYPED)
    assert Draft.objects.get().person == finn


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"wording": "a\0b"}, "nul"),
        ({"a\0b": "wording"}, "nul"),
        ({"wording": "half \ud83d"}, "surrogate"),
        ({"wording": "é" * (FIELDS_LIMIT // 2)}, "too_long"),
        ({"wording": "\n" * (FIELDS_LIMIT // 2)}, "too_long"),
    ],
)
def test_what_cannot_be_kept_is_told_and_leaves_what_was(ada: User, fields: dict[str, str], code: str) -> None:
    keep(ada, FORM, TYPED)
    with pytest.raises(ValidationError) as told:
        keep(ada, FORM, fields)
    assert told.value.code == code
    assert now_kept(ada) == TYPED


@pytest.mark.parametrize("wording", ["x" * (FIELDS_LIMIT - 16), "\n\"\\\t" * 100, "\x01\x1f\x7f", "👩‍👩‍👧‍👦 \u2028"])  # fmt: skip
def test_what_the_program_takes_the_database_takes_too(ada: User, wording: str) -> None:
    fields = {"wording": wording}
    assert keep(ada, FORM, fields) is Outcome.KEPT
    assert now_kept(ada) == fields


def test_the_database_keeps_the_limits_by_itself(ada: User) -> None:
    row = "INSERT INTO drafting_draft (person_id, form, fields) VALUES (%s, %s, jsonb_build_object('x', %s::text))"
    raw.refused(row, ada.pk, "", "y", because=CheckViolation, saying="draft_names_its_form")
    raw.refused(row, ada.pk, FORM, "y" * FIELDS_LIMIT, because=CheckViolation, saying="draft_within_limit")


def test_it_leaves_no_trace_in_the_record(ada: User) -> None:
    before = RowChange.objects.count()
    keep(ada, FORM, TYPED)
    drop(ada, FORM)
    assert RowChange.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once_leave_one_draft(ada: User) -> None:
    given = at_once(*[partial(keep, ada, FORM, {"wording": str(number)}) for number in range(4)])
    assert all(isinstance(outcome, Outcome) for outcome in given)
    assert Draft.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_handing_in_and_keeping_at_once_shows_no_draft(ada: User) -> None:
    at_once(
        partial(once, ada, KEY, lambda: "/desk/claims/3/"),
        *[partial(keep, ada, FORM, TYPED | {"key": KEY}, age=number) for number in range(3)],
    )
    assert now_kept(ada) is None

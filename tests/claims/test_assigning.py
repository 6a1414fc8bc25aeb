"""Giving claims and articles to people, with a day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.articles import assigning as articles
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.claims import assigning as claims
from factcheck.claims.models import Claim
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.publication.publishing import approved_submission
from factcheck.review.freezing import document_of
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.racing import at_once

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)

Given = Claim | Article
KINDS: list[tuple[Callable[[User], Any], Callable[..., Any]]] = [
    (newsroom.claim, claims.assign),
    (newsroom.article, articles.assign),
]
each_kind = pytest.mark.parametrize(("make", "assign"), KINDS, ids=["claim", "article"])


@each_kind
def test_it_is_given_to_somebody_with_a_day_and_the_history_says_so(
    make: Any, assign: Any, ada: User, bo: User
) -> None:
    made = make(ada)
    given = assign(made, by=bo, version=1, assignee=ada, due_on=TOMORROW)
    assert (given.assignee, given.due_on, given.assigned_version, given.version) == (ada, TOMORROW, 2, 1)
    entry = Entry.objects.about(made)[0]
    assert (entry.act, entry.person_name) == (f"{made._meta.model_name}.assign", "Bo")


@each_kind
def test_it_is_given_back(make: Any, assign: Any, ada: User) -> None:
    given = assign(make(ada), by=ada, version=1, assignee=ada, due_on=TOMORROW)
    back = assign(given, by=ada, version=2, assignee=None, due_on=None)
    assert (back.assignee, back.due_on) == (None, None)


@each_kind
def test_giving_it_again_as_it_stands_leaves_nothing(make: Any, assign: Any, ada: User) -> None:
    given = assign(make(ada), by=ada, version=1, assignee=ada, due_on=None)
    entries = Entry.objects.count()
    assert assign(given, by=ada, version=1, assignee=ada, due_on=None).assigned_version == 2
    assert Entry.objects.count() == entries


@each_kind
def test_on_a_version_that_has_passed_nothing_is_given(make: Any, assign: Any, ada: User, finn: User) -> None:
    made = make(ada)
    assign(made, by=finn, version=1, assignee=finn, due_on=None)
    with pytest.raises(Stale):
        assign(made, by=ada, version=1, assignee=ada, due_on=None)
    assert type(made).objects.get().assignee == finn


@each_kind
def test_only_people_who_can_do_the_work_get_it(make: Any, assign: Any, ada: User, cleo: User, dee: User) -> None:
    made, left = make(ada), newsroom.person("left", newsroom.CHECKER)
    employing.disable(left, by=dee)
    for person in (cleo, left):
        with pytest.raises(ValidationError) as raised:
            assign(made, by=ada, version=1, assignee=person, due_on=None)
        assert "assignee" in raised.value.error_dict
    assert type(made).objects.get().assignee is None


@each_kind
def test_what_somebody_had_who_left_can_keep_its_name_and_get_another_day(
    make: Any, assign: Any, ada: User, finn: User, dee: User
) -> None:
    given = assign(make(ada), by=ada, version=1, assignee=finn, due_on=None)
    employing.disable(finn, by=dee)
    again = assign(given, by=ada, version=2, assignee=finn, due_on=TOMORROW)
    assert (again.assignee, again.due_on) == (finn, TOMORROW)
    assert list(type(again).objects.untaken()) == [again]


@each_kind
def test_a_day_that_has_passed_is_refused_unless_it_stands_there_already(make: Any, assign: Any, ada: User) -> None:
    made, yesterday = make(ada), timezone.localdate() - timedelta(days=1)
    with pytest.raises(ValidationError, match="has passed"):
        assign(made, by=ada, version=1, assignee=ada, due_on=yesterday)
    type(made).objects.update(due_on=yesterday)
    made.refresh_from_db()
    assert assign(made, by=ada, version=1, assignee=ada, due_on=yesterday).is_overdue


@each_kind
def test_administrators_and_people_without_a_role_give_nothing(
    make: Any, assign: Any, ada: User, dee: User, guest: User
) -> None:
    made = make(ada)
    for person in (dee, guest):
        with pytest.raises(PermissionDenied):
            assign(made, by=person, version=1, assignee=ada, due_on=None)


def test_what_is_in_the_trash_is_given_to_nobody(ada: User) -> None:
    article = newsroom.article(ada)
    importing.trash(article, by=ada)
    with pytest.raises(ValidationError, match="trash"):
        articles.assign(Article.objects.get(), by=ada, version=1, assignee=ada, due_on=None)


def test_giving_a_claim_changes_nothing_that_readers_would_see(ada: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    before = document_of(verdict)
    claims.assign(verdict.claim, by=ada, version=verdict.claim.assigned_version, assignee=ada, due_on=date(2999, 1, 1))
    assert document_of(verdict) == before


def test_an_approval_holds_when_the_claim_is_given_to_somebody_else(ada: User, finn: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    approved = newsroom.approved(verdict, by=ada)
    claims.assign(verdict.claim, by=ada, version=verdict.claim.assigned_version, assignee=finn, due_on=TOMORROW)
    assert approved_submission(Verdict.objects.get(pk=verdict.pk)) == approved


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_a_claim_at_the_same_moment_one_has_it_and_the_other_is_told(ada: User, finn: User) -> None:
    claim = newsroom.claim(ada)

    def take(person: User) -> Callable[[], Claim]:
        return lambda: claims.assign(claim, by=person, version=1, assignee=person, due_on=None)

    outcomes = at_once(take(ada), take(finn))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Claim", "Stale"]
    (taken,) = (outcome for outcome in outcomes if isinstance(outcome, Claim))
    assert Claim.objects.get().assignee_id == taken.assignee_id

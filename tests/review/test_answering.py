"""Warnings of the checklist and what is said to them."""

import json

import pytest
from django.db import DatabaseError, connection

from factcheck.accounts.models import User
from factcheck.review import freezing
from factcheck.review.models import Submission
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(ada: User) -> Verdict:
    """Complete, but nobody knows when the claim was made."""
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def test_the_answers_are_kept_with_the_submission(verdict: Verdict, ada: User) -> None:
    made = freezing.submit(verdict, by=ada, reasons={"said_on": " The recording has no date. "})
    assert [(each["point"], each["reason"]) for each in made.answers] == [("said_on", "The recording has no date.")]


def test_a_warning_without_an_answer_is_kept_too(verdict: Verdict, ada: User) -> None:
    assert [each["reason"] for each in freezing.submit(verdict, by=ada).answers] == [""]


def test_an_answer_to_what_nobody_warned_of_is_not_kept(verdict: Verdict, ada: User) -> None:
    made = freezing.submit(verdict, by=ada, reasons={"rating": "None of them fits.", "nonsense": "!"})
    assert [each["point"] for each in made.answers] == ["said_on"]


def test_readers_document_says_nothing_of_them(verdict: Verdict, ada: User) -> None:
    made = freezing.submit(verdict, by=ada, reasons={"said_on": "A secret of the newsroom."})
    assert "secret" not in made.document
    assert "answers" not in json.loads(made.document)


def test_an_answer_names_the_citations_that_it_is_about(verdict: Verdict, ada: User) -> None:
    source = verdict.citations.get().source
    judging.cite(verdict, source, by=ada, stance="context")
    made = freezing.submit(verdict, by=ada)
    assert {each["point"]: each["numbers"] for each in made.answers} == {"said_on": [], "quoted": [2], "used": [2]}


def test_what_is_needed_cannot_be_answered_away(ada: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada, cited=False)
    with pytest.raises(freezing.Incomplete):
        freezing.submit(verdict, by=ada, reasons={"sources": "There are none."})


def test_nobody_changes_an_answer_afterwards(verdict: Verdict, ada: User) -> None:
    made = freezing.submit(verdict, by=ada)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("UPDATE review_submission SET answers = '[]' WHERE id = %s", [made.pk])


def test_what_was_handed_in_before_has_none(verdict: Verdict, ada: User) -> None:
    assert Submission(verdict=verdict).answers == []

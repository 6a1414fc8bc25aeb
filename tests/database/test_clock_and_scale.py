"""Moments are the database's; a scale in use is what it was; roles are written by the owner."""

import pytest
from django.utils import timezone
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from factcheck.history.models import Entry
from factcheck.review.models import Decision
from factcheck.verdicts import judging
from factcheck.verdicts.models import Rating, ScaleVersion, Verdict
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

LONG_AGO = "1999-12-31T23:59:59Z"


def test_an_entry_cannot_be_dated_back(ada: User) -> None:
    row = {"act": "claim.word", "person_name": "Ada", "via": "screen", "reason": "", "subjects": "{}", "at": LONG_AGO}
    ((entry,),) = raw.execute(*raw.insert("history_entry", row))
    assert Entry.objects.get(pk=entry).at.year == timezone.now().year


def test_a_decision_cannot_be_dated_back(ada: User, bo: User) -> None:
    handed_in = newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)
    row = {
        "submission_id": handed_in.pk, "outcome": "approve", "reasons": "", "decided_by_id": bo.pk, "decided_at": LONG_AGO,
    }  # fmt: skip
    raw.execute(*raw.insert("review_decision", row))
    assert Decision.objects.get().decided_at.year == timezone.now().year


def test_who_hands_a_verdict_in_does_not_decide_on_it(ada: User, bo: User) -> None:
    handed_in = newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=bo)
    raw.refused(*raw.decision(handed_in.pk, bo), because=CheckViolation, saying="handed in")


def _rating(version: ScaleVersion) -> dict[str, object]:
    named = {"name": "Almost true", "definition": "Nearly.", "hue": "lime", "sign": "half"}
    return {"version_id": version.pk, "position": 6, **named}


def test_a_scale_in_use_gets_no_further_rating(ada: User) -> None:
    version = newsroom.verdict(newsroom.claim(ada), by=ada).scale
    raw.refused(*raw.insert("verdicts_rating", _rating(version)), because=CheckViolation, saying="in use")


def test_a_rating_of_another_scale_is_not_given_to_a_verdict(ada: User) -> None:
    verdict = judging.draft(newsroom.claim(ada), by=ada)
    other = ScaleVersion.objects.create(scale=verdict.scale.scale, number=2, name="Another")
    ((rating,),) = raw.execute(*raw.insert("verdicts_rating", _rating(other)))
    raw.refused(
        "UPDATE verdicts_verdict SET rating_id = %s WHERE id = %s", rating, verdict.pk,
        because=CheckViolation, saying="not on the verdict",
    )  # fmt: skip
    assert Verdict.objects.get(pk=verdict.pk).rating is None
    assert Rating.objects.filter(pk=rating).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO auth_group_permissions (group_id, permission_id) SELECT g.id, p.id FROM auth_group g, auth_permission p",
        "DELETE FROM auth_group_permissions",
        "UPDATE auth_group SET name = 'Everybody'",
        "INSERT INTO accounts_user_user_permissions (user_id, permission_id) SELECT u.id, p.id"
        " FROM accounts_user u, auth_permission p",
    ],
)
def test_what_a_role_may_do_is_not_the_program_s_to_change(statement: str, ada: User) -> None:
    raw.refused(statement)

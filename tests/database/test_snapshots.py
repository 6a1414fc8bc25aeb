"""What the database keeps of an article's texts, and of where highlights stand in them."""

import json
from hashlib import sha256

import pytest
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from factcheck.claims.models import Placement
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db


def snapshot(after: int, text: str, by: User) -> tuple[str, ...]:
    row = {"number": after + 1, "text": text, "blocks": "[]", "sha256": sha256(text.encode()).hexdigest()}
    return raw.insert("articles_snapshot", row | {"article_id": newsroom.article(by).pk, "taken_by_id": by.pk})


def test_the_texts_of_an_article_follow_each_other(ada: User) -> None:
    raw.refused(*snapshot(2, "Another.", ada), because=CheckViolation, saying="follow each other")
    raw.refused(*snapshot(0, "Another.", ada), because=CheckViolation, saying="follow each other")
    raw.refused(*snapshot(1, newsroom.BODY, ada), because=CheckViolation, saying="that of the snapshot before")
    assert raw.execute(*snapshot(1, "Another.", ada))


def like(waiting: Placement, **otherwise: object) -> tuple[str, ...]:
    """The statement that adds a placement as this one, unless said otherwise."""
    row = {
        "highlight_id": waiting.highlight_id,
        "snapshot_id": waiting.snapshot_id,
        "passages": json.dumps(waiting.passages),
        "status": waiting.status,
        "waits": True,
        "carried_from_id": waiting.carried_from_id,
        "accepted_by_id": None,
    }
    return raw.insert("claims_placement", row | otherwise)


def test_a_placement_waits_or_was_accepted_and_what_is_uncertain_does_one_of_them(ada: User) -> None:
    waiting = newsroom.waiting(ada)
    refused = {
        "placement_waits_or_accepted": {"accepted_by_id": ada.pk},
        "placement_uncertain_accepted": {"waits": False, "status": "edited"},
        "placement_waits_carried": {"carried_from_id": None},
    }
    for rule, otherwise in refused.items():
        raw.refused(*like(waiting, **otherwise), because=CheckViolation, saying=rule)
    assert raw.execute(*like(waiting, waits=False, accepted_by_id=ada.pk))


def test_words_are_missing_only_from_what_is_gone_or_may_stand_at_several_places(ada: User) -> None:
    waiting = newsroom.waiting(ada)
    for status in ("exact", "moved", "edited"):
        raw.refused(*like(waiting, passages="[]", status=status), because=CheckViolation, saying="at least one passage")
    chosen = like(waiting, passages="[]", status="ambiguous", waits=False, accepted_by_id=ada.pk)
    raw.refused(*chosen, because=CheckViolation, saying="at least one passage")
    for status in ("gone", "ambiguous"):
        assert raw.execute(*like(waiting, passages="[]", status=status))
    there = json.dumps([{"exact": "The harbour", "start": 0}])
    raw.refused(*like(waiting, passages=there, status="gone"), because=CheckViolation, saying="stands nowhere")


def test_a_placement_is_made_in_the_newest_text_alone(ada: User) -> None:
    waiting = newsroom.waiting(ada)
    before = waiting.carried_from
    assert before
    old = like(waiting, snapshot_id=before.snapshot_id, passages=json.dumps(before.passages), status="gone")
    raw.refused(*old, because=CheckViolation, saying="newer text")


def test_a_highlight_is_carried_from_where_it_stood_itself(ada: User) -> None:
    waiting, other = newsroom.waiting(ada), newsroom.waiting(ada)
    for wrong in (other.carried_from_id, waiting.pk if not waiting.passages else other.pk):
        raw.refused(*like(waiting, carried_from_id=wrong), because=CheckViolation, saying="for certain")

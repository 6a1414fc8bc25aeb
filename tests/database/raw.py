"""Statements as somebody would type them with the program's own password."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import Error
from psycopg.errors import CheckViolation, InsufficientPrivilege

from factcheck.accounts.models import User
from factcheck.review.models import Submission


class Undone(Exception):
    """Ends a block whose statements are not to stay."""


@contextmanager
def undone() -> Iterator[None]:
    """What the block does in the database is taken back, deferred checks and all."""
    with suppress(Undone), transaction.atomic():
        yield
        raise Undone


@contextmanager
def session() -> Iterator[psycopg.Connection[Any]]:
    """A connection of the program's role that commits each statement."""
    place = connection.settings_dict
    with psycopg.connect(
        host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=place["NAME"], autocommit=True
    ) as opened:
        yield opened


def execute(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def refused(
    statement: str, *values: Any, because: type[Error] = InsufficientPrivilege, saying: str | None = None
) -> None:
    """The database refuses the statement, for this reason and in these words."""
    with pytest.raises(DatabaseError, match=saying) as raised:
        execute(statement, *values)
    assert isinstance(raised.value.__cause__, because), repr(raised.value.__cause__)


def insert(table: str, row: dict[str, Any]) -> tuple[str, ...]:
    """The statement that adds this row, and its values."""
    columns, places = ", ".join(row), ", ".join(["%s"] * len(row))
    return f"INSERT INTO public.{table} ({columns}) VALUES ({places}) RETURNING id", *row.values()


def decision(submission: int, by: User, outcome: str = "approve", reasons: str = "") -> tuple[str, ...]:
    return insert(
        "review_decision",
        {"submission_id": submission, "outcome": outcome, "reasons": reasons, "decided_by_id": by.pk},
    )


def publication(submission: Submission, by: User, **otherwise: Any) -> tuple[str, ...]:
    """The first publication of a submission, unless said otherwise."""
    row = {
        "claim_id": submission.verdict.claim_id,
        "slug": "the-harbour",
        "version": 1,
        "previous_id": None,
        "kind": "first",
        "reason": "",
        "submission_id": submission.pk,
        "document": submission.document,
        "reviewer": "Bo",
        "published_by_id": by.pk,
    } | otherwise
    row.setdefault("sha256", sha256(row["document"].encode()).hexdigest())
    return insert("publication_publication", row)


def refused_publication(submission: Submission, by: User, saying: str | None = None, **otherwise: Any) -> None:
    refused(*publication(submission, by, **otherwise), because=CheckViolation, saying=saying)

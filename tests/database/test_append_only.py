"""What is only ever added to: no statement of the program's role changes or removes a row of it."""

import psycopg
import pytest
from django.conf import settings
from psycopg.errors import InsufficientPrivilege

from tests.database import raw

# A table that joins or leaves is declared here too.
APPEND_ONLY = (
    "articles_snapshot",
    "claims_placement",
    "history_entry",
    "history_rowchange",
    "intake_original",
    "newsroom_settings",
    "publication_address",
    "publication_articlepublication",
    "publication_callingoff",
    "publication_changenotice",
    "publication_countersignature",
    "publication_publication",
    "publication_shown",
    "publication_tombstone",
    "review_decision",
    "review_handover",
    "review_mention",
    "review_remark",
    "review_resolution",
    "review_submission",
    "review_withdrawal",
    "sources_evidence",
    "verdicts_author",
    "verdicts_rating",
    "verdicts_ratingscale",
    "verdicts_scaleversion",
)
# Those whose rows leave the desk for a trash, or stay for good, though they are edited.
NEVER_DELETED = (
    "accounts_user",
    "articles_article",
    "claims_claim",
    "claims_claimant",
    "claims_highlight",
    "sources_source",
    "verdicts_verdict",
)
TRIGGERED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgname = 'append_only' AND proname IN ('history_refuse_change', 'publication_refuse_change') AND tgenabled = 'O'
ORDER BY 1
"""

pytestmark = pytest.mark.django_db


def test_the_tables_that_are_only_added_to_are_these() -> None:
    assert [table for (table,) in raw.execute(TRIGGERED)] == list(APPEND_ONLY)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_row_is_updated(table: str) -> None:
    raw.refused(f"UPDATE {table} SET id = id")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_row_is_updated_on_the_way_of_an_insert(table: str) -> None:
    raw.refused(f"INSERT INTO {table} SELECT * FROM {table} ON CONFLICT (id) DO UPDATE SET id = excluded.id")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_row_is_merged_into(table: str) -> None:
    raw.refused(f"MERGE INTO {table} USING {table} AS other ON {table}.id = other.id WHEN MATCHED THEN DELETE")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_row_is_locked_against_others(table: str) -> None:
    raw.refused(f"SELECT * FROM {table} FOR UPDATE")


@pytest.mark.parametrize("table", [*APPEND_ONLY, *NEVER_DELETED])
def test_no_row_is_deleted(table: str) -> None:
    raw.refused(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", [*APPEND_ONLY, *NEVER_DELETED])
def test_the_table_is_not_emptied(table: str) -> None:
    raw.refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("statement", ["UPDATE verdicts_rating SET name = 'Fine'", "DELETE FROM newsroom_settings"])
def test_even_the_owner_is_stopped_by_a_trigger(statement: str) -> None:
    place = settings.DATABASES["owner"]
    with psycopg.connect(
        host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=settings.DATABASES["default"]["NAME"]
    ) as owner:
        with pytest.raises(InsufficientPrivilege, match="only added"):
            owner.execute(statement)
        owner.rollback()

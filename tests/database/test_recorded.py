"""No row of ours changes without a trace, and no trace can be forged."""

from uuid import uuid4

import pytest
from django.apps import apps
from psycopg.errors import ForeignKeyViolation, InvalidTextRepresentation, UniqueViolation

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.history.models import Entry, RowChange
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

# The record itself; keys of forms, kept a day; what is being typed, which is no part of the record; who was told of an act that is
# recorded, and how they want to be told; what articles are found by,
# made from what is recorded; who is logged in; what waits to become an article, and is forgotten after a day; Django's table of
# rights given to one person, which no role looks at.
UNRECORDED = {
    "history_entry",
    "history_rowchange",
    "drafting_key",
    "drafting_draft",
    "notices_notice",
    "notices_letter",
    "notices_preference",
    "articles_foundby",
    "accounts_session",
    "intake_intake",
    "accounts_user_user_permissions",
}
TRIGGERED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid
WHERE tgname = 'recorded' AND proname = 'history_record' AND tgenabled = 'O'
-- AFTER (no bit 2), for each ROW (1), of INSERT (4), DELETE (8) and UPDATE (16)
AND tgtype = 1 + 4 + 8 + 16 AND tgqual IS NULL AND tgattr = ''
"""


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


def last() -> RowChange:
    return RowChange.objects.latest("id")


def test_every_table_of_ours_is_recorded_unless_it_is_named_here() -> None:
    ours = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("factcheck.")
    }
    assert {table for (table,) in raw.execute(TRIGGERED)} == ours - UNRECORDED


def test_no_row_change_is_written_by_hand() -> None:
    raw.refused(
        "INSERT INTO history_rowchange (table_name, row_id, operation, database_role)"
        " VALUES ('claims_claim', '1', 'update', 'factcheck')"
    )


def test_a_statement_outside_every_act_is_recorded_without_an_entry(article: Article) -> None:
    raw.execute("UPDATE articles_article SET title = 'Other' WHERE id = %s", article.pk)
    assert (last().entry_id, last().before, last().after) == (None, {"title": article.title}, {"title": "Other"})


def test_a_change_says_which_role_of_the_database_made_it(article: Article) -> None:
    raw.execute("UPDATE articles_article SET title = 'Other' WHERE id = %s", article.pk)
    assert last().database_role == "factcheck"


def test_a_deleted_row_is_kept_whole_in_its_change(ada: User) -> None:
    ((topic,),) = raw.execute("INSERT INTO claims_topic (name) VALUES ('Harbours') RETURNING id")
    raw.execute("DELETE FROM claims_topic")
    kept = {"id": topic, "name": "Harbours", "parent_id": None}
    assert (last().operation, last().before, last().after) == ("delete", kept, None)


def test_a_statement_that_changes_nothing_leaves_nothing(article: Article) -> None:
    before = RowChange.objects.count()
    raw.execute("UPDATE articles_article SET title = title")
    assert RowChange.objects.count() == before


@pytest.mark.parametrize("entry", ["", "00000000-0000-0000-0000-000000000000"])
def test_whatever_entry_is_claimed_the_change_is_recorded(entry: str, article: Article) -> None:
    before = RowChange.objects.count()
    with raw.undone():
        raw.execute("SELECT set_config('factcheck.entry', %s, true)", entry)
        raw.execute("UPDATE articles_article SET title = 'Other'")
        assert (RowChange.objects.count(), last().after) == (before + 1, {"title": "Other"})


def test_a_change_under_an_act_that_was_made_up_is_not_committed(article: Article) -> None:
    with raw.undone():
        raw.execute("SELECT set_config('factcheck.entry', %s, true)", str(uuid4()))
        raw.execute("UPDATE articles_article SET title = 'Other'")
        raw.refused("SET CONSTRAINTS ALL IMMEDIATE", because=ForeignKeyViolation)


def test_with_an_entry_that_is_none_nothing_is_changed(article: Article) -> None:
    with raw.undone():
        raw.execute("SET LOCAL factcheck.entry = 'nothing'")
        raw.refused("UPDATE articles_article SET title = 'Other'", because=InvalidTextRepresentation)


def test_a_change_made_later_under_an_old_entry_shows_by_its_time(article: Article, ada: User) -> None:
    entry = Entry.objects.latest("id")
    raw.execute("SELECT set_config('factcheck.entry', %s, true)", str(entry.pk))
    raw.execute("UPDATE articles_article SET title = 'Other'")
    assert last().at > entry.at


def test_a_temporary_table_of_the_same_name_catches_no_change(article: Article) -> None:
    before = raw.execute("SELECT count(*) FROM public.history_rowchange")
    with raw.undone():
        raw.execute("CREATE TEMP TABLE history_rowchange (LIKE public.history_rowchange INCLUDING ALL)")
        raw.execute("UPDATE articles_article SET title = 'Other'")
        assert raw.execute("SELECT count(*) FROM public.history_rowchange") != before


def test_two_entries_do_not_share_a_number(article: Article) -> None:
    raw.refused(
        "INSERT INTO history_entry (id, act, person_name, via, reason, subjects)"
        " SELECT id, 'x', '', 'command', '', '{}' FROM history_entry",
        because=UniqueViolation,
    )


def test_a_password_never_stands_in_the_history(ada: User) -> None:
    ada.set_password("another secret of hers")
    ada.save()
    assert not raw.execute("SELECT 1 FROM history_rowchange WHERE before ? 'password' OR after ? 'password'")


def test_setting_a_password_alone_leaves_no_row_change(ada: User) -> None:
    before = RowChange.objects.count()
    raw.execute("UPDATE accounts_user SET password = %s", str(uuid4()))
    assert RowChange.objects.count() == before


def test_a_snapshot_s_text_is_not_written_down_twice(ada: User) -> None:
    importing.import_article(by=ada, title="T", publisher="P", body="A very particular sentence.")
    assert not raw.execute("SELECT 1 FROM history_rowchange WHERE after::text LIKE '%very particular%'")


BY_HAND = "UPDATE articles_article SET title = 'Other'"
PATHS = {
    "save": lambda article: Article(**{**vars_of(article), "title": "Other"}).save(),
    "update": lambda article: Article.objects.filter(pk=article.pk).update(title="Other"),
    "bulk_update": lambda article: Article.objects.bulk_update([retitled(article)], ["title"]),
    "upsert": lambda article: Article.objects.bulk_create(
        [retitled(article)], update_conflicts=True, unique_fields=["id"], update_fields=["title"]
    ),
    "raw SQL": lambda _article: raw.execute(BY_HAND),
    "raw SQL with triggers asked to be off": lambda _article: raw.execute(
        f"SELECT set_config('pgtrigger.ignore', '{{all}}', true); {BY_HAND}"
    ),
    "a common table expression": lambda _article: raw.execute(
        f"WITH done AS ({BY_HAND} RETURNING 1) SELECT * FROM done"
    ),
    "MERGE": lambda _article: raw.execute(
        "MERGE INTO articles_article AS a USING (SELECT 1) ON true WHEN MATCHED THEN UPDATE SET title = 'Other'"
    ),
}


def vars_of(article: Article) -> dict[str, object]:
    return {field.attname: getattr(article, field.attname) for field in Article._meta.concrete_fields}


def retitled(article: Article) -> Article:
    article.title = "Other"
    return article


@pytest.mark.parametrize("path", PATHS)
def test_a_change_is_recorded_before_and_after_by_whatever_path_it_came(path: str, article: Article) -> None:
    was = article.title
    PATHS[path](article)
    assert (last().operation, last().before, last().after) == ("update", {"title": was}, {"title": "Other"})

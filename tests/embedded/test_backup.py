"""A copy of the database in one file, and back."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from factcheck.embedded import Cluster, EmbeddedError


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path / "postgres", durable=False)
    with cluster.running():
        with psycopg.connect(cluster.url(Cluster.OWNER)) as connection:
            connection.execute("CREATE TABLE notes (words text)")
            connection.execute("INSERT INTO notes VALUES ('as it was')")
            connection.execute("REVOKE ALL ON notes FROM factcheck; GRANT SELECT ON notes TO factcheck")
        yield cluster
    cluster.delete()


def words(cluster: Cluster, role: str = Cluster.APPLICATION) -> list[str]:
    with psycopg.connect(cluster.url(role)) as connection:
        return [row[0] for row in connection.execute("SELECT words FROM notes").fetchall()]


def test_what_was_copied_comes_back_with_the_rights_of_the_roles(filled: Cluster, tmp_path: Path) -> None:
    filled.dump(tmp_path / "copy.dump")
    with psycopg.connect(filled.url(Cluster.OWNER)) as connection:
        connection.execute("UPDATE notes SET words = 'changed since'; CREATE TABLE newer ()")
    filled.restore(tmp_path / "copy.dump")
    assert words(filled) == ["as it was"]
    with psycopg.connect(filled.url(Cluster.APPLICATION)) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("INSERT INTO notes VALUES ('forged')")
        connection.rollback()
        with pytest.raises(psycopg.errors.UndefinedTable):
            connection.execute("SELECT * FROM newer")


def test_an_extension_comes_back_with_the_indexes_that_need_it(filled: Cluster, tmp_path: Path) -> None:
    with psycopg.connect(filled.url(Cluster.OWNER)) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        connection.execute("CREATE FUNCTION small(text) RETURNS text IMMUTABLE LANGUAGE sql AS 'SELECT lower($1)'")
        connection.execute("CREATE INDEX alike ON notes USING gin (small(words) gin_trgm_ops)")
    filled.dump(tmp_path / "copy.dump")
    filled.restore(tmp_path / "copy.dump")
    with psycopg.connect(filled.url(Cluster.APPLICATION)) as connection:
        assert connection.execute("SELECT 1 FROM pg_indexes WHERE indexname = 'alike'").fetchone()
        assert connection.execute("SELECT words FROM notes WHERE small(words) % 'as it wus'").fetchone() == (
            "as it was",
        )


def test_a_file_that_is_no_copy_changes_nothing(filled: Cluster, tmp_path: Path) -> None:
    (tmp_path / "no.dump").write_text("something else")
    with pytest.raises(EmbeddedError, match="pg_restore failed"):
        filled.restore(tmp_path / "no.dump")
    assert words(filled) == ["as it was"]


def test_a_database_in_use_is_not_restored(filled: Cluster, tmp_path: Path) -> None:
    filled.dump(tmp_path / "copy.dump")
    with psycopg.connect(filled.url(Cluster.APPLICATION)), pytest.raises(EmbeddedError, match="is running on this"):
        filled.restore(tmp_path / "copy.dump")

"""The role that the program runs as: it reads and writes rows, and can change none of the rules."""

import pytest
from psycopg.errors import InsufficientPrivilege

from factcheck.embedded import SUPERUSER, Cluster
from tests.database import raw

pytestmark = pytest.mark.django_db

OWNED = """
SELECT 'relation', relname::text FROM pg_class WHERE relowner = current_user::regrole
UNION ALL SELECT 'function', proname FROM pg_proc WHERE proowner = current_user::regrole
UNION ALL SELECT 'type', typname FROM pg_type WHERE typowner = current_user::regrole
UNION ALL SELECT 'schema', nspname FROM pg_namespace WHERE nspowner = current_user::regrole
UNION ALL SELECT 'database', datname FROM pg_database WHERE datdba = current_user::regrole
"""
POWERS = """
SELECT rolsuper, rolinherit AND EXISTS (SELECT 1 FROM pg_auth_members WHERE member = pg_roles.oid), rolcreaterole,
       rolcreatedb, rolreplication, rolbypassrls
FROM pg_roles WHERE rolname = current_user
"""
GRANTED = """
SELECT table_name, privilege_type FROM information_schema.table_privileges
WHERE grantee IN (current_user, 'PUBLIC') AND table_schema = 'public'
AND privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
"""

STRUCTURE = (
    "CREATE TABLE more (id int)",
    "CREATE VIEW more AS SELECT 1",
    "CREATE SCHEMA more",
    "CREATE EXTENSION hstore",
    "CREATE FUNCTION more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
    "CREATE INDEX ON review_decision (outcome)",
    "CREATE RULE quiet AS ON INSERT TO history_rowchange DO INSTEAD NOTHING",
    "CREATE TRIGGER quiet BEFORE INSERT ON review_decision FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE POLICY quiet ON review_decision USING (false)",
    "ALTER TABLE review_decision ADD COLUMN more int",
    "ALTER TABLE review_decision DISABLE TRIGGER ALL",
    "ALTER TABLE review_decision DISABLE TRIGGER USER",
    "ALTER TABLE review_decision DISABLE TRIGGER four_eyes",
    "ALTER TABLE publication_publication DROP CONSTRAINT publication_hash_true",
    "ALTER TABLE claims_claim OWNER TO CURRENT_USER",
    "ALTER FUNCTION history_record() RESET ALL",
    "CREATE OR REPLACE FUNCTION review_check_decision() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "DROP TRIGGER four_eyes ON review_decision",
    "DROP FUNCTION review_check_decision() CASCADE",
    "DROP TABLE history_entry",
    "REASSIGN OWNED BY factcheck_owner TO CURRENT_USER",
    "GRANT factcheck_owner TO CURRENT_USER",
    "ALTER DEFAULT PRIVILEGES FOR ROLE factcheck_owner GRANT ALL ON TABLES TO CURRENT_USER",
    "ALTER ROLE CURRENT_USER SUPERUSER",
    "SELECT setval('publication_publication_id_seq', 1)",
    "COPY history_entry FROM PROGRAM 'true'",
    "COPY history_entry TO '/tmp/history'",
    "UPDATE django_migrations SET name = 'other'",
    "INSERT INTO django_migrations (app, name, applied) VALUES ('review', '0003', now())",
    "DELETE FROM django_migrations",
)


def test_the_tests_run_as_the_program_s_role() -> None:
    assert raw.execute("SELECT current_user, session_user") == [(Cluster.APPLICATION, Cluster.APPLICATION)]


def test_it_owns_nothing() -> None:
    assert raw.execute(OWNED) == []


def test_it_has_no_powers_and_is_in_no_other_role() -> None:
    assert raw.execute(POWERS) == [(False,) * 6]


def test_it_was_granted_rows_and_nothing_else() -> None:
    assert raw.execute(GRANTED) == []


@pytest.mark.parametrize("statement", STRUCTURE)
def test_it_changes_no_structure(statement: str) -> None:
    raw.refused(statement)


def test_it_changes_no_setting_of_the_server() -> None:
    with raw.session() as session, pytest.raises(InsufficientPrivilege):
        session.execute("ALTER SYSTEM SET session_replication_role = 'replica'")


def test_it_gives_itself_no_more_rights() -> None:
    raw.execute("GRANT UPDATE ON review_decision TO CURRENT_USER")  # PostgreSQL only warns
    raw.refused("UPDATE review_decision SET outcome = 'approve'")


@pytest.mark.parametrize("statement", ["SET ROLE {}", "SET SESSION AUTHORIZATION {}"])
@pytest.mark.parametrize("role", [Cluster.OWNER, SUPERUSER])
def test_it_becomes_nobody_else(statement: str, role: str) -> None:
    raw.refused(statement.format(role))


@pytest.mark.parametrize("value", ["replica", "local"])
def test_it_does_not_switch_triggers_off_for_its_session(value: str) -> None:
    raw.refused(f"SET session_replication_role = {value}")


def test_it_cannot_run_the_history_s_function_by_hand() -> None:
    raw.refused("SELECT history_record()")

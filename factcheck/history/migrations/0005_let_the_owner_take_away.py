from django.db import migrations

from factcheck.history.keeping import Statement

# What a court or a privacy law takes away is taken away by the owner of the tables, who says so for the transaction; for the
# program's role nothing changes: it has no grant to get this far, and is not the owner whatever it says.
REFUSE = """
CREATE OR REPLACE FUNCTION history_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('factcheck.taking_away', true) = 'yes' AND session_user = (
        SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Rows of % are only added, never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

BEFORE = """
CREATE OR REPLACE FUNCTION history_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are only added, never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0004_lines_of_time")]

    operations = [Statement(REFUSE, BEFORE)]

from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Statement

# The program reads and writes rows, of these tables and of those to come; it owns none and changes no structure.
ROLE = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""

# It runs as the owner (SECURITY DEFINER), so the program's role can neither write row changes of its own nor leave any
# out. The act's entry comes in a setting of the transaction; without one the change stands there without an act.
RECORD = """
CREATE FUNCTION history_record() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) - coalesce(TG_ARGV, '{}') END;
    becomes jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) - coalesce(TG_ARGV, '{}') END;
    row_id text := coalesce(becomes, was) ->> 'id';
    under uuid := nullif(current_setting('factcheck.entry', true), '')::uuid;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, was -> key), jsonb_object_agg(key, becomes -> key) INTO was, becomes
        FROM jsonb_object_keys(was) AS key WHERE (was -> key) IS DISTINCT FROM (becomes -> key);
        IF was IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    -- An act writes its entry last: one that stands there is over, and nothing more is hung on it.
    IF EXISTS (SELECT 1 FROM public.history_entry WHERE id = under) THEN
        under := NULL;
    END IF;
    INSERT INTO public.history_rowchange (entry_id, at, table_name, row_id, operation, before, after, database_role)
    VALUES (under, statement_timestamp(), TG_TABLE_NAME,
            row_id, lower(TG_OP), was, becomes, session_user);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION history_record() FROM PUBLIC;
"""

REFUSE = """
CREATE FUNCTION history_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Rows of % are only added, never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""

# The column's name comes as an argument. Nobody dates a decision back.
STAMP = """
CREATE FUNCTION history_stamp() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN jsonb_populate_record(NEW, jsonb_build_object(TG_ARGV[0], statement_timestamp()));
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]

    operations = [
        Statement(ROLE),
        Statement(RECORD, "DROP FUNCTION history_record();"),
        Statement(REFUSE, "DROP FUNCTION history_refuse_change();"),
        Statement(STAMP, "DROP FUNCTION history_stamp();"),
        Clocked(history_entry="at"),
        AppendOnly("history_entry", "history_rowchange"),
        Statement("REVOKE INSERT ON history_rowchange FROM {role};"),
    ]

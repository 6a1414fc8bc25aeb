from django.db import migrations

from factcheck.history.keeping import Statement

# What is in hand may go on with a later version of its scale, never back and never to another scale; what was handed in or
# approved stays as it was judged.
MOVES = """
CREATE FUNCTION verdicts_check_move() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.stage NOT IN ('draft', 'sent_back') OR NOT EXISTS (
        SELECT 1 FROM verdicts_scaleversion AS was JOIN verdicts_scaleversion AS becomes USING (scale_id)
        WHERE was.id = OLD.scale_id AND becomes.id = NEW.scale_id AND becomes.number > was.number
    ) THEN
        RAISE EXCEPTION 'Only work in hand goes on, with a later version of its scale.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moves_on BEFORE UPDATE OF scale_id ON verdicts_verdict
    FOR EACH ROW WHEN (OLD.scale_id IS DISTINCT FROM NEW.scale_id) EXECUTE FUNCTION verdicts_check_move();
"""


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0004_settle")]

    operations = [
        Statement(MOVES, "DROP TRIGGER moves_on ON verdicts_verdict; DROP FUNCTION verdicts_check_move();"),
        Statement(
            "GRANT UPDATE (scale_id) ON verdicts_verdict TO {role};",
            "REVOKE UPDATE (scale_id) ON verdicts_verdict FROM {role};",
        ),
    ]

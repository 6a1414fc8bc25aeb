from django.db import migrations, models

from factcheck.history.keeping import Statement

# Passages stand in reading order and apart from each other, so that "the same words" has one form only.
IN_ORDER = """
CREATE FUNCTION claims_passages_in_order() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    passage jsonb;
    before int := -1;
BEGIN
    FOR passage IN SELECT * FROM jsonb_array_elements(NEW.passages) LOOP
        IF (passage ->> 'start')::int <= before THEN
            RAISE EXCEPTION 'The passages of a placement stand in order and apart.' USING ERRCODE = 'check_violation';
        END IF;
        before := (passage ->> 'start')::int + length(passage ->> 'exact');
    END LOOP;
    RETURN NEW;
END $$;
-- By its name it runs after the trigger that proves the words.
CREATE TRIGGER proved_in_order BEFORE INSERT ON claims_placement
FOR EACH ROW EXECUTE FUNCTION claims_passages_in_order();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0002_prove_placements")]

    operations = [
        migrations.AddField("highlight", "version", models.PositiveIntegerField(default=1, editable=False)),
        Statement("GRANT UPDATE (version) ON claims_highlight TO {role};"),
        Statement(
            IN_ORDER,
            "DROP TRIGGER proved_in_order ON claims_placement; DROP FUNCTION claims_passages_in_order();",
        ),
    ]

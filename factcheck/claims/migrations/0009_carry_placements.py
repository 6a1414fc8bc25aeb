import django.db.models.deletion
from django.db import migrations, models

from factcheck.history.keeping import Statement

# What is looked up in a new text may not stand there: only then a placement has no passage. The words of one that has are
# proved as before; the trigger's own body changes in this one condition.
PASSAGES = """
CREATE OR REPLACE FUNCTION claims_prove_placement() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text;
    passage jsonb;
    exact text;
    before text;
    after text;
    place int;
BEGIN
    SELECT snapshot.text INTO words FROM articles_snapshot AS snapshot
    JOIN claims_highlight AS highlight ON highlight.article_id = snapshot.article_id
    WHERE snapshot.id = NEW.snapshot_id AND highlight.id = NEW.highlight_id;
    IF words IS NULL THEN
        RAISE EXCEPTION 'The snapshot is not of the highlight''s article.' USING ERRCODE = 'check_violation';
    END IF;
    IF jsonb_typeof(NEW.passages) <> 'array' OR (jsonb_array_length(NEW.passages) = 0 AND {without}) THEN
        RAISE EXCEPTION 'A placement has at least one passage.' USING ERRCODE = 'check_violation';
    END IF;
    FOR passage IN SELECT * FROM jsonb_array_elements(NEW.passages) LOOP
        exact := coalesce(passage ->> 'exact', '');
        IF exact = '' OR jsonb_typeof(passage -> 'start') IS DISTINCT FROM 'number' THEN
            RAISE EXCEPTION 'A passage has words and a place.' USING ERRCODE = 'check_violation';
        END IF;
        place := (passage ->> 'start')::int;
        before := coalesce(passage ->> 'prefix', '');
        after := coalesce(passage ->> 'suffix', '');
        IF place < length(before) OR substr(words, place + 1, length(exact)) <> exact
            OR substr(words, place + 1 - length(before), length(before)) <> before
            OR substr(words, place + 1 + length(exact), length(after)) <> after
        THEN
            RAISE EXCEPTION 'These words do not stand at that place in the snapshot.' USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""

# The lock waits for a text that is being taken in at this moment; what was placed in the text before it is told so.
NEWEST = """
CREATE FUNCTION claims_placement_in_newest() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told articles_snapshot;
BEGIN
    PERFORM 1 FROM articles_article WHERE id = (SELECT article_id FROM articles_snapshot WHERE id = NEW.snapshot_id) FOR SHARE;
    SELECT * INTO told FROM articles_snapshot WHERE id = NEW.snapshot_id;
    IF EXISTS (SELECT 1 FROM articles_snapshot WHERE article_id = told.article_id AND number > told.number) THEN
        RAISE EXCEPTION 'The article has a newer text than this.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'placement_in_newest';
    END IF;
    IF NEW.status = 'gone' AND jsonb_array_length(NEW.passages) > 0 THEN
        RAISE EXCEPTION 'What is gone stands nowhere.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.carried_from_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM claims_placement AS before WHERE before.id = NEW.carried_from_id
        AND before.highlight_id = NEW.highlight_id AND NOT before.waits AND jsonb_array_length(before.passages) > 0
    ) THEN
        RAISE EXCEPTION 'A highlight is carried over from where it stood for certain.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- By its name it runs last of those before the row is written.
CREATE TRIGGER proved_newest BEFORE INSERT ON claims_placement
FOR EACH ROW EXECUTE FUNCTION claims_placement_in_newest();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0008_list_quickly"), ("articles", "0005_follow_snapshots")]

    operations = [
        migrations.AddField("placement", "waits", models.BooleanField(db_default=False, default=False)),
        migrations.AddField(
            "placement",
            "carried_from",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="claims.placement"
            ),
        ),
        migrations.AddField("placement", "found", models.JSONField(null=True)),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("waits", False), ("accepted_by", None), _connector="OR"),
                name="placement_waits_or_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("waits", True),
                    ("accepted_by__isnull", False),
                    models.Q(("status__in", ("edited", "ambiguous")), _negated=True),
                    _connector="OR",
                ),
                name="placement_uncertain_accepted",
            ),
        ),
        migrations.AddConstraint(
            model_name="placement",
            constraint=models.CheckConstraint(
                condition=models.Q(("waits", False), ("carried_from__isnull", False), _connector="OR"),
                name="placement_waits_carried",
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(condition=models.Q(("waits", True)), fields=["highlight"], name="placement_waiting"),
        ),
        Statement(
            PASSAGES.replace("{without}", "NEW.status <> 'gone' AND NOT (NEW.waits AND NEW.status = 'ambiguous')"),
            PASSAGES.replace("{without}", "true"),
        ),
        Statement(
            NEWEST, "DROP TRIGGER proved_newest ON claims_placement; DROP FUNCTION claims_placement_in_newest();"
        ),
    ]

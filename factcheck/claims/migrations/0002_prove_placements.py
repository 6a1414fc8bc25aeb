from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

# search_path is set, or a temporary table of the session, which comes first, could stand in for the one that is asked.
# Code points on both sides: substr of a UTF-8 database counts characters as Python does.
PROVE = """
CREATE FUNCTION claims_prove_placement() RETURNS trigger
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
    IF jsonb_typeof(NEW.passages) <> 'array' OR jsonb_array_length(NEW.passages) = 0 THEN
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
CREATE TRIGGER proved BEFORE INSERT ON claims_placement FOR EACH ROW EXECUTE FUNCTION claims_prove_placement();
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0001_initial"), ("history", "0002_keep_the_record")]

    operations = [
        Recorded(
            "claims_claimant",
            "claims_topic",
            "claims_claim",
            "claims_claim_topics",
            "claims_highlight",
            "claims_placement",
        ),
        Clocked(claims_placement="made_at"),
        AppendOnly("claims_placement"),
        Statement(
            PROVE,
            "DROP TRIGGER proved ON claims_placement; DROP FUNCTION claims_prove_placement();",
        ),
        Statement("REVOKE DELETE ON claims_claim, claims_claimant, claims_highlight FROM {role};"),
        # A highlight is of this claim in this article for good; it can only be taken away and put back.
        Statement("REVOKE UPDATE ON claims_highlight FROM {role};"),
        Statement("GRANT UPDATE (removed_at, claimant_id, said_on) ON claims_highlight TO {role};"),
    ]

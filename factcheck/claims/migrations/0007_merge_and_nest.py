import django.db.models.deletion
from django.db import migrations, models

from factcheck.history.keeping import Statement

# Who was merged has nothing of their own any more: what is given to them at the same moment goes to who they became. The
# lock waits for a merging under way. No chains: who somebody becomes stands for themselves.
MERGED = """
CREATE FUNCTION claims_claimant_standing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    became bigint;
BEGIN
    SELECT merged_into_id INTO became FROM public.claims_claimant WHERE id = NEW.claimant_id FOR KEY SHARE;
    NEW.claimant_id := coalesce(became, NEW.claimant_id);
    RETURN NEW;
END $$;
CREATE TRIGGER claimant_standing BEFORE INSERT OR UPDATE OF claimant_id ON claims_claim
    FOR EACH ROW WHEN (NEW.claimant_id IS NOT NULL) EXECUTE FUNCTION claims_claimant_standing();
CREATE TRIGGER claimant_standing BEFORE INSERT OR UPDATE OF claimant_id ON claims_highlight
    FOR EACH ROW WHEN (NEW.claimant_id IS NOT NULL) EXECUTE FUNCTION claims_claimant_standing();

CREATE FUNCTION claims_no_chains() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever merges that one at this moment is waited for.
    PERFORM 1 FROM public.claims_claimant WHERE id = NEW.merged_into_id FOR SHARE;
    IF EXISTS (SELECT 1 FROM public.claims_claimant WHERE merged_into_id = NEW.id)
        OR EXISTS (SELECT 1 FROM public.claims_claimant WHERE id = NEW.merged_into_id AND merged_into_id IS NOT NULL)
    THEN
        RAISE EXCEPTION 'A claimant is merged into one that stands for themselves.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER no_chains AFTER INSERT OR UPDATE OF merged_into_id ON claims_claimant
    FOR EACH ROW WHEN (NEW.merged_into_id IS NOT NULL) EXECUTE FUNCTION claims_no_chains();
"""
UNMERGED = """
DROP TRIGGER claimant_standing ON claims_claim;
DROP TRIGGER claimant_standing ON claims_highlight;
DROP FUNCTION claims_claimant_standing();
DROP TRIGGER no_chains ON claims_claimant;
DROP FUNCTION claims_no_chains();
"""

# One at a time: two who put two topics under each other would both see none above.
NESTED = """
CREATE FUNCTION claims_topic_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above bigint := NEW.parent_id;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('topics'));
    WHILE above IS NOT NULL LOOP
        IF above = NEW.id THEN
            RAISE EXCEPTION 'A topic would stand under itself.' USING ERRCODE = 'check_violation';
        END IF;
        SELECT parent_id INTO above FROM public.claims_topic WHERE id = above;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER no_circle AFTER INSERT OR UPDATE OF parent_id ON claims_topic
    FOR EACH ROW WHEN (NEW.parent_id IS NOT NULL) EXECUTE FUNCTION claims_topic_no_circle();
"""
UNNESTED = "DROP TRIGGER no_circle ON claims_topic; DROP FUNCTION claims_topic_no_circle();"


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0006_name_claimants_alike"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                help_text="A wider topic, if there is one.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="below",
                to="claims.topic",
                verbose_name="stands under",
            ),
        ),
        Statement(MERGED, UNMERGED),
        Statement(NESTED, UNNESTED),
    ]

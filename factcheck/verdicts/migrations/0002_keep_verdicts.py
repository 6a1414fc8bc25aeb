from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

# A scale is what it was when somebody judged by it: no rating comes to a version in use, none of another to a verdict.
SCALE = """
CREATE FUNCTION verdicts_check_rating() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM verdicts_verdict WHERE scale_id = NEW.version_id) THEN
        RAISE EXCEPTION 'This version of the scale is in use.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER not_in_use BEFORE INSERT ON verdicts_rating FOR EACH ROW EXECUTE FUNCTION verdicts_check_rating();
CREATE FUNCTION verdicts_check_scale() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.rating_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM verdicts_rating WHERE id = NEW.rating_id AND version_id = NEW.scale_id)
    THEN
        RAISE EXCEPTION 'The rating is not on the verdict''s scale.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER on_its_scale BEFORE INSERT OR UPDATE OF rating_id, scale_id ON verdicts_verdict
    FOR EACH ROW EXECUTE FUNCTION verdicts_check_scale();
"""


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0001_initial"), ("history", "0002_keep_the_record")]

    operations = [
        Recorded("verdicts_ratingscale", "verdicts_scaleversion", "verdicts_rating"),
        Recorded("verdicts_verdict", leave_out=("rationale_html",)),
        Recorded("verdicts_author", "verdicts_citation"),
        Clocked(verdicts_author="since", verdicts_scaleversion="made_at"),
        AppendOnly(
            "verdicts_ratingscale",
            "verdicts_scaleversion",
            "verdicts_rating",
            "verdicts_author",
        ),
        Statement(
            SCALE,
            "DROP TRIGGER not_in_use ON verdicts_rating; DROP TRIGGER on_its_scale ON verdicts_verdict;"
            " DROP FUNCTION verdicts_check_rating(); DROP FUNCTION verdicts_check_scale();",
        ),
        Statement("REVOKE DELETE ON verdicts_verdict FROM {role};"),
        # What it judges and who began it stay.
        Statement("REVOKE UPDATE ON verdicts_verdict FROM {role};"),
        Statement(
            "GRANT UPDATE (rating_id, summary, rationale, rationale_html, stage, citations_given, version)"
            " ON verdicts_verdict TO {role};"
        ),
    ]

from django.db import migrations

from factcheck.history.keeping import Statement

# "Settled" is never only said: what was handed in last is published, and stands approved.
SETTLED = """
CREATE FUNCTION publication_check_settled() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM publication_publication AS published
        JOIN review_decision AS decision ON decision.submission_id = published.submission_id
        WHERE decision.outcome = 'approve' AND published.submission_id = (
            SELECT id FROM review_submission WHERE verdict_id = NEW.id ORDER BY number DESC LIMIT 1
        )
    ) THEN
        RAISE EXCEPTION 'The verdict cannot be "settled": it has not been published as approved.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settled_told BEFORE INSERT ON verdicts_verdict FOR EACH ROW
    WHEN (NEW.stage = 'settled') EXECUTE FUNCTION publication_check_settled();
CREATE TRIGGER settled BEFORE UPDATE OF stage ON verdicts_verdict FOR EACH ROW
    WHEN (NEW.stage = 'settled' AND OLD.stage <> 'settled') EXECUTE FUNCTION publication_check_settled();
"""

PUBLISHED_BEFORE = """
UPDATE verdicts_verdict AS verdict SET stage = 'settled' WHERE stage = 'approved' AND EXISTS (
    SELECT 1 FROM publication_publication WHERE submission_id = (
        SELECT id FROM review_submission WHERE verdict_id = verdict.id ORDER BY number DESC LIMIT 1
    )
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0002_only_what_was_approved"),
        ("verdicts", "0004_settle"),
    ]

    operations = [
        Statement(
            SETTLED,
            "DROP TRIGGER settled_told ON verdicts_verdict; DROP TRIGGER settled ON verdicts_verdict;"
            " DROP FUNCTION publication_check_settled();",
        ),
        Statement(PUBLISHED_BEFORE, "UPDATE verdicts_verdict SET stage = 'approved' WHERE stage = 'settled';"),
    ]

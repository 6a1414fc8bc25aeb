from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

# search_path is set, or a temporary table of the session, which comes first, could stand in for the one that is asked.
APPROVED = """
CREATE FUNCTION publication_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    handed_in review_submission;
    judged verdicts_verdict;
    before publication_publication;
BEGIN
    SELECT * INTO handed_in FROM review_submission WHERE id = NEW.submission_id;
    SELECT * INTO judged FROM verdicts_verdict WHERE id = handed_in.verdict_id FOR UPDATE;
    IF judged.claim_id IS DISTINCT FROM NEW.claim_id THEN
        RAISE EXCEPTION 'The submission is of another claim.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.document IS DISTINCT FROM handed_in.document THEN
        RAISE EXCEPTION 'The document is not the one that was handed in.' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM review_decision AS decision
        WHERE decision.submission_id = NEW.submission_id AND decision.outcome = 'approve'
    ) THEN
        RAISE EXCEPTION 'The document has not been approved.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version > 1 THEN
        SELECT * INTO before FROM publication_publication WHERE id = NEW.previous_id;
        IF before.claim_id IS DISTINCT FROM NEW.claim_id OR before.version <> NEW.version - 1
            OR before.slug <> NEW.slug
        THEN
            RAISE EXCEPTION 'It does not follow the version before it.' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.kind = 'retraction' THEN
        IF before.kind = 'retraction' OR before.document IS DISTINCT FROM NEW.document THEN
            RAISE EXCEPTION 'A retraction takes back the version before it.' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF judged.stage <> 'approved' OR EXISTS (
        SELECT 1 FROM review_submission WHERE verdict_id = judged.id AND number > handed_in.number
    ) THEN
        RAISE EXCEPTION 'The approval is of an earlier submission.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER approved BEFORE INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_check();
"""

ARTICLE = """
CREATE FUNCTION publication_check_article() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before publication_articlepublication;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM articles_snapshot WHERE id = NEW.snapshot_id AND article_id = NEW.article_id) THEN
        RAISE EXCEPTION 'The snapshot is not of this article.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version > 1 THEN
        SELECT * INTO before FROM publication_articlepublication
        WHERE article_id = NEW.article_id AND version = NEW.version - 1;
        IF before.slug IS DISTINCT FROM NEW.slug THEN
            RAISE EXCEPTION 'It does not follow the version before it.' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER follows BEFORE INSERT ON publication_articlepublication
    FOR EACH ROW EXECUTE FUNCTION publication_check_article();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0001_initial"),
        ("history", "0002_keep_the_record"),
        ("review", "0002_four_eyes"),
    ]

    operations = [
        Recorded(
            "publication_publication",
            "publication_articlepublication",
            leave_out=("document",),
        ),
        Recorded("publication_shown"),
        Clocked(publication_publication="published_at", publication_articlepublication="published_at"),
        AppendOnly(
            "publication_publication",
            "publication_articlepublication",
            "publication_shown",
        ),
        Statement(
            APPROVED,
            "DROP TRIGGER approved ON publication_publication; DROP FUNCTION publication_check();",
        ),
        Statement(
            ARTICLE,
            "DROP TRIGGER follows ON publication_articlepublication; DROP FUNCTION publication_check_article();",
        ),
    ]

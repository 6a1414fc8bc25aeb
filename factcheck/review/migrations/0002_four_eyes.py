from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

# search_path is set, or a temporary table of the session, which comes first, could stand in for the one that is asked.
#
# The verdict's row is locked first: an author cannot come in while somebody decides, nor two people decide at once.
DECISION = """
CREATE FUNCTION review_check_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    judged verdicts_verdict;
    handed_in_by bigint;
BEGIN
    SELECT submitted_by_id INTO handed_in_by FROM review_submission WHERE id = NEW.submission_id;
    SELECT * INTO judged FROM verdicts_verdict
    WHERE id = (SELECT verdict_id FROM review_submission WHERE id = NEW.submission_id) FOR UPDATE;
    IF NOT FOUND THEN
        -- Foreign keys wait for the end of the transaction: until then, it could still be made whose it pleases.
        RAISE EXCEPTION 'There is no such submission.' USING ERRCODE = 'check_violation';
    END IF;
    IF judged.made_by_id = NEW.decided_by_id OR EXISTS (
        SELECT 1 FROM verdicts_author WHERE verdict_id = judged.id AND person_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'Nobody decides on a verdict of which they are an author.' USING ERRCODE = 'check_violation';
    END IF;
    IF handed_in_by = NEW.decided_by_id THEN
        RAISE EXCEPTION 'Nobody decides on what they have handed in.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.submission_id <> (
        SELECT id FROM review_submission WHERE verdict_id = judged.id ORDER BY number DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'The verdict has been handed in again since.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER four_eyes BEFORE INSERT ON review_decision FOR EACH ROW EXECUTE FUNCTION review_check_decision();
"""

# A stage is never only said: the submission or decision that it tells of must stand there.
STAGE = """
CREATE FUNCTION review_check_stage() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said text;
    handed_in bigint;
BEGIN
    SELECT submission.id, decision.outcome INTO handed_in, said FROM review_submission AS submission
    LEFT JOIN review_decision AS decision ON decision.submission_id = submission.id
    WHERE submission.verdict_id = NEW.id ORDER BY submission.number DESC LIMIT 1;
    IF (NEW.stage = 'submitted' AND (handed_in IS NULL OR said IS NOT NULL))
        OR (NEW.stage = 'approved' AND said IS DISTINCT FROM 'approve')
        OR (NEW.stage = 'sent_back' AND said IS DISTINCT FROM 'send_back')
        OR (NEW.stage = 'draft' AND TG_OP = 'UPDATE')
    THEN
        RAISE EXCEPTION 'The verdict cannot be "%": its submissions and decisions do not say so.', NEW.stage
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER stage_told BEFORE INSERT ON verdicts_verdict FOR EACH ROW EXECUTE FUNCTION review_check_stage();
CREATE TRIGGER stage_changed BEFORE UPDATE OF stage ON verdicts_verdict FOR EACH ROW
    WHEN (OLD.stage IS DISTINCT FROM NEW.stage) EXECUTE FUNCTION review_check_stage();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("review", "0001_initial"),
        ("history", "0002_keep_the_record"),
        ("verdicts", "0002_keep_verdicts"),
    ]

    operations = [
        Recorded("review_submission", leave_out=("document",)),
        Recorded("review_decision"),
        Clocked(review_submission="submitted_at", review_decision="decided_at"),
        AppendOnly("review_submission", "review_decision"),
        Statement(
            DECISION,
            "DROP TRIGGER four_eyes ON review_decision; DROP FUNCTION review_check_decision();",
        ),
        Statement(
            STAGE,
            "DROP TRIGGER stage_told ON verdicts_verdict; DROP TRIGGER stage_changed ON verdicts_verdict;"
            " DROP FUNCTION review_check_stage();",
        ),
    ]

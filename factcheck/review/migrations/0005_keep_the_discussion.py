from importlib import import_module

from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

# As 0002 has it, and: back to draft, when the newest submission was withdrawn.
STAGE = """
CREATE OR REPLACE FUNCTION review_check_stage() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    said text;
    handed_in bigint;
    withdrawn boolean;
BEGIN
    SELECT submission.id, decision.outcome, withdrawal.id IS NOT NULL INTO handed_in, said, withdrawn
    FROM review_submission AS submission
    LEFT JOIN review_decision AS decision ON decision.submission_id = submission.id
    LEFT JOIN review_withdrawal AS withdrawal ON withdrawal.submission_id = submission.id
    WHERE submission.verdict_id = NEW.id ORDER BY submission.number DESC LIMIT 1;
    IF (NEW.stage = 'submitted' AND (handed_in IS NULL OR said IS NOT NULL OR withdrawn))
        OR (NEW.stage = 'approved' AND said IS DISTINCT FROM 'approve')
        OR (NEW.stage = 'sent_back' AND said IS DISTINCT FROM 'send_back')
        OR (NEW.stage = 'draft' AND TG_OP = 'UPDATE' AND withdrawn IS NOT TRUE)
    THEN
        RAISE EXCEPTION 'The verdict cannot be "%": its submissions and decisions do not say so.', NEW.stage
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""
STAGE_BEFORE = (
    "DROP TRIGGER stage_told ON verdicts_verdict; DROP TRIGGER stage_changed ON verdicts_verdict;"
    " DROP FUNCTION review_check_stage();"
) + import_module("factcheck.review.migrations.0002_four_eyes").STAGE

# The verdict's row is locked first, as a decision does: of a withdrawal and a decision at the same moment one is there first.
WITHDRAWAL = """
CREATE FUNCTION review_check_withdrawal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    judged bigint;
BEGIN
    SELECT id INTO judged FROM verdicts_verdict
    WHERE id = (SELECT verdict_id FROM review_submission WHERE id = NEW.submission_id) FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no such submission.' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM verdicts_author WHERE verdict_id = judged AND person_id = NEW.withdrawn_by_id
    ) AND NOT EXISTS (
        SELECT 1 FROM review_submission WHERE id = NEW.submission_id AND submitted_by_id = NEW.withdrawn_by_id
    ) THEN
        RAISE EXCEPTION 'Only an author withdraws a verdict.' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM review_decision WHERE submission_id = NEW.submission_id) THEN
        RAISE EXCEPTION 'The submission has been decided on.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.submission_id <> (
        SELECT id FROM review_submission WHERE verdict_id = judged ORDER BY number DESC LIMIT 1
    ) THEN
        RAISE EXCEPTION 'The verdict has been handed in again since.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER by_an_author BEFORE INSERT ON review_withdrawal
    FOR EACH ROW EXECUTE FUNCTION review_check_withdrawal();
CREATE FUNCTION review_check_not_withdrawn() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM review_withdrawal WHERE submission_id = NEW.submission_id) THEN
        RAISE EXCEPTION 'The submission was withdrawn.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- After four_eyes, which locks the verdict: triggers run in the order of their names.
CREATE TRIGGER not_withdrawn BEFORE INSERT ON review_decision
    FOR EACH ROW EXECUTE FUNCTION review_check_not_withdrawn();
"""

# A reply stands in a thread of the same verdict, and only a thread is resolved.
THREADS = """
CREATE FUNCTION review_check_remark() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.under_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM review_remark WHERE id = NEW.under_id AND under_id IS NULL AND verdict_id = NEW.verdict_id
    ) THEN
        RAISE EXCEPTION 'A reply stands in a thread of the same verdict.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.submission_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM review_submission WHERE id = NEW.submission_id AND verdict_id = NEW.verdict_id
    ) THEN
        RAISE EXCEPTION 'The submission is of another verdict.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER in_its_thread BEFORE INSERT ON review_remark FOR EACH ROW EXECUTE FUNCTION review_check_remark();
CREATE FUNCTION review_check_resolution() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM review_remark WHERE id = NEW.thread_id AND under_id IS NULL) THEN
        RAISE EXCEPTION 'Only a thread is resolved.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_a_thread BEFORE INSERT ON review_resolution FOR EACH ROW EXECUTE FUNCTION review_check_resolution();
"""


class Migration(migrations.Migration):
    dependencies = [("review", "0004_discuss_and_withdraw")]

    operations = [
        Recorded("review_withdrawal", "review_handover", "review_mention", "review_resolution"),
        Recorded("review_remark", leave_out=("html",)),
        Clocked(
            review_withdrawal="withdrawn_at",
            review_handover="made_at",
            review_remark="made_at",
            review_resolution="made_at",
        ),
        AppendOnly("review_withdrawal", "review_handover", "review_remark", "review_mention", "review_resolution"),
        Statement(STAGE, STAGE_BEFORE),
        Statement(
            WITHDRAWAL,
            "DROP TRIGGER by_an_author ON review_withdrawal; DROP TRIGGER not_withdrawn ON review_decision;"
            " DROP FUNCTION review_check_withdrawal(); DROP FUNCTION review_check_not_withdrawn();",
        ),
        Statement(
            THREADS,
            "DROP TRIGGER in_its_thread ON review_remark; DROP TRIGGER of_a_thread ON review_resolution;"
            " DROP FUNCTION review_check_remark(); DROP FUNCTION review_check_resolution();",
        ),
    ]

from importlib import import_module

from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

before = import_module("factcheck.publication.migrations.0007_keep_the_moments")

# search_path is set, or a temporary table of the session, which comes first, could stand in for the one that is asked.
#
# As 0007 has it, and: in an emergency, what waits for a decision; a retraction takes back what stands, approved or not.
CHECK = """
CREATE OR REPLACE FUNCTION publication_check() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    handed_in review_submission;
    judged verdicts_verdict;
    before publication_publication;
    told jsonb;
BEGIN
    NEW.published_at := greatest(NEW.published_at, statement_timestamp());
    NEW.called_off := false;
    SELECT * INTO handed_in FROM review_submission WHERE id = NEW.submission_id;
    SELECT * INTO judged FROM verdicts_verdict WHERE id = handed_in.verdict_id FOR UPDATE;
    IF judged.claim_id IS DISTINCT FROM NEW.claim_id THEN
        RAISE EXCEPTION 'The submission is of another claim.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.document IS DISTINCT FROM handed_in.document THEN
        RAISE EXCEPTION 'The document is not the one that was handed in.' USING ERRCODE = 'check_violation';
    END IF;
    told := NEW.document::jsonb;
    IF (told #>> '{claim,id}')::bigint IS DISTINCT FROM NEW.claim_id OR told #>> '{verdict,rating,name}' IS NULL
        OR told #> '{citations}' IS NULL
    THEN
        RAISE EXCEPTION 'The document is not that of a check of this claim.' USING ERRCODE = 'check_violation';
    END IF;
    -- Who reviewed it is told by the decision, not by whoever publishes.
    NEW.reviewer := coalesce((
        SELECT person.byline FROM review_decision AS decision
        JOIN accounts_user AS person ON person.id = decision.decided_by_id
        WHERE decision.submission_id = NEW.submission_id AND decision.outcome = 'approve'
    ), '');
    IF NEW.version > 1 THEN
        SELECT * INTO before FROM publication_publication WHERE id = NEW.previous_id;
        IF before.claim_id IS DISTINCT FROM NEW.claim_id OR before.version <> NEW.version - 1
            OR before.slug <> NEW.slug OR before.called_off
        THEN
            RAISE EXCEPTION 'It does not follow the version before it.' USING ERRCODE = 'check_violation';
        END IF;
        IF before.published_at > statement_timestamp() THEN
            RAISE EXCEPTION 'The version before it has not gone out yet.' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF NEW.kind = 'retraction' THEN
        IF before.kind = 'retraction' OR before.document IS DISTINCT FROM NEW.document THEN
            RAISE EXCEPTION 'A retraction takes back the version before it.' USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.published_at > statement_timestamp() THEN
            RAISE EXCEPTION 'A retraction takes effect at once.' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.urgency <> '' THEN
        -- One person alone, for what waits for a decision, and for nothing else.
        IF judged.stage <> 'submitted' OR NEW.published_at > statement_timestamp()
            OR EXISTS (SELECT 1 FROM review_submission WHERE verdict_id = judged.id AND number > handed_in.number)
            OR EXISTS (SELECT 1 FROM review_decision WHERE submission_id = NEW.submission_id)
            OR EXISTS (SELECT 1 FROM review_withdrawal WHERE submission_id = NEW.submission_id)
        THEN
            RAISE EXCEPTION 'In an emergency goes out, at once, what waits for a decision.' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NOT EXISTS (
        SELECT 1 FROM review_decision AS decision
        WHERE decision.submission_id = NEW.submission_id AND decision.outcome = 'approve'
    ) THEN
        RAISE EXCEPTION 'The document has not been approved.' USING ERRCODE = 'check_violation';
    ELSIF judged.stage <> 'approved' OR EXISTS (
        SELECT 1 FROM review_submission WHERE verdict_id = judged.id AND number > handed_in.number
    ) THEN
        RAISE EXCEPTION 'The approval is of an earlier submission.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# As 0007 has it, and: what was published in an emergency is settled once it is approved, under whichever submission.
STAGES = """
CREATE OR REPLACE FUNCTION publication_check_settled() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM review_submission AS newest
        JOIN review_decision AS decision ON decision.submission_id = newest.id
        JOIN publication_publication AS published ON published.sha256 = newest.sha256
        WHERE decision.outcome = 'approve' AND published.claim_id = NEW.claim_id AND NOT published.called_off
            AND newest.id = (SELECT id FROM review_submission WHERE verdict_id = NEW.id ORDER BY number DESC LIMIT 1)
    ) THEN
        RAISE EXCEPTION 'The verdict cannot be "settled": it has not been published as approved.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION publication_settle_what_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stands text;
    approved text;
BEGIN
    SELECT sha256 INTO stands FROM publication_publication
    WHERE claim_id = NEW.claim_id AND NOT called_off ORDER BY version DESC LIMIT 1;
    SELECT sha256 INTO approved FROM review_submission WHERE verdict_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF stands = approved THEN
        NEW.stage := 'settled';
    END IF;
    RETURN NEW;
END $$;
-- Before the triggers that look whether the stage is true: they run in the order of their names.
CREATE TRIGGER already_published BEFORE UPDATE OF stage ON verdicts_verdict FOR EACH ROW
    WHEN (NEW.stage = 'approved' AND OLD.stage <> 'settled') EXECUTE FUNCTION publication_settle_what_stands();
"""
STAGES_BEFORE = """
DROP TRIGGER already_published ON verdicts_verdict; DROP FUNCTION publication_settle_what_stands();
""" + before.again(before.STAGES, "publication_check_settled")

# Four eyes: whoever published it unreviewed does not decide on it, and while readers see it nobody takes it back from review.
# What is approved is signed with that, whenever the document is the same.
EMERGENCY = """
CREATE FUNCTION publication_check_decision() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM review_submission AS handed_in
        JOIN verdicts_verdict AS judged ON judged.id = handed_in.verdict_id
        JOIN publication_publication AS published
            ON published.claim_id = judged.claim_id AND published.sha256 = handed_in.sha256
        WHERE handed_in.id = NEW.submission_id AND published.urgency <> '' AND published.published_by_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'Nobody decides on what they have published.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- After four_eyes, which locks the verdict: triggers run in the order of their names.
CREATE TRIGGER not_by_who_published BEFORE INSERT ON review_decision
    FOR EACH ROW EXECUTE FUNCTION publication_check_decision();
CREATE FUNCTION publication_sign_what_is_approved() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO publication_countersignature (publication_id, signed_by_id)
    SELECT published.id, NEW.decided_by_id FROM review_submission AS handed_in
    JOIN verdicts_verdict AS judged ON judged.id = handed_in.verdict_id
    JOIN publication_publication AS published
        ON published.claim_id = judged.claim_id AND published.sha256 = handed_in.sha256
    WHERE handed_in.id = NEW.submission_id AND published.urgency <> ''
        AND NOT EXISTS (SELECT 1 FROM publication_countersignature WHERE publication_id = published.id);
    RETURN NULL;
END $$;
CREATE TRIGGER signs AFTER INSERT ON review_decision FOR EACH ROW
    WHEN (NEW.outcome = 'approve') EXECUTE FUNCTION publication_sign_what_is_approved();
CREATE FUNCTION publication_check_withdrawal() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM publication_publication WHERE submission_id = NEW.submission_id) THEN
        RAISE EXCEPTION 'Readers see what was handed in.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
-- After by_an_author, which locks the verdict.
CREATE TRIGGER not_published BEFORE INSERT ON review_withdrawal
    FOR EACH ROW EXECUTE FUNCTION publication_check_withdrawal();
"""
EMERGENCY_BEFORE = """
DROP TRIGGER not_by_who_published ON review_decision; DROP TRIGGER signs ON review_decision;
DROP TRIGGER not_published ON review_withdrawal; DROP FUNCTION publication_check_decision();
DROP FUNCTION publication_sign_what_is_approved(); DROP FUNCTION publication_check_withdrawal();
"""

# Who acted alone does not sign; an emergency is signed by approving the same document.
SIGNATURE = """
CREATE FUNCTION publication_check_signature() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    alone publication_publication;
BEGIN
    SELECT * INTO alone FROM publication_publication WHERE id = NEW.publication_id;
    IF alone.id IS NULL OR (alone.kind <> 'retraction' AND alone.urgency = '') THEN
        RAISE EXCEPTION 'Only what one person did alone is signed by a second.' USING ERRCODE = 'check_violation';
    END IF;
    IF alone.published_by_id = NEW.signed_by_id THEN
        RAISE EXCEPTION 'Nobody signs what they did alone.' USING ERRCODE = 'check_violation';
    END IF;
    IF alone.urgency <> '' AND NOT EXISTS (
        SELECT 1 FROM review_decision AS decision JOIN review_submission AS handed_in ON handed_in.id = decision.submission_id
        JOIN verdicts_verdict AS judged ON judged.id = handed_in.verdict_id
        WHERE decision.decided_by_id = NEW.signed_by_id AND decision.outcome = 'approve'
            AND judged.claim_id = alone.claim_id AND handed_in.sha256 = alone.sha256
    ) THEN
        RAISE EXCEPTION 'What was published in an emergency is signed by approving it.' USING ERRCODE = 'check_violation';
    END IF;
    NEW.first := (SELECT byline FROM accounts_user WHERE id = alone.published_by_id);
    NEW.second := (SELECT byline FROM accounts_user WHERE id = NEW.signed_by_id);
    RETURN NEW;
END $$;
CREATE TRIGGER by_a_second_person BEFORE INSERT ON publication_countersignature
    FOR EACH ROW EXECUTE FUNCTION publication_check_signature();
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0008_act_alone_and_be_signed")]

    operations = [
        Recorded("publication_countersignature"),
        Clocked(publication_countersignature="signed_at"),
        AppendOnly("publication_countersignature"),
        Statement(CHECK, before.APPROVED),
        Statement(STAGES, STAGES_BEFORE),
        Statement(
            SIGNATURE,
            "DROP TRIGGER by_a_second_person ON publication_countersignature; DROP FUNCTION publication_check_signature();",
        ),
        Statement(EMERGENCY, EMERGENCY_BEFORE),
    ]

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
    told jsonb;
BEGIN
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
    SELECT person.byline INTO NEW.reviewer FROM review_decision AS decision
    JOIN accounts_user AS person ON person.id = decision.decided_by_id WHERE decision.submission_id = NEW.submission_id;
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
    told jsonb;
    published publication_publication;
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
    -- What the page says of each claim is what was published of it, and the claim is highlighted in this article.
    FOR told IN SELECT * FROM jsonb_array_elements(NEW.document::jsonb -> 'claims') LOOP
        SELECT * INTO published FROM publication_publication WHERE id = (told ->> 'publication')::bigint;
        IF published.id IS NULL OR told ->> 'kind' <> published.kind OR (told ->> 'version')::int <> published.version
            OR told ->> 'wording' <> published.document::jsonb #>> '{claim,wording}'
            OR told #>> '{rating,name}' <> published.document::jsonb #>> '{verdict,rating,name}'
            OR told #>> '{rating,hue}' <> published.document::jsonb #>> '{verdict,rating,hue}'
            OR told #>> '{rating,sign}' <> published.document::jsonb #>> '{verdict,rating,sign}'
            OR told ->> 'summary' <> published.document::jsonb #>> '{verdict,summary}'
            OR NOT EXISTS (
                SELECT 1 FROM claims_highlight WHERE article_id = NEW.article_id AND claim_id = published.claim_id
            )
        THEN
            RAISE EXCEPTION 'The page says what was not published.' USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
CREATE TRIGGER follows BEFORE INSERT ON publication_articlepublication
    FOR EACH ROW EXECUTE FUNCTION publication_check_article();
"""

# Which versions a page shows is read from its document, once, by the owner; the program only reads it.
SHOWN = """
CREATE FUNCTION publication_write_shown() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO public.publication_shown (article_publication_id, publication_id)
    SELECT DISTINCT NEW.id, (told ->> 'publication')::bigint FROM jsonb_array_elements(NEW.document::jsonb -> 'claims') AS told;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION publication_write_shown() FROM PUBLIC;
CREATE TRIGGER shown AFTER INSERT ON publication_articlepublication
    FOR EACH ROW EXECUTE FUNCTION publication_write_shown();
REVOKE INSERT ON publication_shown FROM {role};
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
        Statement(
            SHOWN,
            "DROP TRIGGER shown ON publication_articlepublication; DROP FUNCTION publication_write_shown();"
            " GRANT INSERT ON publication_shown TO {role};",
        ),
    ]

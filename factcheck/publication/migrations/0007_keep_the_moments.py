from importlib import import_module

from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

before = import_module("factcheck.publication.migrations.0002_only_what_was_approved")

# search_path is set, or a temporary table of the session, which comes first, could stand in for the one that is asked.
#
# As 0002 has it, and: the moment is now or later, a retraction's is now, and nothing follows what has not gone out.
APPROVED = """
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
    ELSIF judged.stage <> 'approved' OR EXISTS (
        SELECT 1 FROM review_submission WHERE verdict_id = judged.id AND number > handed_in.number
    ) THEN
        RAISE EXCEPTION 'The approval is of an earlier submission.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# As 0002 has it, and: it shows nothing before its moment, and nothing that was called off.
ARTICLE = """
CREATE OR REPLACE FUNCTION publication_check_article() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before publication_articlepublication;
    told jsonb;
    published publication_publication;
BEGIN
    NEW.published_at := greatest(NEW.published_at, statement_timestamp());
    NEW.called_off := false;
    IF NOT EXISTS (SELECT 1 FROM articles_snapshot WHERE id = NEW.snapshot_id AND article_id = NEW.article_id) THEN
        RAISE EXCEPTION 'The snapshot is not of this article.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.version > 1 THEN
        SELECT * INTO before FROM publication_articlepublication
        WHERE article_id = NEW.article_id AND version = NEW.version - 1 AND NOT called_off;
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
            OR published.called_off OR published.published_at > NEW.published_at
            OR NOT EXISTS (
                SELECT 1 FROM claims_highlight WHERE article_id = NEW.article_id AND claim_id = published.claim_id
            )
        THEN
            RAISE EXCEPTION 'The page says what was not published.' USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""


def again(statement: str, function: str) -> str:
    """The function as an earlier migration made it, in place of the one that is there."""
    begin = statement.index(f"FUNCTION {function}()")
    end = statement.index("END $$;", begin) + len("END $$;")
    return f"CREATE OR REPLACE {statement[begin:end]}"


# One thing is told of a version afterwards, once, and only before it goes out; the program may not write it. What the owner
# takes away goes as from every other table (see history_refuse_change).
CALLED_OFF_ONCE = """
CREATE FUNCTION publication_refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.called_off AND NOT OLD.called_off AND OLD.published_at > statement_timestamp()
        AND to_jsonb(NEW) - 'called_off' = to_jsonb(OLD) - 'called_off'
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND current_setting('factcheck.taking_away', true) = 'yes' AND session_user = (
        SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Rows of % are only added, never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
DROP TRIGGER append_only ON publication_publication;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_refuse_change();
DROP TRIGGER append_only ON publication_articlepublication;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON publication_articlepublication
    FOR EACH ROW EXECUTE FUNCTION publication_refuse_change();
"""
CALLED_OFF_ONCE_BEFORE = """
DROP TRIGGER append_only ON publication_publication;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION history_refuse_change();
DROP TRIGGER append_only ON publication_articlepublication;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON publication_articlepublication
    FOR EACH ROW EXECUTE FUNCTION history_refuse_change();
DROP FUNCTION publication_refuse_change();
"""

# As the owner it marks the version, and the articles' pages that were to show it. What comes so late that its transaction ends
# after the moment is refused then: readers have seen it.
CALLING_OFF = """
CREATE FUNCTION publication_call_off() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM public.publication_publication
    WHERE id = NEW.publication_id AND NOT called_off AND published_at > clock_timestamp() FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'Only what has not gone out yet is called off.' USING ERRCODE = 'check_violation';
    END IF;
    UPDATE public.publication_publication SET called_off = true WHERE id = NEW.publication_id;
    UPDATE public.publication_articlepublication SET called_off = true WHERE NOT called_off AND id IN (
        SELECT article_publication_id FROM public.publication_shown WHERE publication_id = NEW.publication_id
    );
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION publication_call_off() FROM PUBLIC;
CREATE TRIGGER marks BEFORE INSERT ON publication_callingoff
    FOR EACH ROW EXECUTE FUNCTION publication_call_off();
CREATE FUNCTION publication_check_called_off_in_time() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM publication_publication WHERE id = NEW.publication_id AND published_at <= clock_timestamp()
    ) THEN
        RAISE EXCEPTION 'It went out before it was called off.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER in_time AFTER INSERT ON publication_callingoff DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION publication_check_called_off_in_time();
"""

# What is settled stays settled while its document stands in the line of versions; what was called off is approved as before.
# While a version waits for its moment, nothing else of its claim is on the way to the readers.
STAGES = """
CREATE OR REPLACE FUNCTION publication_check_settled() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM publication_publication AS published
        JOIN review_decision AS decision ON decision.submission_id = published.submission_id
        WHERE decision.outcome = 'approve' AND NOT published.called_off AND published.submission_id = (
            SELECT id FROM review_submission WHERE verdict_id = NEW.id ORDER BY number DESC LIMIT 1
        )
    ) THEN
        RAISE EXCEPTION 'The verdict cannot be "settled": it has not been published as approved.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION publication_check_unsettled() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM publication_publication WHERE NOT called_off AND submission_id = (
            SELECT id FROM review_submission WHERE verdict_id = NEW.id ORDER BY number DESC LIMIT 1
        )
    ) THEN
        RAISE EXCEPTION 'The verdict stays "settled": it is published as approved, or waits for its moment.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settled_for_good BEFORE UPDATE OF stage ON verdicts_verdict FOR EACH ROW
    WHEN (OLD.stage = 'settled' AND NEW.stage = 'approved') EXECUTE FUNCTION publication_check_unsettled();
CREATE FUNCTION publication_check_nothing_waits() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM publication_publication
        WHERE claim_id = NEW.claim_id AND NOT called_off AND published_at > statement_timestamp()
    ) THEN
        RAISE EXCEPTION 'A version of this claim''s check waits for its moment.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nothing_waits BEFORE UPDATE OF stage ON verdicts_verdict FOR EACH ROW
    WHEN (NEW.stage = 'submitted') EXECUTE FUNCTION publication_check_nothing_waits();
"""
STAGES_BEFORE = (
    "DROP TRIGGER settled_for_good ON verdicts_verdict; DROP TRIGGER nothing_waits ON verdicts_verdict;"
    " DROP FUNCTION publication_check_unsettled(); DROP FUNCTION publication_check_nothing_waits();"
) + again(
    import_module("factcheck.publication.migrations.0003_settle_what_is_published").SETTLED,
    "publication_check_settled",
)


class Migration(migrations.Migration):
    dependencies = [("publication", "0006_go_out_later"), ("review", "0005_keep_the_discussion")]

    operations = [
        Statement(
            "DROP TRIGGER clocked ON publication_publication; DROP TRIGGER clocked ON publication_articlepublication;",
            Clocked(publication_publication="published_at", publication_articlepublication="published_at").statement,
        ),
        Statement(APPROVED, again(before.APPROVED, "publication_check")),
        Statement(ARTICLE, again(before.ARTICLE, "publication_check_article")),
        Recorded("publication_callingoff"),
        Clocked(publication_callingoff="called_off_at"),
        AppendOnly("publication_callingoff"),
        Statement(CALLED_OFF_ONCE, CALLED_OFF_ONCE_BEFORE),
        Statement(
            CALLING_OFF,
            "DROP TRIGGER marks ON publication_callingoff; DROP TRIGGER in_time ON publication_callingoff;"
            " DROP FUNCTION publication_call_off(); DROP FUNCTION publication_check_called_off_in_time();",
        ),
        Statement(STAGES, STAGES_BEFORE),
    ]

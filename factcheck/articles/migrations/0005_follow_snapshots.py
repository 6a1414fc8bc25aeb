from django.db import migrations

from factcheck.history.keeping import Statement

# One at a time for an article: of two who take it in at the same moment, the second follows the first or is refused.
FOLLOWS = """
CREATE FUNCTION articles_snapshot_follows() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    last articles_snapshot;
BEGIN
    PERFORM 1 FROM articles_article WHERE id = NEW.article_id FOR NO KEY UPDATE;
    SELECT * INTO last FROM articles_snapshot WHERE article_id = NEW.article_id ORDER BY number DESC LIMIT 1;
    IF NEW.number <> coalesce(last.number, 0) + 1 THEN
        RAISE EXCEPTION 'The snapshots of an article follow each other by number.' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.text = last.text THEN
        RAISE EXCEPTION 'The text is that of the snapshot before it.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER follows BEFORE INSERT ON articles_snapshot
FOR EACH ROW EXECUTE FUNCTION articles_snapshot_follows();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0004_find_articles")]

    operations = [
        Statement(FOLLOWS, "DROP TRIGGER follows ON articles_snapshot; DROP FUNCTION articles_snapshot_follows();"),
    ]

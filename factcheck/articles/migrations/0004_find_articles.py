import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from factcheck.history.keeping import Statement

# The text comes first, so that a place in these words is about the same place in the text.
# They are written with the owner's rights: the application's role reads them and nothing else.
WRITE = """
CREATE FUNCTION articles_write_found_by(written bigint) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO articles_foundby (article_id, words, signs)
    SELECT article.id, words_folded(found_by.words), words_signs(found_by.words)
    FROM articles_article AS article, LATERAL (SELECT concat_ws(E'\\n\\n', (
        SELECT snapshot.text FROM articles_snapshot AS snapshot
        WHERE snapshot.article_id = article.id ORDER BY snapshot.number DESC LIMIT 1
    ), article.title, article.publisher, article.author, article.url)) AS found_by(words)
    WHERE article.id = written
    ON CONFLICT (article_id) DO UPDATE SET words = excluded.words, signs = excluded.signs;
$$;
CREATE FUNCTION articles_found_by_details() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM articles_write_found_by(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION articles_found_by_text() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM articles_write_found_by(NEW.article_id);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION articles_write_found_by(bigint), articles_found_by_details(), articles_found_by_text() FROM PUBLIC;
CREATE TRIGGER found_by AFTER INSERT OR UPDATE OF title, publisher, author, url ON articles_article
FOR EACH ROW EXECUTE FUNCTION articles_found_by_details();
CREATE TRIGGER found_by AFTER INSERT ON articles_snapshot
FOR EACH ROW EXECUTE FUNCTION articles_found_by_text();
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON articles_foundby FROM {role};
SELECT articles_write_found_by(id) FROM articles_article;
"""
FORGET = """
DROP TRIGGER found_by ON articles_snapshot;
DROP TRIGGER found_by ON articles_article;
DROP FUNCTION articles_found_by_text();
DROP FUNCTION articles_found_by_details();
DROP FUNCTION articles_write_found_by(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0003_assign_articles"), ("history", "0003_fold_words")]

    operations = [
        migrations.CreateModel(
            name="FoundBy",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="found_by",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("words", models.TextField()),
                ("signs", models.TextField()),
            ],
            options={
                "verbose_name": "words of an article",
                "verbose_name_plural": "words of articles",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["signs"], name="foundby_signs", opclasses=["gin_trgm_ops"]
                    )
                ],
            },
        ),
        Statement(WRITE, FORGET),
    ]

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

# What is published before anything is said of its address has the one it was published under.
PUBLISHED_BEFORE = """
INSERT INTO publication_address (claim_id, slug, chosen_by_id, chosen_at)
SELECT claim_id, slug, published_by_id, published_at FROM publication_publication WHERE version = 1 ORDER BY id;
INSERT INTO publication_address (article_id, slug, chosen_by_id, chosen_at)
SELECT article_id, slug, published_by_id, published_at FROM publication_articlepublication WHERE version = 1 ORDER BY id;
"""

# Nobody keeps an address for what is not published; and what is published has one, whoever publishes it.
ADDRESSES = """
CREATE FUNCTION publication_check_address() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM publication_publication WHERE claim_id = NEW.claim_id)
        AND NOT EXISTS (SELECT 1 FROM publication_articlepublication WHERE article_id = NEW.article_id)
    THEN
        RAISE EXCEPTION 'Nothing is published that could be found there.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_what_is_published BEFORE INSERT ON publication_address
    FOR EACH ROW EXECUTE FUNCTION publication_check_address();

CREATE FUNCTION publication_write_address() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'publication_publication' THEN
        INSERT INTO publication_address (claim_id, slug, chosen_by_id)
        SELECT NEW.claim_id, NEW.slug, NEW.published_by_id
        WHERE NOT EXISTS (SELECT 1 FROM publication_address WHERE claim_id = NEW.claim_id);
    ELSE
        INSERT INTO publication_address (article_id, slug, chosen_by_id)
        SELECT NEW.article_id, NEW.slug, NEW.published_by_id
        WHERE NOT EXISTS (SELECT 1 FROM publication_address WHERE article_id = NEW.article_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER addressed AFTER INSERT ON publication_publication
    FOR EACH ROW EXECUTE FUNCTION publication_write_address();
CREATE TRIGGER addressed AFTER INSERT ON publication_articlepublication
    FOR EACH ROW EXECUTE FUNCTION publication_write_address();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_find_articles"),
        ("claims", "0007_merge_and_nest"),
        ("publication", "0003_settle_what_is_published"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Trusted, as pg_trgm is: the owner may bring it in, and it stays when this is taken back.
        Statement("CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;"),
        migrations.CreateModel(
            name="Address",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=90)),
                ("chosen_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="articles.article",
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="claims.claim",
                    ),
                ),
            ],
            options={
                "verbose_name": "address",
                "verbose_name_plural": "addresses",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article__isnull", False), ("claim", None)),
                            models.Q(("article", None), ("claim__isnull", False)),
                            _connector="OR",
                        ),
                        name="address_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", ""), _negated=True), name="address_says_something"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("claim__isnull", False)),
                        expressions=[("slug", "="), ("claim", "<>")],
                        name="address_of_one_claim",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("article__isnull", False)),
                        expressions=[("slug", "="), ("article", "<>")],
                        name="address_of_one_article",
                    ),
                ],
            },
        ),
        Statement(PUBLISHED_BEFORE),
        Recorded("publication_address"),
        Clocked(publication_address="chosen_at"),
        AppendOnly("publication_address"),
        Statement(
            ADDRESSES,
            "DROP TRIGGER of_what_is_published ON publication_address; DROP FUNCTION publication_check_address();"
            " DROP TRIGGER addressed ON publication_publication; DROP TRIGGER addressed ON publication_articlepublication;"
            " DROP FUNCTION publication_write_address();",
        ),
    ]

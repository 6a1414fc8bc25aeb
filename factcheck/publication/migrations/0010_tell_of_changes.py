import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement, sha256_of

# Readers are told of a later text of the same article, and only where they see the earlier one.
TOLD = """
CREATE FUNCTION publication_check_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM articles_snapshot AS checked JOIN articles_snapshot AS later ON later.article_id = checked.article_id
        WHERE checked.id = NEW.checked_id AND later.id = NEW.now_id AND checked.article_id = NEW.article_id
        AND later.number > checked.number
    ) THEN
        RAISE EXCEPTION 'The text is no later one of the same article.' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM publication_articlepublication WHERE snapshot_id = NEW.checked_id) THEN
        RAISE EXCEPTION 'Readers see no page of that text.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER told BEFORE INSERT ON publication_changenotice
    FOR EACH ROW EXECUTE FUNCTION publication_check_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0009_a_second_person_signs"),
        ("articles", "0005_follow_snapshots"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChangeNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("told_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_notices",
                        to="articles.article",
                    ),
                ),
                (
                    "checked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.snapshot"
                    ),
                ),
                (
                    "now",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.snapshot"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "notice of a change",
                "verbose_name_plural": "notices of changes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256", sha256_of("document"))), name="changenotice_hash_true"
                    )
                ],
            },
        ),
        Recorded("publication_changenotice", leave_out=("document",)),
        Clocked(publication_changenotice="told_at"),
        AppendOnly("publication_changenotice"),
        Statement(TOLD, "DROP TRIGGER told ON publication_changenotice; DROP FUNCTION publication_check_change();"),
    ]

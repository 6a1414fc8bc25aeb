import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_find_articles"),
        ("history", "0005_let_the_owner_take_away"),
        ("publication", "0004_keep_addresses"),
        ("sources", "0005_attach_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tombstone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("reason", models.TextField(verbose_name="public reason")),
                ("taken_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "evidence",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tombstone",
                        to="sources.evidence",
                    ),
                ),
                (
                    "publication",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tombstone",
                        to="publication.publication",
                    ),
                ),
                (
                    "snapshot",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tombstone",
                        to="articles.snapshot",
                    ),
                ),
            ],
            options={
                "verbose_name": "tombstone",
                "verbose_name_plural": "tombstones",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("evidence", None), ("publication__isnull", False), ("snapshot", None)),
                            models.Q(("evidence", None), ("publication", None), ("snapshot__isnull", False)),
                            models.Q(("evidence__isnull", False), ("publication", None), ("snapshot", None)),
                            _connector="OR",
                        ),
                        name="tombstone_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="tombstone_says_why"
                    ),
                ],
            },
        ),
        Recorded("publication_tombstone"),
        Clocked(publication_tombstone="taken_at"),
        AppendOnly("publication_tombstone"),
        # The owner's command writes them, the program reads them.
        Statement(
            "REVOKE INSERT ON publication_tombstone FROM {role};", "GRANT INSERT ON publication_tombstone TO {role};"
        ),
    ]

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        db_default=django.db.models.functions.uuid.UUID7(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="when",
                    ),
                ),
                ("act", models.CharField(max_length=60, verbose_name="what")),
                ("person_id", models.BigIntegerField(null=True)),
                (
                    "person_name",
                    models.CharField(blank=True, max_length=200, verbose_name="who"),
                ),
                (
                    "via",
                    models.CharField(
                        choices=[
                            ("screen", "on the desk"),
                            ("admin", "in the administration"),
                            ("command", "by a command"),
                        ],
                        max_length=10,
                        verbose_name="from where",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="why")),
                (
                    "subjects",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list),
                ),
            ],
            options={
                "verbose_name": "entry",
                "verbose_name_plural": "history",
                "ordering": ("-id",),
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["subjects"], name="entry_subjects")],
            },
        ),
        migrations.CreateModel(
            name="RowChange",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                ("table_name", models.CharField(max_length=63)),
                ("row_id", models.CharField(max_length=60)),
                ("operation", models.CharField(max_length=6)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("database_role", models.CharField(max_length=63)),
                (
                    "entry",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="history.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "row change",
                "verbose_name_plural": "row changes",
                "ordering": ("id",),
                "indexes": [models.Index(fields=["table_name", "row_id"], name="rowchange_row")],
            },
        ),
    ]

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0004_find_articles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked", models.TextField(blank=True, verbose_name="address asked for")),
                ("url", models.TextField(blank=True, verbose_name="address")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name of the file")),
                ("declared", models.CharField(blank=True, max_length=500, verbose_name="said to be")),
                ("kind", models.CharField(blank=True, max_length=10, verbose_name="kind")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="bytes")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("stored", models.CharField(blank=True, max_length=64)),
                ("found", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "article",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.article"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "intake",
                "verbose_name_plural": "intakes",
                "indexes": [
                    models.Index(fields=["made_at"], name="intake_oldest"),
                    models.Index(fields=["stored"], name="intake_stored"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Original",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked", models.TextField(blank=True, verbose_name="address asked for")),
                ("url", models.TextField(blank=True, verbose_name="address")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name of the file")),
                ("declared", models.CharField(blank=True, max_length=500, verbose_name="said to be")),
                ("kind", models.CharField(blank=True, max_length=10, verbose_name="kind")),
                ("size", models.PositiveIntegerField(default=0, verbose_name="bytes")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("stored", models.CharField(blank=True, max_length=64)),
                ("came_at", models.DateTimeField(verbose_name="came")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="original", to="articles.snapshot"
                    ),
                ),
            ],
            options={
                "verbose_name": "original",
                "verbose_name_plural": "originals",
                "indexes": [models.Index(fields=["stored"], name="original_stored")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="original_hash"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stored__regex", "^[0-9a-f]{64}$")), name="original_stored_hash"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["html", "text", "markdown", "docx", "pdf"])),
                        name="original_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("came_at__lte", models.F("made_at"))), name="original_came_before"
                    ),
                ],
            },
        ),
    ]

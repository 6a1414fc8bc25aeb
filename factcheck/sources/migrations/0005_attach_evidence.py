import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from factcheck.history.keeping import AppendOnly, Clocked, Recorded


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0004_know_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what it shows")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("image/png", "PNG"),
                            ("image/jpeg", "JPEG"),
                            ("image/webp", "WebP"),
                            ("image/gif", "GIF"),
                            ("application/pdf", "PDF"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="sources.source"
                    ),
                ),
            ],
            options={
                "verbose_name": "evidence",
                "verbose_name_plural": "evidence",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(fields=("source", "sha256"), name="evidence_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf"])
                        ),
                        name="evidence_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", 10485760)), name="evidence_size"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")), name="evidence_hash"
                    ),
                ],
            },
        ),
        Recorded("sources_evidence"),
        Clocked(sources_evidence="made_at"),
        AppendOnly("sources_evidence"),
    ]

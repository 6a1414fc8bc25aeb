import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        help_text="Empty for an interview or a letter.",
                        max_length=2000,
                        verbose_name="address",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("publisher", models.CharField(blank=True, max_length=200, verbose_name="publisher")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("primary", "primary document"),
                            ("dataset", "dataset"),
                            ("official", "official statement"),
                            ("interview", "interview"),
                            ("media", "media report"),
                            ("expert", "expert"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
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
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.MD5("url"),
                        condition=models.Q(("url", ""), _negated=True),
                        name="source_url_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("title", ""), _negated=True), name="source_has_title"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["primary", "dataset", "official", "interview", "media", "expert"])
                        ),
                        name="source_kind_known",
                    ),
                ],
            },
        ),
    ]

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=300, verbose_name="title")),
                ("publisher", models.CharField(max_length=200, verbose_name="publisher")),
                ("author", models.CharField(blank=True, max_length=200, verbose_name="author")),
                (
                    "url",
                    models.URLField(
                        blank=True, help_text="Where readers found it.", max_length=2000, verbose_name="address"
                    ),
                ),
                ("language", models.CharField(default="en", max_length=35, verbose_name="language")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="published on")),
                (
                    "rights",
                    models.CharField(
                        choices=[("excerpts", "Excerpts around the highlights"), ("full", "Full text")],
                        default="excerpts",
                        max_length=10,
                        verbose_name="what readers may be shown",
                    ),
                ),
                ("trashed_at", models.DateTimeField(editable=False, null=True)),
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
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(default=1)),
                ("text", models.TextField()),
                ("blocks", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                ("taken_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="articles.article"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "snapshot",
                "verbose_name_plural": "snapshots",
            },
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(condition=models.Q(("trashed_at", None)), fields=["-id"], name="article_on_desk"),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="article_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("publisher", ""), _negated=True), name="article_has_publisher"
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("rights__in", ["excerpts", "full"])), name="article_rights_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="snapshot_number_once"),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="snapshot_has_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256",
                        models.Func(
                            models.Func(
                                models.Func(
                                    models.F("text"),
                                    models.Value("UTF8"),
                                    function="convert_to",
                                    output_field=models.BinaryField(),
                                ),
                                function="sha256",
                                output_field=models.BinaryField(),
                            ),
                            models.Value("hex"),
                            function="encode",
                            output_field=models.TextField(),
                        ),
                    )
                ),
                name="snapshot_hash_true",
            ),
        ),
        migrations.AddConstraint(
            model_name="snapshot",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    models.Func(models.F("text"), function="octet_length", output_field=models.IntegerField()), 1000000
                ),
                name="snapshot_within_limit",
            ),
        ),
    ]

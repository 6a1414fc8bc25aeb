import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0001_initial"),
        ("claims", "0001_initial"),
        ("review", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticlePublication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=90)),
                ("version", models.PositiveIntegerField()),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("published_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="articles.article"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="articles.snapshot"
                    ),
                ),
            ],
            options={
                "verbose_name": "article publication",
                "verbose_name_plural": "article publications",
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=90)),
                ("version", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("first", "First publication"),
                            ("correction", "Correction: the verdict changes"),
                            ("clarification", "Clarification: the verdict does not change"),
                            ("update", "Update: new facts"),
                            ("retraction", "Retraction"),
                        ],
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="public reason")),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("reviewer", models.CharField(max_length=120)),
                ("published_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="claims.claim"
                    ),
                ),
                (
                    "previous",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next",
                        to="publication.publication",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="review.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "publication",
                "verbose_name_plural": "publications",
            },
        ),
        migrations.CreateModel(
            name="Shown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article_publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="publication.articlepublication",
                    ),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="shown_in",
                        to="publication.publication",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="articlepublication",
            name="shown",
            field=models.ManyToManyField(
                related_name="article_publications", through="publication.Shown", to="publication.publication"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("claim", "version"), name="publication_version_once"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("slug", "version"), name="publication_slug_once"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256",
                        models.Func(
                            models.Func(
                                models.Func(
                                    models.F("document"),
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
                name="publication_hash_true",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["first", "correction", "clarification", "update", "retraction"])),
                name="publication_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "first"), ("previous", None), ("version", 1)),
                    models.Q(
                        ("previous__isnull", False),
                        ("version__gt", 1),
                        models.Q(("kind", "first"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="publication_follows",
            ),
        ),
        migrations.AddConstraint(
            model_name="shown",
            constraint=models.UniqueConstraint(fields=("article_publication", "publication"), name="shown_once"),
        ),
        migrations.AddConstraint(
            model_name="articlepublication",
            constraint=models.UniqueConstraint(fields=("article", "version"), name="articlepublication_version_once"),
        ),
        migrations.AddConstraint(
            model_name="articlepublication",
            constraint=models.UniqueConstraint(fields=("slug", "version"), name="articlepublication_slug_once"),
        ),
        migrations.AddConstraint(
            model_name="articlepublication",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "sha256",
                        models.Func(
                            models.Func(
                                models.Func(
                                    models.F("document"),
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
                name="articlepublication_hash_true",
            ),
        ),
        migrations.AddConstraint(
            model_name="articlepublication",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="articlepublication_version_from_one"
            ),
        ),
    ]

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("claims", "0001_initial"),
        ("sources", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RatingScale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(unique=True, verbose_name="short name")),
            ],
            options={
                "verbose_name": "rating scale",
                "verbose_name_plural": "rating scales",
            },
        ),
        migrations.CreateModel(
            name="ScaleVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="verdicts.ratingscale",
                        verbose_name="scale",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a scale",
                "verbose_name_plural": "versions of scales",
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="1 is the worst; empty stands off the scale.",
                        null=True,
                        verbose_name="position",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("definition", models.TextField(verbose_name="definition")),
                (
                    "hue",
                    models.CharField(
                        choices=[
                            ("red", "red"),
                            ("orange", "orange"),
                            ("amber", "amber"),
                            ("lime", "lime"),
                            ("green", "green"),
                            ("teal", "teal"),
                            ("blue", "blue"),
                            ("violet", "violet"),
                            ("grey", "grey"),
                        ],
                        max_length=10,
                        verbose_name="hue",
                    ),
                ),
                (
                    "sign",
                    models.CharField(
                        choices=[
                            ("crossed", "crossed circle"),
                            ("quarter", "a quarter full"),
                            ("half", "half full"),
                            ("three-quarters", "three quarters full"),
                            ("full", "full circle"),
                            ("question", "question mark"),
                        ],
                        max_length=20,
                        verbose_name="sign",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ratings",
                        to="verdicts.scaleversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating",
                "verbose_name_plural": "ratings",
                "ordering": ("version", models.OrderBy(models.F("position"), nulls_last=True), "id"),
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "summary",
                    models.CharField(
                        blank=True, help_text="The finding in one sentence.", max_length=300, verbose_name="summary"
                    ),
                ),
                (
                    "rationale",
                    models.TextField(
                        blank=True,
                        help_text="Markdown. Refer to the first source with [1].",
                        max_length=100000,
                        verbose_name="rationale",
                    ),
                ),
                ("rationale_html", models.TextField(blank=True, editable=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "in review"),
                            ("approved", "approved"),
                            ("sent_back", "sent back"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="stage",
                    ),
                ),
                ("citations_given", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="claims.claim"
                    ),
                ),
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
                    "rating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verdicts.rating",
                        verbose_name="rating",
                    ),
                ),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="verdicts.scaleversion",
                        verbose_name="scale",
                    ),
                ),
            ],
            options={
                "verbose_name": "verdict",
                "verbose_name_plural": "verdicts",
            },
        ),
        migrations.CreateModel(
            name="Citation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "stance",
                    models.CharField(
                        choices=[("supports", "supports"), ("refutes", "refutes"), ("context", "gives context")],
                        max_length=10,
                        verbose_name="stance",
                    ),
                ),
                (
                    "quoted",
                    models.TextField(
                        blank=True,
                        help_text="The passage you rely on, as it stands there.",
                        max_length=5000,
                        verbose_name="words quoted",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="What it shows. Readers see it.", max_length=2000, verbose_name="note"
                    ),
                ),
                ("read_on", models.DateField(blank=True, null=True, verbose_name="read on")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="sources.source",
                        verbose_name="source",
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="citations", to="verdicts.verdict"
                    ),
                ),
            ],
            options={
                "verbose_name": "citation",
                "verbose_name_plural": "citations",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="Author",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "verdict",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authors", to="verdicts.verdict"
                    ),
                ),
            ],
            options={
                "verbose_name": "author",
                "verbose_name_plural": "authors",
                "ordering": ("id",),
            },
        ),
        migrations.AddConstraint(
            model_name="scaleversion",
            constraint=models.UniqueConstraint(fields=("scale", "number"), name="scaleversion_number_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="rating_position_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("version", "name"), name="rating_name_once"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("position", None), ("position__gte", 1), _connector="OR"),
                name="rating_position_from_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(("sign__in", ["crossed", "quarter", "half", "three-quarters", "full", "question"])),
                name="rating_sign_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hue__in", ["red", "orange", "amber", "lime", "green", "teal", "blue", "violet", "grey"])
                ),
                name="rating_hue_known",
            ),
        ),
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["stage"], name="verdict_stage"),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ["submitted", "approved"])),
                fields=("claim",),
                name="verdict_one_before_readers",
            ),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["draft", "submitted", "approved", "sent_back"])),
                name="verdict_stage_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(fields=("verdict", "number"), name="citation_number_once"),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance__in", ["supports", "refutes", "context"])), name="citation_stance_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="author",
            constraint=models.UniqueConstraint(fields=("verdict", "person"), name="author_once"),
        ),
    ]

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("articles", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claimant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "person"), ("organisation", "organisation")],
                        default="person",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "description",
                    models.CharField(
                        blank=True,
                        help_text="An office or role that tells them apart.",
                        max_length=200,
                        verbose_name="description",
                    ),
                ),
                (
                    "same_as",
                    models.URLField(
                        blank=True,
                        help_text="An address that identifies them, such as Wikidata’s.",
                        max_length=500,
                        verbose_name="known elsewhere as",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="claims.claimant",
                        verbose_name="merged into",
                    ),
                ),
            ],
            options={
                "verbose_name": "claimant",
                "verbose_name_plural": "claimants",
                "ordering": ("name", "id"),
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "wording",
                    models.CharField(
                        help_text="The statement in one sentence that can be understood alone.",
                        max_length=500,
                        verbose_name="wording",
                    ),
                ),
                (
                    "said_on",
                    models.DateField(
                        blank=True,
                        help_text="When it was said, not when it was checked.",
                        null=True,
                        verbose_name="said on",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="where it was said")),
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
                (
                    "claimant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="claims.claimant",
                        verbose_name="claimant",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
            },
        ),
        migrations.CreateModel(
            name="Highlight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("said_on", models.DateField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(editable=False, null=True)),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="highlights", to="articles.article"
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="highlights", to="claims.claim"
                    ),
                ),
                (
                    "claimant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="claims.claimant",
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
                "verbose_name": "highlight",
                "verbose_name_plural": "highlights",
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("passages", models.JSONField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("exact", "exact"),
                            ("moved", "moved"),
                            ("edited", "edited"),
                            ("ambiguous", "ambiguous"),
                            ("gone", "gone"),
                        ],
                        max_length=10,
                    ),
                ),
                ("made_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                (
                    "accepted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "highlight",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="claims.highlight"
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="articles.snapshot"
                    ),
                ),
            ],
            options={
                "verbose_name": "placement",
                "verbose_name_plural": "placements",
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="topic_once",
                        violation_error_message="There is a topic of this name already.",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="topic_has_name"),
                ],
            },
        ),
        migrations.AddField(
            model_name="claim",
            name="topics",
            field=models.ManyToManyField(blank=True, related_name="claims", to="claims.topic", verbose_name="topics"),
        ),
        migrations.AddConstraint(
            model_name="claimant",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("name"),
                django.db.models.functions.text.Lower("description"),
                condition=models.Q(("merged_into", None)),
                name="claimant_once",
                violation_error_message="There is a claimant of this name and description already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimant",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="claimant_has_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="claimant",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["person", "organisation"])), name="claimant_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="claimant",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True), name="claimant_not_into_itself"
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(condition=models.Q(("trashed_at", None)), fields=["-id"], name="claim_on_desk"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("wording", ""), _negated=True), name="claim_has_wording"
            ),
        ),
    ]

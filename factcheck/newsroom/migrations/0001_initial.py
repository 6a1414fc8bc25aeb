import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Settings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("version", models.PositiveIntegerField(editable=False, unique=True)),
                (
                    "name",
                    models.CharField(max_length=120, verbose_name="newsroom's name"),
                ),
                (
                    "language",
                    models.CharField(
                        default="en",
                        help_text="A BCP 47 tag such as en or pt-BR: checks are written in it.",
                        max_length=35,
                        verbose_name="language",
                    ),
                ),
                (
                    "scale",
                    models.SlugField(
                        default="default",
                        help_text="Its short name; new verdicts use it.",
                        verbose_name="rating scale in use",
                    ),
                ),
                (
                    "about",
                    models.TextField(
                        blank=True,
                        help_text="Markdown. Who runs and pays for this newsroom.",
                        verbose_name="about us",
                    ),
                ),
                (
                    "methodology",
                    models.TextField(
                        blank=True,
                        help_text="Markdown. How claims are chosen and checked.",
                        verbose_name="how we work",
                    ),
                ),
                (
                    "corrections_policy",
                    models.TextField(
                        blank=True,
                        help_text="Markdown. How an error is reported and put right.",
                        verbose_name="corrections policy",
                    ),
                ),
                (
                    "contact",
                    models.EmailField(
                        blank=True,
                        max_length=254,
                        verbose_name="address for error reports",
                    ),
                ),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "settings",
                "verbose_name_plural": "settings",
                "ordering": ("-version",),
            },
        ),
    ]

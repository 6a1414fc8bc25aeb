import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_find_articles"),
        ("claims", "0007_merge_and_nest"),
        ("publication", "0005_leave_tombstones"),
        ("review", "0005_keep_the_discussion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CallingOff",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("called_off_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                "verbose_name": "calling off",
                "verbose_name_plural": "calling off",
            },
        ),
        migrations.RemoveConstraint(
            model_name="articlepublication",
            name="articlepublication_version_once",
        ),
        migrations.RemoveConstraint(
            model_name="articlepublication",
            name="articlepublication_slug_once",
        ),
        migrations.RemoveConstraint(
            model_name="publication",
            name="publication_version_once",
        ),
        migrations.RemoveConstraint(
            model_name="publication",
            name="publication_slug_once",
        ),
        migrations.AddField(
            model_name="articlepublication",
            name="called_off",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="publication",
            name="called_off",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AlterField(
            model_name="publication",
            name="previous",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="publication.publication"
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(fields=["published_at"], name="publication_moment"),
        ),
        migrations.AddConstraint(
            model_name="articlepublication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off", False)),
                fields=("article", "version"),
                name="articlepublication_version_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="articlepublication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off", False)),
                fields=("slug", "version"),
                name="articlepublication_slug_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off", False)), fields=("claim", "version"), name="publication_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off", False)), fields=("slug", "version"), name="publication_slug_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off", False)), fields=("previous",), name="publication_next_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                condition=models.Q(("called_off", False), models.Q(("kind", "retraction"), _negated=True)),
                fields=("submission",),
                name="publication_submission_once",
            ),
        ),
        migrations.AddField(
            model_name="callingoff",
            name="called_off_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="callingoff",
            name="publication",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="calling_off", to="publication.publication"
            ),
        ),
    ]

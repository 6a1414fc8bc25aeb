import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0007_merge_and_nest"),
        ("publication", "0007_keep_the_moments"),
        ("review", "0005_keep_the_discussion"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Countersignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("signed_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("first", models.CharField(db_default="", max_length=120)),
                ("second", models.CharField(db_default="", max_length=120)),
            ],
            options={
                "verbose_name": "second signature",
                "verbose_name_plural": "second signatures",
            },
        ),
        migrations.AddField(
            model_name="publication",
            name="urgency",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="why it cannot wait"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("urgency", ""), models.Q(("kind", "retraction"), _negated=True), _connector="OR"),
                name="publication_retracted_by_one_and_signed",
            ),
        ),
        migrations.AddIndex(
            model_name="publication",
            index=models.Index(
                condition=models.Q(("kind", "retraction"), models.Q(("urgency", ""), _negated=True), _connector="OR"),
                fields=["claim"],
                name="publication_done_alone",
            ),
        ),
        migrations.AddField(
            model_name="countersignature",
            name="publication",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="countersignature",
                to="publication.publication",
            ),
        ),
        migrations.AddField(
            model_name="countersignature",
            name="signed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_keep_notices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_kind_known",
        ),
        migrations.RemoveConstraint(
            model_name="preference",
            name="preference_kind_known",
        ),
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "Handed in"),
                    ("sent_back", "Sent back"),
                    ("approved", "Approved"),
                    ("mentioned", "Mentioned"),
                    ("assigned", "Assigned"),
                    ("published", "Published"),
                    ("unreviewed", "Published before review"),
                    ("scheduled", "Set to be published"),
                    ("called_off", "Called off"),
                    ("retracted", "Retracted"),
                ],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="preference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "Handed in"),
                    ("sent_back", "Sent back"),
                    ("approved", "Approved"),
                    ("mentioned", "Mentioned"),
                    ("assigned", "Assigned"),
                    ("published", "Published"),
                    ("unreviewed", "Published before review"),
                    ("scheduled", "Set to be published"),
                    ("called_off", "Called off"),
                    ("retracted", "Retracted"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "submitted",
                            "sent_back",
                            "approved",
                            "mentioned",
                            "assigned",
                            "published",
                            "unreviewed",
                            "scheduled",
                            "called_off",
                            "retracted",
                        ],
                    )
                ),
                name="notice_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="preference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "submitted",
                            "sent_back",
                            "approved",
                            "mentioned",
                            "assigned",
                            "published",
                            "unreviewed",
                            "scheduled",
                            "called_off",
                            "retracted",
                        ],
                    )
                ),
                name="preference_kind_known",
            ),
        ),
    ]

from django.conf import settings
from django.db import migrations, models

from factcheck.history.keeping import Statement

# Where it came from and who brought it stays as it was.
GRANTS = """
GRANT UPDATE (url, declared, kind, size, sha256, stored, found, stage, came, tries, beat_at, refusal) ON intake_intake TO {role};
"""
GRANTS_BEFORE = """
REVOKE UPDATE (url, declared, kind, size, sha256, stored, found, stage, came, tries, beat_at, refusal) ON intake_intake FROM {role};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0004_find_articles"),
        ("intake", "0002_keep_originals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="beat_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="intake",
            name="came",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="intake",
            name="refusal",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="intake",
            name="stage",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("fetching", "being fetched"),
                    ("reading", "being read"),
                    ("ready", "ready"),
                    ("refused", "refused"),
                ],
                default="waiting",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="intake",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(
                condition=models.Q(("stage__in", ("waiting", "fetching", "reading"))),
                fields=["id"],
                name="intake_to_do",
            ),
        ),
        migrations.AddConstraint(
            model_name="intake",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", ["waiting", "fetching", "reading", "ready", "refused"])),
                name="intake_stage_known",
            ),
        ),
        Statement(GRANTS, GRANTS_BEFORE),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0003_fold_words")]

    operations = [
        migrations.AlterField(
            "entry",
            "via",
            models.CharField(
                choices=[
                    ("screen", "on the desk"),
                    ("admin", "in the administration"),
                    ("command", "by a command"),
                    ("job", "by itself, in the background"),
                ],
                max_length=10,
                verbose_name="from where",
            ),
        ),
        migrations.AddIndex("entry", models.Index(fields=["person_id", "at", "id"], name="entry_person")),
        migrations.AlterField(
            "rowchange",
            "entry",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="history.entry",
            ),
        ),
        migrations.AddIndex(
            "rowchange",
            models.Index(condition=models.Q(("entry", None)), fields=["at", "id"], name="rowchange_without_act"),
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("review", "0002_four_eyes")]

    operations = [
        # What was handed in before had no warnings to answer.
        migrations.AddField(
            model_name="submission",
            name="answers",
            field=models.JSONField(default=list, db_default=[]),
        ),
    ]

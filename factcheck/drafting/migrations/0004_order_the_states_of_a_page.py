from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drafting", "0003_tell_corrections_from_repeats"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="page",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="draft",
            name="turn",
            field=models.BigIntegerField(db_default=0),
        ),
    ]

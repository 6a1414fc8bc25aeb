from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("drafting", "0002_keep_what_is_typed"),
    ]

    operations = [
        migrations.AddField(
            model_name="key",
            name="content",
            field=models.CharField(blank=True, db_default="", max_length=64),
        ),
    ]

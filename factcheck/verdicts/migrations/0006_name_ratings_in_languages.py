from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0005_work_moves_over")]

    operations = [
        migrations.AddField(
            "scaleversion",
            "translations",
            models.JSONField(blank=True, db_default={}, default=dict, verbose_name="in other languages"),
        ),
        migrations.AddField(
            "rating",
            "translations",
            models.JSONField(blank=True, db_default={}, default=dict, verbose_name="in other languages"),
        ),
    ]

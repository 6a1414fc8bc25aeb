from django.conf import settings
from django.db import migrations, models

import factcheck.newsroom.zones


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_first_settings")]

    operations = [
        # The versions that stand told the time in the zone that the program was started with.
        migrations.AddField(
            "settings",
            "time_zone",
            models.CharField(default=settings.TIME_ZONE, max_length=50),
            preserve_default=False,
        ),
        migrations.AlterField(
            "settings",
            "time_zone",
            models.CharField(
                default="UTC",
                help_text="Every day and hour is told in it, at the desk and to readers.",
                max_length=50,
                validators=[factcheck.newsroom.zones.check_zone],
                verbose_name="time zone",
            ),
        ),
    ]

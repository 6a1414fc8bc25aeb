from django.db import migrations

from factcheck.history.keeping import Recorded, Statement


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_initial"), ("history", "0002_keep_the_record")]

    operations = [
        Recorded("sources_source"),
        Statement("REVOKE DELETE ON sources_source FROM {role};"),
    ]

from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded


def first(apps, schema_editor):
    settings = apps.get_model("newsroom", "Settings").objects.using(schema_editor.connection.alias)
    settings.create(version=1, name="Our newsroom", language="en", scale="default")


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0001_initial"), ("history", "0002_keep_the_record")]

    operations = [
        migrations.RunPython(first, migrations.RunPython.noop),
        Recorded("newsroom_settings"),
        Clocked(newsroom_settings="made_at"),
        AppendOnly("newsroom_settings"),
    ]

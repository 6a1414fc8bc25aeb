from typing import Any

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import MD5

from factcheck.web.addresses import normal


def fill(apps: Any, schema_editor: Any) -> None:
    """The first source of an address is the one that is known by it; others of before stay as they are, cited as they were."""
    sources = apps.get_model("sources", "Source").objects.using(schema_editor.connection.alias)
    known: set[str] = set()
    for pk, url in sources.exclude(url="").order_by("pk").values_list("pk", "url").iterator():
        if (form := normal(url)) not in known:
            known.add(form)
            sources.filter(pk=pk).update(normal_url=form)


class Migration(migrations.Migration):
    dependencies = [("sources", "0003_find_sources")]

    operations = [
        migrations.AddField(
            model_name="source",
            name="normal_url",
            field=models.TextField(blank=True, db_default="", default="", editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                MD5("normal_url"), condition=~Q(normal_url=""), name="source_known_once"
            ),
        ),
    ]

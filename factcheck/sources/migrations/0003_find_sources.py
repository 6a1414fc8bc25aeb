from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations

from factcheck.history.folding import Signs


class Migration(migrations.Migration):
    dependencies = [("sources", "0002_keep_sources"), ("history", "0003_fold_words")]

    operations = [
        migrations.AddIndex(
            model_name="source",
            index=GinIndex(
                OpClass(Signs("title"), name="gin_trgm_ops"),
                OpClass(Signs("publisher"), name="gin_trgm_ops"),
                OpClass(Signs("url"), name="gin_trgm_ops"),
                name="source_like",
            ),
        ),
    ]

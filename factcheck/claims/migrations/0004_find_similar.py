from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import migrations

from factcheck.history.folding import Signs


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_highlights_move"), ("history", "0003_fold_words")]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=GinIndex(OpClass(Signs("wording"), name="gin_trgm_ops"), name="claim_like"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=GinIndex(SearchVector(Signs("wording"), config="simple"), name="claim_words"),
        ),
        migrations.AddIndex(
            model_name="claimant",
            index=GinIndex(OpClass(Signs("name"), name="gin_trgm_ops"), name="claimant_like"),
        ),
        migrations.AddIndex(
            model_name="claimant",
            index=GinIndex(OpClass(Signs("description"), name="gin_trgm_ops"), name="claimant_described"),
        ),
    ]

from django.db import migrations, models

import factcheck.claims.naming


class Migration(migrations.Migration):
    dependencies = [("claims", "0007_merge_and_nest")]

    operations = [
        migrations.AddIndex("claimant", models.Index(fields=["name", "id"], name="claimant_by_name")),
        # With the name in it, so that looking for names that stand there twice reads the index alone.
        migrations.AddIndex(
            "claimant",
            models.Index(
                factcheck.claims.naming.NameKey("name"),
                condition=models.Q(merged_into=None),
                include=["name"],
                name="claimant_same_name",
            ),
        ),
        migrations.RemoveIndex("claimant", "claimant_alike"),
        migrations.AddIndex(
            "highlight",
            models.Index(condition=models.Q(removed_at=None), fields=["article", "claim"], name="highlight_standing"),
        ),
    ]

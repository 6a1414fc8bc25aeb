from django.db import migrations, models

from factcheck.claims.naming import NameKey
from factcheck.history.keeping import Statement

# Folded as texts are found (history.folding); split at whatever ASCII has beside letters and digits. The names are
# qualified, since a dump is put back with an empty search_path.
KEY = r"""
CREATE FUNCTION claims_name_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(string_agg(word, ' ' ORDER BY word COLLATE pg_catalog."C"), '')
    FROM regexp_split_to_table(public.words_folded(name), '[\x01-\x2f\x3a-\x60\x7b-\x7f]+') AS word
    WHERE word <> ''
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0005_assign_claims"), ("history", "0003_fold_words")]

    operations = [
        Statement(KEY, "DROP FUNCTION claims_name_key(text);"),
        migrations.AddIndex(
            model_name="claimant",
            index=models.Index(
                NameKey("name"),
                condition=models.Q(("merged_into", None)),
                name="claimant_alike",
            ),
        ),
    ]

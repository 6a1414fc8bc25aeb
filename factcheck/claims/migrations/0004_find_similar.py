from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import TrigramExtension
from django.contrib.postgres.search import SearchVector
from django.db import migrations

from factcheck.claims.folding import Folded
from factcheck.history.keeping import Statement

# The twin of factcheck.claims.folding.fold, where the reasons stand. Most texts are plain and take the short way.
FOLD = r"""
CREATE FUNCTION claims_folded(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(words) = length(words) THEN
        RETURN lower(words);
    END IF;
    words := lower(regexp_replace(normalize(lower(words), NFKD), '[\u0300-\u036f]', '', 'g'));
    words := translate(words, 'øłđħıßæœ', 'oldhisao');
    words := regexp_replace(words, '[\u0080-\u00bf\u060c\u061b\u061f\u06d4\u0964\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f]', ' ', 'g');
    IF octet_length(words) = length(words) THEN
        RETURN words;
    END IF;
    RETURN (
        SELECT string_agg(
            CASE WHEN ascii(sign) < 128 THEN sign
            ELSE substr('0123456789abcdefghijklmnopqrstuvwxyz', ascii(sign) % 36 + 1, 1) END,
            '' ORDER BY place
        )
        FROM regexp_split_to_table(words, '') WITH ORDINALITY AS signs(sign, place)
    );
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("claims", "0003_highlights_move")]

    operations = [
        # A trusted extension: the owner of the database may bring it in.
        TrigramExtension(),
        Statement(FOLD, "DROP FUNCTION claims_folded(text);"),
        migrations.AddIndex(
            model_name="claim",
            index=GinIndex(OpClass(Folded("wording"), name="gin_trgm_ops"), name="claim_like"),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=GinIndex(SearchVector(Folded("wording"), config="simple"), name="claim_words"),
        ),
        migrations.AddIndex(
            model_name="claimant",
            index=GinIndex(OpClass(Folded("name"), name="gin_trgm_ops"), name="claimant_like"),
        ),
    ]

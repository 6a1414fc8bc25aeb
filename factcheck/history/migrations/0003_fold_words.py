from django.db import migrations

from factcheck.history.keeping import Statement

# The twins of factcheck.history.folding, where the reasons stand. Most texts are plain and take the short way. The
# collation is named, so that another database's own one changes nothing; pg_trgm is trusted: the owner may bring it in,
# and may have used it before, so it stays when this is taken back.
FOLD = r"""
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE FUNCTION words_folded(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(words) = length(words) THEN
        RETURN lower(words COLLATE pg_catalog.pg_c_utf8);
    END IF;
    words := normalize(lower(words COLLATE pg_catalog.pg_c_utf8), NFKD);
    words := regexp_replace(
        words,
        '[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc]', '', 'g'
    );
    words := translate(lower(words COLLATE pg_catalog.pg_c_utf8), 'øłđħıς', 'oldhiσ');
    words := replace(replace(replace(words, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe');
    RETURN regexp_replace(
        words, '[\u0080-\u00bf\u060c\u061b\u061f\u06d4\u0964\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f]', ' ', 'g'
    );
END $$;
CREATE FUNCTION words_signs(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF octet_length(words) = length(words) THEN
        RETURN lower(words COLLATE pg_catalog.pg_c_utf8);
    END IF;
    words := public.words_folded(words);
    IF octet_length(words) = length(words) THEN
        RETURN words;
    END IF;
    RETURN (
        SELECT string_agg(
            CASE WHEN ascii(letter) < 128 THEN letter
            ELSE substr('0123456789abcdefghijklmnopqrstuvwxyz', ascii(letter) % 36 + 1, 1) END,
            '' ORDER BY place
        )
        FROM string_to_table(words, NULL) WITH ORDINALITY AS letters(letter, place)
    );
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0002_keep_the_record")]

    operations = [Statement(FOLD, "DROP FUNCTION words_signs(text); DROP FUNCTION words_folded(text);")]

from django.db import migrations

from factcheck.history.keeping import Statement

# Both extensions are trusted: the owner of the database may create them. The function is said to be immutable, which it is
# while nobody changes the dictionary; nothing is qualified by the search path, so that it can be inlined and indexed.
FOLD = """
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE FUNCTION words_folded(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.lower(public.unaccent('public.unaccent'::pg_catalog.regdictionary, words))
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("history", "0002_keep_the_record")]

    operations = [Statement(FOLD, "DROP FUNCTION words_folded(text);")]

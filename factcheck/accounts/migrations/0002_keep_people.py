from django.db import migrations

from factcheck.history.keeping import Recorded, Statement

# Where the rate limits are counted, by every worker; it may be lost with the server, so it is not logged.
CACHE = """
CREATE UNLOGGED TABLE cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_expires ON cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("history", "0002_keep_the_record")]

    operations = [
        Recorded("accounts_user", leave_out=("password", "last_login")),
        Recorded("accounts_user_groups"),
        # A person who leaves is disabled: their work stays and keeps its name.
        Statement("REVOKE DELETE ON accounts_user FROM {role};"),
        Statement(CACHE, "DROP TABLE cache;"),
    ]

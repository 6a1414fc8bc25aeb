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
    dependencies = [
        ("accounts", "0001_initial"),
        ("history", "0002_keep_the_record"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        Recorded("accounts_user", leave_out=("password", "last_login")),
        Recorded("accounts_user_groups"),
        # A person who leaves is disabled: their work stays and keeps its name.
        Statement("REVOKE DELETE ON accounts_user FROM {role};"),
        # What a role may do is written by the owner, from the one table; the program only gives roles to people.
        Statement(
            "REVOKE INSERT, UPDATE, DELETE ON auth_group, auth_group_permissions, auth_permission,"
            " accounts_user_user_permissions FROM {role};"
        ),
        Statement(CACHE, "DROP TABLE cache;"),
    ]

from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement

# An intake is read as it came; all that becomes of it is an article, or nothing.
GRANTS = """
REVOKE UPDATE, TRUNCATE ON intake_intake FROM {role};
GRANT UPDATE (article_id) ON intake_intake TO {role};
"""
GRANTS_BEFORE = """
GRANT UPDATE ON intake_intake TO {role};
"""


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("history", "0002_keep_the_record")]

    operations = [
        Clocked(intake_intake="made_at"),
        Statement(GRANTS, GRANTS_BEFORE),
        Recorded("intake_original"),
        Clocked(intake_original="made_at"),
        AppendOnly("intake_original"),
    ]

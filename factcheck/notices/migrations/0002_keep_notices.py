from django.db import migrations

from factcheck.history.keeping import Clocked, Statement

# What was told stays as it was told: the program writes down that it was seen, and what became of the mail.
GRANTS = """
REVOKE UPDATE ON notices_notice, notices_letter FROM {role};
GRANT UPDATE (seen_at) ON notices_notice TO {role};
GRANT UPDATE (next_at, sent_at, tries, failure) ON notices_letter TO {role};
"""
GRANTS_BEFORE = """
GRANT UPDATE ON notices_notice, notices_letter TO {role};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_initial"),
        ("history", "0002_keep_the_record"),
    ]

    operations = [
        Clocked(notices_notice="at"),
        Statement(GRANTS, GRANTS_BEFORE),
    ]

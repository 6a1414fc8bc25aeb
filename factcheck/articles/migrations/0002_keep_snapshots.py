from django.db import migrations

from factcheck.history.keeping import AppendOnly, Clocked, Recorded, Statement


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial"), ("history", "0002_keep_the_record")]

    operations = [
        Recorded("articles_article"),
        Recorded("articles_snapshot", leave_out=("text", "blocks")),
        Clocked(articles_snapshot="taken_at"),
        AppendOnly("articles_snapshot"),
        Statement("REVOKE DELETE ON articles_article FROM {role};"),
    ]

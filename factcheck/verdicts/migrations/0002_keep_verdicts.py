from django.db import migrations

from factcheck.history.keeping import AppendOnly, Recorded, Statement


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0001_initial"), ("history", "0002_keep_the_record")]

    operations = [
        Recorded("verdicts_ratingscale", "verdicts_scaleversion", "verdicts_rating"),
        Recorded("verdicts_verdict", leave_out=("rationale_html",)),
        Recorded("verdicts_author", "verdicts_citation"),
        AppendOnly(
            "verdicts_ratingscale",
            "verdicts_scaleversion",
            "verdicts_rating",
            "verdicts_author",
        ),
        Statement("REVOKE DELETE ON verdicts_verdict FROM {role};"),
        # What it judges and who began it stay.
        Statement("REVOKE UPDATE ON verdicts_verdict FROM {role};"),
        Statement(
            "GRANT UPDATE (rating_id, summary, rationale, rationale_html, stage, citations_given, version)"
            " ON verdicts_verdict TO {role};"
        ),
    ]

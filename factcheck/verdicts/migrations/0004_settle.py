from django.db import migrations, models

STAGES = [
    ("draft", "draft"),
    ("submitted", "in review"),
    ("approved", "approved"),
    ("sent_back", "sent back"),
    ("settled", "settled"),
]


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0003_default_scale")]

    operations = [
        migrations.AlterField(
            model_name="verdict",
            name="stage",
            field=models.CharField(
                choices=STAGES, default="draft", editable=False, max_length=10, verbose_name="stage"
            ),
        ),
        migrations.RemoveConstraint(model_name="verdict", name="verdict_stage_known"),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.CheckConstraint(
                condition=models.Q(("stage__in", [stage for stage, _words in STAGES])), name="verdict_stage_known"
            ),
        ),
    ]

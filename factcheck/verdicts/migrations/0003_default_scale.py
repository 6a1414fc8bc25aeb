from django.db import migrations

RATINGS = [
    (1, "False", "red", "crossed", "The statement is contradicted by the evidence."),
    (
        2,
        "Mostly false",
        "orange",
        "quarter",
        "A part is right, but what matters in the statement is wrong or misleading.",
    ),
    (
        3,
        "Half true",
        "amber",
        "half",
        "Right in part; something essential is wrong or left out.",
    ),
    (
        4,
        "Mostly true",
        "lime",
        "three-quarters",
        "Right in what matters; a detail is wrong or needs context.",
    ),
    (
        5,
        "True",
        "green",
        "full",
        "The statement is right and nothing essential is left out.",
    ),
    (
        None,
        "Unproven",
        "violet",
        "question",
        "There is not enough evidence to say. We tell what we looked for.",
    ),
]


def first(apps, schema_editor):
    using = schema_editor.connection.alias
    scale = apps.get_model("verdicts", "RatingScale").objects.using(using).create(slug="default")
    version = (
        apps.get_model("verdicts", "ScaleVersion")
        .objects.using(using)
        .create(
            scale=scale,
            number=1,
            name="False to true",
            description="Five steps from false to true, and one beside them for what cannot be decided on the evidence.",
        )
    )
    ratings = apps.get_model("verdicts", "Rating").objects.using(using)
    for position, name, hue, sign, definition in RATINGS:
        ratings.create(
            version=version,
            position=position,
            name=name,
            hue=hue,
            sign=sign,
            definition=definition,
        )


class Migration(migrations.Migration):
    dependencies = [("verdicts", "0002_keep_verdicts")]

    operations = [migrations.RunPython(first, migrations.RunPython.noop)]

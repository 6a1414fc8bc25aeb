from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("drafting", "0004_order_the_states_of_a_page"),
    ]

    operations = [
        migrations.RenameField(model_name="draft", old_name="page", new_name="browser"),
        migrations.RenameField(model_name="draft", old_name="turn", new_name="clock"),
    ]

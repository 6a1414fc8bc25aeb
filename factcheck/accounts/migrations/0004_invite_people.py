import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from factcheck.history.keeping import Clocked, Recorded, Statement

# What was taken up or revoked is over: nothing of it changes, whoever tries.
CLOSED = """
CREATE FUNCTION accounts_invitation_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The invitation was taken up or revoked.' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER closed BEFORE UPDATE ON accounts_invitation
    FOR EACH ROW WHEN (OLD.used_at IS NOT NULL OR OLD.revoked_at IS NOT NULL)
    EXECUTE FUNCTION accounts_invitation_closed();
"""
OPENED = "DROP TRIGGER closed ON accounts_invitation; DROP FUNCTION accounts_invitation_closed();"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_logins_once"),
        ("history", "0002_keep_the_record"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="seen_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last seen"),
        ),
        migrations.AddField(
            model_name="user",
            name="sessions_ended",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "email",
                    models.EmailField(
                        help_text="The link goes there, and it will be one of their logins.",
                        max_length=254,
                        verbose_name="mail address",
                    ),
                ),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), verbose_name="roles"
                    ),
                ),
                ("token_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "made_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="made"
                    ),
                ),
                ("expires_at", models.DateTimeField(editable=False, verbose_name="works until")),
                ("used_at", models.DateTimeField(editable=False, null=True, verbose_name="taken up")),
                ("revoked_at", models.DateTimeField(editable=False, null=True, verbose_name="revoked")),
                (
                    "invited_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="invited by",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("revoked_at", None), ("used_at", None)),
                        name="invitation_open_once",
                        violation_error_message="This address is invited already: make a new link for that invitation.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("roles__contained_by", ["Checker", "Reviewer", "Publisher", "Administrator"])
                        ),
                        name="invitation_roles_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("roles", []), _negated=True), name="invitation_has_role"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", None), ("used_at", None)),
                            models.Q(("person__isnull", False), ("revoked_at", None), ("used_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="invitation_used_by_one",
                    ),
                ],
            },
        ),
        Statement("REVOKE DELETE, TRUNCATE ON accounts_invitation FROM {role};"),
        Statement(CLOSED, OPENED),
        Recorded("accounts_invitation", leave_out=("token_sha256",)),
        Clocked(accounts_invitation="made_at"),
        # When somebody was last here is no change of theirs.
        Statement("DROP TRIGGER recorded ON accounts_user;"),
        Recorded("accounts_user", leave_out=("password", "last_login", "seen_at")),
    ]

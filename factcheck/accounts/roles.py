"""The one table of who may do what, and its writing into Django's groups."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    CHECKER = "Checker"
    REVIEWER = "Reviewer"
    PUBLISHER = "Publisher"
    ADMINISTRATOR = "Administrator"


CHECKER, REVIEWER, PUBLISHER, ADMINISTRATOR = Role
EVERYBODY = frozenset(Role)

ROLE_NAMES = {
    CHECKER: _("Checker"),
    REVIEWER: _("Reviewer"),
    PUBLISHER: _("Publisher"),
    ADMINISTRATOR: _("Administrator"),
}

# What may be done: (in words, by whom). A person may hold several roles; nobody decides on their own work all the same.
MAY: dict[str, tuple[str, frozenset[Role]]] = {
    "read_desk": ("Read the desk", EVERYBODY),
    "take_in": ("Take in and correct articles", frozenset({CHECKER})),
    "highlight": ("Highlight and word claims", frozenset({CHECKER})),
    "assign": ("Assign work and set due days", frozenset({CHECKER, REVIEWER, PUBLISHER})),
    "judge": ("Draft verdicts and cite sources", frozenset({CHECKER})),
    "submit": ("Hand in verdicts for review", frozenset({CHECKER})),
    "discuss": ("Discuss verdicts", frozenset({CHECKER, REVIEWER, PUBLISHER})),
    "decide": ("Approve or send back", frozenset({REVIEWER})),
    "publish": ("Publish and correct", frozenset({PUBLISHER})),
    "publish_unreviewed": ("Publish in an emergency, before review", frozenset({PUBLISHER})),
    "retract": ("Retract what is published", frozenset({PUBLISHER})),
    "countersign": ("Countersign retractions", frozenset({REVIEWER, PUBLISHER})),
    "keep_registers": ("Keep the lists of claimants and topics", frozenset({CHECKER, ADMINISTRATOR})),
    "administer": (
        "Run the newsroom: people, scales, settings",
        frozenset({ADMINISTRATOR}),
    ),
}


def write(**kwargs: Any) -> None:
    """Make Django's groups say what the table says, no more and no less (called after each migration)."""
    from django.contrib.auth.models import Group, Permission
    from django.contrib.contenttypes.models import ContentType

    from factcheck.accounts.models import User

    using = kwargs["using"]
    kind = ContentType.objects.db_manager(using).get_for_model(User)
    permissions = {}
    for codename, (words, _roles) in MAY.items():
        permissions[codename], _made = Permission.objects.using(using).update_or_create(
            content_type=kind, codename=codename, defaults={"name": words}
        )
    for role in Role:
        group, _made = Group.objects.using(using).get_or_create(name=role.value)
        group.permissions.set(permissions[codename] for codename, (_words, roles) in MAY.items() if role in roles)

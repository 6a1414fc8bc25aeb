from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import QuerySet


class RoleBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Login by username or mail address; what a person may do comes from their roles alone."""

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        # Permissions given to one person would stand outside the table of roles; this also saves a query a page.
        return Permission.objects.none()

"""Who may do it: asked by every verb, so that no door goes around the table of roles."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.roles import MAY


def require(by: User, act: str) -> None:
    """Raise PermissionDenied unless one of the person's roles allows the act."""
    if not (by.is_active and by.may(act)):
        raise PermissionDenied(_("Your role does not allow this: %(act)s.") % {"act": MAY[act][0].lower()})

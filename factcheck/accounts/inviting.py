"""Asking people to join: a link that works once, for some days, with the roles that an administrator chose."""

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError
from django.db.models import F
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from factcheck.accounts.employing import check_login, take_on
from factcheck.accounts.models import Invitation, User
from factcheck.accounts.permitting import require
from factcheck.accounts.roles import Role
from factcheck.history.recording import act
from factcheck.history.versioning import Stale

WORKS_FOR = timedelta(days=7)


def invite(*, by: User, email: str, roles: Iterable[Role]) -> tuple[Invitation, str]:
    """Invite somebody; gives the invitation and the token of its link, which is kept nowhere.

    Raises ValidationError for an address that logs somebody in already or has an invitation that stands open.
    """
    require(by, "administer")
    token = secrets.token_urlsafe(32)
    invitation = Invitation(
        email=email,
        roles=[Role(role).value for role in roles],
        token_sha256=_hashed(token),
        expires_at=Now() + WORKS_FOR,
        invited_by=by,
    )
    with act("invitation.make", by=by) as inviting:
        invitation.clean_fields(exclude={"expires_at"})
        check_login(User(username=email, email=email))
        invitation.validate_constraints()
        invitation.save(force_insert=True)
        inviting.about(invitation)
    return Invitation.objects.get(pk=invitation.pk), token


def renew(invitation: Invitation, *, by: User, version: int | None = None) -> str:
    """Give an invitation that stands open a new link and more days; the one before opens nothing any more.

    version -- the invitation as it was shown, None for as it is. Gives the new token. Raises ValidationError for one that was
    taken up or revoked, and Stale for one that has another link by now.
    """
    require(by, "administer")
    token = secrets.token_urlsafe(32)
    with act("invitation.renew", invitation, by=by):
        _check_seen(invitation, version)
        renewed = Invitation.objects.open().filter(pk=invitation.pk)
        if not renewed.update(
            token_sha256=_hashed(token), expires_at=Now() + WORKS_FOR, invited_by=by, version=F("version") + 1
        ):
            raise ValidationError(_("It was taken up or revoked: invite them again."), code="closed")
    return token


def revoke(invitation: Invitation, *, by: User, version: int | None = None) -> None:
    """End an invitation: its link opens nothing. version, and what is raised -- as for `renew`."""
    require(by, "administer")
    with act("invitation.revoke", invitation, by=by):
        _check_seen(invitation, version)
        standing = Invitation.objects.open().filter(pk=invitation.pk)
        if not standing.update(revoked_at=Now(), version=F("version") + 1):
            raise ValidationError(_("It was taken up or revoked before."), code="closed")


def _check_seen(invitation: Invitation, version: int | None) -> None:
    """Whoever comes second waits here, and is told."""
    if version is not None:
        now = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if now.version != version and not (now.used_at or now.revoked_at):
            raise Stale(now)


def standing(token: str) -> Invitation | None:
    """The invitation that this token opens now. Not one of somebody who may no longer invite: their links end with them."""
    found = Invitation.objects.waiting().select_related("invited_by").filter(token_sha256=_hashed(token)).first()
    return found if found and found.invited_by.is_active and found.invited_by.may("administer") else None


def take_up(token: str, *, username: str, byline: str, password: str) -> User:
    """Join by a link: makes the person, once. Raises ValidationError, with code "gone" when the link opens nothing (any more)."""
    joiner = User()
    with act("invitation.take_up", by=joiner) as joining:
        # Whoever comes second waits here, and finds it taken up.
        locked = Invitation.objects.select_for_update().filter(token_sha256=_hashed(token)).first()
        invitation = standing(token) if locked else None
        if invitation is None:
            raise ValidationError(_("This link no longer works."), code="gone")
        try:
            person = take_on(
                by=joiner,
                username=username,
                email=invitation.email,
                byline=byline,
                roles=[Role(role) for role in invitation.roles],
                password=password,
            )
        except IntegrityError as error:
            raise ValidationError({"username": _("Somebody else logs in with this already.")}, code="taken") from error
        Invitation.objects.filter(pk=invitation.pk).update(used_at=Now(), person=person, version=F("version") + 1)
        joining.about(invitation, person)
        # The entry is written last, in the name of the one who came.
        joiner.__dict__.update(person.__dict__)
    return person


def link(token: str) -> str:
    """The address to open, with the newsroom's own host."""
    return settings.SITE_URL + reverse("account_invitation", args=[token])


def mail_link(invitation: Invitation, token: str) -> None:
    """Mail the link to the invited. Raises OSError when the mail server does not take it."""
    told = {"invitation": invitation, "link": link(token)}
    subject = " ".join(render_to_string("account/email/invitation_subject.txt", told).split())
    body = render_to_string("account/email/invitation_message.txt", told)
    EmailMessage(subject, body, to=[invitation.email]).send()


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()

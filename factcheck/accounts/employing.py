"""The newsroom's people: taken on, given roles, disabled when they leave. Nobody is ever deleted."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Q
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.accounts.roles import ADMINISTRATOR, Role
from factcheck.history import versioning
from factcheck.history.recording import act
from factcheck.history.versioning import Stale, as_seen


def employ(*, by: User, username: str, email: str, byline: str, roles: Iterable[Role]) -> User:
    """Take a person on. They have no password until they set one by a mailed link. Raises ValidationError."""
    require(by, "administer")
    return take_on(by=by, username=username, email=email, byline=byline, roles=roles, password=None)


def found(*, username: str, email: str, byline: str, password: str) -> User:
    """Take on the first Administrator, in the name of nobody.

    Raises ValidationError, also when there is an active Administrator: then employing people is theirs to do.
    """
    with act("newsroom.found", by=None):
        _administrators_one_at_a_time()
        if User.objects.with_role(ADMINISTRATOR).exists():
            raise ValidationError(_("There is an active Administrator already."), code="founded")
        return take_on(by=None, username=username, email=email, byline=byline, roles=[ADMINISTRATOR], password=password)


def revise(person: User, *, by: User, version: int, roles: Iterable[Role] | None = None, **changes: Any) -> User:
    """Change a person's login, mail address, byline or roles.

    Raises Stale, and ValidationError for a login or address that is somebody else's, or when nobody would be left to
    run the newsroom.
    """
    require(by, "administer")
    with act("person.revise", person, by=by):
        _administrators_one_at_a_time()
        revised = copy(person)
        for name, value in changes.items():
            setattr(revised, name, value)
        revised.full_clean()
        check_login(revised)
        fresh = versioning.update(person, version, **changes)
        if "email" in changes:
            # An address that is no longer theirs must open nothing.
            EmailAddress.objects.filter(user=fresh).delete()
        if roles is not None:
            fresh.groups.set(_groups(roles))
        _check_somebody_runs_it()
    return User.objects.get(pk=fresh.pk)


def disable(person: User, *, by: User, version: int | None = None) -> None:
    """Let a person in no longer, their sessions end at once and for good; what they did keeps their name.

    version -- the person as they were shown, None for as they are. Raises ValidationError for the last Administrator, and
    Stale when the person is another by now, or disabled already.
    """
    require(by, "administer")
    with act("person.disable", person, by=by):
        _administrators_one_at_a_time()
        standing = User.objects.filter(as_seen(version), pk=person.pk, is_active=True)
        done = standing.update(is_active=False, version=F("version") + 1, sessions_ended=F("sessions_ended") + 1)
        if not done and version is not None:
            raise Stale(User.objects.get(pk=person.pk))
        _check_somebody_runs_it()


def enable(person: User, *, by: User, version: int | None = None) -> None:
    """Let a disabled person in again. version -- as for `disable`."""
    require(by, "administer")
    with act("person.enable", person, by=by):
        disabled = User.objects.filter(as_seen(version), pk=person.pk, is_active=False)
        if not disabled.update(is_active=True, version=F("version") + 1) and version is not None:
            raise Stale(User.objects.get(pk=person.pk))


def take_on(
    *, by: User | None, username: str, email: str, byline: str, roles: Iterable[Role], password: str | None
) -> User:
    """The part that is the same for everybody who joins. Whether they may is for the caller to say. Raises ValidationError."""
    with act("person.employ", by=by) as employing:
        person = User(username=username, email=email, byline=byline)
        person.set_password(password)
        person.full_clean()
        check_login(person)
        person.save(force_insert=True)
        person.groups.set(_groups(roles))
        employing.about(person)
    return person


def _groups(roles: Iterable[Role]) -> list[Group]:
    return list(Group.objects.filter(name__in=[Role(role).value for role in roles]))


def check_login(person: User) -> None:
    """People log in by username or mail address, in any case: each must lead to one person only."""
    others = User.objects.exclude(pk=person.pk)
    taken = {}
    if others.filter(Q(username__iexact=person.username) | Q(email__iexact=person.username)).exists():
        taken["username"] = _("Somebody else logs in with this already.")
    if person.email and others.filter(Q(email__iexact=person.email) | Q(username__iexact=person.email)).exists():
        taken["email"] = _("Somebody else logs in with this already.")
    if taken:
        raise ValidationError(taken, code="taken")


def _administrators_one_at_a_time() -> None:
    """Two who take each other's role away at once would leave nobody: the second waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('administrators'))")


def _check_somebody_runs_it() -> None:
    if not User.objects.with_role(ADMINISTRATOR).exists():
        raise ValidationError(
            _("Nobody would be left to run the newsroom: give somebody else the role of Administrator first."),
            code="last_administrator",
        )

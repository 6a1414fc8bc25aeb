from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.roles import MAY, ROLE_NAMES, Role


class PeopleManager(UserManager["User"]):
    def with_role(self, role: Role) -> models.QuerySet["User"]:
        return self.filter(groups__name=role.value, is_active=True)

    def able_to(self, act: str) -> models.QuerySet["User"]:
        """The active people whose roles allow the act (a key of roles.MAY), by name."""
        roles = [role.value for role in MAY[act][1]]
        return self.filter(groups__name__in=roles, is_active=True).distinct().order_by("byline", "pk")


class User(AbstractUser):
    """A person of the newsroom. They log in by username or mail address; readers see the byline."""

    byline = models.CharField(
        _("byline"),
        max_length=120,
        help_text=_("The name that readers see. It can differ from the login."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # To some minutes: it is written when they come back after as long (see backends).
    seen_at = models.DateTimeField(_("last seen"), null=True, editable=False)
    # How often their sessions were ended: those begun before are over for good.
    sessions_ended = models.PositiveIntegerField(default=0, editable=False)

    # What their session holds, where they came with it (see sessions).
    session_data: str

    objects: ClassVar[PeopleManager] = PeopleManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = (
            # Power comes from roles alone: a superuser would stand outside the one table of who may do what.
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="no_superuser"),
            models.CheckConstraint(condition=~models.Q(byline=""), name="user_has_byline"),
            # Both are logins, and people do not mind their capitals.
            models.UniqueConstraint(Lower("username"), name="user_username_once"),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="user_email_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.byline or self.username

    @cached_property
    def role_names(self) -> list[str]:
        return list(self.groups.values_list("name", flat=True))

    @property
    def roles(self) -> list[Role]:
        names = set(self.role_names)
        return [role for role in Role if role.value in names]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must carry to be theirs: it ends with the password, and when they are disabled."""
        of_password: str = super()._get_session_auth_hash(secret)  # type: ignore[misc]  # Django's, without a type
        if not self.sessions_ended:
            return of_password
        return salted_hmac(
            f"sessions.{self.sessions_ended}", of_password, secret=secret, algorithm="sha256"
        ).hexdigest()

    def may(self, act: str) -> bool:
        """Whether one of this person's roles allows the act (a key of roles.MAY)."""
        if act not in MAY:
            raise KeyError(act)
        return self.has_perm(f"accounts.{act}")


class Session(AbstractBaseSession):
    """A browser's session; whose it is, so that it comes with them in one statement."""

    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        engine: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        return engine


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Those that may still be taken up, if their link has not run out."""
        return self.filter(used_at=None, revoked_at=None)

    def waiting(self) -> "InvitationQuerySet":
        return self.open().filter(expires_at__gt=Now())

    def run_out(self) -> "InvitationQuerySet":
        return self.open().filter(expires_at__lte=Now())

    def used(self) -> "InvitationQuerySet":
        return self.exclude(used_at=None)

    def revoked(self) -> "InvitationQuerySet":
        return self.exclude(revoked_at=None)


class Invitation(models.Model):
    """Somebody is asked to join, by a link that works once and for some days. Of the link only a hash is kept."""

    email = models.EmailField(
        _("mail address"), help_text=_("The link goes there, and it will be one of their logins.")
    )
    roles = ArrayField(models.CharField(max_length=20), verbose_name=_("roles"))
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+", verbose_name=_("invited by"))
    expires_at = models.DateTimeField(_("works until"), editable=False)
    used_at = models.DateTimeField(_("taken up"), null=True, editable=False)
    person = models.OneToOneField(
        User, models.PROTECT, null=True, editable=False, related_name="invitation", verbose_name=_("person")
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"), condition=Q(used_at=None, revoked_at=None), name="invitation_open_once",
                violation_error_message=_("This address is invited already: make a new link for that invitation."),
            ),
            models.CheckConstraint(condition=Q(roles__contained_by=[role.value for role in Role]), name="invitation_roles_known"),
            models.CheckConstraint(condition=~Q(roles=[]), name="invitation_has_role"),
            models.CheckConstraint(
                condition=Q(used_at=None, person=None) | Q(used_at__isnull=False, person__isnull=False, revoked_at=None),
                name="invitation_used_by_one",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.email

    def role_words(self) -> str:
        return ", ".join(str(ROLE_NAMES[role]) for role in Role if role.value in self.roles)

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.roles import MAY, Role


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

    def may(self, act: str) -> bool:
        """Whether one of this person's roles allows the act (a key of roles.MAY)."""
        if act not in MAY:
            raise KeyError(act)
        return self.has_perm(f"accounts.{act}")

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from factcheck.newsroom.zones import check_zone

# What readers of ClaimReview and the codes of the trade (IFCN, EFCSN) ask a newsroom to say in public.
POLICIES = ("about", "methodology", "corrections_policy", "contact")
# All that a version says, in the order in which it is asked for and told.
SAID = ("name", "language", "time_zone", "scale", *POLICIES)


class SettingsManager(models.Manager["Settings"]):
    def current(self) -> "Settings":
        """The version in force. There is always one: the first comes with the database."""
        return self.latest("version")


class Settings(models.Model):
    """One version of what the newsroom says of itself. A change is a new version, so that old pages can be made again."""

    version = models.PositiveIntegerField(unique=True, editable=False)
    name = models.CharField(_("newsroom's name"), max_length=120)
    language = models.CharField(
        _("language"),
        max_length=35,
        default="en",
        help_text=_("A BCP 47 tag such as en or pt-BR: checks are written in it."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        default="UTC",
        validators=[check_zone],
        help_text=_("Every day and hour is told in it, at the desk and to readers."),
    )
    scale = models.SlugField(
        _("rating scale in use"),
        default="default",
        help_text=_("Its short name; new verdicts use it."),
    )
    about = models.TextField(
        _("about us"),
        blank=True,
        help_text=_("Markdown. Who runs and pays for this newsroom."),
    )
    methodology = models.TextField(
        _("how we work"),
        blank=True,
        help_text=_("Markdown. How claims are chosen and checked."),
    )
    corrections_policy = models.TextField(
        _("corrections policy"),
        blank=True,
        help_text=_("Markdown. How an error is reported and put right."),
    )
    contact = models.EmailField(_("address for error reports"), blank=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = SettingsManager()

    class Meta:
        verbose_name = _("settings")
        verbose_name_plural = _("settings")
        ordering = ("-version",)

    def __str__(self) -> str:
        return f"{self.name} ({self.version})"

    def clean(self) -> None:
        if not self.name.strip():
            raise ValidationError({"name": _("Give the newsroom a name.")})

    def missing(self) -> list[str]:
        """The names of what readers should know and cannot read yet."""
        return [str(self._meta.get_field(name).verbose_name) for name in POLICIES if not getattr(self, name).strip()]  # type: ignore[union-attr]  # columns, no relations

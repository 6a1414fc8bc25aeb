from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.articles.models import Article, Snapshot
from factcheck.web.extracting import Extracted
from factcheck.web.kinds import Kind
from factcheck.web.refusing import Refused, named

# How long an intake waits to become an article, and how long it is told why it was refused.
LIFE, LIFE_OF_REFUSALS = timedelta(days=1), timedelta(hours=1)
# Whoever works on an intake says so every second. After this silence somebody else takes it up; after so many tries nobody.
SILENCE = timedelta(seconds=20)
TRIES = 3


class Stage(models.TextChoices):
    WAITING = "waiting", _("waiting")
    FETCHING = "fetching", _("being fetched")
    READING = "reading", _("being read")
    READY = "ready", _("ready")
    REFUSED = "refused", _("refused")


AT_WORK = (Stage.FETCHING, Stage.READING)


class Came(models.Model):
    """What came, and from where: the bytes stand outside the database (intake.keeping), packed, under their hash."""

    asked = models.TextField(_("address asked for"), blank=True)
    url = models.TextField(_("address"), blank=True)  # where it was in the end
    name = models.CharField(_("name of the file"), max_length=200, blank=True)
    declared = models.CharField(_("said to be"), max_length=500, blank=True)  # the Content-Type as it came
    kind = models.CharField(_("kind"), max_length=10, blank=True)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    stored = models.CharField(max_length=64, blank=True)  # SHA-256 of the file as it is kept, packed

    class Meta:
        abstract = True

    @property
    def file_name(self) -> str:
        """The name to save it under: with the ending of what it is, not of what it was said to be."""
        endings = {Kind.TEXT: "txt", Kind.MARKDOWN: "md"}
        stem = self.name.rpartition(".")[0] or self.name or self.sha256[:12]
        return f"{stem}.{endings.get(Kind(self.kind), self.kind)}"

    @property
    def seen_at(self) -> str:
        """Where it was seen, for people: an address or a file's name."""
        return self.url or self.asked or self.name


class IntakeQuerySet(models.QuerySet["Intake"]):
    def of(self, person: User) -> "IntakeQuerySet":
        return self.filter(made_by=person)

    def alive(self) -> "IntakeQuerySet":
        return self.filter(made_at__gt=Now() - Value(LIFE))

    def expired(self) -> "IntakeQuerySet":
        refused = Q(stage=Stage.REFUSED, made_at__lte=Now() - Value(LIFE_OF_REFUSALS))
        return self.filter(Q(made_at__lte=Now() - Value(LIFE)) | refused)

    def to_do(self) -> "IntakeQuerySet":
        """What nobody works on, the oldest first: what waits, and what somebody was killed over."""
        left = Q(stage__in=AT_WORK, beat_at__lt=Now() - Value(SILENCE))
        return self.filter(Q(stage=Stage.WAITING) | left).order_by("pk")


class Intake(Came):
    """An article on its way to the desk: to be fetched or uploaded, read, and waiting for an editor's yes. Expires after LIFE.

    No part of the record, like what is being typed.
    """

    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    came = models.PositiveIntegerField(default=0)  # bytes, so far
    tries = models.PositiveSmallIntegerField(default=0)
    beat_at = models.DateTimeField(null=True)  # when somebody last said that they work on it
    refusal = models.JSONField(default=dict)  # its name and facts (web.refusing)
    found = models.JSONField(default=dict)  # Extracted, as JSON
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="+")  # that it became
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        indexes = (
            models.Index(fields=["made_at"], name="intake_oldest"),
            models.Index(fields=["stored"], name="intake_stored"),
            models.Index(fields=["id"], name="intake_to_do", condition=Q(stage__in=(Stage.WAITING, *AT_WORK))),
        )
        constraints = (models.CheckConstraint(condition=Q(stage__in=Stage.values), name="intake_stage_known"),)

    def __str__(self) -> str:
        return self.seen_at

    def get_absolute_url(self) -> str:
        return reverse("desk:intake", args=[self.pk])

    def why_refused(self) -> Refused:
        return named(self.refusal["name"], self.refusal["facts"])

    def extracted(self) -> Extracted:
        found: dict[str, Any] = self.found
        return Extracted.of_json(found)


class Original(Came):
    """The bytes that a snapshot was made of, as evidence of what was seen. Never changed."""

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="original")
    came_at = models.DateTimeField(_("came"))
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        indexes = (models.Index(fields=["stored"], name="original_stored"),)
        constraints = (
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="original_hash"),
            models.CheckConstraint(condition=Q(stored__regex=r"^[0-9a-f]{64}$"), name="original_stored_hash"),
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="original_kind_known"),
            models.CheckConstraint(condition=Q(came_at__lte=F("made_at")), name="original_came_before"),
        )

    def __str__(self) -> str:
        return self.seen_at

    def get_absolute_url(self) -> str:
        return reverse("desk:original", args=[self.pk])

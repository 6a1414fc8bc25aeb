from hashlib import md5

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.history.finding import holding, holds
from factcheck.history.folding import Signs
from factcheck.web.addresses import normal


class SourceKind(models.TextChoices):
    PRIMARY = "primary", _("primary document")
    DATASET = "dataset", _("dataset")
    OFFICIAL = "official", _("official statement")
    INTERVIEW = "interview", _("interview")
    MEDIA = "media", _("media report")
    EXPERT = "expert", _("expert")


class SourceQuerySet(models.QuerySet["Source"]):
    def known_at(self, url: str) -> "Source | None":
        """The source of this address, however it is written."""
        form = normal(url)
        # By hash, for the index; of two from before the forms were kept, the first.
        same = self.alias(hashed=MD5("normal_url")).filter(hashed=md5(form.encode(), usedforsecurity=False).hexdigest())
        return same.filter(normal_url=form).first() if form else None

    def matching(self, words: str) -> "SourceQuerySet":
        """Sources in whose title, publisher or address each of the words stands."""
        return holding(
            self,
            words,
            lambda word: holds("title", word) | holds("publisher", word) | holds("url", word),
        )


class Source(models.Model):
    """What can be cited. The same address is the same source, however it is written and whichever verdict cites it."""

    url = models.URLField(
        _("address"),
        max_length=2000,
        blank=True,
        help_text=_("Empty for an interview or a letter."),
    )
    # web.addresses.normal of the address: the same form is the same source.
    normal_url = models.TextField(blank=True, default="", db_default="", editable=False)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=SourceKind)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = SourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = (
            # By hash: a btree takes no long URLs.
            models.UniqueConstraint(MD5("url"), condition=~Q(url=""), name="source_url_once"),
            models.UniqueConstraint(MD5("normal_url"), condition=~Q(normal_url=""), name="source_known_once"),
            models.CheckConstraint(condition=~Q(title=""), name="source_has_title"),
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
        )
        indexes = (
            # One index for all three: each is asked for by itself.
            GinIndex(
                OpClass(Signs("title"), name="gin_trgm_ops"),
                OpClass(Signs("publisher"), name="gin_trgm_ops"),
                OpClass(Signs("url"), name="gin_trgm_ops"),
                name="source_like",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:source", args=[self.pk])


LARGEST_EVIDENCE = 10 * 1024 * 1024  # bytes


class EvidenceKind(models.TextChoices):
    """What may be attached, by its media type."""

    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    WEBP = "image/webp", "WebP"
    GIF = "image/gif", "GIF"
    PDF = "application/pdf", "PDF"


class Evidence(models.Model):
    """A picture or PDF of what a source shows. The file stands outside the database (sources.attaching); never changed."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence")
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("what it shows"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=EvidenceKind)
    size = models.PositiveIntegerField(_("bytes"))
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["source", "sha256"], name="evidence_once"),
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_known"),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=LARGEST_EVIDENCE), name="evidence_size"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="evidence_hash"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("desk:evidence", args=[self.pk])

    @property
    def path(self) -> str:
        """Where its file stands, in the storage of evidence."""
        return f"{self.sha256[:2]}/{self.sha256}"

    @property
    def file_name(self) -> str:
        """The name to save it under: with the ending of what it is, not of what it was said to be."""
        return f"{self.name.rpartition('.')[0] or self.name}.{EvidenceKind(self.kind).label.lower()}"

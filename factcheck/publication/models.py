import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Claim
from factcheck.history.keeping import sha256_of
from factcheck.review.models import Submission


class Kind(models.TextChoices):
    FIRST = "first", _("First publication")
    CORRECTION = "correction", _("Correction: the verdict changes")
    CLARIFICATION = "clarification", _("Clarification: the verdict does not change")
    UPDATE = "update", _("Update: new facts")
    RETRACTION = "retraction", _("Retraction")


class PublicationQuerySet(models.QuerySet["Publication"]):
    def live(self) -> "PublicationQuerySet":
        """The version of each claim's check that readers see: the last one."""
        later = Publication.objects.filter(claim=models.OuterRef("claim"), version__gt=models.OuterRef("version"))
        return self.filter(~models.Exists(later))

    def standing(self) -> "PublicationQuerySet":
        """Those that were not retracted."""
        return self.exclude(kind=Kind.RETRACTION)

    def newest_first(self) -> "PublicationQuerySet":
        return self.order_by("-published_at", "-id")


class Publication(models.Model):
    """One published version of a claim's check. Never changed: what turns out wrong is put right by the next version."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="publications")
    slug = models.SlugField(max_length=90, allow_unicode=True)
    version = models.PositiveIntegerField()
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="next")
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    reason = models.TextField(_("public reason"), blank=True)
    # A retraction shows no new document: it carries the one that it retracts.
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="publications")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    reviewer = models.CharField(max_length=120)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(db_default=Now())

    # The short name of the scale it was judged on, where a query or a preview brings it.
    scale_slug: str

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = (
            models.UniqueConstraint(fields=["claim", "version"], name="publication_version_once"),
            models.UniqueConstraint(fields=["slug", "version"], name="publication_slug_once"),
            models.CheckConstraint(condition=Q(sha256=sha256_of("document")), name="publication_hash_true"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="publication_kind_known"),
            models.CheckConstraint(
                condition=Q(version=1, kind="first", previous=None)
                | (Q(version__gt=1, previous__isnull=False) & ~Q(kind="first") & ~Q(reason="")),
                name="publication_follows",
            ),
        )

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("public:claim", args=[self.slug])

    def get_version_url(self) -> str:
        return reverse("public:claim-version", args=[self.slug, self.version])

    @cached_property
    def content(self) -> dict[str, Any]:
        """The document, read: see review.freezing.document_of for its keys."""
        content: dict[str, Any] = json.loads(self.document)
        return content

    @property
    def is_retracted(self) -> bool:
        return self.kind == Kind.RETRACTION


class ArticlePublicationQuerySet(models.QuerySet["ArticlePublication"]):
    def live(self) -> "ArticlePublicationQuerySet":
        """The version of each article's page that readers see: the last one."""
        later = ArticlePublication.objects.filter(
            article=models.OuterRef("article"), version__gt=models.OuterRef("version")
        )
        return self.filter(~models.Exists(later))

    def newest_first(self) -> "ArticlePublicationQuerySet":
        return self.order_by("-published_at", "-id")


class ArticlePublication(models.Model):
    """One published version of an article's review page: which text, which highlights, which verdicts. Never changed."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="publications")
    slug = models.SlugField(max_length=90, allow_unicode=True)
    version = models.PositiveIntegerField()
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    shown = models.ManyToManyField(Publication, through="Shown", related_name="article_publications")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField(db_default=Now())

    objects = ArticlePublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("article publication")
        verbose_name_plural = _("article publications")
        constraints = (
            models.UniqueConstraint(fields=["article", "version"], name="articlepublication_version_once"),
            models.UniqueConstraint(fields=["slug", "version"], name="articlepublication_slug_once"),
            models.CheckConstraint(
                condition=Q(sha256=sha256_of("document")),
                name="articlepublication_hash_true",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="articlepublication_version_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("public:article", args=[self.slug])

    @cached_property
    def content(self) -> dict[str, Any]:
        """The document, read: see publication.publishing.article_document for its keys."""
        content: dict[str, Any] = json.loads(self.document)
        return content


class Shown(models.Model):
    """This version of an article's page shows this version of a claim's check."""

    article_publication = models.ForeignKey(ArticlePublication, models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="shown_in")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["article_publication", "publication"], name="shown_once"),)

    def __str__(self) -> str:
        return f"{self.publication_id} in {self.article_publication_id}"

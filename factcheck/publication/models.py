import json
from functools import cached_property
from typing import Any, cast

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Claim
from factcheck.history.keeping import sha256_of
from factcheck.publication.moments import looked_at
from factcheck.review.models import Submission
from factcheck.sources.models import Evidence


class Kind(models.TextChoices):
    FIRST = "first", _("First publication")
    CORRECTION = "correction", _("Correction: the verdict changes")
    CLARIFICATION = "clarification", _("Clarification: the verdict does not change")
    UPDATE = "update", _("Update: new facts")
    RETRACTION = "retraction", _("Retraction")


class AddressQuerySet(models.QuerySet["Address"]):
    def newest_of(self, record: Claim | Article) -> "Address | None":
        """Where readers find it."""
        return self.filter(**{_named(record): record}).order_by("-id").first()

    def before(self, record: Claim | Article) -> list[str]:
        """The slugs under which it was found earlier, and is led on from, the newest first."""
        slugs = self.filter(**{_named(record): record}).order_by("-id").values_list("slug", flat=True)
        return [slug for slug in dict.fromkeys(slugs[1:]) if slug != slugs[0]]

    def taken(self, slug: str, face: type[Claim] | type[Article]) -> "models.QuerySet[Address]":
        """Of claims, or of articles, those that were ever found under this slug."""
        return self.filter(slug=slug).exclude(**{str(face._meta.model_name): None})


class Address(models.Model):
    """A slug under which readers find a claim or an article. The newest counts; each earlier one leads to it for good.

    The first is written by the database with the first publication. No other claim, or article, ever gets one that was used.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, null=True, related_name="addresses")
    article = models.ForeignKey(Article, models.PROTECT, null=True, related_name="addresses")
    slug = models.SlugField(max_length=90, allow_unicode=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField(db_default=Now())

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = (
            models.CheckConstraint(
                condition=Q(claim=None, article__isnull=False) | Q(claim__isnull=False, article=None),
                name="address_of_one",
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="address_says_something"),
            ExclusionConstraint(
                name="address_of_one_claim",
                expressions=[("slug", RangeOperators.EQUAL), ("claim", RangeOperators.NOT_EQUAL)],
                condition=Q(claim__isnull=False),
            ),
            ExclusionConstraint(
                name="address_of_one_article",
                expressions=[("slug", RangeOperators.EQUAL), ("article", RangeOperators.NOT_EQUAL)],
                condition=Q(article__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("public:claim" if self.claim_id else "public:article", args=[self.slug])


def _named(record: Claim | Article) -> str:
    return str(record._meta.model_name)


def _address_now(of: str) -> dict[str, models.Subquery]:
    """The slug that counts, for a row that points to a claim or article."""
    newest = Address.objects.filter(**{of: models.OuterRef(of)}).order_by("-id")
    return {"address": models.Subquery(newest.values("slug")[:1])}


class PublicationQuerySet(models.QuerySet["Publication"]):
    def at(self, slug: str) -> "PublicationQuerySet":
        """The versions of the check that readers find under this slug, or found under it earlier."""
        return self.filter(claim__in=Address.objects.filter(slug=slug).values("claim"))

    def live(self) -> "PublicationQuerySet":
        """The version of each claim's check that readers see: the last that has gone out."""
        later = Publication.objects.seen().filter(
            claim=models.OuterRef("claim"), version__gt=models.OuterRef("version")
        )
        return self.seen().filter(~models.Exists(later))

    def seen(self) -> "PublicationQuerySet":
        """Those that have gone out: readers see them, or saw them once."""
        return self.in_line().filter(published_at__lte=looked_at())

    def waiting(self) -> "PublicationQuerySet":
        """Those that go out later; of a claim there is one at most."""
        return self.in_line().filter(published_at__gt=looked_at())

    def in_line(self) -> "PublicationQuerySet":
        """Those that were not called off: the line of versions, one after the other."""
        return self.filter(called_off=False)

    def standing(self) -> "PublicationQuerySet":
        """Those that were not retracted."""
        return self.exclude(kind=Kind.RETRACTION)

    def with_text(self) -> "PublicationQuerySet":
        """Those of which the text has not been taken away."""
        return self.exclude(submission__publications__tombstone__isnull=False)

    def unreviewed(self) -> "PublicationQuerySet":
        """Those published in an emergency that nobody else has approved since."""
        return self.exclude(urgency="").filter(countersignature=None)

    def unsigned(self) -> "PublicationQuerySet":
        """Those that readers see now and that wait for a second person: retractions, and what was published unreviewed."""
        acts_of_one = Q(kind=Kind.RETRACTION) | ~Q(urgency="")
        return self.live().filter(acts_of_one, countersignature=None)

    def newest_first(self) -> "PublicationQuerySet":
        return self.order_by("-published_at", "-id")


_PublicationManager = models.Manager.from_queryset(PublicationQuerySet)


class PublicationManager(_PublicationManager["Publication"]):
    """Each comes with the slug that counts now, so that a list of them asks for no address."""

    def get_queryset(self) -> PublicationQuerySet:
        return cast(PublicationQuerySet, super().get_queryset().annotate(**_address_now("claim")))


class Publication(models.Model):
    """One published version of a claim's check. Never changed: what turns out wrong is put right by the next version."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="publications")
    # The one it was first published under, the same for all versions; where readers find it now, `address` tells.
    slug = models.SlugField(max_length=90, allow_unicode=True)
    version = models.PositiveIntegerField()
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=13, choices=Kind)
    reason = models.TextField(_("public reason"), blank=True)
    # A retraction shows no new document: it carries the one that it retracts.
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="publications")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    reviewer = models.CharField(max_length=120)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # When readers see it: at once, or at the moment that was set.
    published_at = models.DateTimeField(db_default=Now())
    # Why it could not wait for a second person; "" for what was approved. The newsroom reads it, readers do not.
    urgency = models.TextField(_("why it cannot wait"), blank=True, default="", db_default="")
    # Written by the database alone, with a CallingOff.
    called_off = models.BooleanField(default=False, db_default=False, editable=False)

    # The short name of the scale it was judged on, where a query or a preview brings it.
    scale_slug: str

    objects = PublicationManager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = (
            models.UniqueConstraint(
                fields=["claim", "version"], condition=Q(called_off=False), name="publication_version_once"
            ),
            models.UniqueConstraint(
                fields=["slug", "version"], condition=Q(called_off=False), name="publication_slug_once"
            ),
            models.UniqueConstraint(fields=["previous"], condition=Q(called_off=False), name="publication_next_once"),
            models.UniqueConstraint(
                fields=["submission"],
                condition=Q(called_off=False) & ~Q(kind="retraction"),
                name="publication_submission_once",
            ),
            models.CheckConstraint(condition=Q(sha256=sha256_of("document")), name="publication_hash_true"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="publication_kind_known"),
            models.CheckConstraint(
                condition=Q(version=1, kind="first", previous=None)
                | (Q(version__gt=1, previous__isnull=False) & ~Q(kind="first") & ~Q(reason="")),
                name="publication_follows",
            ),
            models.CheckConstraint(
                condition=Q(urgency="") | ~Q(kind="retraction"), name="publication_retracted_by_one_and_signed"
            ),
        )
        indexes = (
            models.Index(fields=["published_at"], name="publication_moment"),
            # What one person did alone is looked for on every front page of the desk, and there is little of it.
            models.Index(
                fields=["claim"], condition=Q(kind="retraction") | ~Q(urgency=""), name="publication_done_alone"
            ),
        )

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("public:claim", args=[self.address])

    def get_version_url(self) -> str:
        return reverse("public:claim-version", args=[self.address, self.version])

    def get_differences_url(self) -> str:
        """What is different from the version before it."""
        return reverse("public:claim-differences", args=[self.address, self.version, self.version - 1])

    @cached_property
    def address(self) -> str:
        """The slug under which readers find it now; what a query brings comes with it."""
        newest = Address.objects.filter(claim=self.claim_id).order_by("-id").first() if self.claim_id else None
        return newest.slug if newest else self.slug

    @property
    def path(self) -> str:
        """A path that leads to the check for good, whatever its address becomes: what documents say of it."""
        return reverse("public:claim", args=[self.slug])

    @cached_property
    def content(self) -> dict[str, Any]:
        """The document, read: see review.freezing.document_of for its keys."""
        content: dict[str, Any] = json.loads(self.document)
        return content

    @property
    def is_retracted(self) -> bool:
        return self.kind == Kind.RETRACTION

    @property
    def is_taken_away(self) -> bool:
        """Whether its text has been taken away; what stands in the document now has the same keys and says nothing."""
        return bool(self.content.get("taken_away"))

    @property
    def is_unreviewed(self) -> bool:
        """Whether it was published in an emergency and nobody else has approved it since."""
        return bool(self.urgency) and not hasattr(self, "countersignature")

    @property
    def is_unsigned(self) -> bool:
        """Whether what one person did alone waits for a second."""
        return self.is_unreviewed or (self.is_retracted and not hasattr(self, "countersignature"))

    @property
    def is_waiting(self) -> bool:
        """Whether it goes out later, by this machine's clock: for what is shown, not for what is decided."""
        return not self.called_off and self.published_at > timezone.now()


class Countersignature(models.Model):
    """A second person stands for what one did alone: a retraction, or publishing in an emergency. Bylines as they were then."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="countersignature")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(db_default=Now())
    # Who acted alone, and who signed: written by the database.
    first = models.CharField(max_length=120, db_default="")
    second = models.CharField(max_length=120, db_default="")

    class Meta:
        verbose_name = _("second signature")
        verbose_name_plural = _("second signatures")

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"


class CallingOff(models.Model):
    """A version that was to go out later was called off before it did."""

    publication = models.OneToOneField(Publication, models.PROTECT, related_name="calling_off")
    called_off_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("calling off")
        verbose_name_plural = _("calling off")

    def __str__(self) -> str:
        return str(self.publication_id)


class ArticlePublicationQuerySet(models.QuerySet["ArticlePublication"]):
    def at(self, slug: str) -> "ArticlePublicationQuerySet":
        """The versions of the article's page that readers find under this slug, or found under it earlier."""
        return self.filter(article__in=Address.objects.filter(slug=slug).values("article"))

    def live(self) -> "ArticlePublicationQuerySet":
        """The version of each article's page that readers see: the last that has gone out; of one moment the newest."""
        later = ArticlePublication.objects.in_line().filter(
            Q(published_at__gt=models.OuterRef("published_at"))
            | Q(published_at=models.OuterRef("published_at"), version__gt=models.OuterRef("version")),
            article=models.OuterRef("article"),
            published_at__lte=looked_at(),
        )
        return self.in_line().filter(~models.Exists(later), published_at__lte=looked_at())

    def seen(self) -> "ArticlePublicationQuerySet":
        """Those that readers see, or saw once: not those in whose place another one was made before their moment."""
        instead = ArticlePublication.objects.in_line().filter(
            article=models.OuterRef("article"),
            version__gt=models.OuterRef("version"),
            published_at__lte=models.OuterRef("published_at"),
        )
        return self.in_line().filter(~models.Exists(instead), published_at__lte=looked_at())

    def waiting(self) -> "ArticlePublicationQuerySet":
        """Those whose moment comes later."""
        return self.in_line().filter(published_at__gt=looked_at())

    def in_line(self) -> "ArticlePublicationQuerySet":
        """Those that show nothing that was called off."""
        return self.filter(called_off=False)

    def with_changes(self) -> "ArticlePublicationQuerySet":
        """With `change_told`: the document of what readers are told of changes since that text; None for nothing."""
        notices = ChangeNotice.objects.filter(checked=models.OuterRef("snapshot")).order_by("-pk")
        told: dict[str, Any] = {"change_told": models.Subquery(notices.values("document")[:1])}
        return self.annotate(**told)

    def newest_first(self) -> "ArticlePublicationQuerySet":
        return self.order_by("-published_at", "-id")


_ArticlePublicationManager = models.Manager.from_queryset(ArticlePublicationQuerySet)


class ArticlePublicationManager(_ArticlePublicationManager["ArticlePublication"]):
    def get_queryset(self) -> ArticlePublicationQuerySet:
        found = super().get_queryset().annotate(**_address_now("article"))
        return cast(ArticlePublicationQuerySet, found)


class ArticlePublication(models.Model):
    """One published version of an article's review page: which text, which highlights, which verdicts. Never changed.

    There is one for each moment at which the page changes. What changes before a later moment makes another version for that
    moment, too: of several for the same moment the newest counts.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="publications")
    slug = models.SlugField(max_length=90, allow_unicode=True)
    version = models.PositiveIntegerField()
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    shown = models.ManyToManyField(Publication, through="Shown", related_name="article_publications")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # When readers see it: the moment of the checks that it shows for the first time.
    published_at = models.DateTimeField(db_default=Now())
    # Written by the database alone, with the CallingOff of a check that it shows.
    called_off = models.BooleanField(default=False, db_default=False, editable=False)

    # What readers are told of changes since, where a query brings it.
    change_told: str | None

    objects = ArticlePublicationManager()

    class Meta:
        verbose_name = _("article publication")
        verbose_name_plural = _("article publications")
        constraints = (
            models.UniqueConstraint(
                fields=["article", "version"], condition=Q(called_off=False), name="articlepublication_version_once"
            ),
            models.UniqueConstraint(
                fields=["slug", "version"], condition=Q(called_off=False), name="articlepublication_slug_once"
            ),
            models.CheckConstraint(
                condition=Q(sha256=sha256_of("document")),
                name="articlepublication_hash_true",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="articlepublication_version_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("public:article", args=[self.address])

    def get_version_url(self) -> str:
        return reverse("public:article-version", args=[self.address, self.version])

    def get_differences_url(self) -> str:
        """What is different from the version before it."""
        return reverse("public:article-differences", args=[self.address, self.version, self.version - 1])

    @cached_property
    def address(self) -> str:
        """The slug under which readers find it now; what a query brings comes with it."""
        newest = Address.objects.filter(article=self.article_id).order_by("-id").first() if self.article_id else None
        return newest.slug if newest else self.slug

    @cached_property
    def content(self) -> dict[str, Any]:
        """The document, read: see publication.publishing.article_document for its keys."""
        content: dict[str, Any] = json.loads(self.document)
        return content


class Tombstone(models.Model):
    """What stands in the place of a text that a court or a privacy law took away: its hash, when, and why.

    Written by the owner's command alone (publication.taking_away).
    """

    publication = models.OneToOneField(Publication, models.PROTECT, null=True, related_name="tombstone")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, null=True, related_name="tombstone")
    evidence = models.OneToOneField(Evidence, models.PROTECT, null=True, related_name="tombstone")
    # Of what stood there.
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(_("public reason"))
    taken_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("tombstone")
        verbose_name_plural = _("tombstones")
        constraints = (
            models.CheckConstraint(
                condition=Q(publication__isnull=False, snapshot=None, evidence=None)
                | Q(publication=None, snapshot__isnull=False, evidence=None)
                | Q(publication=None, snapshot=None, evidence__isnull=False),
                name="tombstone_of_one",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="tombstone_says_why"),
        )

    def __str__(self) -> str:
        return self.sha256


class ChangeNotice(models.Model):
    """Readers are told that an article has changed since the text that was checked. Never changed; the last one counts."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="change_notices")
    checked = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    now = models.ForeignKey(Snapshot, models.PROTECT, related_name="+")
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("notice of a change")
        verbose_name_plural = _("notices of changes")
        constraints = (
            models.CheckConstraint(condition=Q(sha256=sha256_of("document")), name="changenotice_hash_true"),
        )

    def __str__(self) -> str:
        return f"{self.checked} {self.now}"

    @cached_property
    def content(self) -> dict[str, Any]:
        """The document, read: see publication.noticing.change_document for its keys."""
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

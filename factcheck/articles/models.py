from typing import NamedTuple

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.work import Assigned, AssignedQuerySet
from factcheck.history.finding import holding, holds
from factcheck.history.keeping import sha256_of

TEXT_LIMIT = 1_000_000  # bytes of UTF-8


class Rights(models.TextChoices):
    EXCERPTS = "excerpts", _("Excerpts around the highlights")
    FULL = "full", _("Full text")


class BlockKind(models.TextChoices):
    PARAGRAPH = "paragraph", _("paragraph")
    HEADING = "heading", _("heading")
    QUOTATION = "quotation", _("quotation")
    LIST_ITEM = "list item", _("list item")


class Block(NamedTuple):
    """A piece of a snapshot's text, in code points; pieces follow each other with two line feeds between them."""

    kind: str
    start: int
    end: int


class ArticleQuerySet(AssignedQuerySet["Article"]):
    def on_desk(self) -> "ArticleQuerySet":
        return self.filter(trashed_at=None)

    def in_trash(self) -> "ArticleQuerySet":
        return self.exclude(trashed_at=None)

    def matching(self, words: str) -> "ArticleQuerySet":
        """Articles in whose title, publisher, author, URL or newest text each of the words stands."""
        return holding(self, words, lambda word: holds("found_by__words", word, signs="found_by__signs"))

    def newest_first(self) -> "ArticleQuerySet":
        return self.order_by("-id")


class Article(Assigned):
    """A piece of journalism or a transcript under check. Its text stands in its snapshots."""

    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200)
    author = models.CharField(_("author"), max_length=200, blank=True)
    url = models.URLField(
        _("address"),
        max_length=2000,
        blank=True,
        help_text=_("Where readers found it."),
    )
    language = models.CharField(_("language"), max_length=35, default="en")
    published_on = models.DateField(_("published on"), null=True, blank=True)
    rights = models.CharField(
        _("what readers may be shown"),
        max_length=10,
        choices=Rights,
        default=Rights.EXCERPTS,
    )
    trashed_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="article_has_title"),
            models.CheckConstraint(condition=~Q(publisher=""), name="article_has_publisher"),
            models.CheckConstraint(condition=Q(rights__in=Rights.values), name="article_rights_known"),
        )
        indexes = (
            models.Index(fields=["-id"], name="article_on_desk", condition=Q(trashed_at=None)),
            models.Index(fields=["assignee", "due_on"], name="article_assigned", condition=Q(trashed_at=None)),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("desk:article", args=[self.pk])

    def get_assignment_url(self) -> str:
        return reverse("desk:article-assignment", args=[self.pk])


class FoundBy(models.Model):
    """The words by which an article is found: its newest text, then what is known of it. Triggers write it.

    Both forms of them are kept, since folding a long text takes longer than reading it.
    """

    article = models.OneToOneField(Article, models.PROTECT, primary_key=True, related_name="found_by")
    words = models.TextField()  # folded
    signs = models.TextField()

    class Meta:
        verbose_name = _("words of an article")
        verbose_name_plural = _("words of articles")
        indexes = (GinIndex(fields=["signs"], name="foundby_signs", opclasses=["gin_trgm_ops"]),)

    def __str__(self) -> str:
        return str(self.article_id)


class SnapshotQuerySet(models.QuerySet["Snapshot"]):
    def latest_of(self, article: Article) -> "Snapshot":
        snapshot = self.filter(article=article).latest("number")
        snapshot.article = article
        return snapshot

    def latest_ones(self) -> "SnapshotQuerySet":
        """The newest snapshot of each article."""
        later = Snapshot.objects.filter(article=models.OuterRef("article"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(later))

    def without_text(self) -> "SnapshotQuerySet":
        """For whoever asks what stands in them, not what they say."""
        return self.defer("text", "blocks")

    def on_desk(self) -> "SnapshotQuerySet":
        return self.filter(article__trashed_at=None)

    def newest_with_article(self, article: int) -> "SnapshotQuerySet":
        """The newest snapshot of the article of this number, if there is one: the article and who has it in hand with it."""
        return self.filter(article=article).select_related("article__assignee").order_by("-number")[:1]


class Snapshot(models.Model):
    """An article's text as it stood when it was taken in. Never changed; a new text is a new snapshot."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField(default=1)
    text = models.TextField()
    blocks = models.JSONField()
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(db_default=Now())
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = (
            models.UniqueConstraint(fields=["article", "number"], name="snapshot_number_once"),
            models.CheckConstraint(condition=~Q(text=""), name="snapshot_has_text"),
            models.CheckConstraint(
                condition=Q(sha256=sha256_of("text")),
                name="snapshot_hash_true",
            ),
            models.CheckConstraint(
                condition=models.lookups.LessThanOrEqual(
                    Func(
                        F("text"),
                        function="octet_length",
                        output_field=models.IntegerField(),
                    ),
                    TEXT_LIMIT,
                ),
                name="snapshot_within_limit",
            ),
        )

    def __str__(self) -> str:
        return f"{self.article_id}.{self.number}"

    @property
    def length(self) -> int:
        """In code points."""
        return len(self.text)

    def block_list(self) -> list[Block]:
        return [Block(*block) for block in self.blocks]

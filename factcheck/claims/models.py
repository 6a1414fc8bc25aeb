from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.work import Assigned, AssignedQuerySet
from factcheck.anchoring.locating import Status
from factcheck.anchoring.quote import Quote
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.naming import NameKey
from factcheck.history.finding import among, holding, holds
from factcheck.history.folding import Signs

# What readers of structured data advise: Google's guide to ClaimReview asks for short statements.
ADVISED_LENGTH = 75
# What stands between the passages of an interrupted statement when they are shown in one line.
GAP = " […] "
# Names that several claimants share, shown at once.
MOST_ALIKE = 200


class ClaimantKind(models.TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")


class ClaimantQuerySet(models.QuerySet["Claimant"]):
    def standing(self) -> "ClaimantQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def look_alike(self) -> "ClaimantQuerySet":
        """Those who stand there twice, as it seems: the same words in the name, and nothing in the description that
        tells them apart. Of the first MOST_ALIKE such names.
        """
        standing = self.standing().annotate(name_key=NameKey("name"))
        named = standing.order_by().values("name_key").annotate(times=models.Count("*")).filter(times__gt=1)
        # Asked first, so that the others are looked at only where there is a second one at all.
        keys = list(named.order_by("name_key").values_list("name_key", flat=True)[:MOST_ALIKE])
        others = (
            Claimant.objects.standing()
            .annotate(name_key=NameKey("name"))
            .filter(name_key=OuterRef("name_key"))
            .exclude(pk=OuterRef("pk"))
        )
        vague = Q(description="") | Q(description__iexact=OuterRef("description"))
        return standing.filter(name_key__in=keys).filter(
            Exists(others.filter(vague)) | Q(Exists(others), description="")
        )

    def matching(self, words: str) -> "ClaimantQuerySet":
        """Those in whose name or description each of the words stands."""
        return holding(self, words, lambda word: holds("name", word) | holds("description", word))


class Claimant(models.Model):
    """A person or organisation that made a claim. Never deleted: a merged one points to who they became."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=ClaimantKind, default=ClaimantKind.PERSON)
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("An office or role that tells them apart."),
    )
    same_as = models.URLField(
        _("known elsewhere as"),
        max_length=500,
        blank=True,
        help_text=_("An address that identifies them, such as Wikidata’s."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ClaimantQuerySet.as_manager()

    class Meta:
        verbose_name = _("claimant")
        verbose_name_plural = _("claimants")
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                Lower("name"), Lower("description"), condition=Q(merged_into=None), name="claimant_once",
                violation_error_message=_("There is a claimant of this name and description already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="claimant_has_name"),
            models.CheckConstraint(condition=Q(kind__in=ClaimantKind.values), name="claimant_kind_known"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="claimant_not_into_itself"),
        )  # fmt: skip
        indexes = (
            GinIndex(OpClass(Signs("name"), name="gin_trgm_ops"), name="claimant_like"),
            GinIndex(OpClass(Signs("description"), name="gin_trgm_ops"), name="claimant_described"),
            # With the name, so that looking for names that stand there twice reads the index alone.
            models.Index(NameKey("name"), include=["name"], condition=Q(merged_into=None), name="claimant_same_name"),
            models.Index(fields=["name", "id"], name="claimant_by_name"),
        )

    def __str__(self) -> str:
        return self.name


class TopicQuerySet(models.QuerySet["Topic"]):
    def unused(self) -> "TopicQuerySet":
        """Those that no claim has and under which no other stands."""
        given = Claim.topics.through.objects.filter(topic=OuterRef("pk"))
        return self.filter(~Exists(given), ~Exists(Topic.objects.filter(parent=OuterRef("pk"))))


class Topic(models.Model):
    """What claims are about. One may stand under another; the database keeps that none stands under itself."""

    name = models.CharField(_("name"), max_length=80)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="below",
        verbose_name=_("stands under"),
        help_text=_("A wider topic, if there is one."),
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                Lower("name"),
                name="topic_once",
                violation_error_message=_("There is a topic of this name already."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="topic_has_name"),
        )

    def __str__(self) -> str:
        return self.name


class ClaimQuerySet(AssignedQuerySet["Claim"]):
    def on_desk(self) -> "ClaimQuerySet":
        return self.filter(trashed_at=None)

    def in_trash(self) -> "ClaimQuerySet":
        return self.exclude(trashed_at=None)

    def matching(self, words: str) -> "ClaimQuerySet":
        """Claims in whose wording, or in the name of whose claimant, each of the words stands."""
        return holding(
            self,
            words,
            lambda word: holds("wording", word) | among("claimant", Claimant.objects.filter(holds("name", word))),
        )

    def newest_first(self) -> "ClaimQuerySet":
        return self.order_by("-id")


class Claim(Assigned):
    """One checkable statement, in our wording, understandable alone. It may stand in no article or in many."""

    wording = models.CharField(
        _("wording"),
        max_length=500,
        help_text=_("The statement in one sentence that can be understood alone."),
    )
    claimant = models.ForeignKey(
        Claimant,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="claims",
        verbose_name=_("claimant"),
    )
    said_on = models.DateField(
        _("said on"),
        null=True,
        blank=True,
        help_text=_("When it was said, not when it was checked."),
    )
    place = models.CharField(_("where it was said"), max_length=200, blank=True)
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims", verbose_name=_("topics"))
    trashed_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = (models.CheckConstraint(condition=~Q(wording=""), name="claim_has_wording"),)
        indexes = (
            models.Index(fields=["-id"], name="claim_on_desk", condition=Q(trashed_at=None)),
            GinIndex(OpClass(Signs("wording"), name="gin_trgm_ops"), name="claim_like"),
            GinIndex(SearchVector(Signs("wording"), config="simple"), name="claim_words"),
            models.Index(fields=["assignee", "due_on"], name="claim_assigned", condition=Q(trashed_at=None)),
        )

    def __str__(self) -> str:
        return self.wording

    def get_absolute_url(self) -> str:
        return reverse("desk:claim", args=[self.pk])

    def get_assignment_url(self) -> str:
        return reverse("desk:claim-assignment", args=[self.pk])


class HighlightQuerySet(models.QuerySet["Highlight"]):
    def standing(self) -> "HighlightQuerySet":
        """Those nobody has taken away."""
        return self.filter(removed_at=None, claim__trashed_at=None)

    def on_desk(self) -> "HighlightQuerySet":
        """Those in articles that are not in the trash."""
        return self.filter(article__trashed_at=None)


class Highlight(models.Model):
    """This claim stands in this article. Where, is told by its placements."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="highlights")
    article = models.ForeignKey(Article, models.PROTECT, related_name="highlights")
    # Who says it here and when, if that differs from the claim.
    claimant = models.ForeignKey(Claimant, models.PROTECT, null=True, blank=True, related_name="+")
    said_on = models.DateField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = HighlightQuerySet.as_manager()

    class Meta:
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        indexes = (models.Index(fields=["article", "claim"], condition=Q(removed_at=None), name="highlight_standing"),)

    def __str__(self) -> str:
        return f"{self.claim_id} in {self.article_id}"

    def get_absolute_url(self) -> str:
        """Where it stands in its article."""
        return f"{reverse('desk:article', args=[self.article_id])}#highlight-{self.pk}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def newest(self) -> "PlacementQuerySet":
        """The last word on each highlight. Placements are made in the newest snapshot alone, so it stands there."""
        later = Placement.objects.filter(highlight=models.OuterRef("highlight"), pk__gt=models.OuterRef("pk"))
        return self.filter(~Exists(later))

    def of_standing(self) -> "PlacementQuerySet":
        """Of highlights that nobody has taken away."""
        return self.filter(highlight__removed_at=None, highlight__claim__trashed_at=None)

    def placed(self) -> "PlacementQuerySet":
        """Those that say where the words stand, and wait for nobody."""
        return self.filter(waits=False).exclude(passages=[])

    def current_in(self, snapshot: Snapshot) -> "PlacementQuerySet":
        """Where each standing highlight stands in this snapshot; without those that wait or are gone."""
        later = Placement.objects.filter(
            highlight=models.OuterRef("highlight"), snapshot=snapshot, pk__gt=models.OuterRef("pk")
        )
        return self.filter(~Exists(later), snapshot=snapshot).of_standing().placed()

    def waiting(self) -> "PlacementQuerySet":
        """Those that need a look: looked up in a new text, not certain, and not decided yet."""
        return self.filter(waits=True).newest().of_standing()

    def unplaced_in(self, snapshot: Snapshot) -> "PlacementQuerySet":
        """Highlights without a place in the newest snapshot: those that wait, and those that were declared gone."""
        away = self.filter(Q(waits=True) | Q(status=Status.GONE), snapshot=snapshot)
        return away.newest().of_standing().order_by("-waits", "highlight_id")

    def last_placed(self) -> "PlacementQuerySet":
        """Of each highlight, where it stood last for certain."""
        return self.placed().order_by("highlight_id", "-id").distinct("highlight_id")


class Placement(models.Model):
    """Where a highlight stands in one snapshot. Never changed: moving it is a new placement."""

    highlight = models.ForeignKey(Highlight, models.PROTECT, related_name="placements")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="placements")
    # [{"exact": …, "prefix": …, "suffix": …, "start": …}], in code points; a trigger proves that the words stand there.
    passages = models.JSONField()
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in Status])
    # Looked up in a new text and not certain: somebody has a look, and what they decide is the next placement.
    waits = models.BooleanField(default=False, db_default=False)
    # The placement, in an earlier snapshot, whose words were looked up; and what was found of each of its passages.
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    found = models.JSONField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = (
            models.CheckConstraint(condition=Q(waits=False) | Q(accepted_by=None), name="placement_waits_or_accepted"),
            models.CheckConstraint(
                condition=Q(waits=True) | Q(accepted_by__isnull=False) | ~Q(status__in=("edited", "ambiguous")),
                name="placement_uncertain_accepted",
            ),
            models.CheckConstraint(
                condition=Q(waits=False) | Q(carried_from__isnull=False), name="placement_waits_carried"
            ),
        )
        indexes = (models.Index(fields=["highlight"], name="placement_waiting", condition=Q(waits=True)),)

    def __str__(self) -> str:
        return f"{self.highlight_id} at {self.spans()}"

    def quotes(self) -> list[Quote]:
        return [Quote(**passage) for passage in self.passages]

    def spans(self) -> list[tuple[int, int]]:
        """(start, end) of each passage, in code points."""
        return [(passage["start"], passage["start"] + len(passage["exact"])) for passage in self.passages]

    @property
    def words(self) -> str:
        return GAP.join(passage["exact"] for passage in self.passages)


def passage(quote: Quote) -> dict[str, Any]:
    """A quote as it is stored in a placement."""
    return {
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "start": quote.start,
    }

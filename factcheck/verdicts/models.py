from copy import copy

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from factcheck.sources.models import Source
from factcheck.verdicts.stages import BEFORE_READERS, Stage
from factcheck.verdicts.translating import spoken


class Sign(models.TextChoices):
    """The shape that stands beside a rating's word: Harvey balls, and a question mark off the scale."""

    CROSSED = "crossed", _("crossed circle")
    QUARTER = "quarter", _("a quarter full")
    HALF = "half", _("half full")
    THREE_QUARTERS = "three-quarters", _("three quarters full")
    FULL = "full", _("full circle")
    QUESTION = "question", _("question mark")


class Hue(models.TextChoices):
    RED = "red", _("red")
    ORANGE = "orange", _("orange")
    AMBER = "amber", _("amber")
    LIME = "lime", _("lime")
    GREEN = "green", _("green")
    TEAL = "teal", _("teal")
    BLUE = "blue", _("blue")
    VIOLET = "violet", _("violet")
    GREY = "grey", _("grey")


class RatingScale(models.Model):
    """A verdict scale under its lasting name; what it says stands in its versions."""

    slug = models.SlugField(_("short name"), unique=True)

    class Meta:
        verbose_name = _("rating scale")
        verbose_name_plural = _("rating scales")

    def __str__(self) -> str:
        return self.slug


class ScaleVersionQuerySet(models.QuerySet["ScaleVersion"]):
    def in_use(self, slug: str) -> "ScaleVersion":
        """The newest version of the scale of this short name."""
        return self.filter(scale__slug=slug).latest("number")

    def after(self, version: "ScaleVersion") -> "ScaleVersion | None":
        """The newest version of the same scale, if it is a later one."""
        return self.filter(scale=version.scale_id, number__gt=version.number).order_by("-number").first()

    def newest(self) -> "ScaleVersionQuerySet":
        """Of each scale the newest version."""
        later = ScaleVersion.objects.filter(scale=models.OuterRef("scale"), number__gt=models.OuterRef("number"))
        return self.filter(~models.Exists(later)).order_by("scale__slug")


class ScaleVersion(models.Model):
    """One version of a scale, with its ratings. Never changed: a better one is the next version."""

    scale = models.ForeignKey(RatingScale, models.PROTECT, related_name="versions", verbose_name=_("scale"))
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    # {"de": {"name": …, "description": …}}: see translating.
    translations = models.JSONField(_("in other languages"), default=dict, db_default={}, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    objects = ScaleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a scale")
        verbose_name_plural = _("versions of scales")
        constraints = (models.UniqueConstraint(fields=["scale", "number"], name="scaleversion_number_once"),)

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    def in_language(self, language: str) -> "ScaleVersion":
        """The version as it is told in this language; not to be saved."""
        return _told(self, language)

    def called(self, name: str, language: str) -> "Rating | None":
        """The rating that has this name in this language."""
        return next((rating for rating in self.ratings.all() if rating.in_language(language).name == name), None)


class Rating(models.Model):
    """One value of a scale. Those with a position are ordered, 1 is the worst; those without stand off the scale."""

    version = models.ForeignKey(ScaleVersion, models.PROTECT, related_name="ratings", verbose_name=_("version"))
    position = models.PositiveSmallIntegerField(
        _("position"),
        null=True,
        blank=True,
        help_text=_("1 is the worst; empty stands off the scale."),
    )
    name = models.CharField(_("name"), max_length=60)
    definition = models.TextField(_("definition"))
    hue = models.CharField(_("hue"), max_length=10, choices=Hue)
    sign = models.CharField(_("sign"), max_length=20, choices=Sign)
    # {"de": {"name": …, "definition": …}}: see translating.
    translations = models.JSONField(_("in other languages"), default=dict, db_default={}, blank=True)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ("version", models.F("position").asc(nulls_last=True), "id")
        constraints = (
            models.UniqueConstraint(fields=["version", "position"], name="rating_position_once"),
            models.UniqueConstraint(fields=["version", "name"], name="rating_name_once"),
            models.CheckConstraint(
                condition=Q(position=None) | Q(position__gte=1),
                name="rating_position_from_one",
            ),
            models.CheckConstraint(condition=Q(sign__in=Sign.values), name="rating_sign_known"),
            models.CheckConstraint(condition=Q(hue__in=Hue.values), name="rating_hue_known"),
        )

    def __str__(self) -> str:
        return self.name

    def in_language(self, language: str) -> "Rating":
        """The rating as it is told in this language; not to be saved."""
        return _told(self, language)


def _told[Named: (ScaleVersion, Rating)](record: Named, language: str) -> Named:
    told = copy(record)
    for name, words in spoken(record.translations, language).items():
        setattr(told, name, words)
    return told


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def at_stage(self, stage: Stage) -> "VerdictQuerySet":
        return self.filter(stage=stage)

    def before_readers(self) -> "VerdictQuerySet":
        """Those handed in or approved: one of a claim at a time."""
        return self.filter(stage__in=BEFORE_READERS)

    def finished(self) -> "VerdictQuerySet":
        """Those with which the checkers' part of their claim is done: handed in, approved, or settled with none begun since."""
        begun = Verdict.objects.filter(
            claim=models.OuterRef("claim"), pk__gt=models.OuterRef("pk"), stage__in=[Stage.DRAFT, Stage.SENT_BACK]
        )
        return self.filter(
            Q(stage__in=[Stage.SUBMITTED, Stage.APPROVED]) | Q(stage=Stage.SETTLED) & ~models.Exists(begun)
        )

    def in_hand_on(self, scale: ScaleVersion | int) -> "VerdictQuerySet":
        """Those that a checker works on, judged on this version of a scale."""
        return self.of_standing_claims().filter(scale=scale, stage__in=[Stage.DRAFT, Stage.SENT_BACK])

    def of_standing_claims(self) -> "VerdictQuerySet":
        return self.filter(claim__trashed_at=None)


class Verdict(models.Model):
    """A checker's judgement of a claim. Several may be in work; one at a time is submitted or approved."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="verdicts")
    scale = models.ForeignKey(ScaleVersion, models.PROTECT, related_name="+", verbose_name=_("scale"))
    rating = models.ForeignKey(
        Rating,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("rating"),
    )
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("The finding in one sentence."),
    )
    rationale = models.TextField(
        _("rationale"),
        blank=True,
        max_length=100_000,
        help_text=_("Markdown. Refer to the first source with [1]."),
    )
    rationale_html = models.TextField(editable=False, blank=True)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.DRAFT, editable=False)
    citations_given = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = VerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")
        constraints = (
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(stage__in=["submitted", "approved"]),
                name="verdict_one_before_readers",
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="verdict_stage_known"),
        )
        indexes = (models.Index(fields=["stage"], name="verdict_stage"),)

    def __str__(self) -> str:
        return self.summary or f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("desk:verdict", args=[self.pk])

    @property
    def people(self) -> list[User]:
        """Its authors. Where several verdicts are shown, let them come with `authors__person`."""
        return [author.person for author in self.authors.all()]

    @property
    def bylines(self) -> list[str]:
        return [person.name for person in self.people]

    @property
    def is_finished(self) -> bool:
        """Whether the checkers' part of it is done."""
        return self.stage in {Stage.SUBMITTED, Stage.APPROVED, Stage.SETTLED}


class Author(models.Model):
    """Somebody who edited a verdict, once for each. Never removed: it decides who may not review."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="authors")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["verdict", "person"], name="author_once"),)

    def __str__(self) -> str:
        return f"{self.person} of {self.verdict_id}"


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    REFUTES = "refutes", _("refutes")
    CONTEXT = "context", _("gives context")


class Citation(models.Model):
    """A verdict's use of a source."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="citations")
    source = models.ForeignKey(Source, models.PROTECT, related_name="citations", verbose_name=_("source"))
    # Given once and never again, so that [2] in a rationale goes on meaning the same source.
    number = models.PositiveSmallIntegerField()
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)
    quoted = models.TextField(
        _("words quoted"),
        blank=True,
        max_length=5000,
        help_text=_("The passage you rely on, as it stands there."),
    )
    note = models.TextField(
        _("note"),
        blank=True,
        max_length=2000,
        help_text=_("What it shows. Readers see it."),
    )
    read_on = models.DateField(_("read on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["verdict", "number"], name="citation_number_once"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="citation_stance_known"),
        )

    def __str__(self) -> str:
        return f"[{self.number}] {self.source}"

    def get_absolute_url(self) -> str:
        return reverse("desk:citation", args=[self.pk])

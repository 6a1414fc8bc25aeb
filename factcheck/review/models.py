import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User
from factcheck.history.keeping import sha256_of
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def waiting(self) -> "SubmissionQuerySet":
        """Those that nobody has decided on, the longest waiting first."""
        newest = Submission.objects.filter(verdict=models.OuterRef("verdict")).order_by("-number").values("pk")[:1]
        return self.filter(
            decision=None, verdict__stage=Stage.SUBMITTED, verdict__claim__trashed_at=None, pk=models.Subquery(newest)
        ).order_by("id")

    def waiting_for(self, person: User) -> "SubmissionQuerySet":
        """Those waiting that this person may decide on: not of their own verdicts, nor what they handed in."""
        return self.waiting().exclude(verdict__authors__person=person).exclude(submitted_by=person)

    def rounds_of(self, verdict: Verdict) -> "SubmissionQuerySet":
        """All of a verdict without their documents, the newest first, each with what became of it."""
        told = self.filter(verdict=verdict).select_related(
            "submitted_by", "decision__decided_by", "withdrawal__withdrawn_by"
        )
        return told.defer("document").order_by("-number")

    def latest_of(self, verdict: Verdict) -> "Submission | None":
        return self.filter(verdict=verdict).select_related("decision", "withdrawal").order_by("-number").first()


class Submission(models.Model):
    """A verdict handed in: the document that readers would see, frozen."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="submissions")
    number = models.PositiveIntegerField()
    document = models.TextField()
    sha256 = models.CharField(max_length=64)
    # What the checklist warned of and why it was handed in all the same (review.answering.answered).
    answers = models.JSONField(default=list, db_default=[])
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(db_default=Now())

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = (
            models.UniqueConstraint(fields=["verdict", "number"], name="submission_number_once"),
            models.CheckConstraint(condition=Q(sha256=sha256_of("document")), name="submission_hash_true"),
        )

    def __str__(self) -> str:
        return f"{self.verdict} ({self.number})"

    def get_absolute_url(self) -> str:
        return reverse("desk:submission", args=[self.pk])

    def workers(self) -> models.QuerySet[User]:
        """Whoever worked on the verdict, or handed it in."""
        return User.objects.filter(Q(pk__in=self.verdict.authors.values("person")) | Q(pk=self.submitted_by_id))

    @cached_property
    def content(self) -> dict[str, Any]:
        """The document, read: see review.freezing for its keys."""
        content: dict[str, Any] = json.loads(self.document)
        return content


class Outcome(models.TextChoices):
    APPROVE = "approve", _("Approve")
    SEND_BACK = "send_back", _("Send back")


class Decision(models.Model):
    """What a reviewer said of one submission. There is one for each, and it is final."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("decision"), max_length=10, choices=Outcome)
    reasons = models.TextField(_("reasons"), blank=True, max_length=10_000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="approve") | ~Q(reasons=""),
                name="decision_sent_back_with_reasons",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.submission}"


class Withdrawal(models.Model):
    """A submission taken back by one of its authors before anybody decided on it."""

    submission = models.OneToOneField(Submission, models.PROTECT, related_name="withdrawal")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")

    def __str__(self) -> str:
        return f"{self.submission}"


class HandoverQuerySet(models.QuerySet["Handover"]):
    def latest_of(self, verdict: Verdict) -> "Handover | None":
        """Who is to review the verdict: the last word on it."""
        return self.filter(verdict=verdict).select_related("reviewer", "made_by").order_by("-id").first()


class Handover(models.Model):
    """The review of a verdict given to somebody, or to whoever comes first. The last one counts, for later submissions too."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="handovers")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("handing over")
        verbose_name_plural = _("handing over")

    def __str__(self) -> str:
        return f"{self.verdict_id} to {self.reviewer_id}"


REMARK_LENGTH = 5_000  # characters of Markdown


class RemarkQuerySet(models.QuerySet["Remark"]):
    def threads(self) -> "RemarkQuerySet":
        """Those that began a thread."""
        return self.filter(under=None)

    def in_words(self) -> Iterable[tuple[Any, ...]]:
        """As they are read, in the order of time: the fields of review.discussing.Said."""
        return self.order_by("id").values_list(
            "pk", "under", "made_by__byline", "made_at", "submission__number", "passage", "citation", "html"
        )

    def open(self) -> "RemarkQuerySet":
        """Threads that nobody has resolved, or that somebody has reopened since."""
        turns = Resolution.objects.filter(thread=models.OuterRef("pk")).order_by("-id")
        told = self.threads().annotate(settled=models.Subquery(turns.values("is_resolved")[:1]))
        return told.filter(Q(settled=None) | Q(settled=False))


class Remark(models.Model):
    """What somebody of the newsroom says of a verdict, never changed. The first of a thread may tell which words it is about."""

    verdict = models.ForeignKey(Verdict, models.PROTECT, related_name="remarks")
    # The first remark of its thread; none for that one itself.
    under = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    # What was before the eyes of who began the thread; none where that was the verdict as it stood.
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="+")
    # A quote of the rationale as it is read (prose.passages), in code points: {"exact": …, "prefix": …, "suffix": …, "start": …}.
    passage = models.JSONField(null=True)
    # The number of a citation: numbers are given once, and the citation may be taken out.
    citation = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(_("remark"), max_length=REMARK_LENGTH)
    html = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    objects = RemarkQuerySet.as_manager()

    # Whom it calls on, as the verb that wrote it found them; not set otherwise: ask `mentions`.
    mentioned: list[User]

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="remark_says_something"),
            models.CheckConstraint(condition=Q(passage__isnull=True) | Q(citation=None), name="remark_about_one_thing"),
            models.CheckConstraint(
                condition=Q(under=None) | Q(passage__isnull=True, citation=None), name="remark_reply_about_its_thread"
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        """The thread that it stands in."""
        return f"{reverse('desk:remark', args=[self.under_id or self.pk])}#remark-{self.pk}"


class Mention(models.Model):
    """A remark calls on somebody by their login."""

    remark = models.ForeignKey(Remark, models.PROTECT, related_name="mentions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = (models.UniqueConstraint(fields=["remark", "person"], name="mention_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.remark_id}"


class Resolution(models.Model):
    """A thread is resolved, or reopened. The last one counts."""

    thread = models.ForeignKey(Remark, models.PROTECT, related_name="resolutions")
    is_resolved = models.BooleanField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")

    def __str__(self) -> str:
        return f"{self.thread_id}: {self.is_resolved}"

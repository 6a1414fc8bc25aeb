import json
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

    def latest_of(self, verdict: Verdict) -> "Submission | None":
        return self.filter(verdict=verdict).select_related("decision").order_by("-number").first()


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

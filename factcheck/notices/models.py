from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from factcheck.accounts.models import User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

WORDS_LIMIT = 300  # characters of what a notice is about


class Kind(models.TextChoices):
    SUBMITTED = "submitted", _("Handed in")
    SENT_BACK = "sent_back", _("Sent back")
    APPROVED = "approved", _("Approved")
    MENTIONED = "mentioned", _("Mentioned")
    ASSIGNED = "assigned", _("Assigned")
    PUBLISHED = "published", _("Published")
    UNREVIEWED = "unreviewed", _("Published before review")
    SCHEDULED = "scheduled", _("Set to be published")
    CALLED_OFF = "called_off", _("Called off")
    RETRACTED = "retracted", _("Retracted")


# What happened, in a sentence without its full stop.
HAPPENED: "dict[str, _StrPromise]" = {
    Kind.SUBMITTED: _("%(person)s handed in a verdict for review"),
    Kind.SENT_BACK: _("%(person)s sent a verdict back"),
    Kind.APPROVED: _("%(person)s approved a verdict"),
    Kind.MENTIONED: _("%(person)s mentioned you"),
    Kind.ASSIGNED: _("%(person)s put this into your hands"),
    Kind.PUBLISHED: _("%(person)s published a check"),
    Kind.UNREVIEWED: _("%(person)s published a check that nobody else has approved"),
    Kind.SCHEDULED: _("%(person)s set a check to be published later"),
    Kind.CALLED_OFF: _("%(person)s called off a check that was to be published"),
    Kind.RETRACTED: _("%(person)s retracted a check"),
}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def shown_to(self, person: User) -> "NoticeQuerySet":
        """What this person was told on the page, the newest first."""
        return self.filter(person=person, on_page=True).order_by("-id")

    def unseen(self) -> "NoticeQuerySet":
        return self.filter(on_page=True, seen_at=None)


class Notice(models.Model):
    """One person is told of one act: what it was, of what, by whom, and where to look."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    # What it is about, one line as it read then: a claim's wording, an article's title.
    words = models.CharField(max_length=WORDS_LIMIT)
    # Where it is dealt with, an address at the desk without its host.
    path = models.CharField(max_length=200)
    # None: the program itself.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    at = models.DateTimeField(db_default=Now())
    # Whether it stands on the page of notices; else it is mailed alone.
    on_page = models.BooleanField(default=True)
    seen_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = (
            models.Index(F("person"), F("id").desc(), name="notice_newest_first"),
            models.Index(fields=["person"], condition=Q(on_page=True, seen_at=None), name="notice_unseen"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notice_kind_known"),
            models.CheckConstraint(condition=Q(path__startswith="/desk/"), name="notice_leads_to_the_desk"),
            models.CheckConstraint(condition=~Q(words=""), name="notice_has_words"),
        )

    def __str__(self) -> str:
        return f"{self.happened}: {self.words}"

    def get_absolute_url(self) -> str:
        return reverse("desk:notice", args=[self.pk])

    @property
    def happened(self) -> str:
        return HAPPENED[self.kind] % {"person": self.by.name if self.by else gettext("Factcheck")}


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> "LetterQuerySet":
        """Those to be sent now, the longest waiting first."""
        return self.filter(next_at__lte=Now()).order_by("next_at", "id")


class Letter(models.Model):
    """The mail of a notice, from its being wanted to its being sent or given up.

    It waits while `next_at` has a moment. A row of its own, so that whoever opens the notice does not wait for the mail server,
    before which this row is locked.
    """

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="letter")
    next_at = models.DateTimeField(null=True, db_default=Now())
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveIntegerField(default=0)
    # Why the last try failed, or why it was given up.
    failure = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = (models.Index(fields=["next_at"], condition=Q(next_at__isnull=False), name="letter_waiting"),)
        constraints = (
            models.CheckConstraint(condition=Q(next_at=None) | Q(sent_at=None), name="letter_sent_waits_no_more"),
        )

    def __str__(self) -> str:
        return str(self.notice)


class Preference(models.Model):
    """How a person wants to be told of acts of one kind. Without a row: on the page and by mail."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, db_index=False, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    on_page = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "kind"], name="preference_once_per_kind"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="preference_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.kind}"

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import UUID7, Now
from django.utils.translation import gettext_lazy as _


class Via(models.TextChoices):
    """From where in the program an act came."""

    SCREEN = "screen", _("on the desk")
    ADMIN = "admin", _("in the administration")
    COMMAND = "command", _("by a command")
    JOB = "job", _("by itself, in the background")


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, *subjects: models.Model) -> "EntryQuerySet":
        """The acts that touched any of these records with the rows they changed, newest first."""
        touched = self.filter(subjects__overlap=[key_of(subject) for subject in subjects])
        return touched.prefetch_related("changes").order_by("-at", "-id")


class Entry(models.Model):
    """One act: who, what, why, when. The rows it changed hang on it."""

    id = models.UUIDField(primary_key=True, db_default=UUID7(), editable=False)
    at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    act = models.CharField(_("what"), max_length=60)
    # A person by number and name as it was then: history outlives accounts, so no foreign key.
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(_("who"), max_length=200, blank=True)
    via = models.CharField(_("from where"), max_length=10, choices=Via)
    reason = models.TextField(_("why"), blank=True)
    subjects = ArrayField(models.CharField(max_length=60), default=list)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("history")
        ordering = ("-id",)
        indexes = (
            GinIndex(fields=["subjects"], name="entry_subjects"),
            models.Index(fields=["person_id", "at", "id"], name="entry_person"),
        )

    def __str__(self) -> str:
        return self.act


class RowChange(models.Model):
    """One row as one statement changed it, written by a trigger; `before` and `after` hold the columns that differ."""

    id = models.BigAutoField(primary_key=True)
    # An act writes its entry after its rows, so the database asks for it when the transaction ends: no act is made up.
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="changes")
    at = models.DateTimeField(db_default=Now())
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=60)
    operation = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    database_role = models.CharField(max_length=63)

    class Meta:
        verbose_name = _("row change")
        verbose_name_plural = _("row changes")
        ordering = ("id",)
        indexes = (
            models.Index(fields=["table_name", "row_id"], name="rowchange_row"),
            models.Index(fields=["at", "id"], condition=models.Q(entry=None), name="rowchange_without_act"),
        )

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name} {self.row_id}"


def key_of(subject: models.Model) -> str:
    """How history names a record: "claim:3"."""
    return f"{subject._meta.model_name}:{subject.pk}"

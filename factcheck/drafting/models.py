from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Cast, Now
from django.db.models.lookups import LessThanOrEqual

FIELDS_LIMIT = 3_000_000  # bytes of JSON: an article of the largest size, its line feeds escaped, and more


class Key(models.Model):
    """One form handed in: its key, and where the answer led. A repeat is led to the same place."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField()
    # SHA-256 of what was sent with it, in hexadecimal; "" where that is not known.
    content = models.CharField(max_length=64, blank=True, db_default="")
    location = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="key_once_per_person"),)

    def __str__(self) -> str:
        return str(self.key)

    def is_of(self, content: str) -> bool:
        """Whether this is what was sent with it, as far as that is known."""
        return not (self.content and content) or self.content == content


class Draft(models.Model):
    """What somebody is typing and has not saved: the latest of each form, outside the record, for nobody else's eyes."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Which form: "claim:3", "article:7:claim", "article:new".
    form = models.CharField(max_length=60)
    # The key that the form will be handed in with; once it has been, there is no draft any more.
    key = models.UUIDField(null=True)
    fields = models.JSONField()
    # The browser it was typed in, if that tells, and when by that browser's clock, in milliseconds.
    browser = models.UUIDField(null=True)
    clock = models.BigIntegerField(db_default=0)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "form"], name="draft_once_per_form"),
            models.CheckConstraint(condition=~Q(form=""), name="draft_names_its_form"),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(
                        Cast(F("fields"), models.TextField()),
                        function="octet_length",
                        output_field=models.IntegerField(),
                    ),
                    FIELDS_LIMIT,
                ),
                name="draft_within_limit",
            ),
        )

    def __str__(self) -> str:
        return self.form

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Key(models.Model):
    """One form handed in: its key, and where the answer led. A repeat is led to the same place."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField()
    location = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "key"], name="key_once_per_person"),)

    def __str__(self) -> str:
        return str(self.key)

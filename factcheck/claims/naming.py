"""Names in one order, to see who stands there twice."""

from django.db import models
from django.db.models import Func


class NameKey(Func):
    """The words of a name in one order, without case, accents and signs: what two entries of one person share.

    The database's function claims_name_key, which a migration makes.
    """

    function = "claims_name_key"
    arity = 1
    output_field = models.TextField()

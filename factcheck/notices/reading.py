"""Having seen what one was told."""

from django.db.models import Q
from django.db.models.functions import Now

from factcheck.accounts.models import User
from factcheck.notices.models import Notice


def see_at(person: User, path: str) -> int:
    """This person looks at a place: all that they were told of it is seen. Gives how many notices it was new for."""
    place = path.partition("#")[0]
    there = Q(path=place) | Q(path__startswith=f"{place}#")
    return Notice.objects.shown_to(person).unseen().filter(there).update(seen_at=Now())


def see_all(person: User, up_to: int) -> int:
    """All that this person was told, up to this notice, is seen; what has come since is not. Gives how many it was new for."""
    return Notice.objects.shown_to(person).unseen().filter(pk__lte=up_to).update(seen_at=Now())

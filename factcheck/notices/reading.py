"""Having seen what one was told."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from factcheck.accounts.models import User
from factcheck.notices.models import Kind, Notice


def see_at(person: User, path: str) -> int:
    """This person looks at a place: all that they were told of it is seen. Gives how many notices it was new for."""
    place = path.partition("#")[0]
    there = Q(path=place) | Q(path__startswith=f"{place}#")
    return Notice.objects.shown_to(person).unseen().filter(there).update(seen_at=Now())


def see_all(person: User, up_to: int) -> int:
    """All that this person was told, up to this notice, is seen; what has come since is not. Gives how many it was new for."""
    return Notice.objects.shown_to(person).unseen().filter(pk__lte=up_to).update(seen_at=Now())


def done_at(path: str, people: QuerySet[User], *kinds: Kind) -> int:
    """What these people were asked to do at a place is done: what they were told of it is not new any more.

    Gives how many notices it was new for.
    """
    asked = Notice.objects.filter(person__in=people.order_by().values("pk"), kind__in=kinds, path=path, seen_at=None)
    # What somebody looks at in this moment is seen anyway: nobody waits here.
    held = list(asked.order_by("pk").select_for_update(skip_locked=True).values_list("pk", flat=True))
    return Notice.objects.filter(pk__in=held).update(seen_at=Now()) if held else 0

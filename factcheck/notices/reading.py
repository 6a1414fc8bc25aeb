"""Having seen what one was told."""

from django.db.models.functions import Now

from factcheck.accounts.models import User
from factcheck.notices.models import Notice


def see(notice: Notice) -> None:
    """Its person looks at what it leads to: all that they were told of the same place is seen with it."""
    Notice.objects.shown_to(notice.person).unseen().filter(path=notice.path).update(seen_at=Now())


def see_all(person: User, up_to: int) -> int:
    """All that this person was told, up to this notice, is seen; what has come since is not. Gives how many it was new for."""
    return Notice.objects.shown_to(person).unseen().filter(pk__lte=up_to).update(seen_at=Now())

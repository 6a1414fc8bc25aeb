from typing import Any

from django.db.models import IntegerField, OuterRef, Subquery

from factcheck.accounts.backends import RoleBackend
from factcheck.accounts.models import User
from factcheck.notices.models import Notice

COUNTED = 100  # at most: beyond it the desk says "99+"


class Count(Subquery):
    """How many rows a query gives. The query is cut, so that many cost no more than some."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"


class NoticingBackend(RoleBackend):
    """Fetches the person of a session together with how many notices they have not seen (`unseen_notices`): every page of the
    desk shows that, at the cost of no query of its own."""

    def get_user(self, user_id: Any) -> User | None:
        unseen = Notice.objects.unseen().filter(person=OuterRef("pk")).values("pk")[:COUNTED]
        people = User.objects.annotate(unseen_notices=Count(unseen, output_field=IntegerField()))
        person = people.filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None

from contextvars import ContextVar
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from factcheck.accounts.models import User
from factcheck.accounts.roles import MAY

# How old the moment when a person was last seen may be before it is written anew.
SEEN_EVERY = "5 minutes"
# One statement: that the person is here, if that is news (a row that somebody else is changing is left for the next
# time), the person and the names of their roles. Built by the ORM it would take as long as the database does.
_PERSON = """
WITH come AS ({come}), seen AS (
    UPDATE accounts_user SET seen_at = now() WHERE id IN (
        SELECT id FROM accounts_user
        WHERE id = (SELECT person_id FROM come) AND is_active
            AND (seen_at IS NULL OR seen_at < now() - interval '{every}')
        FOR NO KEY UPDATE SKIP LOCKED
    )
)
SELECT person.*, ARRAY(
    SELECT role.name FROM accounts_user_groups AS held JOIN auth_group AS role ON role.id = held.group_id
    WHERE held.user_id = person.id
) AS role_names{further}, come.session_data
FROM come LEFT JOIN accounts_user AS person ON person.id = come.person_id
"""
_BY_NUMBER = "SELECT %s::bigint AS person_id, '' AS session_data"
_BY_SESSION = """
SELECT person_id, session_data FROM accounts_session WHERE session_key = %s AND expire_date > statement_timestamp()
"""
# The person who came with a session, while it is seen whether it is theirs.
brought: ContextVar[User | None] = ContextVar("brought", default=None)


class RoleBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Login by username or mail address; what a person may do is what the table of roles says of theirs, and nothing else."""

    # Columns of layers above that come with the person, each with a comma before it.
    further = ""

    def get_user(self, user_id: int) -> User | None:
        person = brought.get()
        found = person if person and person.pk == user_id else self._person(_BY_NUMBER, user_id)
        return found if found and found.pk and self.user_can_authenticate(found) else None

    def of_session(self, key: str | None) -> tuple[User | None, str] | None:
        """Whose session this is (None for nobody's) and what it holds, still encoded; None when it is over."""
        found = self._person(_BY_SESSION, key)
        return (found if found.pk else None, found.session_data) if found else None

    def _person(self, come: str, key: int | str | None) -> User | None:
        sql = _PERSON.format(come=come, every=SEEN_EVERY, further=self.further)
        return next(iter(User.objects.raw(sql, [key])), None)

    def get_user_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        # Permissions given to one person would stand outside the table of roles.
        return set()

    def get_group_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        if not isinstance(user_obj, User) or not user_obj.is_active or obj is not None:
            return set()
        return {f"accounts.{act}" for act, (_words, roles) in MAY.items() if not roles.isdisjoint(user_obj.roles)}

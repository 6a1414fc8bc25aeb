"""Sessions in the database; the person comes with the session, in the same statement.

A model of sessions of one's own: Django's documentation, "How to use sessions", "Extending database-backed session engines".
"""

from typing import Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user, load_backend
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from factcheck.accounts.backends import RoleBackend, brought
from factcheck.accounts.models import Session, User


class SessionStore(db.SessionStore):
    # Whose session it is, once it is loaded and when they are logged in.
    person: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        found = cast(RoleBackend, load_backend(settings.AUTHENTICATION_BACKENDS[0])).of_session(self.session_key)
        if found is None:
            self._session_key = None
            return {}
        self.person, data = found
        return self.decode(data)

    def create(self) -> None:
        # Whoever comes in clears away what is over.
        self.clear_expired()
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast(Session, super().create_model_instance(data))
        session.person_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return session


class PersonMiddleware(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _person_of(request))  # type: ignore[assignment]  # as Django's own


def _person_of(request: HttpRequest) -> Any:
    """As Django's own, which sees that the session is still theirs; the backend need not ask for the person again."""
    request.session.get(SESSION_KEY)
    token = brought.set(cast(SessionStore, request.session).person)
    try:
        return get_user(request)
    finally:
        brought.reset(token)

"""What the database keeps about people."""

import pytest
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from tests.database import raw

pytestmark = pytest.mark.django_db


def test_nobody_becomes_a_superuser(dee: User) -> None:
    raw.refused("UPDATE accounts_user SET is_superuser = true", because=CheckViolation, saying="no_superuser")


def test_nobody_begins_as_a_superuser(db: None) -> None:
    row = {
        "password": "", "is_superuser": True, "username": "root", "first_name": "", "last_name": "", "email": "",
        "is_staff": True, "is_active": True, "date_joined": "2026-01-01", "byline": "Root", "version": 1,
        "sessions_ended": 0,
    }  # fmt: skip
    raw.refused(*raw.insert("accounts_user", row), because=CheckViolation, saying="no_superuser")


def test_nobody_is_without_a_byline(ada: User) -> None:
    raw.refused("UPDATE accounts_user SET byline = ''", because=CheckViolation, saying="user_has_byline")

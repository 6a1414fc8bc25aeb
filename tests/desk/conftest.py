from collections.abc import Callable
from typing import Any

import pytest
import zeal
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from zeal.constants import initialize_app_registry
from zeal.patch import patch

from factcheck.accounts.models import User

initialize_app_registry()
patch()
# A record may be read once more after a refusal; four times for the same line of code is a list.
settings.ZEAL_NPLUSONE_THRESHOLD = 4


class Watched(Client):
    """A client in whose requests asking the database once for each row of a list is an error."""

    def request(self, **request: Any) -> HttpResponse:
        with zeal.zeal_context():
            return super().request(**request)


type Desk = Callable[[User], Client]


@pytest.fixture
def desk() -> Desk:
    """The desk as somebody has it before them."""

    def enter(person: User) -> Client:
        client = Watched()
        client.force_login(person)
        return client

    return enter

"""Two administrators at once."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR
from tests import newsroom


@pytest.mark.django_db(transaction=True)
def test_two_who_disable_each_other_at_once_leave_one() -> None:
    pair = [newsroom.person(name, ADMINISTRATOR) for name in ("dee", "dora")]
    together = threading.Barrier(2)
    refused: list[ValidationError] = []

    def disable(person: User, by: User) -> None:
        together.wait()
        try:
            employing.disable(person, by=by)
        except ValidationError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=disable, args=order) for order in (pair, pair[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert User.objects.with_role(ADMINISTRATOR).count() == 1

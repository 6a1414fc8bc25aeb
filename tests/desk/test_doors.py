"""What no browser sends is refused before any page sees it."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from tests.desk.conftest import Desk


@pytest.mark.parametrize("path", ["/?page=1%00", "/desk/articles/?q=%00", "/accounts/login/?next=%00"])
def test_nul_in_the_address_is_refused(path: str, desk: Desk, ada: User) -> None:
    assert desk(ada).get(path).status_code == 400


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1"])
def test_another_charset_than_utf_8_is_refused(charset: str, db: None) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert Client().post("/accounts/login/", b"login=a&password=b", content_type=kind).status_code == 415


def test_pages_of_the_desk_and_their_refusals_are_kept_by_no_cache_between(desk: Desk, ada: User, cleo: User) -> None:
    for path in ("/desk/", "/desk/claims/999/", "/desk/articles/new/"):
        assert "private" in desk(cleo).get(path).headers["Cache-Control"]

"""Lists are counted no further than anybody turns."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from factcheck.desk import paging
from tests import newsroom


@pytest.mark.parametrize(("most", "more"), [(3, True), (4, False)])
def test_a_list_says_when_there_are_others(
    most: int, more: bool, ada: User, dee: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(4):
        newsroom.claim(ada, wording=f"It is {n} fathoms deep.")
    monkeypatch.setattr(paging, "MOST_COUNTED", most)
    pages = paging.Pages(Claim.objects.newest_first(), 2)
    assert (pages.count, pages.num_pages, pages.more) == (most, 2, more)
    client.force_login(ada)
    assert ("of more than 3" in client.get("/desk/claims/").content.decode()) is more
    client.force_login(dee)
    page = client.get("/admin/claims/claim/?q=fathoms").content.decode()
    assert ("More than 3 found" in page, "The first 3 are listed" in page) == (more, more)

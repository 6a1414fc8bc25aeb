"""Choosing where readers find a check: with its first version, and later."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.publication.models import Address, Publication
from tests import newsroom

KEY = "4dc6ee2f-5c57-4a26-a8ee-7c3ad7dbe7b5"


@pytest.fixture
def desk(client: Client, cleo: User) -> Client:
    client.force_login(cleo)
    return client


def test_the_first_publication_offers_an_address_and_takes_another(desk: Client, ada: User, bo: User) -> None:
    taken = newsroom.published(newsroom.claim(ada, "The bridge."), by=ada)
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    newsroom.approved(verdict, by=ada, reviewer=bo)
    path = f"{verdict.get_absolute_url()}publication/"
    assert 'value="the-harbour-was-dredged-in-1921"' in desk.get(path).content.decode()
    refused = desk.post(path, {"kind": "first", "slug": taken.slug, "key": KEY})
    assert refused.status_code == 422
    assert "stays with that for good" in refused.content.decode()
    assert f'value="{taken.slug}"' in refused.content.decode()
    answer = desk.post(path, {"kind": "first", "slug": "dredged", "key": KEY})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/claims/dredged/")


def test_an_address_is_changed_and_the_page_says_which_it_had(desk: Client, ada: User, bo: User) -> None:
    published = newsroom.published(newsroom.claim(ada), by=ada)
    path = f"{published.claim.get_absolute_url()}address/"
    form = {"slug": "dredged", "reason": "Shorter.", "key": KEY}
    assert desk.post(path, form | {"slug": "No Address"}).status_code == 422
    answer = desk.post(path, form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/claims/dredged/")
    assert desk.post(path, form).headers["Location"] == "/claims/dredged/"
    assert Address.objects.count() == 2
    page = desk.get(path).content.decode()
    assert "<code>the-harbour-was-dredged-in-1921</code>" in page
    assert Publication.objects.get().get_absolute_url() == "/claims/dredged/"


def test_what_is_not_published_has_no_address_to_change(desk: Client, ada: User) -> None:
    assert desk.get(f"{newsroom.claim(ada).get_absolute_url()}address/").status_code == 404

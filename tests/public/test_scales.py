"""What the verdicts mean, for readers: each scale and each of its versions, linked from the checks judged on it."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.verdicts.models import Rating, ScaleVersion
from factcheck.verdicts.scaling import make_version
from tests import newsroom


def next_version(by: User, renamed: str = "True") -> ScaleVersion:
    newest = ScaleVersion.objects.in_use("default")
    ratings = [
        Rating(
            position=each.position, name=renamed if each.name == "True" else each.name, definition=each.definition,
            hue=each.hue, sign=each.sign,
        )
        for each in newest.ratings.all()
    ]  # fmt: skip
    return make_version(
        "default", by=by, version=newest.number, name=newest.name, description="How we judge.", ratings=ratings
    )


def test_a_scale_is_explained_with_all_its_ratings(client: Client, dee: User) -> None:
    next_version(dee)
    page = client.get("/scales/default/")
    words = page.content.decode()
    assert (page.status_code, page["Cache-Control"]) == (200, "public, no-cache")
    assert "How we judge." in words
    for rating in ScaleVersion.objects.in_use("default").ratings.all():
        assert rating.name in words
        assert rating.definition.split("’")[0] in words


def test_an_older_version_stays_and_says_that_it_is_old(client: Client, dee: User) -> None:
    next_version(dee, renamed="Wholly right")
    older, newer = client.get("/scales/default/versions/1/"), client.get("/scales/default/versions/2/")
    assert older["X-Robots-Tag"] == "noindex"
    assert "This is version 1, not the current one" in older.content.decode()
    assert "Wholly right" not in older.content.decode()
    assert "Wholly right" in newer.content.decode()
    assert "X-Robots-Tag" not in newer


def test_a_check_leads_to_the_version_that_it_was_judged_on(client: Client, ada: User, dee: User) -> None:
    publication = newsroom.published(newsroom.claim(ada), by=ada)
    before = client.get(publication.get_absolute_url()).content
    assert b'href="/scales/default/versions/1/"' in before
    next_version(dee, renamed="Wholly right")
    assert client.get(publication.get_absolute_url()).content == before


@pytest.mark.parametrize(
    "path", ["/scales/none/", "/scales/default/versions/9/", "/scales/default/versions/99999999999999999999/"]
)
def test_what_is_not_there_is_not_found(path: str, client: Client, db: None) -> None:
    assert client.get(path).status_code == 404

"""Every moment is told in the newsroom's time zone, at the desk and to readers."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from factcheck.accounts.models import User
from factcheck.history.models import Entry
from factcheck.newsroom.models import Settings
from factcheck.newsroom.settling import settle
from factcheck.newsroom.zones import places, zone
from tests import newsroom

# Twenty-five hours apart: it is never the same day in both.
EAST, WEST = "Pacific/Kiritimati", "Pacific/Niue"


def told(moment: object, name: str) -> str:
    return timezone.localtime(moment, ZoneInfo(name)).isoformat()  # type: ignore[arg-type]  # a moment


@pytest.mark.parametrize("name", [EAST, WEST])
def test_readers_and_the_desk_read_it_in_that_zone(name: str, ada: User, dee: User, client: Client) -> None:
    publication = newsroom.published(newsroom.claim(ada), by=ada)
    settle(by=dee, version=1, time_zone=name)
    page = client.get(publication.get_absolute_url()).content.decode()
    assert f'datetime="{told(publication.published_at, name)}"' in page
    assert f'"datePublished":"{told(publication.published_at, name)[:10]}"' in page
    client.force_login(ada)
    entry = Entry.objects.about(publication.claim).latest("at")
    desk = client.get(f"/desk/claims/{publication.claim_id}/history/").content.decode()
    assert f'datetime="{told(entry.at, name)[:19]}' in desk
    table = b"".join(client.get(f"/desk/claims/{publication.claim_id}/history/table/")).decode()
    assert told(entry.at, name)[:19] in table
    # What the next request of this thread reads is not told in it.
    assert timezone.get_current_timezone_name() == "UTC"


def test_the_same_settings_give_the_same_page(ada: User, dee: User, client: Client) -> None:
    path = newsroom.published(newsroom.claim(ada), by=ada).get_absolute_url()
    settle(by=dee, version=1, time_zone=EAST)
    first = client.get(path).content
    client.force_login(ada)
    assert client.get(path).content == first


@pytest.mark.parametrize("wrong", ["", "Mars", "../etc/passwd", "europe/vienna", "x" * 60, "UTC\0"])
def test_what_is_no_time_zone_is_refused(wrong: str, dee: User) -> None:
    with pytest.raises(ValidationError):
        settle(by=dee, version=1, time_zone=wrong)
    assert Settings.objects.current().time_zone == "UTC"


def test_a_zone_that_this_machine_does_not_know_is_utc() -> None:
    assert zone("Mars/Olympus") is UTC
    assert "Europe/Vienna" in {name for _region, names in places() for name, _place in names}

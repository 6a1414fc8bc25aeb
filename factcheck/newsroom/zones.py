"""The newsroom's time zone: every moment at the desk and on readers' pages is told in it."""

from datetime import UTC, tzinfo
from functools import cache
from itertools import groupby
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The time zone of the settings in force, as a column that comes with a person (see accounts.backends).
IN_FORCE = ", (SELECT time_zone FROM newsroom_settings ORDER BY version DESC LIMIT 1) AS time_zone"
# Of the names in the tz database (RFC 6557) these are places; the others are older names of theirs, or none.
REGIONS = frozenset(
    ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
)


@cache
def zone(name: str) -> tzinfo:
    """The zone of this name. Machines differ in which old names they know: one that is unknown here is UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


@cache
def places() -> list[tuple[str, list[tuple[str, str]]]]:
    """The names to choose from by region: [("Europe", [("Europe/Vienna", "Vienna"), …]), …]."""
    known = sorted((*name.partition("/")[::2], name) for name in available_timezones())
    return [
        (region, [(name, place.replace("_", " ").replace("/", ", ")) for _region, place, name in of_region])
        for region, of_region in groupby((each for each in known if each[0] in REGIONS), key=lambda each: each[0])
    ]


def check_zone(name: str) -> None:
    """Raise ValidationError for a name that no zone has."""
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone such as Europe/Vienna."), code="zone")

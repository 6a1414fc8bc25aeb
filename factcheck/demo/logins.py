"""The demo's four logins, and the password that they share until somebody changes theirs."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER, PUBLISHER, REVIEWER, ROLE_NAMES, Role

DOMAIN = "demo.example"
# Login: (byline, roles). The bylines are made up.
PEOPLE: dict[str, tuple[str, tuple[Role, ...]]] = {
    "ada": ("Ada Lindqvist", (CHECKER,)),
    "bo": ("Bo Marchetti", (REVIEWER, CHECKER)),
    "cleo": ("Cleo Nakamura", (PUBLISHER,)),
    "dee": ("Dee Abernathy", (ADMINISTRATOR,)),
}
FILE = "demo_password"
WORDS = (
    "amber anchor apple arrow autumn bamboo basil beacon birch bishop bramble breeze bridge butter cabin candle canyon "
    "carbon castle cedar cherry clover cobalt comet copper coral cotton crane cricket crystal dahlia daisy delta diamond "
    "dolphin dragon eagle ember falcon feather fennel fern fiddle finch forest fossil garden ginger glacier granite "
    "harbor hazel heron honey indigo island ivory jasmine juniper kettle lagoon lantern laurel lemon lilac linen lotus "
    "magnet mango maple marble meadow melon mirror monsoon mosaic nectar nickel oasis olive onyx opal orbit orchid otter "
    "oyster panda paper parsley pebble pepper pigeon planet plum pocket poplar prairie pumpkin quartz rabbit radish raven "
    "ribbon river robin rocket saddle saffron salmon sandal sapphire shadow silver sparrow spruce summer sunset thistle "
    "thunder tiger timber topaz tulip tundra turtle umbra valley velvet violet walnut willow winter zephyr"
)


def choose_password() -> str:
    """DEMO_PASSWORD or, without one, a readable random password that is kept in `settings.VAR` for this user alone."""
    if given := os.environ.get("DEMO_PASSWORD"):
        _file().unlink(missing_ok=True)
        return given
    return _kept() or _keep("-".join([*(secrets.choice(WORDS.split()) for _word in range(4)), _digits()]))


def demo_logins() -> str | None:
    """Where to log in, as whom and with what, for people to read; None where there is no demo newsroom.

    A password that came with DEMO_PASSWORD is not shown. Whether it still opens every door is not tried: that would take
    as long as four people logging in.
    """
    people = list(
        User.objects.filter(username__in=PEOPLE, email__endswith=f"@{DOMAIN}", is_active=True).order_by("username")
    )
    if not people:
        return None
    lines = [
        _("Log in to the demo newsroom at %(address)s") % {"address": settings.SITE_URL + reverse("account_login")}
    ]
    lines += [
        f"  {person.username:<5} {', '.join(str(ROLE_NAMES[role]) for role in person.roles)}" for person in people
    ]
    password = _kept() or _("the one given in DEMO_PASSWORD")
    lines.append(_("Password, unless somebody has changed theirs: %(password)s") % {"password": password})
    return "\n".join(lines)


def _file() -> Path:
    return Path(settings.VAR) / FILE


def _kept() -> str:
    try:
        return _file().read_text().strip()
    except FileNotFoundError:
        return ""


def _keep(password: str) -> str:
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(password + "\n")
    return password


def _digits() -> str:
    return f"{secrets.randbelow(100):02}"

"""Changing what the newsroom says of itself."""

from typing import Any

from django.db import IntegrityError, transaction

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.history.recording import act
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import SAID, Settings


def settle(*, by: User, version: int, **changes: Any) -> Settings:
    """Write the next version of the settings, made from that version; raises Stale when it is no longer the current one."""
    require(by, "administer")
    with act("settings.change", by=by) as change:
        current = Settings.objects.current()
        if current.version != version:
            raise Stale(current)
        kept = {name: getattr(current, name) for name in SAID}
        new = Settings(version=version + 1, made_by=by, **{**kept, **changes})
        new.full_clean(exclude={"version"})
        try:
            with transaction.atomic():
                new.save(force_insert=True)
        except IntegrityError as error:
            raise Stale(Settings.objects.current()) from error
        change.about(new)
    return new

"""The newsroom's sources: found again by their address, corrected in one place."""

from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.history import versioning
from factcheck.history.recording import act
from factcheck.sources.models import Source
from factcheck.web.addresses import normal


def find_or_add(
    *,
    by: User,
    title: str,
    kind: str,
    url: str = "",
    publisher: str = "",
    published_on: date | None = None,
) -> Source:
    """Give the source at this address, however it is written, as the newsroom knows it, or add it.

    A known source keeps its particulars: they may stand in frozen documents of others. `revise` corrects them.
    """
    require(by, "judge")
    if known := Source.objects.known_at(url):
        return known
    source = Source(
        url=url,
        normal_url=normal(url),
        title=title,
        publisher=publisher,
        kind=kind,
        published_on=published_on,
        made_by=by,
    )
    source.full_clean(validate_constraints=False)
    try:
        # The inner transaction for an act inside another: what has been done there before stays.
        with act("source.add", by=by) as adding, transaction.atomic():
            source.save(force_insert=True)
            adding.about(source)
    except IntegrityError:
        # Somebody added the same address a moment ago.
        if known := Source.objects.known_at(url):
            return known
        raise
    return source


def revise(source: Source, *, by: User, version: int, **changes: Any) -> Source:
    """Correct a source's particulars. Verdicts citing it give another document from now on.

    Raises Stale, and ValidationError, also for an address that is another source's.
    """
    require(by, "judge")
    if changes.get("url", source.url) != source.url:
        changes["normal_url"] = normal(changes["url"])
    corrected = copy(source)
    for name, value in changes.items():
        setattr(corrected, name, value)
    corrected.full_clean(validate_constraints=False)
    try:
        with act("source.revise", source, by=by), transaction.atomic():
            return versioning.update(source, version, **changes)
    except IntegrityError as error:
        other = Source.objects.known_at(changes.get("url", ""))
        says = _("Another source has this address already: “%(title)s”.") % {"title": other or ""}
        raise ValidationError({"url": says}, code="taken") from error

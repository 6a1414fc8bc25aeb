"""Fetching and reading in the background.

The intake itself is the job. It is claimed in a short transaction that others skip (SKIP LOCKED), then worked on outside any:
a page may take its time, and progress is seen by whoever waits. Whoever works says so each second; who calls it off deletes
the row, and the next such word finds nothing to say it in. What was found is written in one transaction, by the claim that is
still the latest: when a worker is killed nothing is half done, and after a silence another takes it up.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connections, transaction
from django.db.models.functions import Now

from factcheck.intake import keeping
from factcheck.intake.models import AT_WORK, TRIES, Intake, Stage
from factcheck.intake.taking import expire
from factcheck.web import confining, fetching, kinds
from factcheck.web.kinds import Kind
from factcheck.web.refusing import Cancelled, Damaged, Refused, TooDemanding

logger = logging.getLogger(__name__)

PAUSE = 0.5  # seconds between two looks at what waits
BEAT = 1.0  # seconds


class Told(Exception):
    """We were told to end; somebody else goes on with it."""


def work_next(ended: Callable[[], bool] = lambda: False) -> bool:
    """Fetch and read the next intake that waits; False when there is none."""
    intake = _claim()
    if intake is None:
        return False
    try:
        _work(intake, ended)
    except (Cancelled, Told):
        logger.debug("Intake %s was called off.", intake.pk)
    except Refused as why:
        _refuse(intake, why)
    except keeping.Damaged:
        _refuse(intake, Damaged())
    return True


def keep_working(end: threading.Event, pause: float = PAUSE) -> None:
    """Work on what comes, and forget once an hour what has expired, until told to end; a database that is away is waited for."""
    cleaned = -3600.0
    while not end.is_set():
        try:
            while not end.is_set() and work_next(end.is_set):
                pass
            if time.monotonic() - cleaned >= 3600:
                expire()
                cleaned = time.monotonic()
        except Exception:
            logger.exception("Intakes wait: this round of work failed.")
        finally:
            connections.close_all()
        end.wait(pause)


def agent() -> str:
    """Who asks for a page, with an address where its owner can ask back."""
    return f"Factcheck/0.1 (+{settings.SITE_URL}/about/)"


def _claim() -> Intake | None:
    with transaction.atomic():
        intake = Intake.objects.to_do().select_for_update(skip_locked=True).first()
        if intake is None:
            return None
        intake.tries += 1
        intake.stage = Stage.READING if intake.stored else Stage.FETCHING
        intake.save(update_fields=["tries", "stage"])
        Intake.objects.filter(pk=intake.pk).update(beat_at=Now(), came=0)
    return intake


def _work(intake: Intake, ended: Callable[[], bool]) -> None:
    if intake.tries > TRIES:
        # It took everybody down who tried.
        raise TooDemanding
    beat = _beat(intake, ended)
    if intake.stored:
        data, kind = keeping.content(intake), Kind(intake.kind)
        changes: dict[str, Any] = {}
    else:
        came = fetching.fetch(intake.asked, agent=agent(), outside=settings.OUTSIDE, progress=beat)
        data, declared = came.data, came.declared.replace("\0", "")
        kind = kinds.kind_of(data, declared)
        changes = {"url": came.url, "declared": declared, "kind": kind.value, "size": len(data), "came": len(data)}
        _write(intake, stage=Stage.READING, beat_at=Now(), came=len(data))
    declared = changes.get("declared", intake.declared)
    found = confining.extract(
        data, kind, declared=declared, url=changes.get("url", ""), progress=lambda _bytes: beat(-1)
    )
    with transaction.atomic():
        if not intake.stored:
            changes["sha256"], changes["stored"] = keeping.keep(data)
        if not _mine(intake).update(**changes, found=_keepable(found), stage=Stage.READY):
            keeping.let_go(changes.get("stored", ""))


def _beat(intake: Intake, ended: Callable[[], bool]) -> Callable[[int], None]:
    """What is called while it comes: at most each second it says that we are at work, and hears whether we still should be."""
    last = time.monotonic()

    def beat(came: int) -> None:
        nonlocal last
        if ended():
            raise Told
        if time.monotonic() - last >= BEAT:
            last = time.monotonic()
            _write(intake, beat_at=Now(), **({"came": came} if came >= 0 else {}))

    return beat


def _write(intake: Intake, **changes: Any) -> None:
    """Raises Cancelled when it is not ours any more."""
    if not _mine(intake).update(**changes):
        raise Cancelled


def _mine(intake: Intake) -> Any:
    """The intake's row while our claim to it is the latest."""
    return Intake.objects.filter(pk=intake.pk, tries=intake.tries, stage__in=AT_WORK)


def _refuse(intake: Intake, why: Refused) -> None:
    """Nothing is left of it but the reason, for as long as somebody may look for it."""
    facts = {name: str(value) for name, value in why.facts.items()}
    with transaction.atomic():
        refusal = {"name": type(why).__name__, "facts": facts}
        if _mine(intake).update(stage=Stage.REFUSED, refusal=refusal, stored="", sha256=""):
            keeping.let_go(intake.stored)


def _keepable(found: Any) -> Any:
    """PostgreSQL keeps neither NUL nor half a character."""
    if isinstance(found, str):
        return found.replace("\0", " ").encode(errors="replace").decode()
    if isinstance(found, list):
        return [_keepable(each) for each in found]
    if isinstance(found, dict):
        return {name: _keepable(each) for name, each in found.items()}
    return found

"""Taking in from an address or a file: it comes, is read, waits for an editor's yes, and becomes an article or expires."""

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.articles.importing import import_article
from factcheck.articles.models import Article, Snapshot
from factcheck.history.recording import act
from factcheck.intake import keeping
from factcheck.intake.marking import read_marked
from factcheck.intake.models import Intake, Original
from factcheck.intake.recognising import known_at
from factcheck.web import confining, fetching, kinds
from factcheck.web.fetching import LARGEST
from factcheck.web.refusing import Mislabelled, Refused, TooLarge


def agent() -> str:
    """Who asks for a page, with an address where its owner can ask back."""
    return f"Factcheck/0.1 (+{settings.SITE_URL}/about/)"


def take_from_address(address: str, *, by: User) -> Intake:
    """Fetch a page and read it. Raises ValidationError for each thing that can be wrong; then nothing is left of it."""
    require(by, "take_in")
    try:
        came = fetching.fetch(address, agent=agent(), outside=settings.OUTSIDE)
        return _take(Intake(asked=came.asked, url=came.url, declared=came.declared, made_by=by), came.data)
    except Refused as why:
        raise ValidationError(said(why), code=type(why).__name__) from why


def take_from_file(name: str, data: bytes, *, by: User) -> Intake:
    """Read a file that somebody has. name -- as its owner calls it. Raises ValidationError, as above."""
    require(by, "take_in")
    name = "".join(sign for sign in name if sign.isprintable())[:200] or _("without a name")
    try:
        if len(data) > LARGEST:
            raise TooLarge(megabytes=LARGEST // 1024 // 1024)
        return _take(Intake(name=name, declared=kinds.said_by(name), made_by=by), data)
    except Refused as why:
        raise ValidationError(said(why), code=type(why).__name__) from why


def read_pasted(html: str) -> list[tuple[str, str]]:
    """The blocks, (kind, text), of what somebody copied on a page. Raises ValidationError."""
    try:
        found = confining.extract(html.encode(), kinds.Kind.HTML, declared="text/html; charset=utf-8", everything=True)
    except Refused as why:
        raise ValidationError(said(why), code=type(why).__name__) from why
    return [(kind, text) for kind, text in found["blocks"]]


def make_article(
    intake: Intake, *, by: User, body: str, another: bool = False, published_on: date | None = None, **particulars: Any
) -> Article:
    """The article of an intake, as the editor corrected it; its bytes stay as evidence of what was seen.

    body -- marked (intake.marking); another -- although the article is on the desk already. Raises ValidationError.
    """
    require(by, "take_in")
    with act("article.take_in", by=by) as taking:
        intake = Intake.objects.select_for_update().get(pk=intake.pk)
        if intake.article:
            return intake.article
        if not another and (known := known_of(intake)):
            says = _("This article is on the desk already: “%(title)s”. Tick the box if you want it a second time.")
            raise ValidationError({"another": says % {"title": known.title}}, code="known")
        article = import_article(by=by, body=read_marked(body), published_on=published_on, **particulars)
        keep_original(intake, Snapshot.objects.latest_of(article))
        intake.article = article
        intake.save(update_fields=["article"])
        taking.about(article)
    return article


def keep_original(intake: Intake, snapshot: Snapshot) -> Original:
    """The intake's bytes as evidence of what the snapshot was made of."""
    came = {
        name: getattr(intake, name) for name in ("asked", "url", "name", "declared", "kind", "size", "sha256", "stored")
    }
    return Original.objects.create(snapshot=snapshot, came_at=intake.made_at, **came)


def known_of(intake: Intake) -> Article | None:
    """The article that this is, if it is on the desk already."""
    return known_at([intake.asked, intake.url, intake.found["about"]["canonical"]])


def call_off(intake: Intake) -> None:
    """Forget an intake and its bytes, unless it became an article."""
    with transaction.atomic():
        stored = intake.stored
        intake.delete()
        keeping.let_go(stored)


def expire() -> int:
    """Forget the intakes that have waited too long; how many."""
    gone = 0
    for intake in Intake.objects.expired().only("stored"):
        call_off(intake)
        gone += 1
    return gone


def said(why: Refused) -> str:
    """A refusal in the editor's language."""
    facts = why.facts
    if isinstance(why, Mislabelled):
        facts = {name: _(str(value)) for name, value in facts.items()}
    elif "found" in facts:
        facts = facts | {"found": _(str(facts["found"]))}
    return _(why.says) % facts


def _take(intake: Intake, data: bytes) -> Intake:
    kind = kinds.kind_of(data, intake.declared)
    intake.found = _without_nul(confining.extract(data, kind, declared=intake.declared, url=intake.url))
    intake.kind, intake.size = kind.value, len(data)
    intake.declared = intake.declared.replace("\0", "")
    with transaction.atomic():
        intake.sha256, intake.stored = keeping.keep(data)
        intake.save(force_insert=True)
    intake.refresh_from_db()
    return intake


def _without_nul(found: Any) -> Any:
    """PostgreSQL keeps neither NUL nor half a character."""
    if isinstance(found, str):
        return found.replace("\0", " ").encode(errors="replace").decode()
    if isinstance(found, list):
        return [_without_nul(each) for each in found]
    if isinstance(found, dict):
        return {name: _without_nul(each) for name, each in found.items()}
    return found

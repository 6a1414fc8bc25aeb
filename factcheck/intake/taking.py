"""Taking in from an address or a file: it comes and is read (intake.working), waits for an editor's yes, and becomes an article
or expires."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

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
from factcheck.intake.models import Intake, Original, Stage
from factcheck.intake.recognising import known_at
from factcheck.web import confining, fetching, kinds
from factcheck.web.fetching import LARGEST
from factcheck.web.refusing import Mislabelled, Refused, TooLarge


def take_from_address(address: str, *, by: User) -> Intake:
    """Have a page fetched and read (intake.working). Raises ValidationError for what is no address of one."""
    require(by, "take_in")
    with _refusals():
        return Intake.objects.create(asked=fetching.readable(address), made_by=by)


def take_from_file(name: str, data: bytes, *, by: User) -> Intake:
    """Have a file read. name -- as its owner calls it. Raises ValidationError for what is too large or of no kind of ours."""
    require(by, "take_in")
    name = "".join(sign for sign in name if sign.isprintable())[:200] or _("without a name")
    declared = kinds.said_by(name)
    with _refusals():
        if len(data) > LARGEST:
            raise TooLarge(megabytes=LARGEST // 1024 // 1024)
        kind = kinds.kind_of(data, declared)
    with transaction.atomic():
        sha256, stored = keeping.keep(data)
        return Intake.objects.create(
            name=name, declared=declared, kind=kind.value, size=len(data), sha256=sha256, stored=stored, made_by=by
        )


def read_pasted(html: str) -> list[tuple[str, str]]:
    """The blocks, (kind, text), of what somebody copied on a page. Raises ValidationError."""
    with _refusals():
        found = confining.extract(html.encode(), kinds.Kind.HTML, declared="text/html; charset=utf-8", everything=True)
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
        if intake.stage != Stage.READY:
            raise ValidationError(_("It has not been read yet."), code="stage")
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
    """The article that this is, if it is on the desk already: from the same bytes, or under one of its addresses."""
    if same := Original.objects.filter(stored=intake.stored).select_related("snapshot__article").last():
        return same.snapshot.article
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


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except Refused as why:
        raise ValidationError(said(why), code=type(why).__name__) from why

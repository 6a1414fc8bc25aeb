"""Carrying highlights over to a new text of their article, and deciding where it cannot be told.

Each passage is looked up by the engine (anchoring.locating). What is found unchanged and for certain is carried over by
itself; the rest waits, with what was found, until somebody has had a look. Every answer is a placement of its own: none is
ever changed, and claim, verdict, discussion and history stay with the highlight.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.anchoring.locating import Location, Prepared, Status, locate, prepare
from factcheck.anchoring.quote import Quote
from factcheck.articles.again import follow
from factcheck.articles.importing import Body, read_body
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.highlighting import in_newest, locate_words, only_once
from factcheck.claims.models import Claim, Highlight, Placement, passage
from factcheck.history.recording import act

# How likely the engine's answer is right from which on nobody needs to look; of words that stand unchanged.
CERTAIN = 0.9
# Places kept of a passage that may stand at several.
CANDIDATES = 20


class Decided(Exception):
    """Somebody has decided already, or a newer text has come: this placement is not the last word on its highlight."""


@dataclass(frozen=True)
class Found:
    """How a highlight stands in a text: its status, where its passages stand (in reading order), and each as it was found."""

    status: Status
    spans: list[tuple[int, int]]
    each: list[Location]

    @property
    def is_certain(self) -> bool:
        return self.status in {Status.EXACT, Status.MOVED} and all(each.confidence >= CERTAIN for each in self.each)

    def kept(self) -> list[dict[str, Any]]:
        """For the placement: of each passage its status, place, confidence, candidates and changed words."""
        return [
            {
                "status": each.status.value,
                "span": None if each.start is None else [each.start, each.end],
                "confidence": round(each.confidence, 3),
                "candidates": [list(span) for span in each.candidates[:CANDIDATES]]
                if each.status is Status.AMBIGUOUS
                else [],
                "changes": [asdict(change) for change in each.changes],
            }
            for each in self.each
        ]


def look_up(quotes: Iterable[Quote], text: str | Prepared) -> Found:
    """Where the passages of a highlight stand in a text.

    Of several the least certain tells: ambiguous if one is, gone if all are, edited if one is edited or gone or two stand on
    the same words, moved if one is.
    """
    each = [locate(quote, text) for quote in quotes]
    statuses = {location.status for location in each}
    if Status.AMBIGUOUS in statuses:
        return Found(Status.AMBIGUOUS, [], each)
    if statuses == {Status.GONE}:
        return Found(Status.GONE, [], each)
    spans = sorted((each.start, each.end) for each in each if each.start is not None and each.end is not None)
    joined = _joined(spans)
    overlap = sum(end - start for start, end in joined) < sum(end - start for start, end in spans)
    if statuses & {Status.GONE, Status.EDITED} or overlap:
        return Found(Status.EDITED, joined, each)
    return Found(Status.MOVED if Status.MOVED in statuses else Status.EXACT, joined, each)


def take_in_again(article: Article, body: str | Body, *, by: User, after: int | None = None) -> Snapshot:
    """Take the article in again: a new snapshot, and each of its highlights looked up in it, in one transaction.

    body -- the text as it was pasted, or read already, with its blocks; after -- the number of the snapshot that it was
    compared with. Highlights that were taken away are looked up too, since they can come back.
    Raises ValidationError (nothing changed, unreadable, in the trash), TextChanged, PermissionDenied.
    """
    require(by, "take_in")
    read = read_body(body) if isinstance(body, str) else body
    with act("article.take_in_again", article, by=by):
        snapshot = follow(article, read, by=by, after=after)
        standing = Placement.objects.filter(highlight__article=article)
        let_go = set(standing.newest().filter(status=Status.GONE, waits=False).values_list("highlight", flat=True))
        prepared = prepare(snapshot.text)
        Placement.objects.bulk_create(
            _carried(before, snapshot, look_up(before.quotes(), prepared), before.highlight_id in let_go)
            for before in standing.last_placed()
        )
    return snapshot


def accept(waiting: Placement, *, by: User) -> Placement:
    """The words stand where they were found, edited as they are. Raises Decided, ValidationError, PermissionDenied."""
    if not waiting.passages:
        raise ValidationError(_("Nothing was found that could be accepted. Select the words anew."), code="nothing")
    with in_newest(), act("claim.accept_place", *_records(waiting), by=by):
        return _decide(waiting, waiting.spans(), by=by)


def choose(waiting: Placement, *chosen: tuple[int, int], by: User) -> Placement:
    """Which of several places are meant: one for each passage that may stand at several, in their order.

    Raises ValidationError for a place that was not among them, Decided, PermissionDenied.
    """
    open_ones = [each for each in waiting.found or [] if each["candidates"]]
    offered = [[tuple(span) for span in each["candidates"]] for each in open_ones]
    if len(chosen) != len(offered) or any(span not in spans for span, spans in zip(chosen, offered, strict=True)):
        raise ValidationError(_("Choose one of the places."), code="choice")
    found = [(each["span"][0], each["span"][1]) for each in waiting.found or [] if each["span"]]
    with in_newest(), act("claim.choose_place", *_records(waiting), by=by):
        return _decide(waiting, _joined(sorted([*found, *chosen])), by=by)


def attach(waiting: Placement, *quotes: Quote, by: User) -> Placement:
    """Let the highlight stand on these words of the new text. Raises ValidationError as `highlight` does, Decided."""
    require(by, "highlight")
    spans = locate_words(quotes, waiting.snapshot)
    with in_newest(), act("claim.attach", *_records(waiting), by=by):
        return _decide(waiting, spans, by=by, status=Status.EXACT)


def let_go(waiting: Placement, *, by: User) -> Placement:
    """The article does not say it any more. The highlight stays in the record, and is looked for in the next text again."""
    with in_newest(), act("claim.let_go", *_records(waiting), by=by):
        return _decide(waiting, [], by=by, status=Status.GONE)


def look_again(decided: Placement, *, by: User) -> Placement:
    """Take a decision back: the highlight waits as it did. Raises Decided when it is not the last, ValidationError."""
    require(by, "highlight")
    mark = decided.highlight
    with in_newest(), act("claim.look_again", *_records(decided), by=by):
        _hold(decided)
        before = (
            Placement.objects.filter(highlight=mark, snapshot=decided.snapshot_id, waits=True).order_by("-pk").first()
        )
        if before is None or decided.waits:
            raise ValidationError(_("There is nothing to take back."), code="nothing")
        _count(mark)
        return Placement.objects.create(
            highlight=mark,
            snapshot_id=before.snapshot_id,
            passages=before.passages,
            status=before.status,
            waits=True,
            carried_from_id=before.carried_from_id,
            found=before.found,
        )


def _carried(before: Placement, snapshot: Snapshot, found: Found, was_let_go: bool) -> Placement:
    still_gone = was_let_go and found.status is Status.GONE
    return Placement(
        highlight_id=before.highlight_id,
        snapshot=snapshot,
        passages=[passage(Quote.at(snapshot.text, start, end)) for start, end in found.spans],
        status=found.status,
        waits=not (found.is_certain or still_gone),
        carried_from=before,
        found=found.kept(),
    )


def _decide(
    waiting: Placement, spans: Sequence[tuple[int, int]], *, by: User, status: Status | None = None
) -> Placement:
    """Inside an act: the highlight stands on these spans from now on, or on none. Raises Decided, ValidationError."""
    require(by, "highlight")
    mark, snapshot = waiting.highlight, waiting.snapshot
    _hold(waiting)
    if not waiting.waits:
        raise Decided
    if spans:
        only_once(mark.claim, snapshot, list(spans), besides=mark)
    _count(mark)
    return Placement.objects.create(
        highlight=mark,
        snapshot=snapshot,
        passages=[passage(Quote.at(snapshot.text, start, end)) for start, end in spans],
        status=status or waiting.status,
        carried_from_id=waiting.carried_from_id,
        found=waiting.found,
        accepted_by=by,
    )


def _records(placement: Placement) -> tuple[Claim, Article]:
    return placement.highlight.claim, placement.highlight.article


def _hold(placement: Placement) -> None:
    """Hold the claim until the transaction ends. Raises Decided when the placement is not its highlight's last."""
    Claim.objects.select_for_update().get(pk=placement.highlight.claim_id)
    if Placement.objects.filter(highlight=placement.highlight_id, pk__gt=placement.pk).exists():
        raise Decided


def _count(mark: Highlight) -> None:
    """Who moves the highlight at this moment, from what stood there before, is told."""
    Highlight.objects.filter(pk=mark.pk).update(version=F("version") + 1)


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap or touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined

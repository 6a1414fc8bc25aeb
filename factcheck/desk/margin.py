"""The cards in an article's margin: read in two queries, drawn as strings, however many there are.

Everything the browser needs to draw the highlight in the text stands on its card (`data-spans`, the hue, the sign), so that
one card is the answer to one change and the text is never sent again.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from html import escape
from typing import Any
from zlib import crc32

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factcheck.articles.models import Snapshot
from factcheck.claims.models import Placement
from factcheck.desk.cards import FURTHEST, chips_of
from factcheck.publication.models import Kind, Publication
from factcheck.rendering.highlights import Mark, sign_html
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage


@dataclass(slots=True)
class MarginCard:
    """One highlight of an article with what there is to know of its claim at a glance."""

    highlight: int
    claim: int
    spans: tuple[tuple[int, int], ...]
    wording: str
    claimant: str  # who says it here
    said_on: date | None  # here
    made_by: int  # who marked it
    stage: str = ""  # of the verdict in work; "" for none
    rating: str = ""
    hue: str = "grey"
    sign: str = "none"
    version: int = 0  # that readers see; 0 for none
    retracted: bool = False
    number: int = 0  # in reading order

    @property
    def is_retracted(self) -> bool:
        """Whether it was taken back and nothing new is in work."""
        return self.retracted and self.stage == Stage.APPROVED

    @property
    def word(self) -> str:
        if self.is_retracted:
            return _("Retracted")
        return self.rating or _("No verdict yet")

    @property
    def standing(self) -> str:
        """Where its check stands, as the filter asks: what is in work, else what readers see."""
        if self.version and self.stage in {"", Stage.APPROVED}:
            return "retracted" if self.retracted else "published"
        return self.stage or "none"

    @property
    def mark(self) -> Mark:
        return Mark(
            key=str(self.highlight),
            spans=self.spans,
            hue="grey" if self.is_retracted else self.hue,
            sign="none" if self.is_retracted else self.sign,
            word=self.word,
            number=self.number,
        )

    def html(self) -> str:
        """The card as an element of the page."""
        mark = self.mark
        claimant = f"<span>{escape(self.claimant)}</span>" if self.claimant else ""
        day = f"<span>{escape(_day(self.said_on, get_language() or ''))}</span>" if self.said_on else ""
        chips = "".join(
            f'<span class="chip {kind}">{escape(word)}</span>'
            for kind, word in chips_of(self.stage, self.version, self.retracted)
        )
        inside = (
            f'<span class="verdict">{sign_html(mark.sign)} {escape(self.word)}</span>'
            f'<span class="number">{self.number or ""}</span>'
            f'<h3 class="wording" dir="auto">{escape(self.wording)}</h3>'
            f'<span class="meta">{claimant}{day}</span>{chips}'
        )
        attributes = (
            f'class="card hue-{mark.hue}{" open" if mark.sign == "none" else ""}" id="card-{self.highlight}"'
            f' data-highlight="{self.highlight}" data-claim="{self.claim}"'
            f' data-spans="{" ".join(f"{start}-{end}" for start, end in self.spans)}"'
            f' data-stage="{self.standing}" data-rating="{escape(self.rating)}"'
            f' data-claimant="{escape(self.claimant)}" data-by="{self.made_by}"'
        )
        # The number is left out: it changes when another highlight comes before.
        digest = crc32(f"{attributes}{inside.replace(f'>{self.number}<', '><', 1)}".encode())
        href = _address(self.highlight)
        return (
            f'<article {attributes} data-digest="{digest:x}"><details data-href="{href}"><summary class="face">{inside}'
            f'</summary><div class="more"><a href="{href}">{_("Open")}</a></div></details></article>'
        )


def margin_of(snapshot: Snapshot, *, only: int | None = None) -> list[MarginCard]:
    """The cards of a snapshot's highlights in reading order, numbered; or the card of one highlight alone, without number."""
    placements = Placement.objects.current_in(snapshot)
    if only is not None:
        placements = placements.filter(highlight=only)
    cards = [
        MarginCard(
            highlight=highlight,
            claim=claim,
            spans=tuple((each["start"], each["start"] + len(each["exact"])) for each in passages),
            wording=wording,
            claimant=here or claimant or "",
            said_on=on_here or said_on,
            made_by=made_by,
        )
        for highlight, claim, passages, wording, here, claimant, on_here, said_on, made_by in placements.values_list(
            "highlight_id",
            "highlight__claim_id",
            "passages",
            "highlight__claim__wording",
            "highlight__claimant__name",
            "highlight__claim__claimant__name",
            "highlight__said_on",
            "highlight__claim__said_on",
            "highlight__made_by_id",
        )
    ]
    _judge(cards)
    if only is None:
        cards.sort(key=lambda card: (card.spans, card.highlight))
        for number, card in enumerate(cards, start=1):
            card.number = number
    return cards


def _judge(cards: list[MarginCard]) -> None:
    """Tell the cards of the verdict that is furthest on its way, and of what readers see."""
    live = Publication.objects.filter(claim=OuterRef("claim")).order_by("-version")
    standing: dict[int, tuple[Any, ...]] = {}
    for claim, stage, *rest in (
        Verdict.objects.filter(claim__in={card.claim for card in cards})
        .order_by("id")
        .values_list(
            "claim_id",
            "stage",
            "rating__name",
            "rating__hue",
            "rating__sign",
            Subquery(live.values(found=JSONObject(version="version", kind="kind"))[:1]),
        )
    ):
        known = standing.get(claim)
        if known is None or FURTHEST.index(Stage(stage)) <= FURTHEST.index(Stage(known[0])):
            standing[claim] = (stage, *rest)
    for card in cards:
        if found := standing.get(card.claim):
            card.stage, rating, hue, sign, publication = found
            card.rating, card.hue, card.sign = rating or "", hue or "grey", sign or "none"
            if publication:
                seen = json.loads(publication) if isinstance(publication, str) else publication
                card.version, card.retracted = seen["version"], seen["kind"] == Kind.RETRACTION


def drawn(cards: Iterable[MarginCard]) -> SafeString:
    """The cards as HTML."""
    return mark_safe("".join(card.html() for card in cards))  # noqa: S308  # every part was escaped on its way in


def state_of(html: str) -> str:
    """A strong entity tag (RFC 9110, 8.8.3) of the cards as drawn."""
    return f'"{sha256(html.encode()).hexdigest()[:32]}"'


@lru_cache(maxsize=4096)
def _day(day: date, language: str) -> str:
    """A day as the language of the page writes it, which is part of the key."""
    return date_format(day)


@lru_cache(maxsize=1)
def _base() -> str:
    return reverse("desk:highlight", args=[0])


def _address(highlight: int) -> str:
    return _base().replace("/0/", f"/{highlight}/")

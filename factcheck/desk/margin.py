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

from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from factcheck.articles.models import Snapshot
from factcheck.claims.models import Placement
from factcheck.desk.cards import FURTHEST, chips_of
from factcheck.publication.models import Kind
from factcheck.rendering.highlights import Mark, sign_html
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
    stage: str  # of the verdict in work; "" for none
    rating: str
    hue: str
    sign: str
    version: int  # that readers see; 0 for none
    retracted: bool
    number: int = 0  # in reading order

    @property
    def is_retracted(self) -> bool:
        """Whether it was taken back and nothing new is in work."""
        return self.retracted and self.stage == Stage.SETTLED

    @property
    def word(self) -> str:
        if self.is_retracted:
            return _("Retracted")
        return self.rating or _("No verdict yet")

    @property
    def standing(self) -> str:
        """Where its check stands, as the filter asks: what is in work, else what readers see."""
        if self.version and self.stage in {"", Stage.SETTLED}:
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
        language = get_language() or ""
        mark = self.mark
        claimant = f"<span>{escape(self.claimant)}</span>" if self.claimant else ""
        day = f"<span>{escape(_day(self.said_on, language))}</span>" if self.said_on else ""
        chips = _chips(self.stage, self.version, self.retracted, language)
        verdict = f'<span class="verdict">{sign_html(mark.sign)} {escape(mark.word)}</span>'
        told = (
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
        href = _address(self.highlight)
        return (
            f'<article {attributes}><details data-href="{href}"><summary class="face">{verdict}'
            f'<span class="number">{self.number or ""}</span>{told}</summary><div class="more"><a href="{href}">{_open(language)}</a></div></details></article>'
        )


# One statement for all there is to know: the ORM's two, with what it costs to build them, take three times as long. The order
# of the stages is that of cards.FURTHEST.
_MARGIN = """
SELECT highlight.id, claim.id, placement.passages, claim.wording, coalesce(here.name, claimant.name, ''),
    coalesce(highlight.said_on, claim.said_on), highlight.made_by_id, coalesce(verdict.stage, ''),
    coalesce(rating.name, ''), coalesce(rating.hue, 'grey'), coalesce(rating.sign, 'none'),
    coalesce(publication.version, 0), coalesce(publication.kind = %(retraction)s, false)
FROM claims_highlight AS highlight
JOIN claims_claim AS claim ON claim.id = highlight.claim_id
JOIN LATERAL (
    SELECT passages, waits FROM claims_placement WHERE highlight_id = highlight.id AND snapshot_id = %(snapshot)s
    ORDER BY id DESC LIMIT 1
) AS placement ON NOT placement.waits AND placement.passages <> '[]'
LEFT JOIN claims_claimant AS claimant ON claimant.id = claim.claimant_id
LEFT JOIN claims_claimant AS here ON here.id = highlight.claimant_id
LEFT JOIN LATERAL (
    SELECT stage, rating_id FROM verdicts_verdict AS begun WHERE claim_id = claim.id AND NOT (
        begun.stage IN ('draft', 'sent_back') AND EXISTS (
            SELECT 1 FROM verdicts_verdict WHERE claim_id = claim.id AND stage = 'settled' AND id > begun.id
        )
    )
    ORDER BY array_position(%(stages)s::text[], stage::text), id DESC LIMIT 1
) AS verdict ON true
LEFT JOIN verdicts_rating AS rating ON rating.id = verdict.rating_id
LEFT JOIN LATERAL (
    SELECT version, kind FROM publication_publication
    WHERE claim_id = claim.id AND NOT called_off AND published_at <= statement_timestamp() ORDER BY version DESC LIMIT 1
) AS publication ON true
WHERE highlight.article_id = %(article)s AND highlight.removed_at IS NULL AND claim.trashed_at IS NULL
"""


def margin_of(snapshot: Snapshot, *, only: int | None = None) -> list[MarginCard]:
    """The cards of a snapshot's highlights in reading order, numbered; or the card of one highlight alone, without number."""
    asked: dict[str, int | str | list[str] | None] = {
        "article": snapshot.article_id,
        "snapshot": snapshot.pk,
        "stages": [stage.value for stage in FURTHEST],
        "retraction": Kind.RETRACTION.value,
        "only": only,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MARGIN if only is None else f"{_MARGIN} AND highlight.id = %(only)s", asked)
        found = cursor.fetchall()
    cards = [
        MarginCard(
            highlight,
            claim,
            tuple((each["start"], each["start"] + len(each["exact"])) for each in json.loads(passages)),
            *told,
        )
        for highlight, claim, passages, *told in found
    ]
    if only is None:
        cards.sort(key=lambda card: (card.spans, card.highlight))
        for number, card in enumerate(cards, start=1):
            card.number = number
    return cards


def card_of_new(placement: Placement) -> MarginCard:
    """The card of a highlight that was made this moment with its claim: there is no more to know of either."""
    mark, claim = placement.highlight, placement.highlight.claim
    return MarginCard(
        highlight=mark.pk,
        claim=claim.pk,
        spans=tuple(placement.spans()),
        wording=claim.wording,
        claimant=claim.claimant.name if claim.claimant else "",
        said_on=claim.said_on,
        made_by=mark.made_by_id,
        stage="",
        rating="",
        hue="grey",
        sign="none",
        version=0,
        retracted=False,
    )


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


@lru_cache(maxsize=256)
def _chips(stage: str, version: int, retracted: bool, language: str) -> str:
    return "".join(
        f'<span class="chip {kind}">{escape(word)}</span>' for kind, word in chips_of(stage, version, retracted)
    )


@lru_cache(maxsize=32)
def _open(language: str) -> str:
    return _("Open")


@lru_cache(maxsize=1)
def _base() -> str:
    return reverse("desk:highlight", args=[0])


def _address(highlight: int) -> str:
    return _base().replace("/0/", f"/{highlight}/")

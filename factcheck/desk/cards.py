"""What the desk shows of a claim in one glance."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from factcheck.articles.models import Snapshot
from factcheck.claims.models import Claim, Placement
from factcheck.publication.models import Publication
from factcheck.rendering.highlights import Mark, sign_html
from factcheck.verdicts.models import Rating, Verdict
from factcheck.verdicts.stages import Stage

# Of several verdicts on one claim, the card tells of the one that is furthest on its way.
_FURTHEST = [Stage.APPROVED, Stage.SUBMITTED, Stage.SENT_BACK, Stage.DRAFT]


@dataclass
class Card:
    """A claim with its verdict in work and what readers see of it."""

    claim: Claim
    verdict: Verdict | None
    live: Publication | None
    placement: Placement | None = None
    number: int | None = None
    is_first: bool = True  # of its claim's cards on the page

    @property
    def is_retracted(self) -> bool:
        """Whether it was taken back and nothing new is in work."""
        return bool(self.live and self.live.is_retracted and self.verdict and self.verdict.stage == Stage.APPROVED)

    @property
    def rating(self) -> Rating | None:
        return self.verdict.rating if self.verdict and not self.is_retracted else None

    @property
    def hue(self) -> str:
        return self.rating.hue if self.rating else "grey"

    @property
    def sign(self) -> str:
        return self.rating.sign if self.rating else "none"

    @property
    def sign_svg(self) -> SafeString:
        return mark_safe(sign_html(self.sign))  # noqa: S308  # one of our own signs

    @property
    def href(self) -> str:
        """What the card shows when it is opened."""
        assert self.placement
        return reverse("desk:highlight", args=[self.placement.highlight_id])

    @property
    def word(self) -> str:
        if self.is_retracted:
            return _("Retracted")
        return self.rating.name if self.rating else _("No verdict yet")

    @property
    def stages(self) -> list[tuple[str, str]]:
        """(class, word) of each chip: what readers see, and where the verdict in work stands."""
        chips = []
        if self.live:
            chips.append(
                ("retracted", _("retracted"))
                if self.live.is_retracted
                else ("published", _("published v%(n)d") % {"n": self.live.version})
            )
        if self.verdict and not (self.live and self.verdict.stage == Stage.APPROVED):
            chips.append((self.verdict.stage.replace("_", "-"), str(Stage(self.verdict.stage).label)))
        return chips

    @property
    def mark(self) -> Mark:
        assert self.placement
        return Mark(
            key=str(self.placement.highlight_id),
            claim=str(self.claim.pk),
            spans=tuple(self.placement.spans()),
            hue=self.hue,
            sign=self.sign,
            word=self.word,
            number=self.number,
        )


def cards_of(claims: Iterable[Claim]) -> list[Card]:
    """A card for each claim, in two queries however many there are. The claims' claimants should be fetched with them."""
    claims = list(claims)
    ids = [claim.pk for claim in claims]
    furthest: dict[int, Verdict] = {}
    for verdict in (
        Verdict.objects.filter(claim__in=ids)
        .select_related("rating")
        .order_by("id")
        .defer("rationale", "rationale_html")
    ):
        known = furthest.get(verdict.claim_id)
        if known is None or _FURTHEST.index(Stage(verdict.stage)) <= _FURTHEST.index(Stage(known.stage)):
            furthest[verdict.claim_id] = verdict
    live = {each.claim_id: each for each in Publication.objects.filter(claim__in=ids).live().defer("document")}
    return [Card(claim, furthest.get(claim.pk), live.get(claim.pk)) for claim in claims]


def cards_in(snapshot: Snapshot) -> list[Card]:
    """The cards of an article's highlights in reading order, numbered."""
    placements = Placement.objects.current_in(snapshot).select_related(
        "highlight__claim__claimant", "highlight__claimant"
    )
    in_order = sorted(placements, key=lambda placement: (placement.spans(), placement.pk))
    cards = cards_of({placement.highlight.claim_id: placement.highlight.claim for placement in in_order}.values())
    of_claim = {card.claim.pk: card for card in cards}
    told: set[int] = set()
    numbered = []
    for number, placement in enumerate(in_order, start=1):
        card = of_claim[placement.highlight.claim_id]
        first = card.claim.pk not in told
        numbered.append(Card(card.claim, card.verdict, card.live, placement, number, is_first=first))
        told.add(card.claim.pk)
    return numbered

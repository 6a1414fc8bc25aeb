"""What the desk shows of a claim in one glance."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from factcheck.claims.models import Claim
from factcheck.publication.models import Publication
from factcheck.rendering.highlights import sign_html
from factcheck.verdicts.models import Rating, Verdict
from factcheck.verdicts.stages import Stage

# Of several verdicts on one claim, the card tells of the one that is furthest on its way; of one that is settled only while
# nothing was begun after it.
FURTHEST = [Stage.APPROVED, Stage.SUBMITTED, Stage.SENT_BACK, Stage.DRAFT, Stage.SETTLED]
LEFT_BEHIND = {Stage.SENT_BACK, Stage.DRAFT}


def chips_of(stage: str, version: int, retracted: bool) -> list[tuple[str, str]]:
    """(class, word) of each chip: what readers see, and where the verdict in work stands.

    stage -- of the verdict in work, "" for none; version -- of the publication that readers see, 0 for none.
    """
    chips = []
    if version:
        chips.append(
            ("retracted", _("retracted")) if retracted else ("published", _("published v%(n)d") % {"n": version})
        )
    if stage == Stage.SETTLED and not version:
        chips.append(("approved", _("goes out later")))
    elif stage and not (version and stage == Stage.SETTLED):
        chips.append((stage.replace("_", "-"), str(Stage(stage).label)))
    return chips


@dataclass
class Card:
    """A claim with its verdict in work and what readers see of it."""

    claim: Claim
    verdict: Verdict | None
    live: Publication | None

    @property
    def is_retracted(self) -> bool:
        """Whether it was taken back and nothing new is in work."""
        return bool(self.live and self.live.is_retracted and self.verdict and self.verdict.stage == Stage.SETTLED)

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
    def word(self) -> str:
        if self.is_retracted:
            return _("Retracted")
        return self.rating.name if self.rating else _("No verdict yet")

    @property
    def stages(self) -> list[tuple[str, str]]:
        """(class, word) of each chip."""
        return chips_of(
            self.verdict.stage if self.verdict else "",
            self.live.version if self.live else 0,
            bool(self.live and self.live.is_retracted),
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
        settles = known and verdict.stage == Stage.SETTLED and known.stage in LEFT_BEHIND
        if known is None or settles or FURTHEST.index(Stage(verdict.stage)) <= FURTHEST.index(Stage(known.stage)):
            furthest[verdict.claim_id] = verdict
    live = {each.claim_id: each for each in Publication.objects.filter(claim__in=ids).live().defer("document")}
    return [Card(claim, furthest.get(claim.pk), live.get(claim.pk)) for claim in claims]

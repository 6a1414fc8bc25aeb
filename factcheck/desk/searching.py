"""Lists of the desk that ask several stages of the work at once."""

from django.db.models import Exists, OuterRef, Subquery

from factcheck.claims.models import Claim, ClaimQuerySet
from factcheck.publication.models import Kind, Publication
from factcheck.review.models import Submission
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage


def claims_at(stage: str) -> ClaimQuerySet:
    """Claims on the desk at a stage of the claims' filter; all of them for ""; those in the trash for "trash"."""
    if stage == "trash":
        return Claim.objects.in_trash()
    claims = Claim.objects.on_desk()
    verdicts = Verdict.objects.filter(claim=OuterRef("pk"))
    live = Publication.objects.filter(claim=OuterRef("pk")).live()
    if stage == "none":
        return claims.filter(~Exists(verdicts))
    if stage == "published":
        return claims.filter(Exists(live.standing()))
    if stage == "retracted":
        return claims.filter(Exists(live.filter(kind=Kind.RETRACTION)))
    if stage:
        return claims.filter(Exists(verdicts.at_stage(Stage(stage))))
    return claims


def approved_for_readers() -> list[Verdict]:
    """Approved verdicts that readers have not seen yet, the longest waiting first. What was retracted is not among them."""
    approved = (
        Verdict.objects.of_standing_claims().at_stage(Stage.APPROVED).select_related("claim", "rating").order_by("id")
    )
    shown = Publication.objects.live().filter(submission=OuterRef("newest"))
    newest = Submission.objects.filter(verdict=OuterRef("pk")).order_by("-number").values("pk")[:1]
    return list(approved.annotate(newest=Subquery(newest)).filter(~Exists(shown)))

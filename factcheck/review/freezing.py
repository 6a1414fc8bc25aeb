"""Handing a verdict in: the document readers would see is made once and kept."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.claims.models import Claim, Claimant
from factcheck.history.recording import act
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.notices.models import Kind
from factcheck.notices.telling import tell
from factcheck.review.answering import answered
from factcheck.review.documents import FORMAT, canonical, hash_of
from factcheck.review.models import Submission
from factcheck.sources.models import Source
from factcheck.verdicts import stages
from factcheck.verdicts.models import Rating, Verdict
from factcheck.verdicts.stages import Stage


class Incomplete(Exception):
    """Something that readers need is missing: `missing` says what, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(" ".join(missing))


class Unchanged(Exception):
    """The verdict has been handed in as it is already."""


def document_of(verdict: Verdict) -> str:
    """The document that the verdict would give now, canonical (see review.documents).

    Keys: format, language, claim (id, wording, claimant, said_on, place, topics), verdict (rating, scale, summary,
    rationale, html), citations (number, stance, quoted, note, read_on, source), authors. Days are ISO 8601.
    """
    verdict = Verdict.objects.select_related("claim__claimant", "rating", "scale").get(pk=verdict.pk)
    claim, claimant = verdict.claim, verdict.claim.claimant
    return canonical({
        "format": FORMAT,
        "language": Settings.objects.current().language,
        "claim": {
            "id": claim.pk,
            "wording": claim.wording,
            "claimant": claimant and {
                "name": claimant.name,
                "kind": claimant.kind,
                "description": claimant.description,
                "same_as": claimant.same_as,
            },
            "said_on": _day(claim.said_on),
            "place": claim.place,
            "topics": [topic.name for topic in claim.topics.order_by("name")],
        },
        "verdict": {
            "rating": verdict.rating and _rating(verdict.rating),
            "scale": {
                "name": verdict.scale.name,
                "number": verdict.scale.number,
                "ratings": [_rating(rating) for rating in verdict.scale.ratings.all()],
            },
            "summary": verdict.summary,
            "rationale": verdict.rationale,
            "html": verdict.rationale_html,
        },
        "citations": [
            {
                "number": citation.number,
                "stance": citation.stance,
                "quoted": citation.quoted,
                "note": citation.note,
                "read_on": _day(citation.read_on),
                "source": _source(citation.source),
            }
            for citation in verdict.citations.select_related("source")
        ],
        "authors": [author.person.byline for author in verdict.authors.select_related("person")],
    })  # fmt: skip


def missing_for_readers(verdict: Verdict) -> list[str]:
    """What the page and its ClaimReview still lack, a sentence each; empty when the verdict is complete."""
    asked = [
        (verdict.claim.trashed_at is None, _("Put the claim back on the desk: it is in the trash.")),
        (verdict.rating_id, _("Choose a rating.")),
        (verdict.summary.strip(), _("Write the finding in one sentence.")),
        (verdict.rationale.strip(), _("Write why: the rationale is empty.")),
        (verdict.citations.exists(), _("Cite at least one source.")),
        (
            not _tells_rating(verdict),
            _("Take the rating out of the claim’s wording: readers would hear it twice."),
        ),
    ]
    missing = [sentence for there, sentence in asked if not there]
    numbers = {str(number) for number in verdict.citations.values_list("number", flat=True)}
    for number in numbers and sorted(
        set(re.findall(r'href="#source-(\d+)"', verdict.rationale_html)) - numbers, key=int
    ):
        missing.append(_("The rationale refers to [%(number)s], which is not among the sources.") % {"number": number})
    return missing


def submit(
    verdict: Verdict,
    *,
    by: User,
    version: int | None = None,
    seen: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Submission:
    """Hand in a verdict for review. Raises Incomplete, Unchanged, Stale, stages.OutOfTurn.

    version -- of the verdict as the person saw it, None for as it is; seen -- the hash of the document they saw, "" likewise;
    reasons -- why it goes on in spite of a warning, by the name of the checklist's point.
    """
    require(by, "submit")
    with act("verdict.submit", verdict, verdict.claim, by=by):
        verdict = lock(verdict)
        if version is not None and verdict.version != version:
            raise Stale(verdict)
        if missing := missing_for_readers(verdict):
            raise Incomplete(missing)
        stages.check(verdict.stage, Stage.SUBMITTED)
        document = document_of(verdict)
        if seen and hash_of(document) != seen:
            raise Stale(verdict)
        last = Submission.objects.latest_of(verdict)
        if last and last.document == document and verdict.stage != Stage.SENT_BACK:
            raise Unchanged
        submission = Submission.objects.create(
            verdict=verdict,
            number=last.number + 1 if last else 1,
            document=document,
            sha256=hash_of(document),
            answers=answered(json.loads(document), reasons or {}),
            submitted_by=by,
        )
        Verdict.objects.filter(pk=verdict.pk).update(stage=Stage.SUBMITTED)
        reviewers = User.objects.able_to("decide").exclude(pk__in=verdict.authors.values("person"))
        tell(reviewers, Kind.SUBMITTED, by=by, words=verdict.claim.wording, path=submission.get_absolute_url())
    return submission


def is_current(submission: Submission) -> bool:
    """Whether the verdict would still give the document that was handed in."""
    return hash_of(document_of(submission.verdict)) == submission.sha256


def lock(verdict: Verdict) -> Verdict:
    """The verdict as it is now, with all that its document is made of locked until the transaction ends.

    Claim before verdict before sources, always: so that two who lock the same never wait for each other.
    """
    claim = Claim.objects.select_for_update().get(pk=verdict.claim_id)
    if claim.claimant_id:
        claim.claimant = Claimant.objects.select_for_update().get(pk=claim.claimant_id)
    locked = Verdict.objects.select_for_update(of=("self",)).select_related("rating", "scale").get(pk=verdict.pk)
    list(Source.objects.select_for_update(of=("self",)).filter(citations__verdict=locked).order_by("pk"))
    locked.claim = claim
    return locked


def _rating(rating: Rating) -> dict[str, Any]:
    names = ("position", "name", "definition", "hue", "sign")
    return {name: getattr(rating, name) for name in names}


def _source(source: Source) -> dict[str, Any]:
    names = ("url", "title", "publisher", "kind")
    return {"published_on": _day(source.published_on)} | {name: getattr(source, name) for name in names}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _tells_rating(verdict: Verdict) -> bool:
    rating = verdict.rating
    return rating is not None and verdict.claim.wording.casefold().startswith(f"{rating.name}:".casefold())

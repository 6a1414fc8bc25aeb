"""Handing a verdict in: the document readers would see is made once and kept."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.claims.models import Claim, Claimant, Topic
from factcheck.history.recording import act
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.notices.models import Kind
from factcheck.notices.telling import tell
from factcheck.review.answering import answered
from factcheck.review.documents import FORMAT, canonical, hash_of
from factcheck.review.models import Handover, Submission
from factcheck.sources.models import Source
from factcheck.verdicts import checking, stages
from factcheck.verdicts.models import Author, Citation, Rating, Verdict
from factcheck.verdicts.stages import Stage

# Columns that stand in the document under their own names; days are ISO 8601 in PostgreSQL's JSON too.
RATING = ("position", "name", "definition", "hue", "sign")
CITATION = ("number", "stance", "quoted", "note", "read_on")
SOURCE = ("url", "title", "publisher", "kind", "published_on")


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
    return _document(_whole().get(pk=verdict.pk))


def left_behind(verdicts: Iterable[int]) -> set[int]:
    """Those of these verdicts, handed in or approved, that say something else by now. One query, however many they are."""
    newest = Submission.objects.filter(verdict=OuterRef("pk")).order_by("-number").values("sha256")[:1]
    standing = _whole().before_readers().filter(pk__in=set(verdicts)).annotate(handed_in=Subquery(newest))
    return {verdict.pk for verdict in standing if hash_of(_document(verdict)) != verdict.handed_in}


def missing_for_readers(verdict: Verdict, document: str) -> list[str]:
    """What the page and its ClaimReview still lack, a sentence each; empty when the verdict is complete.

    document -- what the verdict gives now.
    """
    missing = checking.missing(json.loads(document))
    if verdict.claim.trashed_at:
        missing.insert(0, _("Put the claim back on the desk: it is in the trash."))
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
        document = document_of(verdict)
        if missing := missing_for_readers(verdict, document):
            raise Incomplete(missing)
        stages.check(verdict.stage, Stage.SUBMITTED)
        if seen and hash_of(document) != seen:
            raise Stale(verdict)
        last = Submission.objects.latest_of(verdict)
        if last and last.document == document and verdict.is_finished:
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
        given = Handover.objects.latest_of(verdict)
        theirs = reviewers.filter(pk=given.reviewer_id) if given and given.reviewer_id else reviewers.none()
        # Who left, or became an author, reviews it no more: all others are asked again.
        tell(
            theirs or reviewers, Kind.SUBMITTED, by=by, words=verdict.claim.wording, path=submission.get_absolute_url()
        )
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


def _whole() -> Any:
    """Verdicts with all that their documents are made of, in one query."""
    rating = JSONObject(**{name: name for name in RATING})
    source = JSONObject(**{name: f"source__{name}" for name in SOURCE})
    cited = JSONObject(source=source, **{name: name for name in CITATION})
    ratings = Rating.objects.filter(version=OuterRef("scale")).order_by(F("position").asc(nulls_last=True), "id")
    topics = Topic.objects.filter(claims=OuterRef("claim")).order_by("name")
    citations = Citation.objects.filter(verdict=OuterRef("pk")).order_by("number")
    authors = Author.objects.filter(verdict=OuterRef("pk")).order_by("id")
    return Verdict.objects.select_related("claim__claimant", "rating", "scale").annotate(
        its_topics=ArraySubquery(topics.values("name")),
        its_ratings=ArraySubquery(ratings.values(told=rating)),
        its_citations=ArraySubquery(citations.values(told=cited)),
        its_authors=ArraySubquery(authors.values("person__byline")),
        its_language=Subquery(Settings.objects.order_by("-version").values("language")[:1]),
    )


def _document(verdict: Any) -> str:
    """The document of a verdict that came with all it is made of."""
    claim, claimant = verdict.claim, verdict.claim.claimant
    return canonical({
        "format": FORMAT,
        "language": verdict.its_language,
        "claim": {
            "id": claim.pk,
            "wording": claim.wording,
            "claimant": claimant and {
                "name": claimant.name,
                "kind": claimant.kind,
                "description": claimant.description,
                "same_as": claimant.same_as,
            },
            "said_on": claim.said_on.isoformat() if claim.said_on else None,
            "place": claim.place,
            "topics": verdict.its_topics,
        },
        "verdict": {
            "rating": verdict.rating and {name: getattr(verdict.rating, name) for name in RATING},
            "scale": {"name": verdict.scale.name, "number": verdict.scale.number, "ratings": verdict.its_ratings},
            "summary": verdict.summary,
            "rationale": verdict.rationale,
            "html": verdict.rationale_html,
        },
        "citations": verdict.its_citations,
        "authors": verdict.its_authors,
    })  # fmt: skip

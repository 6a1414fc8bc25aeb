"""Handing a verdict in: the document readers would see is made once and kept."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.claims.models import Claim, Claimant
from factcheck.history.recording import act
from factcheck.history.versioning import Stale
from factcheck.notices.models import Kind
from factcheck.notices.reading import done_at
from factcheck.notices.telling import tell
from factcheck.review.answering import answered
from factcheck.review.documents import FORMAT, canonical, hash_of
from factcheck.review.models import Handover, Submission
from factcheck.sources.models import Source
from factcheck.verdicts import checking, stages
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import BEFORE_READERS, Stage
from factcheck.verdicts.translating import spoken


class Incomplete(Exception):
    """Something that readers need is missing: `missing` says what, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        self.missing = missing
        super().__init__(" ".join(missing))


class Unchanged(Exception):
    """The verdict has been handed in as it is already."""


class Occupied(Exception):
    """Another verdict on the same claim is in review or approved: one at a time can be."""


def document_of(verdict: Verdict) -> str:
    """The document that the verdict would give now, canonical (see review.documents).

    Keys: format, language, claim (id, wording, claimant, said_on, place, topics), verdict (rating, scale, summary,
    rationale, html), citations (number, stance, quoted, note, read_on, source), authors. Days are ISO 8601.
    """
    return next(document for _number, document, _handed_in in _documents([verdict.pk]))


def left_behind(verdicts: Iterable[int]) -> set[int]:
    """Those of these verdicts, handed in or approved, that say something else by now. One query, however many they are."""
    standing = _documents(set(verdicts), BEFORE_READERS)
    return {number for number, document, handed_in in standing if hash_of(document) != handed_in}


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
    """Hand in a verdict for review. Raises Incomplete, Unchanged, Occupied, Stale, stages.OutOfTurn.

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
        if Verdict.objects.before_readers().filter(claim=verdict.claim_id).exclude(pk=verdict.pk).exists():
            raise Occupied
        submission = Submission.objects.create(
            verdict=verdict,
            number=last.number + 1 if last else 1,
            document=document,
            sha256=hash_of(document),
            answers=answered(json.loads(document), reasons or {}),
            submitted_by=by,
        )
        Verdict.objects.filter(pk=verdict.pk).update(stage=Stage.SUBMITTED)
        if last:
            done_at(last.get_absolute_url(), User.objects.able_to("decide"), Kind.SUBMITTED, Kind.ASSIGNED)
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
    cited = Source.objects.select_for_update(of=("self",)).filter(citations__verdict=locked).order_by("pk")
    list(cited.values_list("pk"))
    locked.claim = claim
    return locked


# Asked at each step of a verdict and by each page of it: the ORM takes longer to build it than the database to answer.
_DOCUMENTS = """
SELECT verdict.id, jsonb_build_object(
    'language', (SELECT language FROM newsroom_settings ORDER BY version DESC LIMIT 1),
    'claim', jsonb_build_object(
        'id', claim.id, 'wording', claim.wording, 'said_on', claim.said_on, 'place', claim.place,
        'claimant', CASE WHEN claimant.id IS NOT NULL THEN jsonb_build_object(
            'name', claimant.name, 'kind', claimant.kind, 'description', claimant.description, 'same_as', claimant.same_as
        ) END,
        'topics', (
            SELECT coalesce(jsonb_agg(topic.name ORDER BY topic.name), '[]') FROM claims_claim_topics AS about
            JOIN claims_topic AS topic ON topic.id = about.topic_id WHERE about.claim_id = claim.id
        )
    ),
    'verdict', jsonb_build_object(
        'rating', CASE WHEN given.id IS NOT NULL THEN jsonb_build_object(
            'position', given.position, 'name', given.name, 'definition', given.definition, 'hue', given.hue, 'sign', given.sign,
            'translations', given.translations
        ) END,
        'scale', jsonb_build_object('name', scale.name, 'number', scale.number, 'translations', scale.translations, 'ratings', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'position', rating.position, 'name', rating.name, 'definition', rating.definition, 'hue', rating.hue,
                'sign', rating.sign, 'translations', rating.translations
            ) ORDER BY rating.position NULLS LAST, rating.id), '[]')
            FROM verdicts_rating AS rating WHERE rating.version_id = scale.id
        )),
        'summary', verdict.summary, 'rationale', verdict.rationale, 'html', verdict.rationale_html
    ),
    'citations', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'number', citation.number, 'stance', citation.stance, 'quoted', citation.quoted, 'note', citation.note,
            'read_on', citation.read_on, 'source', jsonb_build_object(
                'url', source.url, 'title', source.title, 'publisher', source.publisher, 'kind', source.kind,
                'published_on', source.published_on
            )
        ) ORDER BY citation.number), '[]')
        FROM verdicts_citation AS citation JOIN sources_source AS source ON source.id = citation.source_id
        WHERE citation.verdict_id = verdict.id
    ),
    'authors', (
        SELECT coalesce(jsonb_agg(person.byline ORDER BY author.id), '[]') FROM verdicts_author AS author
        JOIN accounts_user AS person ON person.id = author.person_id WHERE author.verdict_id = verdict.id
    )
)::text, (SELECT sha256 FROM review_submission WHERE verdict_id = verdict.id ORDER BY number DESC LIMIT 1)
FROM verdicts_verdict AS verdict
JOIN claims_claim AS claim ON claim.id = verdict.claim_id
LEFT JOIN claims_claimant AS claimant ON claimant.id = claim.claimant_id
JOIN verdicts_scaleversion AS scale ON scale.id = verdict.scale_id
LEFT JOIN verdicts_rating AS given ON given.id = verdict.rating_id
WHERE verdict.id = ANY(%s) AND verdict.stage = ANY(%s)
"""


def _in_its_language(told: dict[str, Any]) -> dict[str, Any]:
    """What is told of the ratings, in the words of the document's language."""
    rating, scale = told["verdict"]["rating"], told["verdict"]["scale"]
    for each in filter(None, (rating, scale, *scale["ratings"])):
        said = spoken(each.pop("translations"), told["language"])
        each |= {part: words for part, words in said.items() if part in each}
    return told


def _documents(verdicts: Iterable[int], stages: Iterable[str] = Stage) -> Iterator[tuple[int, str, str | None]]:
    """Of these verdicts, where at one of these stages: the number, the document, the hash of what was handed in last."""
    with connection.cursor() as cursor:
        cursor.execute(_DOCUMENTS, [list(verdicts), list(stages)])
        for number, told, handed_in in cursor.fetchall():
            yield number, canonical({"format": FORMAT} | _in_its_language(json.loads(told))), handed_in

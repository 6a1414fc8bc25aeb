"""Judging a claim: drafting a verdict, revising it, citing sources. Whoever edits becomes one of its authors."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.claims.models import Claim
from factcheck.history import versioning
from factcheck.history.recording import act
from factcheck.newsroom.models import Settings
from factcheck.prose.markdown import to_html
from factcheck.sources.models import Source
from factcheck.verdicts.models import Author, Citation, Rating, ScaleVersion, Verdict


def draft(
    claim: Claim,
    *,
    by: User,
    rating: Rating | None = None,
    summary: str = "",
    rationale: str = "",
    scale: ScaleVersion | None = None,
) -> Verdict:
    """Begin a verdict on a claim, on the newest version of the scale in use unless said otherwise. Raises ValidationError."""
    require(by, "judge")
    scale = scale or ScaleVersion.objects.in_use(Settings.objects.current().scale)
    _check_rating(rating, scale)
    with act("verdict.draft", claim, by=by) as drafting:
        verdict = Verdict(
            claim=claim, scale=scale, rating=rating, summary=summary,
            rationale=rationale, rationale_html=to_html(rationale), made_by=by,
        )  # fmt: skip
        verdict.full_clean(validate_constraints=False)
        verdict.save(force_insert=True)
        _sign(verdict, by)
        drafting.about(verdict)
    return verdict


def revise(verdict: Verdict, *, by: User, version: int, **changes: Any) -> Verdict:
    """Change rating, summary or rationale. What was approved stays approved as it was; this is something else. Raises Stale."""
    require(by, "judge")
    if "rating" in changes:
        _check_rating(changes["rating"], verdict.scale)
    if "rationale" in changes:
        changes["rationale_html"] = to_html(changes["rationale"])
    with act("verdict.revise", verdict, verdict.claim, by=by):
        fresh = versioning.update(verdict, version, **changes)
        _sign(verdict, by)
    return fresh


def cite(
    verdict: Verdict,
    source: Source,
    *,
    by: User,
    stance: str,
    quoted: str = "",
    note: str = "",
    read_on: date | None = None,
) -> Citation:
    """Use a source in a verdict, under the next number. Raises ValidationError."""
    require(by, "judge")
    with act("verdict.cite", verdict, verdict.claim, source, by=by):
        number = _locked(verdict).citations_given + 1
        citation = Citation(
            verdict=verdict,
            source=source,
            number=number,
            stance=stance,
            quoted=quoted,
            note=note,
            read_on=read_on,
        )
        citation.full_clean(validate_constraints=False)
        citation.save(force_insert=True)
        Verdict.objects.filter(pk=verdict.pk).update(citations_given=number)
        _sign(verdict, by)
    return citation


def revise_citation(citation: Citation, *, by: User, version: int, **changes: Any) -> Citation:
    """Change how a source is used. Raises Stale."""
    require(by, "judge")
    with act(
        "verdict.revise_citation",
        citation.verdict,
        citation.verdict.claim,
        citation.source,
        by=by,
    ):
        _locked(citation.verdict)
        fresh = versioning.update(citation, version, **changes)
        _sign(citation.verdict, by)
    return fresh


def uncite(citation: Citation, *, by: User) -> None:
    """Take a citation out of a verdict; its number is not given again."""
    require(by, "judge")
    with act(
        "verdict.uncite",
        citation.verdict,
        citation.verdict.claim,
        citation.source,
        by=by,
    ):
        _locked(citation.verdict)
        Citation.objects.filter(pk=citation.pk).delete()
        _sign(citation.verdict, by)


def _locked(verdict: Verdict) -> Verdict:
    """The verdict, its row locked: edits of its citations and decisions on it come one after the other."""
    return Verdict.objects.select_for_update().get(pk=verdict.pk)


def _sign(verdict: Verdict, by: User) -> None:
    Author.objects.bulk_create([Author(verdict=verdict, person=by)], ignore_conflicts=True)


def _check_rating(rating: Rating | None, scale: ScaleVersion) -> None:
    if rating and rating.version_id != scale.pk:
        raise ValidationError(
            {"rating": _("This rating is not on the verdict’s scale.")},
            code="off_scale",
        )

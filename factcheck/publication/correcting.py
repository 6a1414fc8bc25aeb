"""Putting right what is published: a new draft that begins as a copy of it, on the way that every verdict takes."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.claims.models import Claim
from factcheck.history.recording import act
from factcheck.publication.models import Publication
from factcheck.sources.keeping import find_or_add
from factcheck.sources.models import Source
from factcheck.verdicts import judging
from factcheck.verdicts.models import Author, Citation, Verdict


def correct(claim: Claim, *, by: User) -> Verdict:
    """Begin a verdict that says what readers see now: rating, summary, rationale, citations under their numbers.

    It stands on the scale of what is published. Whoever wrote that is an author of this too, since much of it stays theirs.
    Raises PermissionDenied, and ValidationError when nothing is published or the claim is in the trash.
    """
    require(by, "judge")
    with act("verdict.correct", claim, by=by) as correcting:
        live = Publication.objects.filter(claim=claim).live().select_related("submission__verdict__scale").first()
        if live is None or Claim.objects.in_trash().filter(pk=claim.pk).exists():
            raise ValidationError(_("There is nothing published to correct."), code="nothing")
        before, told = live.submission.verdict, live.content["verdict"]
        verdict = judging.draft(
            claim,
            by=by,
            scale=before.scale,
            rating=before.scale.called(told["rating"]["name"], live.content["language"]),
            summary=told["summary"],
            rationale=told["rationale"],
        )
        Author.objects.bulk_create(
            (Author(verdict=verdict, person_id=author.person_id) for author in before.authors.all()),
            ignore_conflicts=True,
        )
        used = {citation.number: citation.source for citation in before.citations.select_related("source")}
        Citation.objects.bulk_create(
            Citation(
                verdict=verdict,
                source=used.get(cited["number"]) or _found_again(cited["source"], by),
                number=cited["number"],
                stance=cited["stance"],
                quoted=cited["quoted"],
                note=cited["note"],
                read_on=_day(cited["read_on"]),
            )
            for cited in live.content["citations"]
        )
        # Numbers that were given once, and taken out since, are not given again.
        Verdict.objects.filter(pk=verdict.pk).update(citations_given=before.citations_given)
        correcting.about(verdict)
    return Verdict.objects.get(pk=verdict.pk)


def _found_again(told: dict[str, Any], by: User) -> Source:
    """The source of a citation that the published verdict has lost since."""
    return find_or_add(
        by=by,
        title=told["title"],
        kind=told["kind"],
        url=told["url"],
        publisher=told["publisher"],
        published_on=_day(told["published_on"]),
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None

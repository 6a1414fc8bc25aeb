"""Sources to cite: found while they are typed, and where they were cited before."""

from collections.abc import Iterable

from django.db.models import Count

from factcheck.desk.searching import uses_of
from factcheck.sources.models import Source
from factcheck.verdicts.models import Citation, Verdict
from factcheck.web.addresses import normal

OFFERED = 6
LOOKED_AT = 100  # of those that fit, the newest: a common word does not cost more
USES = 50  # of a source, how many are listed


def uses_elsewhere(verdict: Verdict, citations: Iterable[Citation]) -> dict[int, int]:
    """In how many other verdicts each of the sources cited here is cited; without those that are in none."""
    others = Citation.objects.filter(source__in={citation.source_id for citation in citations}).exclude(verdict=verdict)
    return dict(others.values_list("source").annotate(Count("verdict", distinct=True)))


def offered(typed: str) -> tuple[Source | None, list[Source]]:
    """(the source of exactly this address, others in which each of the words typed stands), each with `uses`.

    The most cited come first.
    """
    words = " ".join(typed.split())
    known = Source.objects.known_at(words)
    # Of an address that is half typed, what all ways of writing it have in common.
    asked = normal(words).partition("?")[0] if "://" in words else words.removeprefix("www.")
    is_begun = asked and not asked.endswith("://")
    found = list(Source.objects.matching(asked).order_by("-pk")[:LOOKED_AT]) if is_begun else []
    others = [source for source in found if source != known]
    uses = uses_of(source.pk for source in [known, *others] if source)
    for source in [known, *others]:
        if source:
            source.uses = uses.get(source.pk, 0)  # type: ignore[attr-defined]  # as searching.sources_found has it
    return known, sorted(others, key=lambda source: -uses.get(source.pk, 0))[:OFFERED]


def uses_before(source: Source, limit: int = USES) -> list[Citation]:
    """Where a source is cited, the newest first: each citation with its verdict, the claim and who wrote it."""
    cited = Citation.objects.filter(source=source).select_related("verdict__claim", "verdict__rating")
    return list(cited.prefetch_related("verdict__authors__person").order_by("-pk")[:limit])

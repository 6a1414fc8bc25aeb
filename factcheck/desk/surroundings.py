"""The words around each highlight of a claim, wherever it stands: enough to judge what was meant there."""

import re
from dataclasses import dataclass, field

from django.db import connection
from django.urls import reverse

from factcheck.claims.models import Claim

AROUND = 280  # code points on either side
SHOWN = 12  # highlights
_SPACE = re.compile(r"\s")


@dataclass(frozen=True)
class Words:
    """Highlighted words, and what stands before and after them in the same paragraph."""

    before: str
    exact: str
    after: str


@dataclass
class Place:
    """A highlight in its article."""

    highlight: int
    article: int
    title: str
    publisher: str
    passages: list[Words] = field(default_factory=list)

    @property
    def href(self) -> str:
        return f"{reverse('desk:article', args=[self.article])}#highlight-{self.highlight}"


# The text of an article may be a million characters: only what is shown of it is sent.
_PLACES = """
SELECT highlight.id, article.id, article.title, article.publisher, passage.words ->> 'exact',
    substr(snapshot.text, greatest(passage.start - %(around)s, 0) + 1, least(passage.start, %(around)s)),
    substr(snapshot.text, passage.start + length(passage.words ->> 'exact') + 1, %(around)s)
FROM (
    SELECT DISTINCT ON (highlight_id) highlight_id, snapshot_id, passages FROM claims_placement
    WHERE highlight_id IN (
        SELECT id FROM claims_highlight WHERE claim_id = %(claim)s AND removed_at IS NULL ORDER BY id LIMIT %(shown)s
    ) AND NOT waits AND passages <> '[]'
    ORDER BY highlight_id, id DESC
) AS placement
JOIN claims_highlight AS highlight ON highlight.id = placement.highlight_id
JOIN articles_article AS article ON article.id = highlight.article_id
JOIN articles_snapshot AS snapshot ON snapshot.id = placement.snapshot_id
CROSS JOIN LATERAL (
    SELECT words, (words ->> 'start')::integer AS start, number
    FROM jsonb_array_elements(placement.passages) WITH ORDINALITY AS each (words, number)
) AS passage
ORDER BY highlight.id, passage.number
"""


def places_of(claim: Claim) -> list[Place]:
    """Where the claim is highlighted, in the order of marking: the first of them, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"claim": claim.pk, "around": AROUND, "shown": SHOWN})
        rows = cursor.fetchall()
    found: dict[int, Place] = {}
    for highlight, article, title, publisher, exact, before, after in rows:
        place = found.setdefault(highlight, Place(highlight, article, title, publisher))
        place.passages.append(Words(_before(before), exact, _after(after)))
    return [*found.values()]


def _before(text: str) -> str:
    """The end of a text: what stands in the last paragraph, from a whole word on."""
    *others, last = text.split("\n\n")
    if others or len(text) < AROUND:
        return last
    cut = _SPACE.search(last)
    return f"… {last[cut.end() :]}" if cut else last


def _after(text: str) -> str:
    first, *others = text.split("\n\n")
    if others or len(text) < AROUND:
        return first
    spaces = [space.start() for space in _SPACE.finditer(first)]
    return f"{first[: spaces[-1]]} …" if spaces else first

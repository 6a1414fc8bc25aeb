"""The newsroom that is measured: one pool of claims, and articles in which the first of them are highlighted."""

import random
from dataclasses import dataclass

from django.db import connections
from django.db.models.functions import Now

from factcheck.accounts.models import User
from factcheck.accounts.roles import CHECKER, PUBLISHER, REVIEWER
from factcheck.anchoring.locating import Status
from factcheck.anchoring.quote import Quote
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Highlight, Placement, passage
from factcheck.history.recording import act
from factcheck.newsroom.models import Settings
from factcheck.notices.models import Notice
from factcheck.publication import publishing
from factcheck.verdicts.models import Author, ScaleVersion, Verdict
from tests import newsroom
from tests.bench.inventing import text, words

PUBLISHED = 50  # claims that went the whole way; of the others three in four have a verdict in work
RATINGS = ("True", "Half true", "False")


@dataclass(frozen=True)
class Size:
    characters: int
    highlights: int

    def __str__(self) -> str:
        return f"{self.characters:,} characters, {self.highlights:,} highlights"


SMALL, LARGE = Size(6_000, 50), Size(60_000, 500)
GROWTH = (SMALL, LARGE, Size(250_000, 1_250), Size(1_000_000, 5_000))


def people() -> tuple[User, User, User]:
    return (
        newsroom.anybody("ada", CHECKER),
        newsroom.anybody("bo", REVIEWER, CHECKER),
        newsroom.anybody("cleo", PUBLISHER),
    )


def claims(number: int) -> list[Claim]:
    """The pool: some published by the newsroom's own verbs, the others written in one act."""
    ada, bo, cleo = people()
    chance = random.Random(1)
    wordings = [" ".join(chance.choices(words(), k=11)).capitalize() + "." for _ in range(number)]
    claimants = [
        highlighting.find_or_add_claimant(" ".join(chance.sample(words(), 2)).title(), by=ada) for _ in range(40)
    ]
    made = []
    for at, wording in enumerate(wordings[:PUBLISHED]):
        claim = highlighting.word_claim(by=ada, wording=wording, claimant=claimants[at % len(claimants)])
        verdict = newsroom.verdict(claim, by=ada, rating=RATINGS[at % len(RATINGS)])
        newsroom.approved(verdict, by=ada, reviewer=bo)
        publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)
        made.append(claim)
    scale = ScaleVersion.objects.in_use(Settings.objects.current().scale)
    ratings = list(scale.ratings.all())
    with act("claim.word", by=ada):
        others = Claim.objects.bulk_create(
            Claim(wording=wording, claimant=claimants[at % len(claimants)], made_by=ada)
            for at, wording in enumerate(wordings[PUBLISHED:])
        )
        verdicts = Verdict.objects.bulk_create(
            Verdict(claim=claim, scale=scale, rating=ratings[at % len(ratings)], made_by=ada)
            for at, claim in enumerate(others)
            if at % 4
        )
        Author.objects.bulk_create(Author(verdict=verdict, person=ada) for verdict in verdicts)
    return made + others


def article(size: Size, pool: list[Claim]) -> Article:
    """An article of the size; every tenth highlight runs into the next one, every twenty-fifth is interrupted."""
    ada, _, cleo = people()
    made = newsroom.article(ada, title=f"An article of {size}", body=text(size.characters))
    snapshot = Snapshot.objects.latest_of(made)
    with act("claim.highlight", made, by=ada):
        marks = Highlight.objects.bulk_create(
            Highlight(claim=claim, article=made, made_by=ada) for claim in pool[: size.highlights]
        )
        Placement.objects.bulk_create(
            (
                Placement(
                    highlight=mark,
                    snapshot=snapshot,
                    passages=[passage(Quote.at(snapshot.text, *span)) for span in spans],
                    status=Status.EXACT,
                    accepted_by=ada,
                )
                for mark, spans in zip(marks, places(snapshot.text, size.highlights), strict=True)
            ),
            batch_size=500,
        )
    publishing.publish_article(made, by=cleo)
    return made


def places(words: str, number: int) -> list[list[tuple[int, int]]]:
    """The spans of each highlight."""
    step = len(words) // number
    found = []
    for at in range(number):
        start = at * step
        end = start + step * 6 // 10
        if at % 10 == 9 and at < number - 1:
            end += step * 6 // 10
        spans = [(start, start + step // 5), (start + step * 2 // 5, end)] if at % 25 == 7 else [(start, end)]
        found.append([_whole(words, *span) for span in spans])
    return found


def _whole(words: str, start: int, end: int) -> tuple[int, int]:
    """The span drawn out to whole words."""
    while start and not words[start - 1].isspace():
        start -= 1
    while end < len(words) and not words[end].isspace():
        end += 1
    return start, end


def settle() -> None:
    """The database knows what it holds, as it does a minute after such an import, and what was told of it has been read."""
    Notice.objects.update(seen_at=Now())
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    connections["owner"].close()

"""What waits for a person, in the order of their day, each row with what it takes to choose it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, IntegerField, Value, When, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.desk.looking import counts_of
from factcheck.desk.searching import WAITING, articles_with, claim_counts, claims_waiting
from factcheck.publication.models import Publication
from factcheck.review.freezing import left_behind
from factcheck.review.models import Submission
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage

SHOWN = 12


@dataclass
class Row:
    """A claim that waits: for what, since when, and where it stands."""

    what: str
    claim: Claim
    since: datetime
    verdict: Verdict | None = None
    articles: list[Article] = field(default_factory=list)
    submission: Submission | None = None
    # Who was given the review, by name; "" for whoever comes first.
    given_to: str = ""
    is_mine: bool = False
    # What one person did alone.
    alone: Publication | None = None
    # An edit has left what was handed in or approved behind.
    is_behind: bool = False

    @property
    def href(self) -> str:
        """Where the work on it goes on."""
        if self.what == "review" and self.submission:
            return self.submission.get_absolute_url()
        if self.what in {"scheduled", "signature"}:
            return self.claim.get_absolute_url()
        return (self.verdict or self.claim).get_absolute_url()

    @property
    def hue(self) -> str:
        return self.verdict.rating.hue if self.verdict and self.verdict.rating else "grey"

    @property
    def sign(self) -> str:
        return self.verdict.rating.sign if self.verdict and self.verdict.rating else "none"

    @property
    def word(self) -> str:
        if self.verdict is None:
            return _("No verdict yet")
        return self.verdict.rating.name if self.verdict.rating else _("No rating yet")

    @property
    def happened(self) -> str:
        """What made it wait, and by whom; how long ago stands beside it."""
        sent = self.submission
        if self.what == "review" and sent:
            return _("handed in by %(person)s") % {"person": sent.submitted_by.byline}
        if self.what == "sent_back" and sent:
            return _("sent back by %(person)s") % {"person": sent.decision.decided_by.byline}
        if self.what == "publish" and sent:
            return _("approved by %(person)s") % {"person": sent.decision.decided_by.byline}
        if self.what == "scheduled":
            return _("goes out")
        if self.what == "signature" and self.alone:
            return self._done_alone(self.alone)
        if self.what == "drafts":
            return pgettext("a draft", "begun")
        return _("added by %(person)s") % {"person": self.claim.made_by.byline}

    def _done_alone(self, alone: Publication) -> str:
        says = _("published before review by %(person)s")
        if alone.is_retracted:
            says = _("retracted by %(person)s")
        elif self.verdict and self.verdict.stage == Stage.SENT_BACK:
            says = _("sent back; published before review by %(person)s")
        return says % {"person": alone.published_by.byline}

    @property
    def reasons(self) -> str:
        """The first line of why it was sent back."""
        if self.what != "sent_back" or self.submission is None:
            return ""
        return next((line for line in self.submission.decision.reasons.splitlines() if line.strip()), "")


@dataclass
class Waiting:
    """One of the lists: its first rows, and how many there are in all."""

    name: str
    total: int = 0
    rows: list[Row] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return str(WAITING[self.name][0])

    @property
    def href(self) -> str:
        """The full list."""
        return f"{reverse('desk:claims')}?waiting={self.name}"


@dataclass
class ArticleRow:
    article: Article
    counts: dict[str, int]


def waiting_for(person: User) -> list[Waiting]:
    """The lists of what this person's roles let them do; those with nothing in them too."""
    lists = {name: Waiting(name) for name, (_words, act) in WAITING.items() if person.may(act)}
    if not lists:
        return []
    first, *others = (_rows_of(name, person) for name in lists)
    found = sorted(first.union(*others, all=True) if others else first, key=_soonest_first)
    claims = Claim.objects.select_related("claimant", "made_by", "assignee").in_bulk({row[1] for row in found})
    numbers = {row[2] for row in found if row[2]}
    verdicts = Verdict.objects.select_related("rating").defer("rationale", "rationale_html").in_bulk(numbers)
    submissions = _newest_submissions(numbers)
    articles = articles_with(claims)
    behind = left_behind(numbers)
    alone = _done_alone([row[1] for row in found if row[0] == "signature"]) if "signature" in lists else {}
    for what, number, verdict, since, _due, total, turn, given_to in found:
        lists[what].total = total
        lists[what].rows.append(
            Row(
                what,
                claims[number],
                since,
                verdicts.get(verdict),
                articles.get(number, []),
                submissions.get(verdict),
                given_to or "",
                turn == 0,
                alone.get(number) if what == "signature" else None,
                verdict in behind,
            )
        )
    return list(lists.values())


def articles_of(person: User) -> tuple[int, list[ArticleRow]]:
    """How many articles this person has in hand, and the first of them with the counts of their claims."""
    mine = Article.objects.on_desk().assigned_to(person).annotate(total=Window(Count("pk"))).soonest_first()[:SHOWN]
    articles = list(mine)
    if not articles:
        return 0, []
    counts = claim_counts([article.pk for article in articles])
    return articles[0].total, [ArticleRow(article, counts.get(article.pk, {})) for article in articles]  # type: ignore[attr-defined]  # annotated


def looked_for(person: User) -> tuple[int, list[tuple[Article, int]]]:
    """How many articles have highlights that need a look, for who may have one, and the first with how many: theirs first."""
    if not person.may("highlight"):
        return 0, []
    if not (counts := counts_of(Article.objects.on_desk())):
        return 0, []
    mine_first = Case(When(assignee=person.pk, then=0), default=1)
    first = Article.objects.filter(pk__in=[*counts]).order_by(mine_first, "pk")[:SHOWN]
    return len(counts), [(article, counts[article.pk]) for article in first]


def _rows_of(name: str, person: User) -> Any:
    """The first rows of a list. turn -- of reviews, those given to this person come first, those given to others last."""
    found = claims_waiting(name, person).annotate(what=Value(name, CharField()), total=Window(Count("pk")))
    if name != "review":
        found = found.annotate(turn=Value(1, IntegerField()), given_to=Value(None, CharField()))
    return found.values_list("what", "pk", "waiting_verdict", "since", "due_on", "total", "turn", "given_to")[:SHOWN]


def _soonest_first(row: tuple[Any, ...]) -> tuple[int, date, datetime, int]:
    _what, number, _verdict, since, due_on, _total, turn, _given_to = row
    return turn, due_on or date.max, since, number


def _done_alone(claims: Iterable[int]) -> dict[int, Publication]:
    found = Publication.objects.unsigned().filter(claim__in=claims).select_related("published_by").defer("document")
    return {each.claim_id: each for each in found}


def _newest_submissions(verdicts: Iterable[int]) -> dict[int, Submission]:
    newest = (
        Submission.objects.filter(verdict__in=verdicts)
        .exclude(verdict__stage=Stage.DRAFT)
        .order_by("verdict", "-number")
        .distinct("verdict")
        .select_related("submitted_by", "decision__decided_by")
        .defer("document")
    )
    return {each.verdict_id: each for each in newest}

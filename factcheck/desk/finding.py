"""One search across articles, claims, claimants and sources: the best few of each, and how many there are."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, Greatest, Left, Length, Substr
from django.urls import reverse
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Claim, Claimant
from factcheck.desk.cards import cards_of
from factcheck.history.finding import Within, words_of
from factcheck.history.folding import Folded, fold
from factcheck.sources.models import Source

SHOWN = 5
MOST_RANKED = 500
EXCERPT, BEFORE = 220, 70  # characters of an excerpt, and of them before the first word found
# The folded text is a little longer or shorter than the text itself (ß is ss): how far a place may be off at least.
ASTRAY = 300


@dataclass
class Found:
    """One thing found: what it is called, what else is known of it, an excerpt of its text."""

    record: Any
    href: str
    title: SafeString
    notes: list[SafeString]
    excerpt: SafeString | None = None
    card: Any = None


@dataclass
class Group:
    name: str
    heading: Any
    total: int
    found: list[Found]
    href: str  # of the full list; empty when there is none

    @property
    def counted(self) -> str:
        """How many there are, in figures."""
        return str(self.total) if self.total <= MOST_RANKED else f"{MOST_RANKED}+"


class Place(NamedTuple):
    start: int
    end: int


def find(query: str) -> list[Group]:
    """What holds all words of the query, which is not empty."""
    return [_claims(query), _articles(query), _claimants(query), _sources(query)]


def mark(text: str, words: list[str]) -> SafeString:
    """The text as HTML, with each place of a word marked; case and accents do not matter."""
    pieces, at = [], 0
    for start, end in _places(text, words):
        pieces += [
            (conditional_escape(text[at:start]),),
            (format_html_join("", '<mark class="found">{}</mark>', [(text[start:end],)]),),
        ]
        at = end
    return format_html_join("", "{}", [*pieces, (text[at:],)])


def _places(text: str, words: list[str]) -> Iterator[Place]:
    """Where words stand, in reading order, those that touch joined."""
    folded, origin = _fold(text)
    found = []
    for word in {fold(word) for word in words} - {""}:
        at = folded.find(word)
        while at >= 0:
            found.append(Place(origin[at], origin[at + len(word) - 1] + 1))
            at = folded.find(word, at + len(word))
    start = end = -1
    for place in sorted(found):
        if place.start > end:
            if end > start:
                yield Place(start, end)
            start, end = place
        end = max(end, place.end)
    if end > start:
        yield Place(start, end)


def _fold(text: str) -> tuple[str, list[int]]:
    """The folded text, and of each of its characters which one of the text it comes from."""
    folded, origin = [], []
    for at, character in enumerate(text):
        plain = fold(character)
        folded.append(plain)
        origin += [at] * len(plain)
    return "".join(folded), origin


def _best(found: QuerySet[Any], names: str, query: str, *beside: str) -> list[Any]:
    """The first few, those first whose name holds all words; each with `total`, how many there are, up to MOST_RANKED + 1.

    Of a word that stands in very many, only the newest MOST_RANKED are looked at.
    """
    newest = found.order_by("-pk").values("pk")[: MOST_RANKED + 1]
    found = found.model._default_manager.filter(pk__in=newest)
    found = found.select_related(*beside) if beside else found
    rank = Case(When(_all_in(names, query), then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(found.annotate(rank=rank, total=Window(Count("pk"))).order_by("rank", "-pk")[:SHOWN])


def _all_in(names: str, query: str) -> Any:
    found = Q()
    for word in words_of(query):
        found &= Q(Within(Folded(names), Folded(Value(word))))
    return found


def _list(name: str, query: str) -> str:
    return f"{reverse(name)}?{urlencode({'q': query})}"


def _notes(words: list[str], *notes: Any) -> list[SafeString]:
    return [mark(str(note), words) for note in notes if note]


def _claims(query: str) -> Group:
    words = words_of(query)
    best = _best(Claim.objects.on_desk().matching(query), "wording", query, "claimant")
    found = [
        Found(
            card.claim,
            card.claim.get_absolute_url(),
            mark(card.claim.wording, words),
            _notes(words, card.claim.claimant),
            card=card,
        )
        for card in cards_of(best)
    ]
    return Group("claims", _("Claims"), best[0].total if best else 0, found, _list("desk:claims", query))


def _articles(query: str) -> Group:
    words = words_of(query)
    best = _best(Article.objects.on_desk().matching(query), "title", query)
    excerpts = _excerpts([article.pk for article in best], words)
    found = [
        Found(
            article,
            article.get_absolute_url(),
            mark(article.title, words),
            _notes(words, article.publisher, article.author, _if_held(article.url, words)),
            excerpts.get(article.pk),
        )
        for article in best
    ]
    return Group("articles", _("Articles"), best[0].total if best else 0, found, _list("desk:articles", query))


def _claimants(query: str) -> Group:
    words = words_of(query)
    standing = Claimant.objects.standing().matching(query)
    best = _best(standing, "name", query)
    found = [
        Found(
            claimant,
            f"{reverse('desk:claims')}?{urlencode({'claimant': claimant.name})}",
            mark(claimant.name, words),
            _notes(words, claimant.description),
        )
        for claimant in best
    ]
    return Group("claimants", _("Claimants"), best[0].total if best else 0, found, "")


def _sources(query: str) -> Group:
    words = words_of(query)
    best = _best(Source.objects.matching(query), "title", query)
    found = [
        Found(
            source,
            source.get_absolute_url(),
            mark(source.title, words),
            _notes(words, source.publisher, source.get_kind_display(), _if_held(source.url, words)),
        )
        for source in best
    ]
    return Group("sources", _("Sources"), best[0].total if best else 0, found, _list("desk:sources", query))


def _if_held(url: str, words: list[str]) -> str:
    """An address is shown when it is what was found."""
    return url if any(_places(url, words)) else ""


def _excerpts(articles: list[int], words: list[str]) -> dict[int, SafeString]:
    """The text around the first place in it where one of the words stands, of each article whose text has one.

    Only a piece of each text comes from the database. Where the word stands in the folded words tells about where it
    stands in the text; how much longer folding makes the text up to there puts it right; what that leaves unsure is the
    width of the piece.
    """
    found: dict[int, SafeString] = {}
    place = Func(F("article__found_by__words"), Folded(Value(words[0])), function="strpos", output_field=IntegerField())
    newest = Snapshot.objects.filter(article__in=articles).order_by("article", "-number").distinct("article")
    pieces = newest.annotate(
        place=place,
        whole=Length("text"),
        near=Cast(Cast("place", BigIntegerField()) * F("whole") / Length("article__found_by__words"), IntegerField()),
        stands=F("near") + F("place") - Length(Folded(Left("text", F("near")))),  # type: ignore[arg-type]  # a length can be asked for
        begins=Greatest(F("stands") - ASTRAY - F("place") / 50, Value(1)),
        piece=Substr("text", F("begins"), 2 * ASTRAY + F("place") / 25 + EXCERPT),  # type: ignore[arg-type]  # likewise
    ).values_list("article", "place", "begins", "piece", "whole")
    for article, place_at, begins, piece, whole in pieces:
        first = next(_places(piece, words), None) if place_at else None
        if first is None:  # it stands in the title or the like
            continue
        start = _break_near(piece, max(first.start - BEFORE, 0))
        end = _break_near(piece, start + EXCERPT)
        lead, tail = "… " if begins + start > 1 else "", " …" if begins + end <= whole else ""
        shown = " ".join(piece[start:end].split())
        found[article] = mark(f"{lead}{shown}{tail}", words)
    return found


def _break_near(text: str, at: int) -> int:
    """The first place between two words soon after this one; the place itself where words have no space between them."""
    if at == 0 or at >= len(text):
        return min(at, len(text))
    space = text.find(" ", at, at + 20)
    return space + 1 if space >= 0 else at

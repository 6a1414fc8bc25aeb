"""What needs a look after an article was taken in again: each highlight as it stood, beside what was found of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from factcheck.anchoring.locating import Prepared, Status, locate, prepare
from factcheck.anchoring.quote import Quote
from factcheck.articles.models import Article, ArticleQuerySet, Snapshot
from factcheck.claims.carrying import look_up
from factcheck.claims.models import GAP, Placement
from factcheck.desk.cards import Card, cards_of
from factcheck.rendering.differences import beside

# Code points shown around words; of the words that led to a place, those that lead there again.
AROUND, LEAD = 220, 80


@dataclass(frozen=True)
class Around:
    """Words with what stands around them in their text; a passage each."""

    before: str
    words: SafeString
    after: str


@dataclass(frozen=True)
class Choice:
    """A passage that may stand at several places, with what is around each."""

    number: int
    words: str
    places: list[Around]


@dataclass
class Look:
    """A highlight that waits: where it stood, and what was found."""

    placement: Placement
    card: Card
    was_number: int
    was: list[Around]
    now: list[Around] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    # Of what is gone: what stands now where it was, if that can be told.
    instead: str = ""

    @property
    def word(self) -> str:
        return {
            Status.EDITED: _("edited"),
            Status.AMBIGUOUS: _("may stand at several places"),
            Status.GONE: _("not found"),
            Status.MOVED: _("moved, perhaps"),
            Status.EXACT: _("found, perhaps"),
        }[Status(self.placement.status)]


def looks_of(article: Article) -> list[Look]:
    """The highlights of the article that need a look, in the order in which they stood."""
    waiting = Placement.objects.waiting().filter(highlight__article=article)
    return _looks(waiting.select_related("highlight__claim__claimant", "carried_from"))


def look_of(placement: Placement) -> Look:
    return _looks([placement])[0]


def open_choices(placement: Placement) -> list[list[tuple[int, int]]]:
    """The places of each passage that may stand at several."""
    found = placement.found or []
    return [[(start, end) for start, end in each["candidates"]] for each in found if each["candidates"]]


def counts_of(articles: "Iterable[int] | ArticleQuerySet") -> dict[int, int]:
    """How many highlights of each of these articles need a look; without those of which none does."""
    waiting = Placement.objects.waiting().filter(highlight__article__in=articles)
    return dict(waiting.values_list("highlight__article").annotate(Count("pk")))


def foreseen(snapshot: Snapshot, text: str) -> dict[str, int]:
    """How many of the highlights would be carried over to a new text, and how many would need a look: carried, look."""
    prepared = prepare(text)
    found = [look_up(each.quotes(), prepared) for each in Placement.objects.current_in(snapshot)]
    carried = sum(each.is_certain for each in found)
    return {"all": len(found), "carried": carried, "look": len(found) - carried}


def _looks(waiting: Iterable[Placement]) -> list[Look]:
    waiting = list(waiting)
    texts = Snapshot.objects.in_bulk(
        {number for each in waiting for number in (each.snapshot_id, _before(each).snapshot_id)}
    )
    cards = {card.claim.pk: card for card in cards_of(each.highlight.claim for each in waiting)}
    prepared = {number: prepare(texts[number].text) for number in {each.snapshot_id for each in waiting}}
    looks = [
        _look(each, texts[_before(each).snapshot_id], prepared[each.snapshot_id], cards[each.highlight.claim_id])
        for each in waiting
    ]
    return sorted(looks, key=lambda look: (_before(look.placement).spans(), look.placement.highlight_id))


def _before(placement: Placement) -> Placement:
    before = placement.carried_from
    if before is None:  # the database keeps that what waits was carried over
        raise ValueError(placement)
    return before


def _look(waiting: Placement, old: Snapshot, new: Prepared, card: Card) -> Look:
    before = _before(waiting)
    found = waiting.found or []
    was, becomes = before.words, waiting.words
    old_words, new_words = beside(was, becomes) if becomes else (format_html("{}", was), SafeString(""))
    look = Look(waiting, card, old.number, _around(old.text, before.spans(), old_words))
    if becomes:
        look.now = _around(new.text, waiting.spans(), new_words)
    for quote, each in zip(before.quotes(), found, strict=False):
        if each["candidates"]:
            places = [_around(new.text, [(start, end)])[0] for start, end in each["candidates"]]
            look.choices.append(Choice(len(look.choices), quote.exact, places))
    if waiting.status == Status.GONE:
        look.instead = _instead(old.text, before.spans(), new)
    return look


def _around(text: str, spans: Sequence[tuple[int, int]], words: SafeString | None = None) -> list[Around]:
    """The words of several passages in one, with what stands before the first and after the last."""
    start, end = spans[0][0], spans[-1][1]
    if words is None:
        words = format_html("{}", GAP.join(text[start:end] for start, end in spans))
    return [Around(_tail(text, start), words, _head(text, end))]


def _tail(text: str, at: int) -> str:
    before = text[max(0, at - AROUND) : at].rpartition("\n\n")[2]
    return f"… {before.partition(' ')[2]}" if len(before) == AROUND else before


def _head(text: str, at: int) -> str:
    after = text[at : at + AROUND].partition("\n\n")[0]
    return f"{after.rpartition(' ')[0]} …" if len(after) == AROUND else after


def _instead(old: str, spans: Sequence[tuple[int, int]], new: Prepared) -> str:
    """What stands now between the words that stood before and those that stood after; "" where they are not found."""
    start, end = spans[0][0], spans[-1][1]
    lead, trail = (max(0, start - LEAD), start), (end, min(len(old), end + LEAD))
    edges = [locate(Quote.at(old, *span), new) if old[slice(*span)].strip() else None for span in (lead, trail)]
    first, last = edges
    if first and first.end is not None:
        until = last.start if last and last.start is not None and last.start >= first.end else first.end
        shown_from, shown_to = first.start or 0, min(max(until, first.end) + LEAD, first.end + 3 * AROUND)
    elif last and last.start is not None:
        shown_from, shown_to = max(0, last.start - LEAD), last.end or last.start
    else:
        return ""
    piece = new.text[shown_from:shown_to]
    # Whole words alone.
    if shown_from and not new.text[shown_from - 1].isspace():
        piece = piece.partition(" ")[2]
    if shown_to < len(new.text) and not new.text[shown_to].isspace():
        piece = piece.rpartition(" ")[0]
    return f"{'… ' if shown_from else ''}{piece.strip()}{' …' if shown_to < len(new.text) else ''}"

"""The lists as they are narrowed, all their rows, for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.cards import cards_of
from factcheck.desk.exporting import absolute, in_parts, table
from factcheck.desk.forms.filters import ArticleFilter, ClaimFilter, SourceFilter
from factcheck.desk.searching import (
    articles_found,
    articles_with,
    claim_counts,
    claims_found,
    live_pages,
    sources_found,
    topics_of,
    uses_of,
)
from factcheck.sources.models import Source


@require_safe
@may("read_desk")
def articles(request: DeskRequest) -> HttpResponseBase:
    found = articles_found(ArticleFilter(request.GET, person=request.user).given(), request.user)
    numbers = list(found.values_list("pk", flat=True))

    def rows() -> Iterator[list[Any]]:
        bylines = _bylines()
        for part in in_parts(numbers):
            known = Article.objects.in_bulk(part)
            counts, live = claim_counts(part), live_pages(part)
            for number in part:
                each, count = known[number], counts.get(number, {})
                stages = [count.get(name, 0) for name in ("claims", "without", "working", "review", "done", "overdue")]
                yield [
                    number, each.title, each.publisher, each.author, each.url, each.language, each.published_on,
                    bylines.get(each.assignee_id), each.due_on, *stages, each.made_at, bylines[each.made_by_id],
                    absolute(each.get_absolute_url()), absolute(live[number]) if number in live else "",
                ]  # fmt: skip

    columns = [
        _("Number"), _("Title"), _("Publisher"), _("Author"), _("Address"), _("Language"), _("Published on"),
        _("Assigned to"), _("Due"), _("Claims"), _("Without a verdict"), _("In work"), _("In review"), _("Approved"),
        _("Overdue"), _("Added at"), _("Added by"), _("On the desk"), _("For readers"),
    ]  # fmt: skip
    return table("articles", columns, rows())


@require_safe
@may("read_desk")
def claims(request: DeskRequest) -> HttpResponseBase:
    found = claims_found(ClaimFilter(request.GET, person=request.user).given(), request.user)
    numbers = list(found.values_list("pk", flat=True))

    def rows() -> Iterator[list[Any]]:
        bylines = _bylines()
        for part in in_parts(numbers):
            known, topics = Claim.objects.select_related("claimant"), topics_of(part)
            cards = {card.claim.pk: card for card in cards_of(known.in_bulk(part).values())}
            standing = articles_with(part)
            for number in part:
                card, each = cards[number], cards[number].claim
                yield [
                    number, each.wording, each.claimant and each.claimant.name, each.said_on, each.place,
                    ", ".join(topics.get(number, [])), card.rating.name if card.rating else "",
                    ", ".join(word for _class, word in card.stages), bylines.get(each.assignee_id), each.due_on,
                    "; ".join(article.title for article in standing.get(number, [])), each.made_at, bylines[each.made_by_id],
                    absolute(each.get_absolute_url()), absolute(card.live.get_absolute_url()) if card.live else "",
                ]  # fmt: skip

    columns = [
        _("Number"), _("Wording"), _("Claimant"), _("Said on"), _("Where it was said"), _("Topics"), _("Verdict"),
        _("Stage"), _("Assigned to"), _("Due"), _("Articles"), _("Added at"), _("Added by"), _("On the desk"),
        _("For readers"),
    ]  # fmt: skip
    return table("claims", columns, rows())


@require_safe
@may("read_desk")
def sources(request: DeskRequest) -> HttpResponseBase:
    numbers = list(sources_found(SourceFilter(request.GET).given()).values_list("pk", flat=True))

    def rows() -> Iterator[list[Any]]:
        bylines = _bylines()
        for part in in_parts(numbers):
            known = Source.objects.in_bulk(part)
            uses = uses_of(part)
            for number in part:
                each = known[number]
                yield [
                    number, each.title, each.publisher, each.get_kind_display(), each.published_on, each.url,
                    uses.get(number, 0), each.made_at, bylines[each.made_by_id], absolute(each.get_absolute_url()),
                ]  # fmt: skip

    columns = [
        _("Number"), _("Title"), _("Publisher"), _("Kind"), _("Published on"), _("Address"), _("Times cited"),
        _("Added at"), _("Added by"), _("On the desk"),
    ]  # fmt: skip
    return table("sources", columns, rows())


def _bylines() -> dict[int | None, str]:
    """Of everybody who was ever here: few people stand in many rows."""
    return dict(User.objects.values_list("pk", "byline"))

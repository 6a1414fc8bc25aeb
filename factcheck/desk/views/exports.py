"""The lists as they are narrowed, all their rows, for a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

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
    uses_of,
)
from factcheck.sources.models import Source


@require_safe
@may("read_desk")
def articles(request: DeskRequest) -> HttpResponseBase:
    found = articles_found(ArticleFilter(request.GET, person=request.user).given(), request.user)
    numbers = list(found.values_list("pk", flat=True))

    def rows() -> Iterator[list[Any]]:
        for part in in_parts(numbers):
            known = Article.objects.select_related("assignee", "made_by").in_bulk(part)
            counts, live = claim_counts(part), live_pages(part)
            for number in part:
                each, count = known[number], counts.get(number, {})
                stages = [count.get(name, 0) for name in ("claims", "without", "working", "review", "done", "overdue")]
                yield [
                    number, each.title, each.publisher, each.author, each.url, each.language, each.published_on,
                    each.assignee and each.assignee.byline, each.due_on, *stages, each.made_at, each.made_by.byline,
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
        for part in in_parts(numbers):
            known = Claim.objects.select_related("claimant", "assignee", "made_by").prefetch_related("topics")
            cards = {card.claim.pk: card for card in cards_of(known.in_bulk(part).values())}
            standing = articles_with(part)
            for number in part:
                card, each = cards[number], cards[number].claim
                yield [
                    number, each.wording, each.claimant and each.claimant.name, each.said_on, each.place,
                    ", ".join(topic.name for topic in each.topics.all()), card.rating.name if card.rating else "",
                    ", ".join(word for _class, word in card.stages), each.assignee and each.assignee.byline, each.due_on,
                    "; ".join(article.title for article in standing.get(number, [])), each.made_at, each.made_by.byline,
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
        for part in in_parts(numbers):
            known = Source.objects.select_related("made_by").in_bulk(part)
            uses = uses_of(part)
            for number in part:
                each = known[number]
                yield [
                    number, each.title, each.publisher, each.get_kind_display(), each.published_on, each.url,
                    uses.get(number, 0), each.made_at, each.made_by.byline, absolute(each.get_absolute_url()),
                ]  # fmt: skip

    columns = [
        _("Number"), _("Title"), _("Publisher"), _("Kind"), _("Published on"), _("Address"), _("Times cited"),
        _("Added at"), _("Added by"), _("On the desk"),
    ]  # fmt: skip
    return table("sources", columns, rows())

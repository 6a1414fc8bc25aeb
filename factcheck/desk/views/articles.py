"""Articles on the desk: the list, taking in, the workspace, the trash."""

from functools import cache
from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.articles import importing
from factcheck.articles.models import Article, Snapshot
from factcheck.claims.models import Placement
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, edited, stale, wrong
from factcheck.desk.forms.articles import ArticleDetailsForm, ArticleForm
from factcheck.desk.forms.claims import STANDINGS, MarkingForm
from factcheck.desk.forms.filters import ArticleFilter
from factcheck.desk.looking import counts_of
from factcheck.desk.margin import drawn, margin_of, state_of
from factcheck.desk.paging import Pages
from factcheck.desk.restoring import restored
from factcheck.desk.searching import articles_found, claim_counts, live_pages
from factcheck.desk.views.intakes import ways
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.intake.models import Original
from factcheck.rendering.highlights import blocks_html

PAGE = 40
_NO_KEY = "00000000-0000-4000-8000-000000000000"


@cache
def _blank(language: str) -> SafeString:
    """The empty form for a new claim: the same for everybody in a language but for its key, so it is drawn once."""
    return MarkingForm(initial={"key": _NO_KEY}).render()


@require_http_methods(["GET", "HEAD", "POST"])
def collection(request: DeskRequest) -> HttpResponse:
    return take_in(request) if request.method == "POST" else listing(request)


@may("read_desk")
def listing(request: DeskRequest) -> HttpResponse:
    search = ArticleFilter(request.GET, person=request.user)
    found = articles_found(search.given(), request.user).select_related("assignee")
    page = Pages(found, PAGE).get_page(request.GET.get("page"))
    numbers = [article.pk for article in page]
    context = {
        "page": page,
        "search": search,
        "counts": claim_counts(numbers),
        "looks": counts_of(numbers),
        "live": live_pages(numbers),
        "trash": bool(search.given().get("place")),
    }
    return render(request, "desk/articles/list.html", context)


@may("take_in")
def take_in(request: DeskRequest) -> HttpResponse:
    form = ArticleForm(request.POST)

    def make() -> Article:
        return importing.import_article(by=request.user, **form.for_verb())

    if location := created(request, form, make):
        messages.success(request, _("The article is on the desk. Select the first statement to check."))
        for note in form.notes:
            messages.info(request, note)
        return SeeOther(location)
    return wrong(request, "desk/articles/new.html", ways(request, form=form))


@require_safe
@may("take_in")
def new(request: DeskRequest) -> HttpResponse:
    return render(request, "desk/articles/new.html", ways(request))


@require_safe
@may("read_desk")
def workspace(request: DeskRequest, pk: int) -> HttpResponse:
    """An article as readers see it, the highlights in place, its claims as cards in the margin."""
    snapshot = get_object_or_404(Snapshot.objects.newest_with_article(pk))
    cards = margin_of(snapshot)
    html = drawn(cards)
    form = restored(MarkingForm(), f"article:{pk}:claim", request.user)
    # In its first text, every highlight has its place.
    unplaced = (
        list(Placement.objects.unplaced_in(snapshot).select_related("highlight__claim")) if snapshot.number > 1 else []
    )
    context = {
        "article": snapshot.article,
        "snapshot": snapshot,
        "unplaced": unplaced,
        "needs_look": sum(each.waits for each in unplaced),
        "count": len(cards),
        "standings": STANDINGS,
        "cards": html,
        "state": state_of(html),
        "blocks": blocks_html(snapshot.text, snapshot.block_list(), [card.mark for card in cards]),
        "form": form if form.draft else mark_safe(_blank(get_language() or "").replace(_NO_KEY, str(uuid4()))),  # noqa: S308  # a form of ours
    }
    return render(request, "desk/articles/workspace.html", context)


@require_safe
@may("read_desk")
def margin(request: DeskRequest, pk: int) -> HttpResponse:
    """The cards as they stand now, for a workspace that is open somewhere; 304 when it shows them already.

    409 when the workspace shows another snapshot than the newest, since the cards would point to wrong words there.
    """
    newest = get_object_or_404(Snapshot.objects.latest_ones().without_text(), article=pk)
    if request.GET.get("snapshot", str(newest.number)) != str(newest.number):
        return HttpResponse(_("The article has a newer text."), status=409, content_type="text/plain; charset=utf-8")
    html = drawn(margin_of(newest))
    state = state_of(html)
    # Given a response, it gives one: this, or 304.
    answer = cast(HttpResponse, get_conditional_response(request, etag=state, response=HttpResponse(html)))
    answer.headers["ETag"] = state
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@may("take_in")
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.select_related("assignee"), pk=pk)
    context = {
        "article": article,
        "entries": Entry.objects.about(article)[:30],
        "originals": Original.objects.filter(snapshot__article=article).order_by("snapshot__number"),
    }
    template = "desk/articles/edit.html"
    if request.method != "POST":
        form = restored(ArticleDetailsForm.of(article), f"article:{article.pk}", request.user)
        return render(request, template, context | {"form": form})
    form = ArticleDetailsForm(request.POST)
    outcome = edited(
        request, form, lambda version: importing.revise(article, by=request.user, version=version, **form.for_verb())
    )
    if isinstance(outcome, Stale):
        return stale(request, template, context, form, outcome)
    if not outcome:
        return wrong(request, template, context | {"form": form})
    messages.success(request, _("The article’s details are saved."))
    return SeeOther(article.get_absolute_url())


@require_POST
@may("take_in")
def trash(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    importing.trash(article, by=request.user)
    messages.success(request, _("“%(title)s” is in the trash. It can come back.") % {"title": article.title})
    return SeeOther(reverse("desk:articles"))


@require_POST
@may("take_in")
def restore(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    importing.restore(article, by=request.user)
    messages.success(request, _("The article is back on the desk."))
    return SeeOther(article.get_absolute_url())

"""Taking an article in again, what differs between two of its texts, and the highlights that need a look then."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from factcheck.articles.again import TextChanged
from factcheck.articles.importing import read_body
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import carrying
from factcheck.claims.models import Placement
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, wrong
from factcheck.desk.forms.snapshots import AgainForm, AttachingForm, ChoiceForm, DifferenceForm
from factcheck.desk.looking import foreseen, look_of, looks_of, open_choices
from factcheck.desk.restoring import restored
from factcheck.publication import noticing
from factcheck.publication.models import ArticlePublication
from factcheck.rendering.changes import change_foreseen
from factcheck.rendering.highlights import blocks_html
from factcheck.rendering.rewriting import between, blocks_of, rewritten

DECIDED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def collection(request: DeskRequest, pk: int) -> HttpResponse:
    return take_in_again(request, pk) if request.method == "POST" else listing(request, pk)


@may("read_desk")
def listing(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article, pk=pk)
    return SeeOther(reverse("desk:article-difference", args=[article.pk]))


@require_safe
@may("take_in")
def new(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    newest = Snapshot.objects.latest_of(article)
    form = restored(AgainForm(initial={"after": newest.number}), _draft(article), request.user)
    return render(request, "desk/snapshots/new.html", {"article": article, "newest": newest, "form": form})


@require_POST
@may("take_in")
def preview(request: DeskRequest, pk: int) -> HttpResponse:
    """The text that was pasted beside the newest, word by word; nothing is saved."""
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    newest = Snapshot.objects.latest_of(article)
    form = AgainForm(request.POST)
    context = {"article": article, "newest": newest, "form": form}
    if not form.is_valid():
        return wrong(request, "desk/snapshots/new.html", context)
    form.compared_with(newest)
    return render(request, "desk/snapshots/new.html", context | _compared(form, newest))


@may("take_in")
def take_in_again(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    form = AgainForm(request.POST)

    def make() -> str:
        given = form.cleaned_data
        carrying.take_in_again(article, given["body"], by=request.user, after=given["after"])
        return reverse("desk:article-difference", args=[article.pk])

    try:
        if location := created(request, form, make):
            for note in form.notes:
                messages.info(request, note)
            messages.success(request, _("The new text is on the desk."))
            return SeeOther(location)
    except TextChanged:
        newest = Snapshot.objects.select_related("taken_by").latest_of(article)
        form.compared_with(newest)
        context = {"article": article, "newest": newest, "form": form, "faster": newest} | _compared(form, newest)
        return render(request, "desk/snapshots/new.html", context, status=409)
    newest = Snapshot.objects.latest_of(article)
    return wrong(request, "desk/snapshots/new.html", {"article": article, "newest": newest, "form": form})


@require_safe
@may("read_desk")
def difference(request: DeskRequest, pk: int) -> HttpResponse:
    """What differs between two snapshots; of the newest and the one before it unless it is said."""
    article = get_object_or_404(Article, pk=pk)
    taken = Snapshot.objects.filter(article=article).select_related("taken_by").without_text()
    snapshots = list(taken.order_by("number"))
    newest = snapshots[-1].number
    given = {"older": max(1, newest - 1), "newer": newest} | request.GET.dict()
    form = DifferenceForm(snapshots, given)
    if not form.is_valid():
        raise Http404
    numbers = sorted([form.cleaned_data["older"], form.cleaned_data["newer"]])
    texts = {each.number: each for each in Snapshot.objects.filter(article=article, number__in=numbers)}
    older, newer = texts[numbers[0]], texts[numbers[1]]
    context = {
        "article": article,
        "snapshots": snapshots[::-1],
        "older": older,
        "newer": newer,
        "form": DifferenceForm(snapshots, initial={"older": older.number, "newer": newer.number}),
        "difference": between(older, newer) if older != newer else None,
        "waiting": Placement.objects.waiting().filter(highlight__article=article).count(),
    }
    return render(request, "desk/snapshots/difference.html", context)


@require_safe
@may("read_desk")
def looking(request: DeskRequest, pk: int) -> HttpResponse:
    """The highlights that need a look, and what was decided in this text."""
    article = get_object_or_404(Article, pk=pk)
    looks = looks_of(article)
    newest = Snapshot.objects.without_text().filter(article=article).latest("number")
    decided = (
        Placement.objects.newest()
        .of_standing()
        .filter(snapshot=newest, accepted_by__isnull=False, found__isnull=False)
        .select_related("highlight__claim", "accepted_by", "carried_from")
        .order_by("-pk")[:DECIDED]
    )
    said = request.GET.get("decided", "")
    last = next((each for each in decided if str(each.pk) == said), None)
    context = {"article": article, "newest": newest, "looks": looks, "decided": decided, "last": last}
    return render(request, "desk/snapshots/looking.html", context | {"next": _next_of(looks, last)})


@require_http_methods(["GET", "HEAD", "POST"])
@may("highlight")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """One that needs a look: its old words, and the new text in which to select them anew."""
    placement = _waiting(pk)
    form = AttachingForm(request.POST) if request.method == "POST" else AttachingForm()
    if request.method != "POST":
        return render(request, "desk/snapshots/attach.html", _attaching(placement, form))

    def make() -> str:
        quotes = form.quotes(placement.snapshot.text)
        return _onwards(carrying.attach(placement, *quotes, by=request.user))

    try:
        if location := created(request, form, make):
            return SeeOther(location)
    except (carrying.Decided, TextChanged):
        return _too_late(request, placement)
    return wrong(request, "desk/snapshots/attach.html", _attaching(placement, form))


@require_POST
@may("highlight")
def accept(request: DeskRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, lambda placement: carrying.accept(placement, by=request.user))


@require_POST
@may("highlight")
def choose(request: DeskRequest, pk: int) -> HttpResponse:
    def chosen(placement: Placement) -> Placement:
        form = ChoiceForm(open_choices(placement), request.POST)
        if not form.is_valid():
            raise ValidationError(_("Choose one of the places."), code="choice")
        return carrying.choose(placement, *form.chosen(), by=request.user)

    return _decided(request, pk, chosen)


@require_POST
@may("highlight")
def let_go(request: DeskRequest, pk: int) -> HttpResponse:
    return _decided(request, pk, lambda placement: carrying.let_go(placement, by=request.user))


@require_POST
@may("highlight")
def look_again(request: DeskRequest, pk: int) -> HttpResponse:
    """The undoing of a decision."""
    placement = get_object_or_404(_with_records(), pk=pk)
    try:
        waiting = carrying.look_again(placement, by=request.user)
    except (carrying.Decided, TextChanged):
        return _too_late(request, placement)
    except ValidationError as error:
        return _refused(request, placement, error)
    messages.success(request, _("Taken back: it needs a look again."))
    return SeeOther(f"{_list_of(waiting)}#look-{waiting.highlight_id}")


@require_POST
@may("publish")
def tell_readers(request: DeskRequest, pk: int) -> HttpResponse:
    """That the article has changed since it was checked: a notice on its page."""
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    back = reverse("desk:article-publication", args=[article.pk])
    try:
        told = noticing.tell_readers(article, by=request.user)
    except ValidationError as error:
        messages.info(request, error.messages[0])
        return SeeOther(back)
    if told.content["restored"]:
        messages.success(request, _("Readers are not told of a change any more."))
    else:
        messages.success(request, _("Readers are told that the article has changed."))
    return SeeOther(back)


def readers_behind(article: Article) -> dict[str, Any] | None:
    """For a publisher: which text readers see, and what they would be told of the newest; None when they see that."""
    page = ArticlePublication.objects.filter(article=article).live().select_related("snapshot").first()
    document = noticing.change_document(page) if page else None
    if page is None or document is None:
        return None
    newest = Snapshot.objects.latest_of(article)
    told = noticing.told_now(page)
    news = change_foreseen(page, document) if document != told else None
    return {
        "shown": page.snapshot.number,
        "newest": newest.number,
        "waiting": Placement.objects.waiting().filter(highlight__article=article).count(),
        "change": news,
        "restored": bool(told) and document != told and news is None,
        "told": bool(told),
    }


def _decided(request: DeskRequest, pk: int, decide: Callable[[Placement], Placement]) -> HttpResponse:
    placement = _waiting(pk)
    try:
        return SeeOther(_onwards(decide(placement)))
    except (carrying.Decided, TextChanged):
        return _too_late(request, placement)
    except ValidationError as error:
        return _refused(request, placement, error)


def _refused(request: DeskRequest, placement: Placement, error: ValidationError) -> HttpResponse:
    context = {"article": placement.highlight.article, "placement": placement, "says": error.messages}
    return render(request, "desk/snapshots/refused.html", context, status=422)


def _too_late(request: DeskRequest, placement: Placement) -> HttpResponse:
    """409: somebody decided meanwhile, or a newer text has come; nothing of theirs is overwritten."""
    newest = Placement.objects.filter(highlight=placement.highlight_id).select_related("accepted_by").latest("pk")
    context = {"article": placement.highlight.article, "placement": placement, "newest": newest}
    return render(request, "desk/snapshots/refused.html", context, status=409)


def _with_records() -> Any:
    return Placement.objects.select_related("highlight__claim", "highlight__article", "snapshot__article")


def _waiting(pk: int) -> Placement:
    """A placement that waits or did; others have nothing to decide."""
    found: Placement = get_object_or_404(
        _with_records().select_related("highlight__claim__claimant", "carried_from"), pk=pk, carried_from__isnull=False
    )
    return found


def _attaching(placement: Placement, form: AttachingForm) -> dict[str, Any]:
    snapshot = placement.snapshot
    return {
        "placement": placement,
        "article": placement.highlight.article,
        "snapshot": snapshot,
        "look": look_of(placement),
        "form": form,
        "blocks": blocks_html(snapshot.text, snapshot.block_list(), []),
    }


def _onwards(decided: Placement) -> str:
    """Where the work goes on: the list, at the next that needs a look, with the undoing of this one at its top."""
    return f"{_list_of(decided)}?decided={decided.pk}"


def _list_of(placement: Placement) -> str:
    return reverse("desk:article-placements", args=[placement.highlight.article_id])


def _next_of(looks: list[Any], last: Placement | None) -> int | None:
    """The highlight that comes after the one just decided, in the order of the list; the first when there is none."""
    if last is None or not looks:
        return None
    place = (last.carried_from.spans() if last.carried_from else [], last.highlight_id)
    later = [each for each in looks if (each.placement.carried_from.spans(), each.placement.highlight_id) > place]
    return int((later or looks)[0].placement.highlight_id)


def _compared(form: AgainForm, newest: Snapshot) -> dict[str, Any]:
    """What the page shows of a text that was pasted: the difference, and what would become of the highlights."""
    read = read_body(form.cleaned_data["body"])
    if read.text == newest.text:
        return {"unchanged": True}
    told = foreseen(newest, read.text)
    return {
        "difference": rewritten(
            blocks_of(newest.text, newest.blocks), blocks_of(read.text, [list(block) for block in read.blocks])
        ),
        "foreseen": told,
        "said": ngettext("%(n)d highlight needs a look", "%(n)d highlights need a look", told["look"])
        % {"n": told["look"]},
    }


def _draft(article: Article) -> str:
    return f"article:{article.pk}:snapshot"

"""Marking claims in an article: new ones, the same one again, taking a mark away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from factcheck.articles.again import TextChanged
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Highlight, Placement
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, edited, refuse, stale, wrong
from factcheck.desk.cards import cards_of
from factcheck.desk.forms.claims import HighlightForm, MarkingForm, WordsForm
from factcheck.desk.margin import MarginCard, card_of_new, drawn, margin_of
from factcheck.desk.restoring import restored
from factcheck.history.recording import act
from factcheck.history.versioning import Stale


@require_POST
@may("highlight")
def mark(request: DeskRequest, pk: int) -> HttpResponse:
    snapshot = get_object_or_404(Snapshot.objects.on_desk().newest_with_article(pk))
    article, form = snapshot.article, MarkingForm(request.POST)
    placed: list[Placement] = []

    def make() -> Claim:
        for_newest(request, snapshot)
        with act("claim.mark", article, by=request.user, savepoint=False):
            quotes = form.quotes(snapshot.text)
            highlighting.locate_words(quotes, snapshot)
            placed.append(highlighting.mark_claim(snapshot, *quotes, by=request.user, **form.for_verb(request.user)))
        return placed[0].highlight.claim

    try:
        location = created(request, form, make)
    except TextChanged:
        return into_marking(request, newer_text(request, "desk/articles/mark.html", "#marking", article, form))
    # Of two requests at once, one has undone what it made.
    if location and request.htmx and placed and placed[0].highlight.claim.get_absolute_url() == location:
        return shown([card_of_new(placed[0])], placed[0].highlight, _("The claim is marked."))
    if location and request.htmx:
        return arrived(request, newest(article, location), _("The claim is marked."), elsewhere=location)
    if location:
        messages.success(request, _("The claim is marked."))
        return SeeOther(location)
    if request.htmx:
        seen = {"number": request.POST.get("snapshot", "")}
        context = {"form": form, "article": article, "snapshot": seen}
        return into_marking(request, wrong(request, "desk/articles/workspace.html#marking", context))
    return wrong(request, "desk/articles/mark.html", {"form": form, "article": article})


def into_marking(request: DeskRequest, answer: HttpResponse) -> HttpResponse:
    """For htmx: the answer is the form for a new claim."""
    if request.htmx:
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#marking", "outerHTML"
    return answer


def for_newest(request: DeskRequest, snapshot: Snapshot) -> Snapshot:
    """The article's newest snapshot. Raises TextChanged when the page says that its words were chosen in another."""
    if request.POST.get("snapshot", "") not in {"", str(snapshot.number)}:
        raise TextChanged
    return snapshot


def newer_text(
    request: DeskRequest,
    template: str,
    partial: str,
    article: Article,
    form: MarkingForm | HighlightForm,
    **besides: Claim,
) -> HttpResponse:
    """409: the words were chosen in an older text. The form keeps all, with the place of the words where they are found again.

    template, partial -- the page of the form, and the name of what stands for it in the workspace.
    """
    snapshot = Snapshot.objects.select_related("taken_by").filter(article=article).latest("number")
    context = {"form": form, "article": article, "newer": snapshot, "refound": form.follow(snapshot.text)} | besides
    # Sent once more, it is meant for this text.
    context["snapshot"] = snapshot
    shown = f"desk/articles/workspace.html{partial}" if request.htmx and partial else template
    return render(request, shown, context, status=409)


def newest(article: Article, location: str) -> Highlight | None:
    """The highlight that a form has just made, or made when it came before: the claim's last one in the article.

    None when the form's key led elsewhere, since another form came with it first.
    """
    claim = location.rstrip("/").rpartition("/")[2]
    if not claim.isdecimal():
        return None
    return Highlight.objects.filter(article=article, claim=int(claim)).order_by("-pk").first()


def arrived(request: DeskRequest, found: Highlight | None, says: str, elsewhere: str = "") -> HttpResponse:
    """The card of one highlight for a workspace that is open, and what happened for its live region."""
    if found is None:
        return HttpResponseClientRedirect(elsewhere)
    newest_text = Snapshot.objects.latest_ones().without_text().get(article=found.article_id)
    return shown(margin_of(newest_text, only=found.pk), found, says)


def shown(cards: list[MarginCard], found: Highlight, says: str) -> HttpResponse:
    told = {"claim": found.claim_id, "highlight": found.pk, "says": says}
    return trigger_client_event(HttpResponse(drawn(cards)), "marked", told, after="settle")


@require_safe
@may("highlight")
def new(request: DeskRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    form = restored(MarkingForm(), f"article:{article.pk}:claim", request.user)
    return render(request, "desk/articles/mark.html", {"form": form, "article": article})


@require_http_methods(["GET", "HEAD", "POST"])
@may("highlight")
def collection(request: DeskRequest, pk: int) -> HttpResponse:
    """The same claim in an article: a form, and what it makes."""
    claim = get_object_or_404(Claim.objects.on_desk(), pk=pk)
    form = HighlightForm(request.POST or None)
    marked: list[tuple[Snapshot, Highlight]] = []

    def make() -> str:
        given = form.cleaned_data
        snapshot = for_newest(request, Snapshot.objects.latest_of(given["article"]))
        quotes = form.quotes(snapshot.text)
        # When the words are refused, no claimant is left behind.
        with act("claim.highlight", claim, given["article"], by=request.user, savepoint=False):
            claimant, said_on = form.claimant_for(request.user), given["said_on"]
            mark = highlighting.highlight(claim, snapshot, *quotes, by=request.user, claimant=claimant, said_on=said_on)
        marked.append((snapshot, mark))
        return claim.get_absolute_url()

    if request.method != "POST":
        form = restored(HighlightForm(), f"claim:{claim.pk}:highlight", request.user)
        return render(request, "desk/claims/highlight.html", {"form": form, "claim": claim})
    try:
        location = created(request, form, make)
    except TextChanged:
        found = form.cleaned_data["article"]
        if not request.htmx:
            return newer_text(request, "desk/claims/highlight.html", "", found, form, claim=claim)
        refuse(form, [_("The article has a newer text than this page. Open it again, and select the words there.")])
        return into_refusal(render(request, "shared/errors.html", {"form": form}, status=409))
    if location and not form.is_valid():
        # A repeat of what was taken, and would not be taken any more.
        return HttpResponseClientRedirect(location) if request.htmx else SeeOther(location)
    if location and request.htmx:
        says = _("The claim is marked here too.")
        # Of two requests at once, one has undone what it made.
        if marked and (cards := margin_of(marked[0][0], only=marked[0][1].pk)):
            return shown(cards, marked[0][1], says)
        return arrived(request, newest(form.cleaned_data["article"], location), says, elsewhere=location)
    if location:
        messages.success(
            request, _("The claim is marked in “%(title)s”.") % {"title": form.cleaned_data["article"].title}
        )
        return SeeOther(location)
    if request.htmx:
        answer = into_refusal(wrong(request, "shared/errors.html", {"form": form}))
        # The form itself stays as it is on the page.
        return trigger_client_event(answer, "key:spent") if form.is_corrected else answer
    return wrong(request, "desk/claims/highlight.html", {"form": form, "claim": claim})


def into_refusal(answer: HttpResponse) -> HttpResponse:
    """For htmx: the answer stands above the list in which the button stood."""
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "previous .refusal", "innerHTML"
    return answer


@require_safe
@may("read_desk")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """What an opened card shows; without script, it leads on to the claim."""
    found = get_object_or_404(Highlight.objects.select_related("claim__claimant", "claim__assignee"), pk=pk)
    if not request.htmx:
        return SeeOther(found.claim.get_absolute_url())
    return render(
        request, "desk/articles/workspace.html#details", {"highlight": found, "card": cards_of([found.claim])[0]}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@may("highlight")
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """The words that a highlight stands on: a form, and the move."""
    found = get_object_or_404(Highlight.objects.select_related("claim", "article"), pk=pk)
    snapshot = Snapshot.objects.latest_of(found.article)
    template = "desk/highlights/edit.html#adjusting" if request.htmx else "desk/highlights/edit.html"
    context = {"highlight": found, "article": found.article}
    if request.method != "POST":
        placement = Placement.objects.current_in(snapshot).filter(highlight=found).first()
        return render(request, template, context | {"form": WordsForm.of(found, placement)})
    form = WordsForm(request.POST)
    try:
        outcome = edited(
            request,
            form,
            lambda version: highlighting.move(
                found, snapshot, *form.quotes(snapshot.text), by=request.user, version=version
            ),
        )
    except TextChanged:
        refuse(form, [_("The article has a newer text by now. Open it again, and select the words there.")])
        return into_card(found, render(request, template, context | {"form": form}, status=409))
    if isinstance(outcome, Stale):
        return into_card(found, stale(request, template, context, form, outcome))
    if not outcome:
        return into_card(found, wrong(request, template, context | {"form": form}))
    if request.htmx:
        return arrived(request, found, _("The highlight is moved."))
    messages.success(request, _("The highlight is moved."))
    return SeeOther(found.get_absolute_url())


def into_card(found: Highlight, answer: HttpResponse) -> HttpResponse:
    """For htmx: the answer belongs into the highlight's card."""
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = f"#card-{found.pk} .more", "innerHTML"
    return answer


@require_POST
@may("highlight")
def take_away(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Highlight.objects.select_related("claim", "article"), pk=pk)
    highlighting.take_away(found, by=request.user)
    if request.htmx:
        answer = render(request, "desk/articles/workspace.html#removed", {"highlight": found})
        return trigger_client_event(answer, "unmarked", {"highlight": found.pk})
    messages.success(request, _("The highlight is removed; the claim stays."))
    return SeeOther(reverse("desk:article", args=[found.article_id]))


@require_POST
@may("highlight")
def put_back(request: DeskRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Highlight.objects.select_related("claim", "article"), pk=pk)
    try:
        highlighting.put_back(found, by=request.user)
    except ValidationError as error:
        if request.htmx:
            return HttpResponse(error.messages[0], status=409, content_type="text/plain; charset=utf-8")
        messages.error(request, error.messages[0])
        return SeeOther(found.get_absolute_url())
    if request.htmx:
        return arrived(request, found, _("The highlight is back."))
    messages.success(request, _("The highlight is back."))
    return SeeOther(found.get_absolute_url())

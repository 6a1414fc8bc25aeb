"""What is known already, offered while something is typed: claims, claimants, topics. Each answer is a fragment."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from factcheck.articles.models import Article
from factcheck.claims import matching
from factcheck.claims.models import Claim, Claimant, Highlight, Topic
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.cards import cards_of
from factcheck.desk.forms.matching import SimilarForm

OFFERED, CHOICES = 5, 20  # while typing, where the next field must stay near; in the dialog


@require_safe
@may("highlight")
def similar(request: DeskRequest) -> HttpResponse:
    """Claims like the wording that is being typed, or like the words of the article while there is none."""
    asked = SimilarForm(request.GET)
    if not asked.is_valid():
        return HttpResponse(status=400)
    given = asked.cleaned_data
    matches = matching.similar(given["q"] or given["exact"], besides=given["besides"], limit=OFFERED)
    context = {"matches": _with_cards(matches, given["article"]), "article": given["article"], "says": _count(matches)}
    return render(request, "desk/claims/similar.html", context)


@require_safe
@may("highlight")
def choices(request: DeskRequest, pk: int) -> HttpResponse:
    """Claims that the selected words might be, for “Same as…”: like what is typed, else like the words, else the newest."""
    article = get_object_or_404(Article.objects.on_desk(), pk=pk)
    asked = SimilarForm(request.GET)
    if not asked.is_valid():
        return HttpResponse(status=400)
    typed, words = asked.cleaned_data["q"], asked.cleaned_data["exact"]
    matches = matching.similar(typed or words, limit=CHOICES)
    newest = not typed and not matches
    if typed or not matches:
        known = {match.claim.pk for match in matches}
        others = Claim.objects.on_desk().matching(typed).exclude(pk__in=known).select_related("claimant").newest_first()
        matches += [
            matching.Match(claim, 0, matching.marked(claim.wording, typed))
            for claim in others[: CHOICES - len(matches)]
        ]
    context = {
        "matches": _with_cards(matches, article),
        "article": article,
        "is_dialog": True,
        "typed": typed,
        "newest": newest,
        "says": "" if newest else _count(matches),
    }
    return render(request, "desk/articles/choices.html", context)


@require_safe
@may("highlight")
def claimants(request: DeskRequest) -> HttpResponse:
    """Claimants whose names begin so; for a name that nobody has, those who may be the same."""
    name = request.GET.get("q", "").strip()[:200]
    found = matching.claimants_called(name)
    is_new = bool(name) and not matching.is_known(name)
    context = {
        "claimants": found,
        "is_new": is_new,
        "likely": matching.likely_same(name) if is_new else [],
        "says": _suggestions(found),
    }
    return render(request, "desk/claims/claimants.html", context)


@require_safe
@may("highlight")
def topics(request: DeskRequest) -> HttpResponse:
    """Topics that complete the last of several names parted by commas."""
    *before, last = request.GET.get("q", "")[:500].split(",")
    before = [name.strip() for name in before if name.strip()]
    found = matching.topics_called(last, besides=before)
    whole = [(topic, ", ".join([*before, topic.name, ""])) for topic in found]
    return render(request, "desk/claims/topics.html", {"topics": whole, "says": _suggestions(found)})


def _with_cards(matches: list[matching.Match], article: Article | None) -> list[dict[str, object]]:
    """Each match with its card, and whether the claim is marked in this article already."""
    claims = [match.claim for match in matches]
    here: set[int] = set()
    if article:
        marked = Highlight.objects.standing().filter(article=article, claim__in=claims)
        here = set(marked.values_list("claim_id", flat=True))
    return [
        {"card": card, "pieces": match.pieces, "is_here": card.claim.pk in here}
        for match, card in zip(matches, cards_of(claims), strict=True)
    ]


def _count(matches: list[matching.Match]) -> str:
    n = len(matches)
    return ngettext("%(n)d claim like this one.", "%(n)d claims like this one.", n) % {"n": n} if n else ""


def _suggestions(found: Sequence[Claimant | Topic]) -> str:
    n = len(found)
    return ngettext("%(n)d suggestion.", "%(n)d suggestions.", n) % {"n": n} if n else _("No suggestions.")

"""What waits for the person who looks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.articles.models import Article
from factcheck.claims.highlighting import with_claim_counts
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.cards import cards_of
from factcheck.desk.searching import approved_for_readers, claims_at
from factcheck.review.models import Submission
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage

SHOWN = 12


@require_safe
@may("read_desk")
def show(request: DeskRequest) -> HttpResponse:
    person = request.user
    mine = Verdict.objects.of_standing_claims().filter(authors__person=person).select_related("claim", "rating")
    context = {
        "waiting": Submission.objects.waiting_for(person).select_related(
            "verdict__claim__claimant", "verdict__rating", "submitted_by"
        )[:SHOWN]
        if person.may("decide")
        else None,
        "sent_back": mine.at_stage(Stage.SENT_BACK)[:SHOWN] if person.may("judge") else None,
        "drafts": mine.at_stage(Stage.DRAFT)[:SHOWN] if person.may("judge") else None,
        "to_judge": cards_of(claims_at("none").select_related("claimant").newest_first()[:SHOWN])
        if person.may("judge")
        else None,
        "to_publish": approved_for_readers()[:SHOWN] if person.may("publish") else None,
        "articles": with_claim_counts(Article.objects.on_desk()).newest_first()[:6],
    }
    return render(request, "desk/queue.html", context)

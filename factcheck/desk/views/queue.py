"""What waits for the person who looks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from factcheck.articles.models import Article
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.waiting import articles_of, looked_for, waiting_for


@require_safe
@may("read_desk")
def show(request: DeskRequest) -> HttpResponse:
    waiting = waiting_for(request.user)
    total, articles = articles_of(request.user)
    looks_total, looks = looked_for(request.user)
    context = {
        "waiting": [each for each in waiting if each.rows],
        "looks": looks,
        "looks_total": looks_total,
        "articles": articles,
        "articles_total": total,
        "desk_is_empty": not (waiting and any(each.rows for each in waiting))
        and not Article.objects.on_desk().exists(),
    }
    return render(request, "desk/queue.html", context)

"""Talking a verdict over: threads, replies, what is settled."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from factcheck.anchoring.quote import Quote
from factcheck.desk.access import DeskRequest, may
from factcheck.desk.answering import SeeOther, created, wrong
from factcheck.desk.forms.discussion import RemarkForm, ReplyForm
from factcheck.desk.threads import bring_back, discussion_of, marked_check, reply_draft, sources_of
from factcheck.drafting.keeping import kept
from factcheck.review import discussing
from factcheck.review.models import Remark, Submission
from factcheck.verdicts.models import Verdict

PAGE, SECTION = "desk/review/discussion.html", "desk/review/_discussion.html"
THREAD_PAGE, THREAD = "desk/review/thread.html", "desk/review/_thread.html"


@require_http_methods(["GET", "HEAD", "POST"])
def collection(request: DeskRequest, pk: int) -> HttpResponse:
    return begin(request, pk) if request.method == "POST" else read(request, pk)


@may("read_desk")
def read(request: DeskRequest, pk: int) -> HttpResponse:
    verdict = get_object_or_404(Verdict.objects.select_related("claim"), pk=pk)
    return render(request, PAGE, discussion_of(verdict, request.user))


@may("discuss")
def begin(request: DeskRequest, pk: int) -> HttpResponse:
    verdict = get_object_or_404(Verdict.objects.select_related("claim"), pk=pk)
    beside = _beside(request, verdict)
    form = RemarkForm(request.POST, sources=sources_of(verdict, beside))

    def make() -> str:
        given = form.cleaned_data
        words = Quote(given["exact"], given["prefix"], given["suffix"]) if given["exact"] else None
        about: dict[str, Any] = {"words": words, "citation": given["citation"], "submission": beside}
        return _back(request, discussing.begin(verdict, by=request.user, text=given["text"], **about))

    location = created(request, form, make)
    if location is None:
        context = discussion_of(verdict, request.user, beside=beside, form=form)
        return wrong(request, SECTION if request.htmx else PAGE, context)
    if not request.htmx:
        messages.success(request, _("Your remark is there."))
        return SeeOther(location)
    context = discussion_of(verdict, request.user, beside=beside) | {"fresh": _number(location)}
    if beside:
        # The page shows the verdict too, where the words are marked now.
        context |= {
            "check": marked_check(beside, context["threads"]),
            "hue": beside.content["verdict"]["rating"]["hue"],
        }
    return _told(render(request, SECTION, context), _("Your remark is there."))


@require_safe
@may("read_desk")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """One thread; of a reply, the thread it stands in."""
    remark = get_object_or_404(Remark.objects.select_related("verdict__claim"), pk=pk)
    if remark.under_id:
        return SeeOther(remark.get_absolute_url())
    return render(request, THREAD_PAGE, _context(request, remark))


@require_POST
@may("discuss")
def reply(request: DeskRequest, pk: int) -> HttpResponse:
    thread = _thread(pk)
    form = ReplyForm(request.POST, auto_id=f"reply-{pk}-%s")

    def make() -> str:
        return _back(request, discussing.reply(thread, by=request.user, text=form.cleaned_data["text"]))

    if location := created(request, form, make):
        return _answered(request, thread, location, _("Your reply is there."))
    context = _context(request, thread)
    context["thread"].form = form
    return wrong(request, THREAD if request.htmx else THREAD_PAGE, context)


@require_POST
@may("discuss")
def resolve(request: DeskRequest, pk: int) -> HttpResponse:
    thread = _thread(pk)
    discussing.resolve(thread, by=request.user)
    return _answered(request, thread, _back(request, thread), _("The thread is resolved."))


@require_POST
@may("discuss")
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    thread = _thread(pk)
    discussing.reopen(thread, by=request.user)
    return _answered(request, thread, _back(request, thread), _("The thread is open again."))


def _answered(request: DeskRequest, thread: Remark, location: str, says: str) -> HttpResponse:
    """Back to where the thread was read; to htmx the thread as it is now, and the number of those open."""
    if not request.htmx:
        messages.success(request, says)
        return SeeOther(location)
    open_ones = Remark.objects.filter(verdict=thread.verdict).open().count()
    # After a reply one goes on there, after resolving at the button.
    number = _number(location)
    told = {
        "fresh": 0 if number == thread.pk else number,
        "turned": number == thread.pk,
        "count": open_ones,
        "oob": True,
    }
    return _told(render(request, THREAD, _context(request, thread) | told), says)


def _told(answer: HttpResponse, says: str) -> HttpResponse:
    return trigger_client_event(answer, "told", {"says": says}, after="settle")


def _context(request: DeskRequest, remark: Remark) -> dict[str, Any]:
    thread = discussing.thread_of(remark)
    bring_back(thread, kept(request.user, reply_draft(thread)))
    return {
        "thread": thread,
        "verdict": remark.verdict,
        "may_discuss": request.user.may("discuss"),
        "there": _next(request) or remark.get_absolute_url().partition("#")[0],
        "sources": sources_of(remark.verdict),
    }


def _beside(request: DeskRequest, verdict: Verdict) -> Submission | None:
    """The submission that the page showed, if it is one of this verdict."""
    given = request.POST.get("submission", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        return None
    return get_object_or_404(Submission, pk=int(given), verdict=verdict)


def _thread(pk: int) -> Remark:
    return get_object_or_404(Remark.objects.threads().select_related("verdict__claim"), pk=pk)


def _back(request: DeskRequest, remark: Remark) -> str:
    """Where the remark is read: on the page that it was made on, or in its thread."""
    there = _next(request)
    return f"{there}#remark-{remark.pk}" if there else remark.get_absolute_url()


def _next(request: DeskRequest) -> str:
    given = request.POST.get("next", "")
    ours = (
        given.startswith("/desk/") and "#" not in given and url_has_allowed_host_and_scheme(given, allowed_hosts=None)
    )
    return given if ours and len(given) <= 200 and given.isprintable() else ""


def _number(location: str) -> int:
    """Of the remark that an address ends in."""
    number = location.rpartition("#remark-")[2]
    return int(number) if number.isdecimal() else 0

"""The discussion of a verdict as a page shows it: beside the verdict as it stands, or beside what was handed in."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.desk.forms.base import KeyedForm
from factcheck.desk.forms.discussion import RemarkForm, ReplyForm
from factcheck.desk.parts import kept as kept_part
from factcheck.drafting.keeping import kept
from factcheck.drafting.models import Draft
from factcheck.prose.passages import Mark, marked
from factcheck.rendering.checks import check_of
from factcheck.review.discussing import Thread, threads_of
from factcheck.review.models import Submission
from factcheck.verdicts.models import Verdict


def discussion_of(
    verdict: Verdict,
    person: User,
    *,
    beside: Submission | None = None,
    form: RemarkForm | None = None,
    others: Mapping[str, KeyedForm] | None = None,
) -> dict[str, Any]:
    """What the templates of the discussion need.

    beside -- what was handed in and is shown; None for the verdict as it stands. form -- one that was refused.
    others -- further forms of the page, by the names of their drafts: what was typed into them is brought back, too.
    """
    sources = sources_of(verdict, beside)
    there = (beside or verdict).get_absolute_url()
    html = beside.content["verdict"]["html"] if beside else verdict.rationale_html
    threads = threads_of(verdict, html, sources)
    others = others or {}
    drafts = kept(person, remark_draft(verdict), *others, *(reply_draft(thread) for thread in threads))
    for name in others.keys() & drafts.keys():
        others[name].bring_back(drafts[name])
    for thread in threads:
        bring_back(thread, drafts)
    if form is None:
        form = RemarkForm(sources=sources, initial={"submission": beside.pk if beside else None, "next": there})
        if draft := drafts.get(remark_draft(verdict)):
            form.bring_back(draft)
    return {
        "verdict": verdict,
        "threads": threads,
        "open_threads": [thread for thread in threads if not thread.is_resolved],
        "resolved_threads": [thread for thread in threads if thread.is_resolved],
        "remark_form": form,
        "may_discuss": person.may("discuss"),
        "there": there,
        "sources": sources,
    }


def marked_check(submission: Submission, threads: list[Thread]) -> SafeString:
    """What readers would see, with the words marked that open threads are about. It may be long, and is often looked at."""
    marks = _marks(threads)

    def draw() -> SafeString:
        check = check_of(submission.content)
        verdict = check.verdict | {"html": marked(check.verdict["html"], marks)}
        return render_to_string("public/check.html", {"check": replace(check, verdict=verdict), "rating": check.rating})

    return kept_part("check", submission.sha256, marks, make=draw)


def _marks(threads: list[Thread]) -> list[Mark]:
    """The words that open threads are about, each with a link to its thread."""
    return [
        Mark(*thread.span, format_html('<a class="remarked-by" href="#thread-{}">{}</a>', thread.remark.pk, says))
        for thread in threads
        if thread.span and not thread.is_resolved
        for says in [format_html('<span class="visually-hidden">{} </span>#{}', _("Discussion"), thread.number)]
    ]


def sources_of(verdict: Verdict, beside: Submission | None = None) -> dict[int, str]:
    """The titles of what is cited, by number."""
    if beside:
        return {each["number"]: each["source"]["title"] for each in beside.content["citations"]}
    return dict(verdict.citations.values_list("number", "source__title"))


def remark_draft(verdict: Verdict) -> str:
    return f"verdict:{verdict.pk}:remark"


def reply_draft(thread: Thread) -> str:
    return f"thread:{thread.remark.pk}:reply"


def bring_back(thread: Thread, drafts: dict[str, Draft]) -> None:
    """Give the thread its form if something was typed there and not sent; others are drawn plainly, for there may be many."""
    if draft := drafts.get(reply_draft(thread)):
        form = ReplyForm(auto_id=f"reply-{thread.remark.pk}-%s")
        form.bring_back(draft)
        thread.form = form if form.draft else None  # type: ignore[attr-defined]  # for the template alone

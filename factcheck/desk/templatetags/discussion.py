"""Threads of a discussion, drawn once for each of their states: a page may show fifty, and one of them is news."""

from typing import Any
from uuid import uuid4

from django import template
from django.core.cache import caches
from django.middleware.csrf import get_token
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from factcheck.desk.parts import KEPT
from factcheck.review.discussing import Thread

register = template.Library()

# What is kept has these in place of what belongs to one request. Nothing that people write can hold them, since it is escaped.
TOKEN, KEY = "<!--token-->", "<!--key-->"  # places for them


@register.simple_tag(takes_context=True)
def drawn(context: Context, threads: list[Thread], name: str) -> SafeString:
    """These threads, one after the other; name -- of the list, which is kept beside others of the same verdict."""
    there, may_discuss = context["there"], context["may_discuss"]
    address = f"threads:{context['verdict'].pk}:{name}:{there}:{may_discuss}:{get_language()}"
    kept: dict[int, tuple[Any, str]] = caches["parts"].get(address, {})
    now: dict[int, tuple[Any, str]] = {}
    found = []
    for thread in threads:
        number, state = thread.remark.pk, _state(thread, context["sources"])
        if not state or number == context.get("fresh") or context.get("fresh") in {each.pk for each in thread.replies}:
            found.append(_draw(thread, context, fresh=context.get("fresh")))
            continue
        known = kept.get(number)
        now[number] = known if known and known[0] == state else (state, _draw(thread, context))
        found.append(now[number][1])
    if now != kept:
        caches["parts"].set(address, now, KEPT)
    return _filled("".join(found), context)


def _state(thread: Thread, sources: dict[int, str]) -> tuple[Any, ...] | None:
    """All that a thread is drawn from; None for one with something typed into it, which is its reader's own."""
    if getattr(thread, "form", None):
        return None
    last, citation = thread.last, thread.remark.citation
    return (
        thread.number,
        thread.is_outdated,
        [(each.pk, each.author) for each in (thread.remark, *thread.replies)],
        last and (last.pk, last.made_by.byline),
        citation and sources.get(citation),
    )


def _draw(thread: Thread, context: Context, **more: Any) -> str:
    said = {name: context[name] for name in ("there", "may_discuss", "sources")}
    places = {"csrf_token": mark_safe(TOKEN), "place_for_key": mark_safe(KEY)}  # noqa: S308  # our own
    return get_template("desk/review/_thread.html").render({"thread": thread, **said, **places, **more})


def _filled(html: str, context: Context) -> SafeString:
    """What is kept, with the token and the keys of this request."""
    first, *others = html.split(KEY)
    keyed = "".join([first, *(f"{uuid4()}{part}" for part in others)])
    return mark_safe(keyed.replace(TOKEN, get_token(context["request"])))  # noqa: S308  # drawn by our template

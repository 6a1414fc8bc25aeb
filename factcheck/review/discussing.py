"""Talking a verdict over in threads: on the whole of it, on words of its rationale, on one of its citations."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.anchoring.locating import Status, locate
from factcheck.anchoring.quote import Mismatch, Quote, prove
from factcheck.claims.models import passage
from factcheck.history.recording import act
from factcheck.notices.models import Kind
from factcheck.notices.telling import tell
from factcheck.prose.markdown import to_html
from factcheck.prose.passages import places, text_of
from factcheck.review.models import REMARK_LENGTH, Mention, Remark, Resolution, Submission
from factcheck.verdicts.models import Verdict

_MENTION = re.compile(r"(?<![\w@.+/-])@([\w.@+-]*\w)")
_TAG = re.compile(r"(<[^>]*>)")


class Said(NamedTuple):
    """A remark as it is read; a record of the database would take much longer to make, and a page may show hundreds."""

    pk: int
    under: int | None
    author: str
    made_at: datetime
    beside: int | None  # the number of the submission that was before the eyes
    passage: dict[str, Any] | None
    citation: int | None
    html: str

    @property
    def quote(self) -> Quote | None:
        return Quote(**self.passage) if self.passage else None


@dataclass
class Thread:
    """A remark with its replies and what was done about it, in the order of time."""

    remark: Said
    number: int  # among those of its verdict
    replies: list[Said] = field(default_factory=list)
    turns: list[Resolution] = field(default_factory=list)
    # Where the words that it is about stand now, in code points of the rationale; None where they do not.
    span: tuple[int, int] | None = None
    # Whether what it is about stands there no more: words of the rationale, or a citation.
    is_outdated: bool = False

    @property
    def is_resolved(self) -> bool:
        return bool(self.turns) and self.turns[-1].is_resolved

    @property
    def last(self) -> Resolution | None:
        return self.turns[-1] if self.turns else None


def begin(
    verdict: Verdict,
    *,
    by: User,
    text: str,
    words: Quote | None = None,
    citation: int | None = None,
    submission: Submission | None = None,
) -> Remark:
    """Begin a thread on a verdict, on words of its rationale, or on a citation by its number.

    submission -- what was before the eyes; None for the verdict as it stands. The words are looked for there: as read, or
    typed with white space, quotation marks and references otherwise. `mentioned` of the remark is whom it calls on.
    Raises PermissionDenied and ValidationError (exact: the words do not stand there, or more than once; citation: not there).
    """
    require(by, "discuss")
    content = submission.content if submission else None
    if words:
        words = _found(words, content["verdict"]["html"] if content else verdict.rationale_html)
    if citation is not None:
        known = (
            [each["number"] for each in content["citations"]]
            if content
            else verdict.citations.values_list("number", flat=True)
        )
        if citation not in known:
            raise ValidationError({"citation": _("It is not among the sources.")}, code="unknown")
    remark = Remark(
        verdict=verdict, submission=submission, passage=passage(words) if words else None, citation=citation
    )
    with act("verdict.remark", verdict, verdict.claim, by=by):
        return _say(remark, text, by)


def reply(thread: Remark, *, by: User, text: str) -> Remark:
    """Say something in a thread, open or resolved. Raises as begin does."""
    require(by, "discuss")
    with act("verdict.reply", thread.verdict, thread.verdict.claim, by=by):
        return _say(Remark(verdict=thread.verdict, under=thread), text, by)


def resolve(thread: Remark, *, by: User) -> bool:
    """Say that a thread is settled; whether that is news."""
    require(by, "discuss")
    with transaction.atomic():
        if _is_resolved(thread):
            return False
        with act("verdict.resolve", thread.verdict, thread.verdict.claim, by=by):
            Resolution.objects.create(thread=thread, is_resolved=True, made_by=by)
    return True


def reopen(thread: Remark, *, by: User) -> bool:
    """Say that a thread is not settled; whether that is news."""
    require(by, "discuss")
    with transaction.atomic():
        if not _is_resolved(thread):
            return False
        with act("verdict.reopen", thread.verdict, thread.verdict.claim, by=by):
            Resolution.objects.create(thread=thread, is_resolved=False, made_by=by)
    return True


def threads_of(verdict: Verdict, html: str, citations: Iterable[int]) -> list[Thread]:
    """The verdict's threads in the order in which they were begun, in two queries.

    html, citations -- the rationale and the numbers of the citations beside which they are shown.
    """
    known, threads = set(citations), dict[int, Thread]()
    for remark in map(Said._make, Remark.objects.filter(verdict=verdict).in_words()):
        if remark.under:
            threads[remark.under].replies.append(remark)
        else:
            threads[remark.pk] = Thread(remark, len(threads) + 1)
    if not threads:
        return []
    for turn in Resolution.objects.filter(thread__verdict=verdict).select_related("made_by").order_by("id"):
        threads[turn.thread_id].turns.append(turn)
    text = text_of(html)
    for thread in threads.values():
        place(thread, text, known)
    return [*threads.values()]


def thread_of(remark: Remark) -> Thread:
    """One thread alone, beside the verdict as it stands."""
    verdict = remark.verdict
    number = Remark.objects.threads().filter(verdict=verdict, pk__lte=remark.pk).count()
    first, *replies = map(Said._make, Remark.objects.filter(Q(pk=remark.pk) | Q(under=remark)).in_words())
    thread = Thread(first, number, replies)
    thread.turns = [*remark.resolutions.select_related("made_by").order_by("id")]
    place(thread, text_of(verdict.rationale_html), {*verdict.citations.values_list("number", flat=True)})
    return thread


def place(thread: Thread, text: str, citations: set[int]) -> None:
    """Find what a thread is about in the rationale's text and among the citations."""
    quote = thread.remark.quote
    if quote is None:
        thread.is_outdated = thread.remark.citation is not None and thread.remark.citation not in citations
        return
    # Only words that stand there letter for letter are meant: others were rewritten. Once there, they are the same wherever
    # they moved; of several, those with the same words around them.
    if text.count(quote.exact) == 1:
        at = text.index(quote.exact)
        thread.span = at, at + len(quote.exact)
    elif quote.exact in text:
        found = locate(quote, text)
        if found.status in {Status.EXACT, Status.MOVED} and found.start is not None and found.end is not None:
            thread.span = found.start, found.end
    thread.is_outdated = thread.span is None


def people_mentioned(text: str) -> list[User]:
    """The people of the newsroom whom a text calls on by @login, whatever its capitals, in the order of their logins."""
    logins = set[str]()
    for match in _MENTION.finditer(text):
        logins |= _candidates(match[1])
    # A login cannot be longer than 150 characters, and nobody calls on more than a handful.
    wanted = sorted(login for login in logins if len(login) <= 150)[:50]
    able = User.objects.able_to("read_desk").annotate(login=Lower("username"))
    return sorted(able.filter(login__in=wanted), key=lambda person: person.username.lower()) if wanted else []


def _say(remark: Remark, text: str, by: User) -> Remark:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > REMARK_LENGTH:
        says = _("Keep it under %(n)d characters.")
        raise ValidationError({"text": says % {"n": REMARK_LENGTH}}, code="too_long")
    people = people_mentioned(text)
    remark.text, remark.made_by = text, by
    remark.html = _with_mentions(to_html(text), people)
    remark.clean_fields(exclude=["verdict", "under", "submission", "passage", "citation", "made_by", "made_at", "html"])
    remark.save(force_insert=True)
    Mention.objects.bulk_create(Mention(remark=remark, person=person) for person in people)
    remark.mentioned = people
    tell(people, Kind.MENTIONED, by=by, words=remark.verdict.claim.wording, path=remark.get_absolute_url())
    return remark


def _is_resolved(thread: Remark) -> bool:
    """Whether it is now. One at a time asks: of two who resolve it at the same moment the second finds it resolved."""
    Verdict.objects.select_for_update().get(pk=thread.verdict_id)
    last = thread.resolutions.order_by("-id").first()
    return last is not None and last.is_resolved


def _found(words: Quote, html: str) -> Quote:
    """The words as they stand in the rationale. Raises ValidationError."""
    text = text_of(html)
    try:
        return Quote.at(text, *prove(Quote(words.exact, words.prefix, words.suffix), text))
    except Mismatch:
        found = places(words.exact, html)
    if not found:
        raise ValidationError({"exact": _("These words do not stand in the rationale.")}, code="absent")
    if len(found) > 1:
        says = _("These words stand %(n)d times in the rationale. Take a few more around them.")
        raise ValidationError({"exact": says % {"n": len(found)}}, code="ambiguous")
    return Quote.at(text, *found[0])


def _candidates(written: str) -> set[str]:
    """The logins that may be meant: all that is written, or without what ends it as a sign of the sentence."""
    parts = re.split(r"(?<=\w)(?=[.@+-])", written.lower())
    return {"".join(parts[: end + 1]) for end in range(len(parts))}


def _with_mentions(html: str, people: list[User]) -> str:
    """Each mention of these people in <b class="mention">, but for those in code and links."""
    logins = {person.username.lower() for person in people}

    def name(match: re.Match[str]) -> str:
        for login in sorted(_candidates(match[1]) & logins, key=len, reverse=True):
            return f'<b class="mention">@{match[1][: len(login)]}</b>{match[1][len(login) :]}'
        return match[0]

    pieces: list[str] = []
    inside = 0
    for piece in _TAG.split(html):
        if re.match(r"<(a|code|pre)\b", piece):
            inside += 1
        elif re.match(r"</(a|code|pre)>", piece):
            inside -= 1
        elif not inside and not piece.startswith("<"):
            piece = _MENTION.sub(name, piece)
        pieces.append(piece)
    return "".join(pieces)

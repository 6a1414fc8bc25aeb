"""Taking an article in, and keeping its particulars right."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.accounts.models import User
from factcheck.accounts.permitting import require
from factcheck.articles.models import TEXT_LIMIT, Article, Block, BlockKind, Snapshot
from factcheck.history import versioning
from factcheck.history.recording import act
from factcheck.history.versioning import Stale, as_seen

# Controls that mean a new line (Unicode Standard, 5.8 "Newline Guidelines"), and all others but the line feed.
LINE_BREAKS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
CONTROLS = re.compile("[\x01-\x09\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# A byte order mark is no text, and comes before it alone or with blank lines.
BEFORE_TEXT = re.compile(r"\A(?:\ufeff|[^\S\n]*\n)+")
BLANK_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")
# Ends of a sentence in the scripts we expect; a short line without one reads as a heading.
SENTENCE_END = tuple(".!?…:;,。！？؟۔।\"'”’»)]")
HEADING_LIMIT = 120


@dataclass(frozen=True)
class Body:
    """A text made ready: what is kept, its blocks, and what had to be changed (sentences for the editor)."""

    text: str
    blocks: list[Block]
    notes: list[str]


def read_body(raw: str) -> Body:
    """Turn what somebody pasted into a snapshot's text and blocks.

    Line endings become line feeds; other control characters become spaces or line breaks, and a note says so; blocks are
    what stands between blank lines, joined by two line feeds. Nothing else is touched: no Unicode normalisation.
    Raises ValidationError for an empty text, NUL, a lone surrogate, or more than TEXT_LIMIT bytes of UTF-8.
    """
    if "\0" in raw:
        raise ValidationError(
            _("The text holds a NUL character, at position %(at)d. Remove it and try again.")
            % {"at": raw.index("\0") + 1},
            code="nul",
        )
    try:
        raw.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(
            _("The text holds half of a character (a lone surrogate), at position %(at)d. Copy that part again.")
            % {"at": error.start + 1},
            code="surrogate",
        ) from error
    notes = []
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    text, breaks = LINE_BREAKS.subn("\n", text)
    text, spaces = CONTROLS.subn(" ", text)
    if breaks or spaces:
        notes.append(
            ngettext(
                "%(n)d control character was turned into a space or a line break.",
                "%(n)d control characters were turned into spaces or line breaks.",
                breaks + spaces,
            )
            % {"n": breaks + spaces}
        )
    pieces = [piece.strip("\n") for piece in BLANK_LINES.split(BEFORE_TEXT.sub("", text))]
    pieces = [piece for piece in pieces if piece.strip()]
    text = "\n\n".join(pieces)
    if not pieces:
        raise ValidationError(_("Paste or type the article’s text."), code="required")
    if (size := len(text.encode())) > TEXT_LIMIT:
        raise ValidationError(
            _("The text is %(size)s kB long; at most %(limit)s kB can be taken in. Take it in as several articles.")
            % {"size": -(-size // 1000), "limit": TEXT_LIMIT // 1000},
            code="too_long",
        )
    return Body(text, list(_blocks(pieces)), notes)


def import_article(
    *,
    by: User,
    title: str,
    publisher: str,
    body: str | Body,
    author: str = "",
    url: str = "",
    language: str = "en",
    published_on: date | None = None,
    rights: str = "excerpts",
) -> Article:
    """Put an article on the desk with its first snapshot. Raises ValidationError, PermissionDenied.

    body -- as it was pasted, or made ready.
    """
    require(by, "take_in")
    read = body if isinstance(body, Body) else read_body(body)
    with act("article.take_in", by=by) as taking:
        article = Article(
            title=title, publisher=publisher, author=author, url=url, language=language,
            published_on=published_on, rights=rights, made_by=by,
        )  # fmt: skip
        article.full_clean()
        article.save(force_insert=True)
        Snapshot.objects.create(
            article=article,
            text=read.text,
            blocks=[list(block) for block in read.blocks],
            sha256=sha256(read.text.encode()).hexdigest(),
            taken_by=by,
        )
        taking.about(article)
    return article


def revise(article: Article, *, by: User, version: int, **changes: Any) -> Article:
    """Correct the article's particulars (never its text). Raises Stale when somebody was faster."""
    require(by, "take_in")
    with act("article.revise", article, by=by):
        return versioning.update(article, version, **changes)


def trash(article: Article, *, by: User, version: int | None = None) -> None:
    """Take an article off the desk; it can come back. What is published stays published.

    version -- the article as the person saw it, None for as it is. Raises Stale when it is another by now, or there already.
    """
    require(by, "take_in")
    with act("article.trash", article, by=by):
        standing = Article.objects.on_desk().filter(as_seen(version), pk=article.pk)
        if not standing.update(trashed_at=Now()) and version is not None:
            raise Stale(Article.objects.get(pk=article.pk))


def restore(article: Article, *, by: User, version: int | None = None) -> None:
    """Put an article from the trash back on the desk. version -- as for `trash`."""
    require(by, "take_in")
    with act("article.restore", article, by=by):
        trashed = Article.objects.in_trash().filter(as_seen(version), pk=article.pk)
        if not trashed.update(trashed_at=None) and version is not None:
            raise Stale(Article.objects.get(pk=article.pk))


def _blocks(pieces: list[str]) -> Iterator[Block]:
    start = 0
    for number, piece in enumerate(pieces):
        end = start + len(piece)
        yield Block(_kind(piece, last=number == len(pieces) - 1), start, end)
        start = end + 2


def _kind(piece: str, *, last: bool) -> str:
    heading = "\n" not in piece and len(piece) <= HEADING_LIMIT and not piece.rstrip().endswith(SENTENCE_END)
    return BlockKind.HEADING if heading and not last else BlockKind.PARAGRAPH

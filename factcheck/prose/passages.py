"""Words in rendered prose: what it says as it is read, where words stand in it, and marking them.

The text of prose is what stands between the tags of our own HTML (prose.markdown), without the superscript references, so
that a passage goes on standing when a source is added. Offsets are code points of this text.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape
from itertools import pairwise
from typing import NamedTuple

_PIECE = re.compile(r"<[^>]*>|[^<]+")
# What is taken for each other, as in static/js/anchoring.js: white space, single and double quotation marks, dashes.
_LOOSE = re.compile(r"(\s+)|([‘’‚‛′ʼ`´])|([“”„‟″«»])|[-‐‑‒–—―−]+")
_WRITTEN_REFERENCE = re.compile(r" ?\[\d{1,3}\]")


class Mark(NamedTuple):
    """Words to be marked: text[start:end], and the HTML that stands right after them."""

    start: int
    end: int
    after: str = ""


class _Piece(NamedTuple):
    """A tag, or words with where they begin in the text; `start` is None for what is no part of it."""

    html: str
    text: str
    start: int | None


def text_of(html: str) -> str:
    """What the prose says."""
    return "".join(piece.text for piece in _pieces(html) if piece.start is not None)


def places(words: str, html: str) -> list[tuple[int, int]]:
    """Where typed or pasted words stand, as (start, end) in the text, in reading order.

    White space, quotation marks and dashes are taken for each other when the words stand nowhere as they are; references
    may be there or not, as written ("[1]") or as read.
    """
    sought = words.strip()
    text = text_of(html)
    if found := [(at, at + len(sought)) for at in _everywhere(sought, text)]:
        return found
    for letters, stands in ((text, [*range(len(text) + 1)]), _with_references(html)):
        folded, starts, ends = _folded(letters)
        for wanted in dict.fromkeys((sought, _WRITTEN_REFERENCE.sub("", sought))):
            plain = _folded(wanted.strip())[0]
            found = [(stands[starts[at]], stands[ends[at + len(plain) - 1]]) for at in _everywhere(plain, folded)]
            if found := [(start, end) for start, end in found if start < end]:
                return found
    return []


def marked(html: str, marks: Iterable[Mark]) -> str:
    """The prose with these words in <mark class="remarked">; where some lie over each other they are in one.

    What stands after a mark is put behind a link that it ends in: it may be a link itself.
    """
    marks = [mark for mark in marks if mark.start < mark.end]
    edges = sorted({edge for mark in marks for edge in mark[:2]})
    done, waiting, in_link = [], "", False
    for piece in _pieces(html):
        if piece.start is None:
            in_link = piece.html.startswith("<a ") or (in_link and not piece.html.startswith("</a"))
            done.append(piece.html)
            if not in_link:
                done.append(waiting)
                waiting = ""
            continue
        end = piece.start + len(piece.text)
        cuts = [piece.start, *(edge for edge in edges if piece.start < edge < end), end]
        for start, stop in pairwise(cuts):
            words = escape(piece.text[start - piece.start : stop - piece.start], quote=False)
            if words.strip() and any(mark.start <= start and stop <= mark.end for mark in marks):
                words = f'<mark class="remarked">{words}</mark>'
            done.append(words)
            waiting += "".join(mark.after for mark in marks if mark.end == stop)
            if not in_link:
                done.append(waiting)
                waiting = ""
    return "".join(done)


def _pieces(html: str) -> Iterator[_Piece]:
    at, in_reference = 0, False
    for match in _PIECE.finditer(html):
        piece = match.group()
        if piece.startswith("<"):
            in_reference = piece.startswith("<sup") or (in_reference and piece != "</sup>")
            yield _Piece(piece, "", None)
        elif in_reference:
            yield _Piece(piece, unescape(piece), None)
        else:
            text = unescape(piece)
            yield _Piece(piece, text, at)
            at += len(text)


def _with_references(html: str) -> tuple[str, list[int]]:
    """The text with its references as they are read, and for each letter, and the end, where it stands in the text without."""
    letters: list[str] = []
    stands: list[int] = []
    at = 0
    for piece in _pieces(html):
        letters.append(piece.text)
        if piece.start is None:
            stands += [at] * len(piece.text)
        else:
            stands += range(at, at + len(piece.text))
            at += len(piece.text)
    return "".join(letters), [*stands, at]


def _everywhere(words: str, text: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _folded(text: str) -> tuple[str, list[int], list[int]]:
    """The text with one spelling for what is taken for each other; for each of its letters where it began and ended."""
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy(start: int, stop: int) -> None:
        letters.append(text[start:stop])
        starts.extend(range(start, stop))
        ends.extend(range(start + 1, stop + 1))

    done = 0
    for match in _LOOSE.finditer(text):
        copy(done, match.start())
        letters.append(" " if match[1] else "'" if match[2] else '"' if match[3] else "-")
        starts.append(match.start())
        ends.append(match.end())
        done = match.end()
    copy(done, len(text))
    return "".join(letters), starts, ends

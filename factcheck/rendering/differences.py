"""What differs between two texts, word by word.

Both are cut into words and numbers, runs of white space, single signs, and single characters where a script sets no spaces between
words (Chinese, Japanese, Thai and its neighbours); combining marks stay with what they stand on. What is alike at the
beginning and the end is set aside; between them Python's SequenceMatcher (after Ratcliff and Obershelp, "Pattern
matching: the Gestalt approach", 1988) finds what stays, never beginning at white space alone. Texts too long for that
are compared sentence by sentence first, and what is too long still is taken for wholly different: a text of 100,000
characters takes well under a second.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

type Kind = Literal["same", "removed", "added"]

# Words of one text times words of the other that are compared with each other.
COMPARED = 400_000
# Of these, pairs that are alike: few words said over and over take the longest.
ALIKE = 15_000
SENTENCES = 5_000
SPENT = 10 * ALIKE  # for all fields of one page
LONGEST = 4_000  # characters that go or come, where a text is shown around what differs
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_UNSPACED = "\u0e01-\u0e30\u0e32-\u0e33\u0e40-\u0e46\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(
    rf"\s+|[{_UNSPACED}][{_MARKS}]*|(?:(?![{_UNSPACED}])[\w{_MARKS}])+(?:(?:['’]|(?<=\d)[.,](?=\d))(?:(?![{_UNSPACED}])\w)+)*|[^\w\s][{_MARKS}]*"
)
_SENTENCE_END = re.compile(r"[.!?…。！？]|.*\n", re.DOTALL)


class Change(NamedTuple):
    """A piece of text that stays, goes or comes."""

    kind: Kind
    text: str


def changes(old: str, new: str) -> list[Change]:
    """From one text to another: without what was added the pieces are the old text, without what was removed the new."""
    return _joined(_compare(_TOKEN.findall(old), _TOKEN.findall(new)))


def beside(old: str, new: str) -> tuple[SafeString, SafeString]:
    """Both texts as HTML, to be set side by side: the old one with what goes in <del>, the new one with what comes in <ins>."""
    found = changes(old, new)
    return _html(each for each in found if each.kind != "added"), _html(
        each for each in found if each.kind != "removed"
    )


def merged(old: str, new: str) -> SafeString:
    """One text as HTML, with what goes in <del> and what comes in <ins>."""
    return _html(changes(old, new))


def said(old: str, new: str, around: int | None = None) -> SafeString:
    """As `merged`, for readers: where something goes or comes is also said, for who hears the page and does not see it.

    around -- how many characters are kept on either side of what differs; None for the whole text.
    """
    pieces = changes(old, new)
    return _said(_around(pieces, around) if around is not None else pieces)


def _said(pieces: Iterable[Change]) -> SafeString:
    words = {"removed": (_("[taken out:"), "del"), "added": (_("[added:"), "ins")}
    return format_html_join(
        "",
        "{}",
        (
            (
                format_html("{}", piece.text)
                if piece.kind == "same"
                else format_html(
                    '<{1}><span class="visually-hidden">{0} </span>{2}<span class="visually-hidden">] </span></{1}>',
                    words[piece.kind][0], words[piece.kind][1], piece.text,
                ),
            )
            for piece in pieces
            if piece.text
        ),
    )  # fmt: skip


def sparing(most: int = SPENT) -> Callable[[str, str], SafeString]:
    """`said` for all that one page compares: when `most` pairs of like words have been met, whole texts go and come."""
    left = most

    def draw(old: str, new: str) -> SafeString:
        nonlocal left
        left -= min(_alike(_TOKEN.findall(old), _TOKEN.findall(new)), 4 * ALIKE)
        return said(old, new) if left >= 0 else _said([Change("removed", old), Change("added", new)])

    return draw


def _around(pieces: Sequence[Change], kept: int) -> Iterable[Change]:
    """Of what stays only the beginning and the end, next to what differs, cut at spaces; "[…]" stands for the rest."""
    for number, piece in enumerate(pieces):
        first, last = number == 0, number == len(pieces) - 1
        if piece.kind != "same":
            yield piece if len(piece.text) <= LONGEST else Change(piece.kind, f"{piece.text[:LONGEST]} […]")
            continue
        if len(piece.text) <= (2 - first - last) * kept + 40:
            yield piece
            continue
        head = "" if first else piece.text[:kept].rpartition(" ")[0] or piece.text[:kept]
        tail = "" if last else piece.text[-kept:].partition(" ")[2] or piece.text[-kept:]
        yield Change("same", f"{head} […] {tail}".strip("\n") if head else f"[…] {tail}")


def _html(pieces: Iterable[Change]) -> SafeString:
    elements = {"same": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    return format_html_join("", "{}", ((format_html(elements[kind], text),) for kind, text in pieces))


def _compare(old: Sequence[str], new: Sequence[str]) -> Iterable[Change]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    yield Change("same", "".join(old[:start]))
    yield from _by_words(before, after) if _are_few(before, after, COMPARED) else _by_sentences(before, after)
    yield Change("same", "".join(old[len(old) - end :]))


def _are_few(old: Sequence[str], new: Sequence[str], most: int) -> bool:
    return len(old) * len(new) <= most and _alike(old, new) <= ALIKE


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many pairs of a word here and a word there are the same; what is no word begins nothing."""
    ours, theirs = Counter(old), Counter(new)
    return sum(times * theirs[word] for word, times in ours.items() if not word.isspace())


def _by_words(old: Sequence[str], new: Sequence[str]) -> Iterable[Change]:
    matcher = SequenceMatcher(str.isspace, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(old[i1:i2]))
        else:
            yield from _replaced(old[i1:i2], new[j1:j2])


def _by_sentences(old: Sequence[str], new: Sequence[str]) -> Iterable[Change]:
    before, after = _sentences(old), _sentences(new)
    if max(len(before), len(after)) > SENTENCES:
        yield from _replaced(old, new)
        return
    left = 4 * COMPARED
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=True).get_opcodes():
        if kind == "equal":
            yield Change("same", "".join(chain.from_iterable(before[i1:i2])))
            continue
        gone, come = [*chain.from_iterable(before[i1:i2])], [*chain.from_iterable(after[j1:j2])]
        needed = len(gone) * len(come)
        if _are_few(gone, come, min(left, COMPARED)):
            left -= needed
            yield from _by_words(gone, come)
        else:
            yield from _replaced(gone, come)


def _replaced(old: Sequence[str], new: Sequence[str]) -> Iterable[Change]:
    yield Change("removed", "".join(old))
    yield Change("added", "".join(new))


def _sentences(words: Sequence[str]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    begun: list[str] = []
    for word in words:
        begun.append(word)
        if _SENTENCE_END.match(word):
            found.append(tuple(begun))
            begun = []
    return [*found, tuple(begun)] if begun else found


def _joined(pieces: Iterable[Change]) -> list[Change]:
    """Without empty pieces, and with neighbours of one kind as one; what goes stands before what comes."""
    joined: list[Change] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Change(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined

"""The places of a text that a quote may mean.

The prepared text knows where each run of a few characters stands. The runs that it shares with the quote vote for the shift
between the two; where many agree, the quote is aligned with the text by Levenshtein's distance (rapidfuzz) to find its ends.
This is the seed and extend of sequence search (Altschul et al. 1990, "Basic local alignment search tool", Journal of
Molecular Biology 215).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from unicodedata import east_asian_width

from rapidfuzz.distance import Levenshtein

from factcheck.anchoring.folding import Folded, fold
from factcheck.anchoring.quote import Quote

MOST_CANDIDATES = 100
"""Candidates listed at most: nobody chooses among more, and a single letter can have a million."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text made ready for many quotes to be located in it: folded, and with the places of its runs of characters.

    `grams` holds where each run of `size` characters begins, for those that begin at a multiple of `stride`.
    """

    text: str
    folded: Folded = field(repr=False, compare=False)
    size: int = field(repr=False, compare=False)
    stride: int = field(repr=False, compare=False)
    grams: dict[str, list[int]] = field(repr=False, compare=False)


def prepare(text: str) -> Prepared:
    """Make a text ready, so that what is needed for every quote is worked out once; linear in its length."""
    folded = fold(text)
    # A character of Chinese, Japanese or Korean says about as much as two or three letters.
    sample = folded.text[:: len(folded.text) // 400 + 1]
    wide = sum(east_asian_width(each) in "WF" for each in sample) * 3 > len(sample)
    size, stride = (3, 2) if wide else (6, 4)
    string = folded.text
    grams: dict[str, list[int]] = {}
    for at in range(0, len(string) - size + 1, stride):
        gram = string[at : at + size]
        if gram in grams:
            grams[gram].append(at)
        else:
            grams[gram] = [at]
    return Prepared(text, folded, size, stride, grams)


@dataclass(slots=True)
class Place:
    """A place that may be meant, in the folded text, and what speaks for it, each from 0 to 1.

    words        how alike the words are
    left, right  how alike the context is; None where nothing is known of it
    near         1 at the old offset, less the farther off
    """

    start: int
    end: int
    words: float
    left: float | None
    right: float | None
    near: float
    same: bool = False
    """Whether the words are the same, once folded."""
    values: tuple[float, ...] = ()
    score: float = 0.0
    likely: float = 0.0


@dataclass(slots=True)
class Search:
    """A quote, folded, and the text it is looked for in."""

    quote: Quote
    prepared: Prepared
    words: str
    prefix: str
    suffix: str
    near: int
    """How many characters of context next to the words stand for all of it."""
    expected: int | None
    """The old offset, in the folded text."""

    @classmethod
    def of(cls, quote: Quote, prepared: Prepared) -> Search:
        words = fold(quote.exact).text
        bare = words.strip(" ")
        lead = len(words) - len(words.lstrip(" "))
        prefix = fold(quote.prefix).text + words[:lead]
        suffix = words[len(words.rstrip(" ")) :] + fold(quote.suffix).text
        expected = None
        if quote.start is not None:
            expected = prepared.folded.folded(max(0, min(quote.start, len(prepared.text)))) + lead
        return cls(quote, prepared, bare, prefix, suffix, 2 * prepared.size, expected)

    def places(self) -> tuple[list[Place], float]:
        """The places that may be meant, and how surely the words were taken out of the one where they stood."""
        closed = 0.0
        length = len(self.words)
        if (only := self.unchanged()) is not None:
            return [self.place(only, only + length, 1.0)], closed
        places = [self.place(at, at + length, 1.0) for at in self.verbatim()]
        agreeing = [place for place in places if (place.left or 0.0) > 0.9 and (place.right or 0.0) > 0.9]
        if agreeing:
            # Those that agree in nothing but the words are no rivals to these.
            places.sort(key=lambda place: -(place.left or 0.0) - (place.right or 0.0))
            del places[len(agreeing) + 10 :]
        else:
            between, beside = self.slots()
            for start, end in between:
                if end - start <= length // 5 + 1:
                    closed = max(closed, (self.left(start) or 0.0) * (self.right(end) or 0.0))
                    continue
                if any(start <= place.start and place.end <= end for place in places):
                    continue
                place = self.place(*self._trimmed(start, end))
                if place.words < 0.9 and (span := self.aligned(start, end, 0)):
                    inner = self.place(*span)
                    inner.left, inner.right = self.left(start), self.right(end)
                    place = inner
                places.append(place)
            clear = any(place.words > 0.7 and place.left == place.right == 1.0 for place in places)
            for low, high in [] if clear else [*self.shared(), *beside]:
                if span := self.aligned(low, high, 16 + length // 8):
                    places.append(self.place(*span))
        return places, closed

    def left(self, start: int) -> float | None:
        """How alike what stands before `start` is to the context."""
        if not self.prefix:
            return None
        stands = self.prepared.folded.text[max(0, start - len(self.prefix)) : start]
        return Levenshtein.normalized_similarity(self.prefix, stands)

    def right(self, end: int) -> float | None:
        if not self.suffix:
            return None
        stands = self.prepared.folded.text[end : end + len(self.suffix)]
        return Levenshtein.normalized_similarity(self.suffix, stands)

    def place(self, start: int, end: int, words: float | None = None) -> Place:
        if words is None:
            words = alike(self.words, self.prepared.folded.text[start:end])
        near = 0.0 if self.expected is None else 1 / (1 + abs(start - self.expected) / 50)
        return Place(start, end, words, self.left(start), self.right(end), near, words == 1.0)

    def unchanged(self) -> int | None:
        """Where the words stand with all of their context, if in one place alone."""
        if not self.prefix or not self.suffix:
            return None
        found = list(islice(occurrences(self.prefix + self.words + self.suffix, self.prepared.folded.text), 2))
        return found[0] + len(self.prefix) if len(found) == 1 else None

    def slots(self) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Where the near ends of the context stand now: what is between the two of them, and stretches beside one alone.

        Nothing stands between them where the words were taken out.
        """
        string, length = self.prepared.folded.text, len(self.words)
        before, after = self.prefix[-self.near :], self.suffix[: self.near]
        between, beside = [], []
        for start in [at + len(before) for at in self._some(self.prefix, before)]:
            # The space between the sides stands in both, and only once where they touch.
            end = string.find(after, max(0, start - 1), start + 3 * length + 100) if after.strip() else -1
            if end < 0:
                beside.append((start, start + length))
            else:
                between.append((start, end))
        if not between:
            beside += [(end - length, end) for end in self._some(self.suffix, after)]
        return between, beside

    def _some(self, context: str, near: str) -> list[int]:
        """Some places of the near end of the context: where all of it stands, or else where that end does."""
        if not near.strip():
            return []
        string = self.prepared.folded.text
        if whole := [at + context.index(near) for at in islice(occurrences(context, string), 4)]:
            return whole
        around = (self.expected or 0) - 1_000
        found = list(islice(occurrences(near, string), 4))
        if len(found) == 4 and around > found[-1]:
            found += islice(occurrences(near, string, around), 4)
        return found

    def verbatim(self) -> list[int]:
        """Where the words stand: the first hundred places and those around the old offset."""
        string, words = self.prepared.folded.text, self.words
        found = list(islice(occurrences(words, string), MOST_CANDIDATES))
        if len(found) == MOST_CANDIDATES and self.expected is not None:
            around = max(0, self.expected - 50 * len(words) - 200)
            found += [at for at in islice(occurrences(words, string, around), MOST_CANDIDATES) if at > found[-1]]
        return found

    def shared(self) -> Iterator[tuple[int, int]]:
        """Where the text shares enough runs of characters with the words, at one shift: the stretch to align them with."""
        words, prepared = self.words, self.prepared
        size, grams, length = prepared.size, prepared.grams, len(words)
        step = 1 if length < 2_000 else 5  # no multiple of a stride, so that every run can still meet one of the text's
        hits = [
            (at, places)
            for at in range(0, length - size + 1, step)
            if (places := grams.get(words[at : at + size])) is not None
        ]
        if not hits:
            return
        if sum(len(places) for _, places in hits) > MOST_VOTES:
            hits = self._rarest(hits)
        shifts = [place - at for at, places in hits for place in places]
        width = 24 + length // 4
        votes = Counter([shift // width for shift in shifts])
        best = 0
        done: set[int] = set()
        for bucket, _ in votes.most_common(6):
            if bucket in done:
                continue
            together = {bucket, bucket - 1, bucket + 1} - done
            done |= together
            strength = sum(votes[each] for each in together)
            best = best or strength
            if strength * 4 < best:
                return
            within = [shift for shift in shifts if shift // width in together]
            yield min(within), max(within) + length

    def _rarest(self, hits: list[tuple[int, list[int]]]) -> list[tuple[int, list[int]]]:
        """The rarest runs, as many as are worth counting; of one that stands everywhere the places near the old offset."""
        kept: list[tuple[int, list[int]]] = []
        total = 0
        for at, places in sorted(hits, key=lambda hit: len(hit[1])):
            if len(places) > MOST_VOTES // 8:
                middle = bisect_left(places, (self.expected or 0) + at)
                places = places[max(0, middle - 50) : middle + 50]
            kept.append((at, places))
            total += len(places)
            if total > MOST_VOTES:
                break
        return kept

    def aligned(self, low: int, high: int, slack: int) -> tuple[int, int] | None:
        """Start and end of what the words became, between `low` and `high` or at most `slack` outside."""
        string, words = self.prepared.folded.text, self.words
        low, high = max(0, low - slack), min(len(string), high + slack)
        if len(words) <= LONG:
            core = _core(words, string[low:high])
        else:
            # The two ends decide where it begins and ends; its middle would only take time.
            head = _core(words[: LONG // 2], string[low : low + LONG])
            first = max(low, high - LONG)
            tail = _core(words[-LONG // 2 :], string[first:high])
            core = (head[0], tail[1] + first - low, head[2], tail[3]) if head and tail else None
        if core is None:
            return None
        start = self._start(low, core[0] + low, core[2])
        end = self._end(high, core[1] + low, core[3])
        return self._trimmed(start, end) if start < end else None

    # What the first and last words became is known by the context where it stands, or else by the ends of a sentence if the
    # words ended there, or of a word. A sentence that was put in between does not belong to it.

    def _start(self, low: int, core: int, missing: int) -> int:
        """Where it begins, if `missing` characters of the words stand before `core` in another form."""
        string, reach = self.prepared.folded.text, self.near + min(REACH, len(self.words) // 4)
        guess = max(low, core - missing)
        before = self.prefix[-self.near :]
        found = string.rfind(before, max(0, guess - reach - len(before)), core) if before.strip() else -1
        context = found + len(before) if found >= 0 else None
        if ENDED.search(self.quote.prefix[-16:]) or not self.quote.prefix:
            edges = [
                edge for edge in self._sentences(max(low, guess - reach), core)[0] if context is None or edge > context
            ]
            if edges:
                return min(edges, key=lambda edge: abs(edge - guess))
        return context if context is not None else self._word_edge(guess, self.prefix[-1:], self.words[:1])

    def _end(self, high: int, core: int, missing: int) -> int:
        string, reach = self.prepared.folded.text, self.near + min(REACH, len(self.words) // 4)
        guess = min(high, core + missing)
        after = self.suffix[: self.near]
        found = string.find(after, core, guess + reach + len(after)) if after.strip() else -1
        if ENDED.search(self.quote.exact[-16:]) or self.quote.suffix[:1] in ("", "\n"):
            edges = [edge for edge in self._sentences(core, min(high, guess + reach))[1] if found < 0 or edge < found]
            if edges:
                return min(edges, key=lambda edge: abs(edge - guess))
        return found if found >= 0 else self._word_edge(guess, self.words[-1:], self.suffix[:1])

    def _sentences(self, low: int, high: int) -> tuple[list[int], list[int]]:
        """The starts and the ends of sentences and paragraphs from `low` to `high`."""
        folded, text = self.prepared.folded, self.prepared.text
        starts, ends = [], []
        for match in SENTENCE_END.finditer(text, folded.start(max(0, low - 2)) if low else 0, folded.end(high) + 1):
            end = folded.folded(match.start(1) if match[1].isspace() else match.end(1))
            start = folded.folded(match.end())
            if low <= end <= high:
                ends.append(end)
            if low <= start <= high:
                starts.append(start)
        return starts, ends

    def _word_edge(self, at: int, before: str, after: str) -> int:
        """The nearest edge of a word, if the quote had one between these two; else, or where none is near, `at`."""
        if before.isalnum() and after.isalnum():
            return at
        string = self.prepared.folded.text
        for off in range(min(16, 2 + len(self.words) // 4)):
            for here in (at - off, at + off):
                if 0 <= here <= len(string) and not (
                    string[here - 1 : here].isalnum() and string[here : here + 1].isalnum()
                ):
                    return here
        return at

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        string = self.prepared.folded.text
        while start < end and string[start] == " ":
            start += 1
        while start < end and string[end - 1] == " ":
            end -= 1
        return start, end


ENDED = re.compile(r"[.!?…。！？؟।\n][\"'”’»)\]」』]*\s*$")
"""The end of a sentence or paragraph at the end of a text."""

SENTENCE_END = re.compile(r"([.!?…؟।]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』]*|\n)\s*")

MOST_VOTES = 4_000
"""Runs of characters counted for a quote at most; the rarest tell the most."""

REACH = 250
"""How far from where the words surely stand their first or last is looked for."""

LONG = 6_000
"""Folded characters from which on only the ends of a quote are aligned."""


def occurrences(words: str, text: str, begin: int = 0) -> Iterator[int]:
    """Every place where the words begin, also where they overlap their own repetition."""
    begin = text.find(words, begin)
    while begin >= 0:
        yield begin
        begin = text.find(words, begin + 1)


def alike(old: str, new: str) -> float:
    """One less the edits between the two, as a share of the longer; of long ones in words, which is quicker."""
    if len(old) > 4 * LONG and len(new) > 4 * LONG:
        return Levenshtein.normalized_similarity(old.split(" "), new.split(" "))
    return Levenshtein.normalized_similarity(old, new)


def _core(words: str, window: str) -> tuple[int, int, int, int] | None:
    """Start and end in the window of what surely stands there of the words; how many of them are before and after it.

    None where nothing does. Letters that are the same by chance lie outside, so this is the run of matching blocks in
    which more matches than lies between.
    """
    blocks = [block for block in Levenshtein.editops(words, window).as_matching_blocks() if block.size]
    if not blocks:
        return None
    core = max(range(len(blocks)), key=lambda n: blocks[n].size)
    outer = [core, core]
    for side, step, beyond in ((0, -1, -1), (1, 1, len(blocks))):
        gain = best = 0.0
        for n in range(core + step, beyond, step):
            one, other = (blocks[n], blocks[n - step]) if step < 0 else (blocks[n - step], blocks[n])
            gap = max(other.a - one.a - one.size, other.b - one.b - one.size)
            gain += blocks[n].size - 0.5 * gap
            if gain > best:
                best = gain
                outer[side] = n
    first, last = blocks[outer[0]], blocks[outer[1]]
    return first.b, last.b + last.size, first.a, len(words) - last.a - last.size

"""Texts that change under a quote, with what became of it known: made of any texts, in any language."""

import random
import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from factcheck.anchoring.quote import Quote

SENTENCE = re.compile(r"[^.!?。！？।؟\n]+(?:[.!?。！？।؟]+[\"'”’»」)]*)?\s*|[.!?。！？।؟\n]+\s*")
UNSPACED = "\u0e00-\u0e7f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
WORDS = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+\s*|\s+")
"""A word with the space after it, or a character of a script that puts none."""

KINDS = {
    "unchanged": 10,
    "typography": 5,
    "edited 1-5 %": 12,
    "edited 5-15 %": 14,
    "edited 15-30 %": 12,
    "edited 30-50 %": 8,
    "moved": 8,
    "repeated": 12,
    "lookalike stands too": 6,
    "deleted": 6,
    "deleted with its neighbours": 5,
    "replaced": 4,
    "lookalike stands alone": 11,
    "copy stands alone": 1,
}
RATES = {"1-5": (0.005, 0.05), "5-15": (0.05, 0.15), "15-30": (0.15, 0.3), "30-50": (0.3, 0.5)}


@dataclass(frozen=True)
class Case:
    kind: str
    text: str
    quote: Quote
    expected: tuple[int, int] | None


def overlap(expected: tuple[int, int] | None, found: tuple[int, int]) -> float:
    """What two spans share, as a part of what they cover together."""
    if expected is None:
        return 0.0
    both = min(found[1], expected[1]) - max(found[0], expected[0])
    return max(0, both) / (max(found[1], expected[1]) - min(found[0], expected[0]))


def right(expected: tuple[int, int] | None, start: int | None, end: int | None) -> bool:
    """Whether a find overlaps what it should by at least 0.8 of their union, or rightly finds nothing."""
    if start is None or end is None:
        return expected is None
    return overlap(expected, (start, end)) >= 0.8


class Drift:
    """Cases out of one text; `others` are sentences of other texts in its language or any."""

    def __init__(self, text: str, others: list[str], chance: random.Random) -> None:
        self.chance = chance
        self.sentences = SENTENCE.findall(text)
        self.vocabulary = [word.strip() for word in WORDS.findall(text) if not word.isspace()]
        self.others = others

    def case(self, kind: str = "") -> Case | None:
        """One case of the kind, or of any; None where this text has none or none came out."""
        chance = self.chance
        kind = kind or chance.choices(list(KINDS), list(KINDS.values()))[0]
        old = list(self.sentences)
        at = chance.randrange(len(old))
        if kind.startswith("lookalike") or kind in ("repeated", "copy stands alone") or chance.random() < 0.15:
            at = self._twins(kind, old, at)
        if chance.random() < 0.02:
            old, at = self._list(old[at])
        span = chance.choices((1, 2, 3, 12), (80, 12, 6, 2))[0]
        chosen = "".join(old[at : at + span])
        exact = chosen.rstrip()
        before, after = "", chosen[len(exact) :]
        form = chance.random()
        words = list(WORDS.finditer(exact))
        if form < 0.15 and words:  # one to three words
            first = chance.randrange(len(words))
            last = min(len(words) - 1, first + chance.randrange(3))
            before, exact, after = (
                exact[: words[first].start()],
                exact[words[first].start() : words[last].end()],
                exact[words[last].end() :] + after,
            )
        elif form < 0.35 and len(words) > 4:  # part of a sentence
            first = chance.randrange(len(words) // 2)
            last = chance.randrange(first + 2, len(words))
            before, exact, after = (
                exact[: words[first].start()],
                exact[words[first].start() : words[last].end()],
                exact[words[last].end() :] + after,
            )
        lead = len(exact) - len(exact.lstrip())
        before, exact = before + exact[:lead], exact[lead:]
        bare = exact.rstrip()
        exact, after = bare, exact[len(bare) :] + after
        if sum(map(str.isalpha, exact)) < 3:
            return None
        start = sum(map(len, old[:at])) + len(before)
        quote = Quote.at("".join(old), start, start + len(exact))
        if "".join(old).count(quote.prefix + exact + quote.suffix) > 1:
            return None  # nobody could tell them apart
        form = chance.random()
        if form < 0.03:
            quote = Quote(exact)
        elif form < 0.06:
            quote = Quote(exact, start=quote.start)
        elif form < 0.12:
            quote = Quote(exact, quote.prefix, quote.suffix)
        head, tail = old[:at], old[at + span :]
        for side in (head, tail):
            self._drift(side, chance.choice((0.0, 0.0, 0.03, 0.15)))
        form = chance.random()
        if form < 0.2:  # what stood above was cut
            del head[: chance.randrange(len(head) + 1)]
        elif form < 0.4:
            head[:0] = chance.choices(self.others, k=chance.randint(1, 20))
        return self._done(kind, quote, head, before, exact, after, tail)

    def _done(
        self, kind: str, quote: Quote, head: list[str], before: str, exact: str, after: str, tail: list[str]
    ) -> Case | None:
        chance = self.chance
        neighbours = chance.random()
        new: str | None = exact
        if kind == "typography":
            new = self._typography(exact)
        elif kind.startswith("edited"):
            low, high = RATES[kind.split()[1]]
            new = self.edited(exact, low, high)
            if new is None:
                return None
        if kind.startswith(("lookalike", "repeated", "copy", "moved")) and chance.random() < 0.1:
            self._shuffle(head)
        if kind in ("deleted", "lookalike stands alone", "copy stands alone"):
            new = None
        elif kind == "deleted with its neighbours":
            new, before, after = None, "", ""
            if head and chance.random() < 0.7:
                head.pop()
            if tail and chance.random() < 0.7:
                tail.pop(0)
        elif kind == "replaced":
            return Case(kind, "".join([*head, before, chance.choice(self.others).strip(), after, *tail]), quote, None)
        elif kind == "moved":
            # Out of its sentence a few words would tell nobody where they came from.
            if len(exact) < 25 or before.strip() or after.strip():
                return None
            sides = head + tail
            to = chance.randrange(len(sides) + 1)
            if chance.random() < 0.5:
                sides.insert(to, exact + (after or " "))
                return self._case(kind, sides[:to], "", exact, after or " ", sides[to + 1 :], quote)
            last = head.pop() if head else ""  # with the sentence before it
            sides = head + tail
            to = chance.randrange(len(sides) + 1)
            return self._case(kind, sides[:to], last, exact, after or " ", sides[to:], quote)
        if neighbours < 0.2:
            before = self.edited(before, 0.05, 0.6) or before
            if head:
                head[-1] = self.edited(head[-1], 0.1, 0.7) or head[-1]
        if 0.15 < neighbours < 0.35:
            after = self.edited(after, 0.05, 0.6) or after
            if tail:
                tail[0] = self.edited(tail[0], 0.1, 0.7) or tail[0]
        if 0.45 < neighbours < 0.5 and head:
            head[-1] = chance.choice(self.others)
        if 0.48 < neighbours < 0.53 and tail:
            tail[0] = chance.choice(self.others)
        if 0.53 < neighbours < 0.56 and not before:
            head.append(chance.choice(self.others))
        return self._case(kind, head, before, new, after, tail, quote)

    def _case(
        self, kind: str, head: list[str], before: str, new: str | None, after: str, tail: list[str], quote: Quote
    ) -> Case:
        lead = "".join(head) + before
        text = lead + (new or "") + after + "".join(tail)
        expected = (len(lead), len(lead) + len(new)) if new else None
        if self.chance.random() < 0.03 and len(text.upper()) == len(text):
            text = text.upper()
        return Case(kind, text, quote, expected)

    def _twins(self, kind: str, old: list[str], at: int) -> int:
        """Put copies, or sentences much like this one, beside it or elsewhere; where it stands then."""
        chance = self.chance
        for _ in range(chance.choice((1, 1, 2, 4))):
            twin = old[at] if kind in ("repeated", "copy stands alone") else self.edited(old[at], 0.03, 0.42)
            if twin is None:
                continue
            beside = (
                twin != old[at] and chance.random() < 0.35
            )  # of two copies side by side nobody could tell which went
            to = chance.choice((at, at + 1)) if beside else chance.randrange(len(old) + 1)
            block = [twin if twin[-1].isspace() else twin + " "]
            if twin == old[at] and chance.random() < 0.3:  # with a neighbour, as an excerpt repeats what follows
                block = old[max(0, at - 1) : at] + block if chance.random() < 0.5 else block + old[at + 1 : at + 2]
            old[to:to] = block
            at += len(block) * (to <= at)
        return at

    def _list(self, sentence: str) -> tuple[list[str], int]:
        """A text of sentences that differ in a word or two, as lists and tables have them; and one of them."""
        chance = self.chance
        made = []
        for _ in range(chance.randint(5, 40)):
            units = WORDS.findall(sentence)
            for at in chance.sample(range(len(units)), k=min(len(units), chance.choice((1, 1, 2)))):
                word = chance.choice(self.vocabulary) if chance.random() < 0.5 else str(chance.randrange(2_000))
                units[at] = word + units[at][len(units[at].rstrip()) :]
            made.append("".join(units).rstrip() + " ")
        return made, chance.randrange(len(made))

    def _shuffle(self, sentences: list[str]) -> None:
        last = sentences[-1:]
        del sentences[-1:]
        self.chance.shuffle(sentences)
        sentences += last

    def _drift(self, sentences: list[str], share: float) -> None:
        """Edit, leave out, add and swap this share of the sentences."""
        chance = self.chance
        for at in range(len(sentences) - 1, -1, -1):
            if chance.random() < share:
                act = chance.random()
                if act < 0.5:
                    sentences[at] = self.edited(sentences[at], 0.02, 0.5) or sentences[at]
                elif act < 0.7:
                    del sentences[at]
                elif act < 0.9:
                    sentences.insert(at, chance.choice(self.others))
                elif at:
                    sentences[at - 1], sentences[at] = sentences[at], sentences[at - 1]

    def _typography(self, words: str) -> str:
        act = self.chance.randrange(5)
        if act == 0:
            return words.upper()
        if act == 1:
            return words.replace(" ", "\u00a0").replace("-", "–")
        if act == 2:
            return words.replace('"', "“").replace("'", "’").replace(" ", "  ")
        if act == 3:
            return unicodedata.normalize("NFD", words)
        middle = len(words) // 2
        return words[:middle] + "\u00ad" + words[middle:]

    def edited(self, words: str, low: float, high: float) -> str | None:
        """The words after edits of a share of their characters between the two; None where that did not come out."""
        chance = self.chance
        for _ in range(12):
            aim = chance.uniform(low, high)
            units = WORDS.findall(words)
            if not units:
                return None
            while (rate := Levenshtein.normalized_distance(words, "".join(units))) < aim:
                self._edit(units, max(1, round(len(units) * (aim - rate) * chance.random())))
                if not units:
                    break
            new = "".join(units).strip()
            if new and low <= Levenshtein.normalized_distance(words, new) <= high:
                return new + words[len(words.rstrip()) :]
        return None

    def _edit(self, units: list[str], length: int) -> None:
        """One edit of about so many words, somewhere."""
        chance = self.chance
        at = chance.randrange(len(units))
        act = chance.random()
        # New words are spaced as those in whose place they come.
        space = units[at][len(units[at].rstrip()) :] or (" " if any(unit[-1].isspace() for unit in units) else "")
        some = [word + space for word in chance.choices(self.vocabulary, k=length)]
        if act < 0.35:
            units[at : at + length] = some
        elif act < 0.5:
            del units[at : at + length]
        elif act < 0.7:
            units[at:at] = some
        elif act < 0.8:
            other = chance.randrange(len(units))
            units[at], units[other] = units[other].rstrip() + space, units[at].rstrip() + space
        elif act < 0.85:
            units[at] = units[at].rstrip() + chance.choice((".", ",", ";", "。")) + space
        else:
            word = units[at]
            letter = chance.choice(chance.choice(self.vocabulary))
            place = chance.randrange(len(word.rstrip()) + 1)
            units[at] = (
                word[:place] + letter + word[place + chance.randrange(2) :].lstrip()
                if place < len(word.rstrip())
                else word
            )

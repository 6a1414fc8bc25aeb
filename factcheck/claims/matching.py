"""What is known already: claims like a wording, claimants like a name, topics by how they begin.

Claims are found in two ways at once, each by its own index. Full text finds those that share at least two telling words
in any order, each compared by how it begins, so that the ending does not matter: a stemmer would have to know the
language, and claims come in all of them. (For the same reason the text search configuration is `simple`.) Trigrams find
what is misspelt or half typed (PostgreSQL manual, F.35 "pg_trgm"). What is found is put in order by the mean of three
numbers from 0 to 1: how far the words asked for are in a part of the claim (word_similarity), how alike both are as a
whole (similarity), and the share of the telling words that the claim has, long ones counting more. Long words and
numbers stand for rare ones: they tell statements apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, groupby
from operator import itemgetter
from unicodedata import category

from django.contrib.postgres.search import (
    SearchQuery,
    SearchVector,
    TrigramSimilarity,
    TrigramWordSimilarity,
)
from django.db import connection, transaction
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Lower

from factcheck.claims.models import Claim, Claimant, Topic
from factcheck.history.folding import Signs, signs

LONGEST = 500  # characters of what is asked; the rest is left out
WORDS = 8  # of a question's words, how many are looked for by trigrams
PAIRED = 6  # telling words of which two are enough
LIKE = 0.45  # what is less alike by trigrams is alike by chance
NEWEST = 400  # candidates of each way, so that a common word does not cost more
COMPARED = 40  # of those, how many are looked at word by word
FLOOR = 0.34  # a score below it is no likeness
NAME = 0.3  # the same for names, which are looked at letter by letter then
SAME_NAME = 0.8  # of two names, how much must be the same letters in the same order


@dataclass(frozen=True)
class Match:
    """A claim like what was asked for: how much (1 is the same words), and its wording in pieces (text, is it a match)."""

    claim: Claim
    score: float
    pieces: list[tuple[str, bool]]


def similar(wording: str, *, besides: int | None = None, limit: int = 8) -> list[Match]:
    """Claims on the desk like this wording, the most alike first and of equals the newest.

    wording -- of a claim, as far as it is typed, or words of an article. besides -- the number of the claim itself.
    """
    asked = _readable(wording)
    telling = _telling(asked)
    if not telling:
        return []
    candidates = Claim.objects.on_desk().alias(folded=Signs("wording"), words=_WORDS_OF_CLAIM).order_by("-pk")
    if besides is not None:
        candidates = candidates.exclude(pk=besides)
    most = sorted(telling, key=lambda word: (-_weight(word), word))[:WORDS]
    # Of a few words too many claims have a part that is like them; nearly the whole must be.
    few = len(most) < 3 or _weight(most[0]) == 1
    near = "folded__trigram_similar" if few and asked.isascii() else "folded__trigram_word_similar"
    alike = candidates.filter(**{near: " ".join(most)})
    sharing = candidates.filter(words=_two_of(most[:PAIRED]))
    with transaction.atomic():
        _tell_alike(LIKE)
        compared = (
            Claim.objects.filter(pk__in=alike.values("pk")[:NEWEST].union(sharing.values("pk")[:NEWEST]))
            .annotate(
                part=TrigramWordSimilarity(signs(asked), Signs("wording")),
                whole=TrigramSimilarity(Signs("wording"), signs(asked)),
            )
            .select_related("claimant")
            .order_by((F("part") + F("whole")).desc(), "-pk")[:COMPARED]
        )
        scored = [(_score(claim, telling), claim) for claim in compared]
    scored.sort(key=lambda each: (-each[0], -each[1].pk))
    return [Match(claim, score, _pieces(claim.wording, telling)) for score, claim in scored[:limit] if score >= FLOOR]


def marked(wording: str, words: str) -> list[tuple[str, bool]]:
    """The wording in pieces, each with whether it is among these words."""
    return _pieces(wording, _telling(_readable(words)))


def claimants_called(beginning: str, *, limit: int = 8) -> list[Claimant]:
    """Claimants of whose names each of these words begins a word, with `count`: how many claims they made.

    The one of exactly this name comes first, then those with the most claims. A merged one leads to who they became.
    """
    asked = list(dict.fromkeys(signs(_readable(beginning)).split()))[:WORDS]
    named = Claimant.objects.alias(folded=Signs("name"))
    for word in asked:
        named = named.filter(Q(folded__startswith=word) | Q(folded__contains=f" {word}"))
    ids = [merged or pk for pk, merged in named.order_by("name", "pk").values_list("pk", "merged_into")[:NEWEST]]
    known = list(_with_claims(Claimant.objects.filter(pk__in=ids)))
    whole = " ".join(signs(_readable(beginning)).split())
    known.sort(key=lambda claimant: (signs(claimant.name) != whole, -claimant.count, claimant.name, claimant.pk))  # type: ignore[attr-defined]  # annotated
    return known[:limit]


def is_known(name: str) -> bool:
    """Whether a claimant of this name would be found and none made."""
    return (
        Claimant.objects.alias(lower=Lower("name"))
        .filter(lower=Lower(Value(" ".join(_readable(name).split()))))
        .exists()
    )


def likely_same(name: str, *, limit: int = 4) -> list[Claimant]:
    """Claimants who may be the one of this new name, the likeliest first, with `count` as above.

    The same letters but for case, accents and signs; the same words in another order; initials for given names; the
    initials of an organisation for its name, and the other way round; or nearly the same letters.
    """
    asked = _readable(name)
    words = _name_words(asked)
    if not words:
        return []
    plain = " ".join(words)
    named = Q(folded__trigram_similar=plain) | Q(folded=plain.replace(" ", ""))
    for word in list(dict.fromkeys(words))[:WORDS]:
        if len(word) > 2:
            named |= Q(folded__contains=word)
    if len(words) > 2:
        named |= Q(folded="".join(word[0] for word in words))
    if len(words) == 1 and asked.isupper() and 2 < len(words[0]) < 8:
        named |= Q(folded__regex=r"^" + r"[^ ]* (\w{1,3} )*".join(words[0]))
    with transaction.atomic():
        _tell_alike(NAME)
        rows = (
            Claimant.objects.alias(folded=Signs("name"))
            .annotate(alike=TrigramSimilarity(Signs("name"), plain))
            .filter(named)
            .order_by("-alike", "pk")
            .values_list("pk", "merged_into", "name")[:COMPARED]
        )
        likeness: dict[int, float] = {}
        for pk, merged, known_as in rows:
            score = _same_person(words, _name_words(known_as))
            if score >= SAME_NAME:
                likeness[merged or pk] = max(score, likeness.get(merged or pk, 0))
    found = list(_with_claims(Claimant.objects.filter(pk__in=likeness)))
    return sorted(found, key=lambda claimant: (-likeness[claimant.pk], claimant.pk))[:limit]


def topics_called(beginning: str, *, besides: Iterable[str] = (), limit: int = 8) -> Sequence[Topic]:
    """Topics in whose names a word begins so, with `count`: the most used first. besides -- names not to be offered."""
    asked = signs(_readable(beginning)).strip()
    left_out = {signs(name.strip()) for name in besides}
    topics = Topic.objects.alias(folded=Signs("name")).annotate(
        count=Count("claims", filter=Q(claims__trashed_at=None))
    )
    if asked:
        topics = topics.filter(Q(folded__startswith=asked) | Q(folded__contains=f" {asked}"))
    found: Sequence[Topic] = list(topics.order_by("-count", "name", "pk")[: limit + len(left_out)])
    return [topic for topic in found if signs(topic.name) not in left_out][:limit]


def _tell_alike(threshold: float) -> None:
    """From which likeness on pg_trgm's operators find something, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true),"
            " set_config('pg_trgm.word_similarity_threshold', %s, true)",
            [str(threshold)] * 2,
        )


_WORDS_OF_CLAIM = SearchVector(Signs("wording"), config="simple")


def _readable(text: str) -> str:
    """What can be asked of a database, in one line and no longer than a wording."""
    return " ".join(text.replace("\0", " ").split())[:LONGEST]


def _words(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces: (piece, whether it is a word)."""
    for is_word, letters in groupby(text, key=lambda sign: category(sign)[0] in "LNM"):
        yield "".join(letters), is_word


def _telling(text: str) -> list[str]:
    """The words that tell statements apart, as they are compared, each once, in their order; all where none is telling."""
    words = list(dict.fromkeys("".join(signs(word).split()) for word, is_word in _words(text) if is_word))
    words = [word for word in words if word.isalnum()]
    return [word for word in words if _weight(word) > 1] or words


def _weight(word: str) -> int:
    """How much a word tells: numbers like long words, long words more than short ones."""
    if word.isdecimal():
        return 8 if len(word) > 1 else 3
    return min(len(word), 10) if len(word) > 3 else 1


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 3)] if len(word) > 5 and not word.isdecimal() else word


def _two_of(words: list[str]) -> SearchQuery:
    """Two of these words, or the only one, each as it begins; where none is telling, all of them."""
    begun = [f"{_stem(word)}:*" for word in words]
    together = combinations(begun, min(2, len(begun))) if _weight(words[0]) > 1 else [begun]
    return SearchQuery(" | ".join(f"({' & '.join(each)})" for each in together), config="simple", search_type="raw")


def _score(claim: Claim, telling: list[str]) -> float:
    has = {signs(word) for word, is_word in _words(claim.wording) if is_word}
    shared = sum(_weight(word) for word in telling if any(_akin(word, other, telling) for other in has))
    share = shared / sum(_weight(word) for word in telling)
    return (claim.part + claim.whole + share) / 3  # type: ignore[attr-defined,no-any-return]  # annotated


def _pieces(wording: str, telling: list[str]) -> list[tuple[str, bool]]:
    judged = []
    for piece, is_word in _words(wording):
        word = signs(piece)
        judged.append((piece, is_word and any(_akin(asked, word, telling) for asked in telling)))
    return [("".join(piece for piece, _is in run), is_match) for is_match, run in groupby(judged, key=itemgetter(1))]


def _akin(asked: str, word: str, telling: list[str]) -> bool:
    """Whether two words are the same but for their endings; the last one asked for may still be on its way."""
    if asked == word or (asked == telling[-1] and len(asked) > 2 and word.startswith(asked)):
        return True
    if min(len(asked), len(word)) < 4 or asked.isdecimal() or word.isdecimal():
        return False
    alike = next((at for at, (one, other) in enumerate(zip(asked, word, strict=False)) if one != other), None)
    return alike is None or alike >= max(4, 0.55 * max(len(asked), len(word)))


def _name_words(name: str) -> list[str]:
    return [word for word in ("".join(signs(word).split()) for word, is_word in _words(name) if is_word) if word]


def _same_person(one: list[str], other: list[str]) -> float:
    """How likely two names are one's, by their words: 1 for the same ones, less for initials, else how alike the letters are."""
    if "".join(one) == "".join(other):
        return 1
    if sorted(one) == sorted(other):
        return 0.95
    if min(len(one), len(other)) > 1 and (set(one) <= set(other) or set(other) <= set(one)):
        return 0.9
    if len(one) == len(other) > 1 and _initialled(one, other):
        return 0.85
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and len(long) > 2 and _initials(long, short[0]):
        return 0.85
    return min(0.84, SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False).ratio())


def _initialled(one: list[str], other: list[str]) -> bool:
    """Whether word for word they are the same or one is the other's initial, and at least one is the same in full."""
    pairs = list(zip(one, other, strict=True))
    return any(a == b and len(a) > 1 for a, b in pairs) and all(
        a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs
    )


def _initials(words: list[str], letters: str) -> bool:
    """Whether these are the words' first letters; small words such as "of" may be passed over."""
    telling = [word for word in words if len(word) > 3]
    return letters in ("".join(word[0] for word in words), "".join(word[0] for word in telling))


def _with_claims(claimants: QuerySet[Claimant]) -> QuerySet[Claimant]:
    return claimants.annotate(count=Count("claims", filter=Q(claims__trashed_at=None)))

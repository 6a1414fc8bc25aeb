import random

from hypothesis import given
from hypothesis import strategies as st

from factcheck.anchoring.locating import MOST_CANDIDATES, Location, Status, locate, prepare
from factcheck.anchoring.quote import Quote

BEFORE = "The council met on Monday evening in the old town hall. "
WORDS = "The new bridge cost four million euros more than planned."
AFTER = " The mayor did not take questions afterwards, his office said."
TEXT = BEFORE + WORDS + AFTER
QUOTE = Quote.at(TEXT, len(BEFORE), len(BEFORE + WORDS))
OTHER = "Elsewhere it rained for most of the week, and the fair was put off until spring. "


def at(text: str, words: str = WORDS) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def found(location: Location) -> tuple[Status, int | None, int | None]:
    return location.status, location.start, location.end


@st.composite
def places(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text that repeats itself and a span of it that has some length."""
    letters = st.one_of(st.sampled_from("ab "), st.characters(exclude_categories=["Cs"]))
    text = draw(st.text(letters, min_size=1, max_size=20)) * draw(st.integers(1, 5))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(places())
def test_in_the_same_text_every_quote_is_exact(place: tuple[str, int, int]) -> None:
    text, start, end = place
    assert found(locate(Quote.at(text, start, end), text)) == (Status.EXACT, start, end)


@given(places(), st.text(max_size=60))
def test_where_a_place_is_named_the_words_stand_there(place: tuple[str, int, int], other: str) -> None:
    text, start, end = place
    quote = Quote.at(text, start, end)
    changed = other + text[: start // 2] + text[start:] + other
    location = locate(quote, changed)
    named = [(location.start, location.end)] if location.start is not None else []
    for begin, finish in [*named, *location.candidates]:
        assert changed[begin:finish] == quote.exact


@given(places(), st.text(max_size=60))
def test_words_that_are_not_in_the_text_are_gone(place: tuple[str, int, int], other: str) -> None:
    text, start, end = place
    quote = Quote.at(text, start, end)
    assert (locate(quote, other).status == Status.GONE) == (quote.exact not in other)


def test_words_pushed_down_among_their_neighbours_are_exact() -> None:
    text = OTHER + TEXT
    assert found(locate(QUOTE, text)) == (Status.EXACT, *at(text))


def test_an_edit_farther_off_in_the_context_leaves_the_words_exact() -> None:
    text = OTHER + TEXT.replace("evening in", "night in").replace("take questions", "take any questions")
    assert found(locate(QUOTE, text)) == (Status.EXACT, *at(text))


def test_words_that_keep_their_place_and_one_neighbour_are_exact() -> None:
    text = TEXT.replace(" The mayor did not", " Nobody did")
    assert found(locate(QUOTE, text)) == (Status.EXACT, *at(text))


def test_short_words_that_keep_their_place_and_half_a_neighbour_are_exact() -> None:
    bridge = Quote.at(TEXT, len(BEFORE), len(BEFORE) + 3)
    text = BEFORE.replace("evening in", "EVENING in") + "The end."
    assert found(locate(bridge, text)) == (Status.EXACT, len(BEFORE), len(BEFORE) + 3)


def test_long_words_that_keep_nothing_but_their_place_are_exact() -> None:
    text = "x" * len(BEFORE) + WORDS + "\n\n" + OTHER
    assert found(locate(QUOTE, text)) == (Status.EXACT, *at(text))


def test_short_words_that_keep_nothing_but_their_place_are_not_taken_for_the_quote() -> None:
    bridge = Quote.at(TEXT, len(BEFORE), len(BEFORE) + 3)
    text = "x" * len(BEFORE) + "The end."
    assert locate(bridge, text) == Location(Status.AMBIGUOUS, candidates=((len(BEFORE), len(BEFORE) + 3),))


def test_short_words_that_keep_one_neighbour_elsewhere_are_moved() -> None:
    bridge = Quote.at(TEXT, len(BEFORE), len(BEFORE) + 14)
    text = OTHER + BEFORE + "The new bridge is open. " + OTHER
    assert found(locate(bridge, text)) == (Status.MOVED, *at(text, "The new bridge"))


def test_short_words_that_keep_half_a_neighbour_elsewhere_are_moved() -> None:
    bridge = Quote.at(TEXT, len(BEFORE), len(BEFORE) + 19)
    text = OTHER + BEFORE.replace("evening in", "night in") + "The new bridge cost nothing. " + OTHER
    assert found(locate(bridge, text)) == (Status.MOVED, *at(text, "The new bridge cost"))


def test_long_words_alone_among_strangers_are_moved() -> None:
    text = OTHER + WORDS + "\n\n" + OTHER
    assert found(locate(QUOTE, text)) == (Status.MOVED, *at(text))


def test_short_words_alone_among_strangers_are_not_taken_for_the_quote() -> None:
    start = TEXT.index("four million")
    location = locate(Quote.at(TEXT, start, start + 12), "They sold four million of them.")
    assert location == Location(Status.AMBIGUOUS, candidates=((10, 22),))


def test_words_that_stand_twice_without_their_neighbours_are_ambiguous() -> None:
    text = OTHER + WORDS + " " + OTHER + WORDS
    first = text.index(WORDS)
    second = text.index(WORDS, first + 1)
    length = len(WORDS)
    expected = ((first, first + length), (second, second + length))
    assert locate(QUOTE, text) == Location(Status.AMBIGUOUS, candidates=expected)


def test_two_places_with_one_neighbour_each_are_ambiguous() -> None:
    text = OTHER + BEFORE + WORDS + " " + OTHER + WORDS + AFTER
    assert locate(QUOTE, text).status == Status.AMBIGUOUS


def test_of_two_places_the_one_with_the_neighbours_is_taken() -> None:
    text = OTHER + WORDS + " " + OTHER + TEXT
    start = text.index(TEXT) + len(BEFORE)
    assert found(locate(QUOTE, text)) == (Status.EXACT, start, start + len(WORDS))


def test_the_neighbours_count_for_more_than_the_old_offset() -> None:
    filler = "x" * (len(BEFORE) - 1) + " "
    text = filler + WORDS + " " + OTHER + TEXT
    assert text.startswith(WORDS, len(BEFORE))
    start = text.index(TEXT) + len(BEFORE)
    assert found(locate(QUOTE, text)) == (Status.EXACT, start, start + len(WORDS))


def test_of_places_alike_the_one_at_the_old_offset_is_taken() -> None:
    text = TEXT * 4
    start = len(TEXT) * 2 + len(BEFORE)
    assert found(locate(Quote.at(text, start, start + 5), text)) == (Status.EXACT, start, start + 5)


def test_of_places_alike_none_is_taken_when_the_old_offset_has_other_words() -> None:
    text = "No. " * 40
    assert locate(Quote.at(text, 80, 83), "Well! " + text).status == Status.AMBIGUOUS


def test_words_without_context_or_offset_are_exact_where_they_stand_once() -> None:
    assert found(locate(Quote("four million"), TEXT)) == (Status.EXACT, *at(TEXT, "four million"))


def test_words_without_context_are_moved_when_they_stand_once_elsewhere() -> None:
    assert found(locate(Quote("four million", start=3), TEXT)) == (Status.MOVED, *at(TEXT, "four million"))


def test_edited_words_are_gone_for_now() -> None:
    text = TEXT.replace("four million", "five million")
    assert locate(QUOTE, text) == Location(Status.GONE)


def test_an_offset_outside_the_text_does_no_harm() -> None:
    text = BEFORE + WORDS
    for start in (-len(WORDS), 10**9):
        assert found(locate(Quote(WORDS, start=start), text)) == (Status.MOVED, *at(text))


def test_a_prepared_text_gives_the_same_answer() -> None:
    assert locate(QUOTE, prepare(OTHER + TEXT)) == locate(QUOTE, OTHER + TEXT)


def test_a_place_that_was_found_is_its_only_candidate() -> None:
    assert locate(QUOTE, TEXT).candidates == (at(TEXT),)


def test_candidates_are_listed_up_to_a_limit() -> None:
    assert len(locate(Quote("a"), "a" * 100_000).candidates) == MOST_CANDIDATES


def test_the_old_offset_is_known_beyond_the_candidates_listed() -> None:
    assert found(locate(Quote("a", start=99_000), "a" * 100_000)) == (Status.EXACT, 99_000, 99_001)


def test_sentences_of_a_shuffled_text_are_never_put_in_a_wrong_place() -> None:
    chance = random.Random(7)
    sentences = [f"In the year {year} the town of number {year * 7} had many guests. " for year in range(60)]
    text = "".join(sentences)
    quotes = [Quote.at(text, text.index(sentence), text.index(sentence) + len(sentence)) for sentence in sentences]
    chance.shuffle(sentences)
    shuffled = "".join(sentences)
    for quote in quotes:
        location = locate(quote, shuffled)
        assert (location.start, location.end) == at(shuffled, quote.exact)

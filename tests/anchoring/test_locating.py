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
LONG = "\n\n".join(
    f"In {year} the town of {year * 7} had {year % 13} guests{' and a fair' * (year % 3)}."
    for year in range(1900, 1990)
)
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
def test_a_location_lies_within_the_text(place: tuple[str, int, int], other: str) -> None:
    text, start, end = place
    changed = other + text[: start // 2] + text[start:] + other
    location = locate(Quote.at(text, start, end), changed)
    assert (location.start is None) == (location.end is None) == (location.status in (Status.AMBIGUOUS, Status.GONE))
    named = [(location.start, location.end)] if location.start is not None else []
    for begin, finish in [*named, *location.candidates]:
        assert 0 <= begin < finish <= len(changed)
    assert 0 <= location.confidence <= 1
    assert 0 <= location.margin <= 1


@given(
    st.text(max_size=200), st.text(min_size=1, max_size=50), st.text(max_size=50), st.text(max_size=50), st.integers()
)
def test_no_quote_and_no_text_raises(text: str, exact: str, prefix: str, suffix: str, start: int) -> None:
    location = locate(Quote(exact, prefix, suffix, start), text)
    for change in location.changes:
        assert exact.startswith(change.was, change.was_at)
        assert text.startswith(change.now, change.now_at)


@given(places(), st.text(max_size=60))
def test_words_that_stand_somewhere_are_never_gone(place: tuple[str, int, int], other: str) -> None:
    text, start, end = place
    quote = Quote.at(text, start, end)
    assert locate(quote, other + text).status != Status.GONE


@given(
    st.integers(0, 2_000),
    st.sampled_from([OTHER, "Ein ganz anderer Satz steht davor. ", "此前另有一句话。"]),
    st.integers(1, 30),
)
def test_a_text_pushed_down_pushes_down_the_place(at: int, before: str, times: int) -> None:
    start = at % (len(LONG) - 80)
    quote = Quote.at(LONG, start, start + 80)
    location = locate(quote, before * times + LONG)
    shift = len(before) * times
    assert found(location) == (Status.EXACT, start + shift, start + shift + 80)


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


def test_words_pushed_down_whose_other_neighbour_was_edited_are_exact() -> None:
    bridge = Quote.at(TEXT, len(BEFORE), len(BEFORE) + 14)
    text = OTHER + BEFORE + "The new bridge is open. " + OTHER
    assert found(locate(bridge, text)) == (Status.EXACT, *at(text, "The new bridge"))


def test_words_that_left_one_neighbour_behind_are_moved() -> None:
    text = BEFORE + OTHER + WORDS + AFTER
    assert found(locate(QUOTE, text)) == (Status.MOVED, *at(text))


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
        if location.start is not None:
            assert (location.start, location.end) == at(shuffled, quote.exact)


def test_typography_case_and_unicode_form_change_no_words() -> None:
    was = 'He said: "It\'s the café - not the office" twice, in the new hall.'
    now = "He said:\u00a0“It’s the cafe\u0301 \u2013 not  the of\u00adﬁce” twice, in\n\nTHE NEW HALL."
    text = BEFORE + now + AFTER
    location = locate(Quote.at(BEFORE + was + AFTER, len(BEFORE), len(BEFORE + was)), text)
    assert found(location) == (Status.EXACT, len(BEFORE), len(BEFORE + now))
    assert not location.changes


def test_a_page_in_capitals_is_the_same_page() -> None:
    text = "STRASSENFEST. " + TEXT.upper()
    assert found(locate(QUOTE, text)) == (Status.EXACT, 14 + len(BEFORE), 14 + len(BEFORE + WORDS))


def test_changed_words_are_told() -> None:
    now = "The new bridge cost five million euros, far more than was planned."
    text = OTHER + BEFORE + now + AFTER
    location = locate(QUOTE, text)
    assert found(location) == (Status.EDITED, *at(text, now))
    assert [(change.was, change.now) for change in location.changes] == [("four", "five"), ("", ", far"), ("", "was")]
    for change in location.changes:
        assert text.startswith(change.now, change.now_at)
        assert WORDS.startswith(change.was, change.was_at)


def test_a_sentence_put_in_before_the_words_is_none_of_them() -> None:
    now = "The new bridge has cost four million euros more than was planned."
    text = BEFORE + OTHER + now + AFTER
    assert found(locate(QUOTE, text)) == (Status.EDITED, *at(text, now))


def test_words_put_in_where_the_sentence_begins_are_part_of_it() -> None:
    now = "As it turns out, the new bridge cost four million euros more than planned."
    text = BEFORE + now + AFTER
    location = locate(QUOTE, text)
    assert (location.start, location.end) == at(text, now)


def test_words_that_were_taken_out_are_gone_though_the_like_of_them_stands() -> None:
    text = BEFORE.strip() + AFTER + " The old bridge cost four million marks less than planned. " + OTHER
    assert locate(QUOTE, text).status == Status.GONE


def test_the_next_sentence_is_not_taken_for_the_one_taken_out() -> None:
    like = "The old bridge cost four million marks less than planned."
    was = BEFORE + WORDS + " " + like + AFTER
    now = BEFORE + like + AFTER
    assert locate(Quote.at(was, len(BEFORE), len(BEFORE + WORDS)), now).status == Status.GONE


def test_words_in_whose_place_others_stand_are_gone() -> None:
    text = BEFORE + "Nobody had seen the minister since Tuesday at noon." + AFTER
    assert locate(QUOTE, text).status == Status.GONE


def test_of_like_sentences_the_edited_one_is_known_by_its_neighbours() -> None:
    like = "The new bridge cost four million euros less than planned. "
    now = "The new bridge cost some four million euros more than had been planned."
    text = like + BEFORE + now + AFTER + " " + like
    assert found(locate(QUOTE, text)) == (Status.EDITED, *at(text, now))


def test_long_passages_are_found_after_many_edits() -> None:
    chance = random.Random(3)
    vocabulary = [f"w{number:o}" for number in range(400)]
    words = chance.choices(vocabulary, k=3_000)
    text = " ".join(words)
    quote = Quote.at(text, text.index(" ", 4_000) + 1, text.index(" ", 9_000))
    edited = [chance.choice(vocabulary) if chance.random() < 0.15 else word for word in words]
    start = len(" ".join(edited[: len(text[: quote.start].split())])) + 1
    length = len(" ".join(edited[len(text[: quote.start].split()) :][: len(quote.exact.split())]))
    location = locate(quote, " ".join(edited))
    assert location.status == Status.EDITED
    assert abs(location.start - start) < 20
    assert abs(location.end - start - length) < 20


def test_chinese_and_arabic_words_are_found_after_edits() -> None:
    for was, now, before, after in (
        ("新的海港大桥比原先计划多花了四百万欧元。", "新的海港大桥比原计划多花费了五百万欧元。", "市议会星期一晚上在旧市政厅开会。", "市长的办公室说他后来没有回答问题。"),
        ("كلف الجسر الجديد أربعة ملايين يورو أكثر مما كان مخططا.", "كلف الجسر الجديد خمسة ملايين يورو أكثر مما خطط له.", "اجتمع المجلس مساء الاثنين في القاعة القديمة. ", " ولم يجب رئيس البلدية عن الأسئلة بعد ذلك."),
    ):  # fmt: skip
        text = OTHER + before + now + after
        location = locate(Quote.at(before + was + after, len(before), len(before + was)), text)
        assert found(location) == (Status.EDITED, *at(text, now))
        assert location.changes


def test_the_more_was_edited_the_less_sure_it_is() -> None:
    once = WORDS.replace("four", "five")
    often = "The new bridge and some of the roads cost four millions more than planned."
    assert locate(QUOTE, OTHER + BEFORE + once + AFTER).confidence > locate(QUOTE, OTHER + often + AFTER).confidence


def test_a_twin_takes_from_the_margin() -> None:
    alone = locate(QUOTE, OTHER + WORDS + " " + OTHER)
    twins = locate(QUOTE, OTHER + WORDS + " " + OTHER + WORDS + " ")
    assert alone.margin > twins.margin


def test_texts_that_repeat_one_thing_take_no_longer() -> None:
    """Quadratic, any of these would take minutes."""
    for text in ("a" * 200_000, "word " * 40_000, "a\n\n" * 60_000, ". " * 100_000, "e\u0301" * 100_000, " " * 200_000):
        prepared = prepare(text)
        for exact in (
            "a" * 5_000 + "b" + "a" * 5_000,
            "word " * 500 + "ward " + "word " * 500,
            "a b",
            ". " * 5_000 + "x",
            "\n" * 9_999 + "x",
            text[:-1] + "x",
        ):
            locate(Quote(exact, "a" * 32, "word " * 6, 1_000), prepared)

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.anchoring.quote import Mismatch, Quote, Reason, everywhere, prove

TEXT = "It rose by 4 %. Nobody knew why.\n\nIt rose by 4 %. Then it fell."


@st.composite
def places(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and a span of it that has some length."""
    # Few letters, so that words repeat; some of any kind, so that offsets are put to the test.
    letters = st.one_of(st.sampled_from("ab \n"), st.characters(exclude_categories=["Cs"]))
    text = draw(st.text(letters, min_size=1, max_size=120))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


def reason(quote: Quote, text: str) -> Reason:
    with pytest.raises(Mismatch) as refusal:
        prove(quote, text)
    return refusal.value.reason


@given(places())
def test_a_quote_cut_from_a_text_stands_there(place: tuple[str, int, int]) -> None:
    text, start, end = place
    quote = Quote.at(text, start, end)
    assert prove(quote, text) == (start, end)
    assert quote.stands_in(text)


@given(places())
def test_the_parts_of_a_quote_join_to_a_piece_of_the_text(place: tuple[str, int, int]) -> None:
    text, start, end = place
    quote = Quote.at(text, start, end, context=5)
    assert quote.exact == text[start:end]
    assert quote.prefix == text[:start][-5:]
    assert quote.suffix == text[end:][:5]
    assert (quote.start, quote.end) == (start, end)


@given(places())
def test_selectors_keep_all_of_a_quote(place: tuple[str, int, int]) -> None:
    quote = Quote.at(*place)
    assert Quote.from_selectors(quote.selectors()) == quote


@given(places())
def test_without_a_start_a_quote_is_found_where_it_was_cut_unless_it_stands_twice(
    place: tuple[str, int, int],
) -> None:
    text, start, end = place
    quote = dataclasses.replace(Quote.at(text, start, end, context=4), start=None)
    whole = quote.prefix + quote.exact + quote.suffix
    if sum(text.startswith(whole, begin) for begin in range(len(text))) == 1:
        assert prove(quote, text) == (start, end)
    else:
        assert reason(quote, text) == Reason.AMBIGUOUS


def test_offsets_count_code_points() -> None:
    quote = Quote.at("👩‍🚀 e\u0301te\u0301", 4, 9)
    assert quote.exact == "e\u0301te\u0301"
    assert quote.selectors()[1] == {"type": "TextPositionSelector", "start": 4, "end": 9}


def test_context_is_32_code_points() -> None:
    quote = Quote.at("🛰" * 40 + "x" + "e\u0301" * 40, 40, 41)
    assert (quote.prefix, quote.suffix) == ("🛰" * 32, "e\u0301" * 16)


def test_empty_words_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one character") as refusal:
        Quote("")
    assert isinstance(refusal.value, Mismatch)
    assert refusal.value.reason == Reason.EMPTY


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (0, 99), (99, 100)])
def test_a_span_outside_the_text_cannot_be_quoted(start: int, end: int) -> None:
    with pytest.raises(Mismatch) as refusal:
        Quote.at(TEXT, start, end)
    assert refusal.value.reason == Reason.OUTSIDE


def test_a_span_without_length_cannot_be_quoted() -> None:
    with pytest.raises(Mismatch) as refusal:
        Quote.at(TEXT, 5, 5)
    assert refusal.value.reason == Reason.EMPTY


def test_a_quote_without_a_start_has_no_end() -> None:
    assert Quote("rose").end is None


def test_a_quote_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Quote("rose").exact = "fell"


def test_words_that_begin_or_end_outside_the_text_are_refused() -> None:
    assert reason(Quote("It rose", start=-1), TEXT) == Reason.OUTSIDE
    assert reason(Quote("It fell.!", start=len(TEXT) - 8), TEXT) == Reason.OUTSIDE


def test_other_words_at_the_start_are_refused_though_they_stand_elsewhere() -> None:
    assert reason(Quote("Nobody", start=15), TEXT) == Reason.WORDS_DIFFER


def test_other_words_before_or_after_are_refused() -> None:
    assert reason(Quote("It rose", prefix="? ", start=34), TEXT) == Reason.CONTEXT_DIFFERS
    assert reason(Quote("It rose", suffix=" fast", start=34), TEXT) == Reason.CONTEXT_DIFFERS


def test_context_that_leaves_the_text_is_refused() -> None:
    assert reason(Quote("It rose", prefix=" ", start=0), TEXT) == Reason.CONTEXT_DIFFERS
    assert reason(Quote("fell.", suffix=" ", start=len(TEXT) - 5), TEXT) == Reason.CONTEXT_DIFFERS


def test_words_that_stand_twice_need_context() -> None:
    assert reason(Quote("It rose by 4 %."), TEXT) == Reason.AMBIGUOUS
    assert prove(Quote("It rose by 4 %.", suffix=" Then"), TEXT) == (34, 49)
    assert prove(Quote("It rose by 4 %.", prefix="\n"), TEXT) == (34, 49)


def test_words_that_overlap_their_repetition_are_ambiguous() -> None:
    assert reason(Quote("ha ha"), "ha ha ha") == Reason.AMBIGUOUS


def test_words_that_stand_nowhere_are_absent() -> None:
    assert reason(Quote("It rose by 5 %."), TEXT) == Reason.ABSENT


def test_words_that_stand_only_next_to_others_differ_in_context() -> None:
    assert reason(Quote("Nobody", prefix="So "), TEXT) == Reason.CONTEXT_DIFFERS


def test_a_quote_that_does_not_agree_does_not_stand_there() -> None:
    assert not Quote("It rose by 5 %.").stands_in(TEXT)


def test_nothing_is_normalised() -> None:
    assert reason(Quote("\u00e9"), "e\u0301") == Reason.ABSENT


def test_selectors_leave_out_what_is_not_known() -> None:
    assert Quote("rose").selectors() == [{"type": "TextQuoteSelector", "exact": "rose"}]


def test_selectors_of_other_types_are_passed_over() -> None:
    selectors = [{"type": "CssSelector", "value": "p"}, {"type": "TextQuoteSelector", "exact": "rose"}]
    assert Quote.from_selectors(selectors) == Quote("rose")


@pytest.mark.parametrize(
    "selectors",
    [
        [],
        [{"type": "TextPositionSelector", "start": 0, "end": 4}],
        [{"type": "TextQuoteSelector"}],
        [{"type": "TextQuoteSelector", "exact": 4}],
        [{"type": "TextQuoteSelector", "exact": "rose"}, {"type": "TextQuoteSelector", "exact": "fell"}],
        [
            {"type": "TextQuoteSelector", "exact": "rose"},
            {"type": "TextPositionSelector", "start": "3", "end": 7},
        ],
        [
            {"type": "TextQuoteSelector", "exact": "r"},
            {"type": "TextPositionSelector", "start": False, "end": 1},
        ],
        [
            {"type": "TextQuoteSelector", "exact": "rose"},
            {"type": "TextPositionSelector", "start": 3, "end": 9},
        ],
    ],
)
def test_selectors_that_make_no_quote_are_refused(selectors: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Quote.from_selectors(selectors)


@given(places())
def test_words_are_offered_at_each_place_where_they_stand(place: tuple[str, int, int]) -> None:
    text, start, end = place
    words = text[start:end]
    found = list(everywhere(words, text))
    assert [quote.start for quote in found] == [at for at in range(len(text)) if text.startswith(words, at)]
    assert all(quote.stands_in(text) for quote in found)
    assert not list(everywhere("", text))

from collections import Counter
from collections.abc import Hashable
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.anchoring.spans import Run, Span, blocks, cut


class Block(NamedTuple):
    kind: str
    start: int
    end: int


@st.composite
def highlighted(draw: st.DrawFn) -> tuple[str, list[Span]]:
    """Any text and any spans of it: overlapping, nested, identical, adjacent."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    edge = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edge, edge).filter(lambda pair: pair[0] != pair[1]), max_size=20))
    return text, [Span(min(pair), max(pair), key) for key, pair in enumerate(pairs)]


@st.composite
def highlighted_blocks(draw: st.DrawFn) -> tuple[str, list[Block], list[Span]]:
    """A text of blocks with two line feeds between them, and spans that may cross or miss them."""
    words = draw(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=8))
    text = "\n\n".join(words)
    places: list[Block] = []
    for word in words:
        start = places[-1].end + 2 if places else 0
        places.append(Block("paragraph", start, start + len(word)))
    edge = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(edge, edge).filter(lambda pair: pair[0] != pair[1]), max_size=20))
    return text, places, [Span(min(pair), max(pair), key) for key, pair in enumerate(pairs)]


def words_of(runs: list[Run], key: Hashable) -> str:
    return "".join(run.text for run in runs if key in run.keys)


@given(highlighted())
def test_the_runs_joined_are_the_text(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    runs = list(cut(text, spans))
    assert "".join(run.text for run in runs) == text
    assert all(text[run.start : run.end] == run.text for run in runs)


@given(highlighted())
def test_no_run_is_empty_and_none_is_cut_without_need(case: tuple[str, list[Span]]) -> None:
    runs = list(cut(*case))
    assert all(run.text for run in runs)
    assert all(before.closes or after.opens for before, after in pairwise(runs))


@given(highlighted())
def test_each_highlight_covers_exactly_its_words(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    runs = list(cut(text, spans))
    for span in spans:
        assert [key for run in runs for key in run.keys].count(span.key) > 0
        assert words_of(runs, span.key) == text[span.start : span.end]


@given(highlighted())
def test_each_highlight_opens_where_it_begins_and_closes_where_it_ends(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    runs = list(cut(text, spans))
    opened = [(key, run.start) for run in runs for key in run.opens]
    closed = [(key, run.end) for run in runs for key in run.closes]
    assert sorted(opened) == sorted((span.key, span.start) for span in spans)
    assert sorted(closed) == sorted((span.key, span.end) for span in spans)


@given(highlighted())
def test_the_outermost_highlight_comes_first_in_every_run(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    rank = {span.key: (span.start - span.end, span.start, given) for given, span in enumerate(spans)}
    for run in cut(text, spans):
        for keys in (run.keys, run.opens, run.closes):
            assert list(keys) == sorted(keys, key=lambda key: rank[key])


@given(highlighted(), st.data())
def test_a_window_shows_the_runs_of_its_part(case: tuple[str, list[Span]], data: st.DataObject) -> None:
    text, spans = case
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    runs = list(cut(text, spans, start, end))
    assert "".join(run.text for run in runs) == text[start:end]
    for span in spans:
        assert words_of(runs, span.key) == text[max(start, span.start) : max(start, min(end, span.end))]


@given(highlighted_blocks())
def test_the_runs_of_a_block_joined_are_the_block(case: tuple[str, list[Block], list[Span]]) -> None:
    text, places, spans = case
    shown = list(blocks(text, places, spans))
    assert [block for block, _ in shown] == places
    for block, runs in shown:
        assert "".join(run.text for run in runs) == text[block.start : block.end]


@given(highlighted_blocks())
def test_a_highlight_covers_its_words_in_every_block(case: tuple[str, list[Block], list[Span]]) -> None:
    text, places, spans = case
    for block, runs in blocks(text, places, spans):
        for span in spans:
            inside = text[max(block.start, span.start) : max(block.start, min(block.end, span.end))]
            assert words_of(runs, span.key) == inside


@given(highlighted_blocks())
def test_across_blocks_each_highlight_shown_opens_and_closes_once(
    case: tuple[str, list[Block], list[Span]],
) -> None:
    runs = [run for _, block_runs in blocks(*case) for run in block_runs]
    shown = Counter({key: 1 for run in runs for key in run.keys})
    assert Counter(key for run in runs for key in run.opens) == shown
    assert Counter(key for run in runs for key in run.closes) == shown
    for key in shown:
        covering = [run for run in runs if key in run.keys]
        assert key in covering[0].opens
        assert key in covering[-1].closes


def test_a_text_without_highlights_is_one_plain_run() -> None:
    assert list(cut("No news.", [])) == [Run(0, 8, "No news.", (), (), ())]


def test_an_empty_text_has_no_runs() -> None:
    assert list(cut("", [])) == []


def test_two_that_overlap_are_cut_into_three() -> None:
    runs = list(cut("abcdef", [Span(0, 4, "one"), Span(2, 6, "two")]))
    assert [(run.text, run.keys) for run in runs] == [
        ("ab", ("one",)),
        ("cd", ("one", "two")),
        ("ef", ("two",)),
    ]
    assert [(run.opens, run.closes) for run in runs] == [(("one",), ()), (("two",), ("one",)), ((), ("two",))]


def test_identical_highlights_keep_the_order_in_which_they_were_given() -> None:
    (run,) = cut("abc", [Span(0, 3, "second"), Span(0, 3, "first")])
    assert run.keys == run.opens == run.closes == ("second", "first")


def test_adjacent_highlights_do_not_touch() -> None:
    runs = list(cut("abcd", [Span(0, 2, 1), Span(2, 4, 2)]))
    assert [run.keys for run in runs] == [(1,), (2,)]


def test_passages_of_one_highlight_open_and_close_it_once() -> None:
    runs = list(cut("abcdef", [Span(4, 6, "key"), Span(0, 2, "key")]))
    assert [run.keys for run in runs] == [("key",), (), ("key",)]
    assert [run.opens for run in runs] == [("key",), (), ()]
    assert [run.closes for run in runs] == [(), (), ("key",)]


def test_passages_of_one_highlight_that_overlap_or_touch_are_one() -> None:
    runs = list(cut("abcdef", [Span(0, 4, "key"), Span(1, 2, "key"), Span(3, 5, "key"), Span(5, 6, "key")]))
    assert runs == [Run(0, 6, "abcdef", ("key",), ("key",), ("key",))]


def test_a_highlight_that_begins_between_blocks_opens_in_the_next() -> None:
    shown = list(blocks("ab\n\ncd", [Block("p", 0, 2), Block("p", 4, 6)], [Span(2, 5, "key")]))
    assert [run.keys for run in shown[0][1]] == [()]
    assert [(run.text, run.opens) for run in shown[1][1]] == [("c", ("key",)), ("d", ())]


def test_a_highlight_between_two_excerpts_is_not_shown() -> None:
    excerpts = [Block("p", 0, 2), Block("p", 8, 10)]
    shown = list(blocks("abcdefghij", excerpts, [Span(3, 7, "key")]))
    assert [run.keys for _, runs in shown for run in runs] == [(), ()]


@pytest.mark.parametrize("span", [Span(-1, 2, 1), Span(2, 2, 1), Span(3, 2, 1), Span(0, 7, 1)])
def test_a_span_that_is_none_of_the_text_is_refused_at_once(span: Span) -> None:
    with pytest.raises(ValueError, match="no length or leaves"):
        cut("abcdef", [span])


@pytest.mark.parametrize("places", [[(4, 6), (0, 2)], [(0, 4), (3, 6)], [(0, 7)], [(-1, 2)], [(4, 2)]])
def test_blocks_out_of_order_or_outside_the_text_are_refused(places: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="out of order or leaves"):
        blocks("abcdef", [Block("p", *place) for place in places], [])


def test_thousands_of_highlights_are_cut() -> None:
    text = "words " * 20_000
    spans = [Span(start * 20, start * 20 + 290, start) for start in range(5_000)]
    runs = list(cut(text, spans))
    # Twice 5,000 edges, and the end of the text.
    assert len(runs) == 10_000
    assert max(len(run.keys) for run in runs) == 15

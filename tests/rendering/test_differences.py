"""What differs between two texts: complete, word by word, escaped, and quick whatever the texts."""

import re
from html import unescape
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.rendering.differences import Change, beside, changes, merged

WORDS = st.lists(
    st.sampled_from(
        ["the", "harbour", "was", "dredged", " ", "  ", "\n", "\n\n", ".", ",", "<b>", "&amp;", "café", "cafe\u0301", "桥", "这座", "👩‍👩‍👧‍👦", "กำ", "جسر"]
    ),
    max_size=30,
).map("".join)  # fmt: skip
TEXTS = st.one_of(WORDS, st.text(max_size=60))


def side(pieces: list[Change], left_out: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != left_out)


@given(TEXTS, TEXTS)
def test_without_what_came_it_is_the_old_text_and_without_what_went_the_new(old: str, new: str) -> None:
    found = changes(old, new)
    assert (side(found, "added"), side(found, "removed")) == (old, new)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.kind == "same" for piece in changes(text, text))


@given(TEXTS, TEXTS)
def test_no_two_neighbours_are_of_one_kind_and_none_is_empty(old: str, new: str) -> None:
    found = changes(old, new)
    assert all(piece.text for piece in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))


@given(TEXTS, TEXTS)
def test_the_two_sides_hold_the_two_texts_and_no_element_but_the_marks(old: str, new: str) -> None:
    for html, text, mark in zip(beside(old, new), (old, new), ("del", "ins"), strict=True):
        bare = re.sub(f"</?{mark}>", "", html)
        assert "<" not in bare
        assert unescape(bare) == unescape(_escaped(text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("dredged in 1921.", "dredged in 1922.", "dredged in <del>1921</del><ins>1922</ins>."),
        ("a bridge", "a new bridge", "a <ins>new </ins>bridge"),
        ("one\ntwo", "one two", "one<del>\n</del><ins> </ins>two"),
        ("发言人说这座桥", "发言人说那座桥", "发言人说<del>这</del><ins>那</ins>座桥"),
        ("cafe\u0301", "cafe", "<del>cafe\u0301</del><ins>cafe</ins>"),
        ("It’s", "It is", "<del>It’s</del><ins>It is</ins>"),
        ("", "new", "<ins>new</ins>"),
        ("<i>", "<b>", "&lt;<del>i</del><ins>b</ins>&gt;"),
    ],
)
def test_words_are_the_measure(old: str, new: str, html: str) -> None:
    assert merged(old, new) == html


def test_few_changes_in_a_long_text_are_found_where_they_are() -> None:
    sentences = [
        f"Sentence {number} tells of the harbour, of ship {number * 7} and of its crew." for number in range(1500)
    ]
    new = [*sentences]
    new[3], new[1400] = new[3].replace("harbour", "port"), new[1400].replace("crew", "captain")
    old_text, new_text = " ".join(sentences), " ".join(new)
    assert len(old_text) > 90_000
    assert [piece for piece in changes(old_text, new_text) if piece.kind != "same"] == [
        Change("removed", "harbour"),
        Change("added", "port"),
        Change("removed", "crew"),
        Change("added", "captain"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ab " * 33_000, "ba " * 33_000),
        (". " * 50_000, "! " * 50_000),
        ("桥这" * 50_000, "这桥" * 50_000),
        ("a" * 100_000, "b" * 100_000),
        ("\n".join(["a b c d e"] * 10_000), "\n".join(["e d c b a"] * 10_000)),
    ],
)
def test_long_texts_that_have_little_in_common_are_still_told_whole(old: str, new: str) -> None:
    found = changes(old, new)
    assert (side(found, "added"), side(found, "removed")) == (old, new)

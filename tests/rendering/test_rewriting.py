"""What differs between two texts, block by block and then word by word."""

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.rendering.rewriting import Rewritten, rewritten

BLOCKS = [f"Paragraph {number} says what {name} said." for number, name in enumerate("abcdefghij")]


def rows(found: Rewritten) -> list[tuple[str, str]]:
    return [(row.kind, str(row.html)) for stretch in found.stretches for row in stretch.rows]


def without(html: str, element: str) -> str:
    """The text of a row without what stands in this element."""
    return unescape(re.sub("<[^>]+>", "", re.sub(f"<{element}>.*?</{element}>", "", html, flags=re.DOTALL)))


def test_a_rewritten_paragraph_shows_the_words_that_differ() -> None:
    found = rewritten(BLOCKS, [*BLOCKS[:4], BLOCKS[4].replace("said", "denied"), *BLOCKS[5:]])
    assert (found.changed, found.added, found.removed) == (1, 0, 0)
    assert ("changed", "Paragraph 4 says what e <del>said</del><ins>denied</ins>.") in rows(found)


def test_what_is_the_same_is_folded_but_for_the_neighbours_of_a_change() -> None:
    found = rewritten(BLOCKS, [*BLOCKS[:9], "Something quite different stands here."])
    assert [(stretch.folded, len(stretch.rows)) for stretch in found.stretches] == [(True, 8), (False, 3)]


def test_a_paragraph_put_in_is_not_taken_for_one_rewritten() -> None:
    found = rewritten(BLOCKS, [*BLOCKS[:5], "An entirely new one, about fish.", *BLOCKS[5:]])
    assert (found.changed, found.added, found.removed) == (0, 1, 0)


def test_what_stands_in_the_text_stays_text() -> None:
    assert rows(rewritten(["<b>a</b> & c"], ["<b>a</b> & d"])) == [
        ("changed", "&lt;b&gt;a&lt;/b&gt; &amp; <del>c</del><ins>d</ins>")
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("abc <.\n", min_size=1, max_size=12), max_size=8),
    st.lists(st.text("abc <.\n", min_size=1, max_size=12), max_size=8),
)
def test_both_texts_can_be_read_from_it(old: list[str], new: list[str]) -> None:
    found = rows(rewritten(old, new))
    assert [without(html, "ins") for kind, html in found if kind != "added"] == old or any(
        " " in html and "</del> <ins>" in html for _kind, html in found
    )
    assert [without(html, "del") for kind, html in found if kind != "removed"] == new


def test_long_texts_are_compared_in_bounded_steps() -> None:
    old = [f"word{number} and again " * 2_000 for number in range(12)]
    new = [block.replace("again", "anew") for block in old]
    assert rewritten(old, new).changed == 12

"""The browser's edge against Python's: the same offsets, words and context, in a real browser.

A text is drawn as the pages draw it: blocks of runs, each highlight a mark, with anchors and number signs that
are no part of the text. Python tells the browser which units of which text node to select; what the browser then
says of the selection must be what Python says of the text.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from factcheck.anchoring.quote import Quote
from factcheck.anchoring.spans import Span, blocks
from tests.anchoring.conftest import Bare

# What the browser leaves out at the ends of a selection: Unicode's White_Space, all of one unit.
SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))

DRAWN = """
window.draw = (html) => { document.body.innerHTML = html; return document.body; };
// The text nodes of a block that show its words, found in another way than the module finds them.
window.wordsOf = (block) => {
  const nodes = [], all = document.createNodeIterator(block, NodeFilter.SHOW_TEXT);
  while (all.nextNode()) nodes.push(all.referenceNode);
  return nodes.filter((node) => !node.parentElement.closest("[data-decoration]"));
};
window.textOf = (range) => {
  const copy = range.cloneContents();
  for (const decoration of copy.querySelectorAll("[data-decoration]")) decoration.remove();
  return copy.textContent;
};
"""

# What JavaScript's trim() takes off typed words.
TRIMMED = SPACE.replace("\x85", "") + "\ufeff"


class Block(NamedTuple):
    start: int
    end: int


class Case(NamedTuple):
    """A text, its blocks and highlights, and a span to be selected.

    `late` takes an end that lies between two text nodes to the second of them.
    """

    text: str
    blocks: list[Block]
    spans: list[Span]
    start: int
    end: int
    backwards: bool
    late: bool


@pytest.fixture(scope="module")
def page(bare: Bare) -> Iterator[Page]:
    with bare("anchoring", script=DRAWN) as page:
        yield page


# No carriage returns: a snapshot has none, and HTML would make line feeds of them. No NUL, no lone surrogates.
LETTERS = st.one_of(
    st.sampled_from("ab \n&<\"'"),
    st.sampled_from(["👩‍🚀", "🏳️‍🌈", "🇨🇭", "e\u0301", "שלום", "مرحبا", "漢字", "𝒳", "\u200f", "\u00a0", "…", "ẞ", "ﬁ"]),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"),
)
# Repeated, so that words stand more than once and context is cut; and since drawing letters takes the time.
WORDS = st.builds(
    lambda letters, times: "".join(letters) * times, st.lists(LETTERS, min_size=1, max_size=8), st.integers(1, 6)
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    words = draw(st.lists(WORDS, min_size=1, max_size=4))
    text = "\n\n".join(words)
    places: list[Block] = []
    for word in words:
        start = places[-1].end + 2 if places else 0
        places.append(Block(start, start + len(word)))
    pairs = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=5))
    spans = [Span(min(pair), max(pair), key) for key, pair in enumerate(pairs) if pair[0] != pair[1]]
    # A selection begins and ends in text nodes: at any code point of any block, the end included.
    offsets = st.sampled_from([offset for block in places for offset in range(block.start, block.end + 1)])
    ends = sorted(draw(st.tuples(offsets, offsets)))
    return Case(text, places, spans, ends[0], ends[1], draw(st.booleans()), draw(st.booleans()))


def drawn(case: Case) -> str:
    """The text as HTML, with all that may stand around the words."""
    parts = ["<nav>Not in the text</nav><article>"]
    for block, runs in blocks(case.text, case.blocks, case.spans):
        parts.append(f"<p data-start={block.start}>")
        for run in runs:
            parts.extend(f"<a id=c{key} data-decoration></a>" for key in run.opens)
            words = escape(run.text)
            for key in reversed(run.keys):
                words = f"<mark data-key={key}>{words}</mark>"
            parts.append(words)
            parts.extend(f"<sup data-decoration>{key} <b>more</b></sup>" for key in run.closes)
        parts.append("</p>\n")
    parts.append("</article><aside>Nor this</aside>")
    return "".join(parts)


def units(string: str) -> int:
    return len(string.encode("utf-16-le")) // 2


def point(case: Case, offset: int) -> list[int]:
    """A code point's place in the page: number of the block, of its text node, units into that node."""
    places = [
        [number, node, units(case.text[run.start : offset])]
        for number, (_, runs) in enumerate(blocks(case.text, case.blocks, case.spans))
        for node, run in enumerate(runs)
        if run.start <= offset <= run.end
    ]
    return places[-1 if case.late else 0]


def places(text: str, words: str) -> list[dict[str, int]]:
    """Where the words stand in the text, also where they overlap their repetition."""
    starts = [start for start in range(len(text)) if words and text.startswith(words, start)]
    return [{"start": start, "end": start + len(words)} for start in starts]


def expected(case: Case) -> dict[str, Any] | None:
    words = case.text[case.start : case.end]
    start = case.end - len(words.lstrip(SPACE))
    end = case.start + len(words.rstrip(SPACE))
    if start >= end:
        return None
    quote = Quote.at(case.text, start, end)
    return {
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
        "start": quote.start,
        "end": quote.end,
    }


# Many examples in one call to the browser, which costs more than an example.
BATCHES = st.lists(cases(), min_size=10, max_size=25)


def in_batches(number: int) -> settings:
    """So many batches; a slow machine is no fault of theirs."""
    return settings(
        max_examples=number, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
    )


@in_batches(60)
@given(batch=BATCHES)
def test_a_selection_gives_the_quote_that_python_cuts(page: Page, batch: list[Case]) -> None:
    given_to_the_page = [
        [drawn(case), point(case, case.start), point(case, case.end), case.backwards] for case in batch
    ]
    quotes = page.evaluate(
        """(cases) => cases.map(([html, start, end, backwards]) => {
          const root = draw(html);
          const at = ([block, node, unit]) => [wordsOf(root.querySelectorAll("p")[block])[node], unit];
          const [from, to] = backwards ? [at(end), at(start)] : [at(start), at(end)];
          getSelection().setBaseAndExtent(...from, ...to);
          return anchoring.quoteFromRange(root, getSelection().getRangeAt(0));
        })""",
        given_to_the_page,
    )
    assert quotes == [expected(case) for case in batch]


@in_batches(20)
@given(batch=BATCHES)
def test_the_ranges_of_a_span_select_its_words_in_every_block(page: Page, batch: list[Case]) -> None:
    words = page.evaluate(
        """(cases) => cases.map(([html, start, end]) =>
          anchoring.rangesFromSpan(draw(html), start, end).map((range) => textOf(range)))""",
        [[drawn(case), case.start, case.end] for case in batch],
    )
    pieces = [[case.text[max(case.start, start) : min(case.end, end)] for start, end in case.blocks] for case in batch]
    assert words == [[piece for piece in of_case if piece] for of_case in pieces]


@in_batches(20)
@given(batch=BATCHES)
def test_the_blocks_joined_are_the_text(page: Page, batch: list[Case]) -> None:
    texts = page.evaluate(
        "(pages) => pages.map((html) => anchoring.snapshotText(draw(html)))", [drawn(case) for case in batch]
    )
    assert texts == [case.text for case in batch]


@in_batches(20)
@given(batch=BATCHES)
def test_words_typed_as_they_stand_are_found_wherever_they_stand(page: Page, batch: list[Case]) -> None:
    sought = [case.text[case.start : case.end].strip(TRIMMED) for case in batch]
    found = page.evaluate(
        "(pairs) => pairs.map(([text, words]) => anchoring.occurrences(text, words))",
        [[case.text, words] for case, words in zip(batch, sought, strict=True)],
    )
    assert found == [places(case.text, words) for case, words in zip(batch, sought, strict=True)]


@in_batches(20)
@given(batch=BATCHES)
def test_offsets_go_to_units_and_back(page: Page, batch: list[Case]) -> None:
    answers = page.evaluate(
        """(pairs) => pairs.map(([text, offset]) => {
          const unit = anchoring.toUnits(text, offset);
          return [anchoring.codePoints(text), unit, anchoring.toCodePoints(text, unit)];
        })""",
        [[case.text, case.start] for case in batch],
    )
    assert answers == [[len(case.text), units(case.text[: case.start]), case.start] for case in batch]


def select(page: Page, html: str, start: str, end: str) -> dict[str, Any] | None:
    """The quote of a selection whose ends are given as JavaScript: a node, and the units into it."""
    quote: dict[str, Any] | None = page.evaluate(
        f"""(html) => {{
          const root = draw(html), article = root.querySelector("article"), p = root.querySelectorAll("p");
          getSelection().setBaseAndExtent({start}, {end});
          return anchoring.quoteFromRange(article, getSelection().getRangeAt(0));
        }}""",
        html,
    )
    return quote


TWO = (
    "<h1>Title</h1><article><p data-start=0>One 🚀 is up.</p>\n<p data-start=14>Two are down.</p></article><i>By us</i>"
)


def test_a_selection_over_two_blocks_has_two_line_feeds_in_it(page: Page) -> None:
    quote = select(page, TWO, "p[0].firstChild, 7", "p[1].firstChild, 3")
    assert quote == {
        "exact": "is up.\n\nTwo",
        "prefix": "One 🚀 ",
        "suffix": " are down.",
        "start": 6,
        "end": 17,
    }


def test_a_selection_of_a_whole_block_ends_with_the_block(page: Page) -> None:
    quote = select(page, TWO, "p[0], 0", "p[1], 0")
    assert quote is not None
    assert (quote["exact"], quote["suffix"]) == ("One 🚀 is up.", "\n\nTwo are down.")


def test_a_selection_of_the_whole_page_is_drawn_in_to_the_article(page: Page) -> None:
    quote = select(page, TWO, "root, 0", "root, root.childNodes.length")
    assert quote is not None
    assert quote["exact"] == "One 🚀 is up.\n\nTwo are down."


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("root.querySelector('h1').firstChild, 0", "root.querySelector('h1').firstChild, 3"),
        ("root.querySelector('i').firstChild, 0", "root.querySelector('i').firstChild, 2"),
        ("p[0].firstChild, 13", "p[1].firstChild, 0"),
        ("p[0].firstChild, 3", "p[0].firstChild, 4"),
        ("p[0].firstChild, 5", "p[0].firstChild, 5"),
    ],
    ids=["before the article", "after the article", "between the blocks", "a space", "a caret in an emoji"],
)
def test_a_selection_without_words_of_the_article_gives_no_quote(page: Page, start: str, end: str) -> None:
    assert select(page, TWO, start, end) is None


def test_a_selection_that_cuts_an_emoji_in_two_takes_all_of_it(page: Page) -> None:
    quote = select(page, TWO, "p[0].firstChild, 5", "p[0].firstChild, 8")
    assert quote is not None
    assert (quote["exact"], quote["start"]) == ("🚀 i", 4)
    quote = select(page, TWO, "p[0].firstChild, 0", "p[0].firstChild, 5")
    assert quote is not None
    assert (quote["exact"], quote["end"]) == ("One 🚀", 5)


def test_a_selection_in_a_decoration_gives_no_quote(page: Page) -> None:
    html = "<article><p data-start=0>One<sup data-decoration>12</sup> two</p></article>"
    sup = "root.querySelector('sup').firstChild"
    assert select(page, html, f"{sup}, 0", f"{sup}, 2") is None


def test_a_selection_that_begins_in_a_decoration_begins_after_it(page: Page) -> None:
    html = "<article><p data-start=0>One<sup data-decoration>12</sup> two</p></article>"
    quote = select(page, html, "root.querySelector('sup').firstChild, 1", "p[0].lastChild, 4")
    assert quote == {"exact": "two", "prefix": "One ", "suffix": "", "start": 4, "end": 7}


def test_a_page_without_blocks_gives_no_quote(page: Page) -> None:
    assert select(page, "<article>Words</article>", "article.firstChild, 0", "article.firstChild, 3") is None


def test_blocks_from_some_offset_on_take_their_context_from_the_whole_text(page: Page) -> None:
    quote = page.evaluate(
        """() => {
          const root = draw("<p data-start=14>Two are down.</p>"), range = document.createRange();
          range.setStart(root.querySelector("p").firstChild, 0);
          range.setEnd(root.querySelector("p").firstChild, 3);
          const text = "One 🚀 is up.\\n\\nTwo are down.";
          return [anchoring.quoteFromRange(root, range), anchoring.quoteFromRange(root, range, text)];
        }"""
    )
    known = {"exact": "Two", "suffix": " are down.", "start": 14, "end": 17}
    assert quote == [{**known, "prefix": ""}, {**known, "prefix": "One 🚀 is up.\n\n"}]


def test_blocks_that_do_not_join_are_refused(page: Page) -> None:
    message = page.evaluate(
        """() => {
          try {
            anchoring.snapshotText(draw("<p data-start=0>One</p><p data-start=6>Two</p>"));
          } catch (error) {
            return `${error.name}: ${error.message}`;
          }
        }"""
    )
    assert message == "RangeError: A block begins at 6, the text goes on at 5."


def test_a_span_over_two_blocks_gives_a_range_for_each(page: Page) -> None:
    words = page.evaluate("(html) => anchoring.rangesFromSpan(draw(html), 6, 17).map((range) => range.toString())", TWO)
    assert words == ["is up.", "Two"]


def test_a_span_between_two_blocks_gives_no_range(page: Page) -> None:
    assert page.evaluate("(html) => anchoring.rangesFromSpan(draw(html), 12, 14).length", TWO) == 0


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ('"It\'s 4-5 %", he', "“It’s 4–5 %”, he"),
        ("  4–5\t%”,  he \n", "4–5 %”,\u00a0he"),
        ("said. The end", "said.\n\nThe end"),
        ("said -- no", "said — no"),
        ("🚀 'up'", "🚀  ‘up’"),
    ],
    ids=["straight marks", "other spaces", "two blocks", "two hyphens", "an emoji"],
)
def test_words_typed_otherwise_are_found_as_the_text_has_them(page: Page, words: str, place: str) -> None:
    text = f"🛰 Before. {place} and after, but not “before”."
    start = text.index(place)
    assert page.evaluate("([text, words]) => anchoring.occurrences(text, words)", [text, words]) == [
        {"start": start, "end": start + len(place)}
    ]


def test_words_that_stand_as_typed_are_not_looked_for_otherwise(page: Page) -> None:
    found = page.evaluate("() => anchoring.occurrences('a-b and a–b', 'a-b')")
    assert found == [{"start": 0, "end": 3}]


@pytest.mark.parametrize("words", ["", " \n", "Other words", "before 4"])
def test_words_that_stand_nowhere_are_not_found(page: Page, words: str) -> None:
    assert page.evaluate("(words) => anchoring.occurrences('Before 4', words)", words) == []


def test_words_far_down_in_one_megabyte_are_told_where_they_stand(page: Page) -> None:
    found = page.evaluate(
        """() => {
          const words = "Words and 🚀 words. ".repeat(20), block = anchoring.codePoints(words) + 2;
          const html = Array.from({length: 2700}, (_, i) => `<p data-start=${i * block}>${words}</p>`);
          const root = draw(html.join("")), range = document.createRange();
          range.selectNodeContents(root.children[2000]);
          const quote = anchoring.quoteFromRange(root, range);
          return quote.start === 2000 * block;
        }"""
    )
    assert found

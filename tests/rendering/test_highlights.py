"""A text and its highlights as HTML: the words stay what they are, however the highlights lie on them."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.articles.models import Block, BlockKind
from factcheck.rendering.highlights import Mark, blocks_html, excerpts_html

VOID = {"br", "img", "hr", "path", "circle"}


class Drawn(HTMLParser):
    """What a browser would make of it: the blocks' text, the words in each highlight, where links are."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: list[tuple[str, int, str]] = []
        self.words: dict[str, str] = {}
        self.ids: list[str] = []
        self.decorations: list[str] = []
        self.links: list[tuple[str, str, bool]] = []
        self.lanes: dict[str, set[str]] = {}
        self.errors: list[str] = []
        self.feed(html)
        self.close()
        if self.open:
            self.errors.append(f"never closed: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if "data-start" in told:
            self.blocks.append((tag, int(told["data-start"] or ""), ""))
        if "data-decoration" in told:
            self.decorations.append("")
        if "id" in told:
            self.ids.append(told["id"] or "")
        if tag == "a":
            if any(name == "a" for name, _ in self.open):
                self.errors.append("a link in a link")
            self.links.append((told["href"] or "", "", "tabindex" in told))
        if tag == "mark":
            lane = next(name for name in (told["class"] or "").split() if name.startswith("depth-"))
            self.lanes.setdefault(told.get("data-highlight") or "", set()).add(lane)
        if tag not in VOID:
            self.open.append((tag, told))

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop()[0] != tag:
            self.errors.append(f"</{tag}> closes something else")

    def handle_data(self, data: str) -> None:
        if any("data-decoration" in attrs for _, attrs in self.open):
            self.decorations[-1] += data
        elif self.blocks:
            tag, start, text = self.blocks[-1]
            self.blocks[-1] = (tag, start, text + data)
            for name, attrs in self.open:
                if name == "mark":
                    claim = attrs.get("data-highlight") or ""
                    self.words[claim] = self.words.get(claim, "") + data
        if any(name == "a" for name, _ in self.open):
            href, words, later = self.links[-1]
            self.links[-1] = (href, words + data, later)


def blocks_of(*pieces: str, kinds: tuple[str, ...] = ()) -> tuple[str, list[Block]]:
    blocks, start = [], 0
    for number, piece in enumerate(pieces):
        kind = kinds[number] if kinds else BlockKind.PARAGRAPH.value
        blocks.append(Block(kind, start, start + len(piece)))
        start += len(piece) + 2
    return "\n\n".join(pieces), blocks


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Block], list[Mark]]:
    characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0") | st.sampled_from(
        "<>&\"'\r\n é👩🏽‍🚀"
    )
    pieces = draw(st.lists(st.text(characters, min_size=1, max_size=40), min_size=1, max_size=5))
    kinds = draw(st.lists(st.sampled_from(BlockKind.values), min_size=len(pieces), max_size=len(pieces)))
    text, blocks = blocks_of(*pieces, kinds=tuple(kinds))
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda ends: ends[0] < ends[1])
    places = draw(st.lists(st.lists(span, min_size=1, max_size=3), max_size=6))
    return text, blocks, [Mark(str(n), tuple(spans), number=n) for n, spans in enumerate(places)]


def shown(text: str, blocks: list[Block], spans: tuple[tuple[int, int], ...]) -> str:
    """The words of a highlight that stand in blocks, each once."""
    places = {at for start, end in spans for at in range(start, end)}
    return "".join(text[at] for block in blocks for at in range(block.start, block.end) if at in places)


@given(articles())
def test_the_text_of_the_blocks_is_the_text_of_the_snapshot(article: tuple[str, list[Block], list[Mark]]) -> None:
    text, blocks, marks = article
    drawn = Drawn(blocks_html(text, blocks, marks))
    assert "\n\n".join(words for _, _, words in drawn.blocks) == text
    assert [start for _, start, _ in drawn.blocks] == [block.start for block in blocks]


@given(articles())
def test_each_highlight_covers_exactly_its_words(article: tuple[str, list[Block], list[Mark]]) -> None:
    text, blocks, marks = article
    drawn = Drawn(blocks_html(text, blocks, marks))
    for mark in marks:
        assert drawn.words.get(mark.key, "") == shown(text, blocks, mark.spans)


@given(articles())
def test_the_html_is_well_formed_and_no_id_stands_twice(article: tuple[str, list[Block], list[Mark]]) -> None:
    text, blocks, marks = article
    for drawn in (Drawn(blocks_html(text, blocks, marks)), Drawn(excerpts_html(text, blocks, marks, 10))):
        assert not drawn.errors
        assert len(drawn.ids) == len(set(drawn.ids))


@given(articles())
def test_a_highlight_keeps_its_lane_in_all_its_runs(article: tuple[str, list[Block], list[Mark]]) -> None:
    text, blocks, marks = article
    drawn = Drawn(blocks_html(text, blocks, marks))
    assert all(len(lanes) == 1 for lanes in drawn.lanes.values())


@given(articles(), st.integers(0, 30))
def test_excerpts_show_every_highlight_whole_and_only_pieces_of_the_text(
    article: tuple[str, list[Block], list[Mark]], context: int
) -> None:
    text, blocks, marks = article
    drawn = Drawn(excerpts_html(text, blocks, marks, context))
    for _, start, words in drawn.blocks:
        assert text[start : start + len(words)] == words
    for mark in marks:
        assert drawn.words.get(mark.key, "") == shown(text, blocks, mark.spans)


@given(articles(), st.integers(0, 30))
def test_an_excerpt_never_shows_more_than_the_context_allows(
    article: tuple[str, list[Block], list[Mark]], context: int
) -> None:
    text, blocks, marks = article
    near = {at for mark in marks for start, end in mark.spans for at in range(start - context - 24, end + context + 24)}
    for _, start, words in Drawn(excerpts_html(text, blocks, marks, context)).blocks:
        assert set(range(start, start + len(words))) <= near


@given(articles())
def test_links_are_never_in_links(article: tuple[str, list[Block], list[Mark]]) -> None:
    text, blocks, marks = article
    leading = [Mark(mark.key, mark.spans, word="True", href=f"/claims/{mark.key}/") for mark in marks]
    assert not Drawn(blocks_html(text, blocks, leading)).errors


def test_of_several_highlights_the_innermost_is_the_link_and_the_others_are_reached_by_their_sign() -> None:
    text, blocks = blocks_of("one two three")
    outer = Mark("1", ((0, 13),), word="True", href="/a/")
    inner = Mark("2", ((4, 7),), word="False", href="/b/")
    drawn = Drawn(blocks_html(text, blocks, [outer, inner]))
    assert drawn.links == [
        ("/a/", "one ", False),
        ("/b/", "two", False),
        ("/b/", "False", True),
        ("/a/", " three", True),
        ("/a/", "True", True),
    ]


def test_a_highlight_hidden_behind_its_twin_is_reached_by_the_keyboard_at_its_sign() -> None:
    text, blocks = blocks_of("one two")
    marks = [Mark(key, ((0, 3),), word=f"Word {key}", href=f"/{key}/") for key in "ab"]
    drawn = Drawn(blocks_html(text, blocks, marks))
    assert {href for href, _, later in drawn.links if not later} == {"/a/", "/b/"}


def test_overlapping_highlights_have_lanes_of_their_own() -> None:
    text, blocks = blocks_of("one two three four five")
    marks = [
        Mark("1", ((0, 7),)),
        Mark("2", ((4, 13),)),
        Mark("3", ((8, 18),)),
        Mark("4", ((5, 6),)),
    ]
    drawn = Drawn(blocks_html(text, blocks, marks))
    assert drawn.lanes == {"1": {"depth-1"}, "2": {"depth-2"}, "3": {"depth-1"}, "4": {"depth-3"}}


def test_the_number_stands_where_each_passage_ends() -> None:
    text, blocks = blocks_of("one two three")
    html = blocks_html(text, blocks, [Mark("1", ((0, 3), (8, 13)), hue="amber", sign="half", number=4)])
    assert Drawn(html).decorations == ["4", "4"]
    assert 'id="highlight-1" aria-details="card-1"' in html


def test_a_claim_without_a_verdict_is_drawn_open() -> None:
    text, blocks = blocks_of("one")
    assert 'class="hl hue-grey open depth-1"' in blocks_html(text, blocks, [Mark("1", ((0, 3),))])
    assert "open" not in blocks_html(text, blocks, [Mark("1", ((0, 3),), hue="red", sign="crossed")])


def test_list_items_that_follow_each_other_stand_in_one_list() -> None:
    text, blocks = blocks_of("a", "b", "c", kinds=("paragraph", "list item", "list item"))
    assert blocks_html(text, blocks, []) == (
        '<p dir="auto" data-start="0">a</p><ul><li dir="auto" data-start="3">b</li><li dir="auto" data-start="6">c</li></ul>'
    )


def test_words_from_outside_cannot_become_elements() -> None:
    text, blocks = blocks_of("<script>alert(1)</script>")
    mark = Mark('"><i>', ((0, 8),), '"><i>', '"><i>', "<b>", href='"><i>', title='"><i>')
    html = blocks_html(text, blocks, [mark]) + excerpts_html(text, blocks, [mark])
    assert "<script" not in html
    assert "<i>" not in html
    assert "<b>" not in html


def test_an_excerpt_is_the_sentence_around_the_highlight() -> None:
    text, blocks = blocks_of("First sentence here. Dr. Ames said the port is old. She left.", "Another paragraph.")
    at = text.index("port")
    html = excerpts_html(text, blocks, [Mark("1", ((at, at + 4),), number=1)])
    drawn = Drawn(html)
    assert [words for _, _, words in drawn.blocks] == ["Dr. Ames said the port is old."]
    assert drawn.decorations == ["… ", "1", " …", "[…]"]


def test_a_long_sentence_is_cut_between_words() -> None:
    text, blocks = blocks_of("word " * 100 + "here " + "word " * 100)
    at = text.index("here")
    [(_, start, words)] = Drawn(excerpts_html(text, blocks, [Mark("1", ((at, at + 4),))])).blocks
    assert text[start - 1] == " "
    assert words.split()[0] == words.split()[-1] == "word"
    assert len(words) <= 404


def test_a_character_is_not_parted_from_its_marks() -> None:
    text, blocks = blocks_of("e\u0301" * 300 + "X" + "e\u0301" * 300)
    [(_, _, words)] = Drawn(excerpts_html(text, blocks, [Mark("1", ((600, 601),))], 11)).blocks
    assert words.startswith("e")
    assert words.endswith("\u0301")


def test_headings_and_blocks_without_a_highlight_are_left_out_of_excerpts() -> None:
    text, blocks = blocks_of("Heading", "Nothing.", "Said here.", kinds=("heading", "paragraph", "paragraph"))
    at = text.index("Said")
    html = excerpts_html(text, blocks, [Mark("1", ((at, at + 4),))])
    assert html.startswith('<p class="ellipsis" data-decoration>[…]</p><p dir="auto" data-start="19">')
    assert "Heading" not in html


def test_spans_outside_the_text_are_refused() -> None:
    text, blocks = blocks_of("one")
    with pytest.raises(ValueError):
        blocks_html(text, blocks, [Mark("1", ((0, 9),))])

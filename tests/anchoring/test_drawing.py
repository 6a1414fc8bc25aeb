"""One highlight drawn or erased by the browser covers exactly the words that the server's drawing covers, in any text."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from factcheck.anchoring.quote import Quote
from factcheck.articles.models import Block
from factcheck.rendering.highlights import Mark, blocks_html
from tests.anchoring.conftest import Bare
from tests.anchoring.test_browser import WORDS

# For each text node of the words: what it shows and which highlights cover it.
COVERED = """
window.covered = () => {
  const found = [], all = document.createNodeIterator(document.body, NodeFilter.SHOW_TEXT);
  while (all.nextNode()) {
    const node = all.referenceNode;
    if (!node.data || node.parentElement.closest('[data-decoration]')) continue;
    const keys = [];
    for (let at = node.parentElement; at; at = at.parentElement) if (at.matches('mark')) keys.push(at.dataset.highlight);
    const told = [Number(node.parentElement.closest('[data-start]').dataset.start), keys.sort().join(), node.data];
    const last = found.at(-1);
    if (last && last[0] === told[0] && last[1] === told[1]) last[2] += told[2];
    else found.push(told);
  }
  return found;
};
"""


@pytest.fixture(scope="module")
def page(bare: Bare) -> Iterator[Page]:
    with bare("drawing", "anchoring", script=COVERED) as page:
        yield page


@st.composite
def articles(draw: st.DrawFn) -> tuple[str, list[Block], list[tuple[tuple[int, int], ...]]]:
    """A text, its blocks, and the passages of some highlights, which may overlap, touch and cross blocks."""
    words = draw(st.lists(WORDS, min_size=1, max_size=4))
    text = "\n\n".join(words)
    blocks: list[Block] = []
    for word in words:
        start = blocks[-1].end + 2 if blocks else 0
        blocks.append(Block("paragraph", start, start + len(word)))
    offsets = st.integers(0, len(text))
    highlights = []
    for _ in range(draw(st.integers(1, 4))):
        edges = sorted(draw(st.sets(offsets, min_size=2, max_size=4)))
        highlights.append(tuple(zip(edges[0::2], edges[1::2], strict=False)))
    return text, blocks, highlights


def marks(highlights: list[tuple[tuple[int, int], ...]]) -> list[Mark]:
    return [Mark(str(key), spans, number=key) for key, spans in enumerate(highlights, start=1)]


def seen(page: Page, html: str, *acts: str, given: Any = None) -> Any:
    """What is covered when the page shows this, after these acts of the module."""
    script = "([html, given]) => { document.body.innerHTML = html; ACTS; return window.covered(); }"
    return page.evaluate(script.replace("ACTS", ";".join(acts)), [html, given])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_a_highlight_drawn_by_the_browser_covers_what_the_server_would_cover(page: Page, article: Any) -> None:
    text, blocks, highlights = article
    *before, last = marks(highlights)
    look = {"key": last.key, "spans": [{"start": start, "end": end} for start, end in last.spans], "number": "9"}
    drawn = seen(page, blocks_html(text, blocks, before), "window.drawing.draw(document.body, given)", given=look)
    assert drawn == seen(page, blocks_html(text, blocks, [*before, last]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_a_highlight_erased_by_the_browser_leaves_the_text_and_the_others_as_they_were(
    page: Page, article: Any
) -> None:
    text, blocks, highlights = article
    *others, last = marks(highlights)
    erased = seen(
        page,
        blocks_html(text, blocks, [*others, last]),
        "window.drawing.erase(document.body, given)",
        given=last.key,
    )
    assert erased == seen(page, blocks_html(text, blocks, others))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=articles())
def test_the_quote_of_words_is_the_same_before_and_after_drawing(page: Page, article: Any) -> None:
    text, blocks, highlights = article
    (start, end), *_ = highlights[-1]
    look = {"key": "x", "spans": [{"start": s, "end": e} for s, e in highlights[0]], "number": ""}
    script = """([html, look, start, end]) => {
      document.body.innerHTML = html;
      window.drawing.draw(document.body, look);
      return [window.anchoring.snapshotText(document.body), window.anchoring.rangesFromSpan(document.body, start, end)
        .map(range => { const copy = range.cloneContents();
          for (const each of copy.querySelectorAll('[data-decoration]')) each.remove(); return copy.textContent; })];
    }"""
    shown, words = page.evaluate(script, [blocks_html(text, blocks, []), look, start, end])
    assert shown == text
    within = [text[max(start, block.start) : min(end, block.end)] for block in blocks]
    assert "".join(words) == "".join(within)
    assert Quote.at(text, start, end).exact == text[start:end]

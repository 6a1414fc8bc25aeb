"""HTML as a tree into blocks of text, as a browser would show them; never into recursion, however deep it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

HEADING, PARAGRAPH, QUOTATION, LIST_ITEM = "heading", "paragraph", "quotation", "list item"
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
    "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
# What stands beside paragraphs as one of them; its cells and items are of the same place.
IN_THE_FLOW = HEADINGS | {
    "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "table", "caption", "thead", "tbody", "tfoot", "tr", "hgroup",
}  # fmt: skip
# What browsers show as no text, or as no text of the page.
UNSEEN = {
    "audio", "base", "button", "canvas", "datalist", "embed", "frame", "frameset", "head", "iframe", "input", "link", "meta",
    "meter", "noframes", "noscript", "object", "optgroup", "option", "progress", "script", "select", "style", "svg", "template",
    "textarea", "title", "video",
}  # fmt: skip
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Of the page, not of the article.
AROUND = {"nav", "footer", "aside", "form", "menu", "search", "dialog"}
ROLES_AROUND = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"}
CLASSES_AROUND = re.compile(
    r"(?:^|[\s_-])(?:share|sharing|social|related|recommended|newsletter|promo|advert\w*|ads?|comments?|cookies?"
    r"|breadcrumbs?|menu|nav|navbar|sidebar|footer|subscribe|signup|paywall|tags?|most-read|skip|byline|authors?|dateline|timestamp)(?:$|[\s_-])",
    re.IGNORECASE,
)
SPACES = re.compile(r"[ \t\n\r\f]+")
# Not in any page: HTML's parsers turn it into a replacement character, and XML forbids it.
BREAK = "\x1e"
BREAKS = re.compile(rf" *{BREAK} *")
PARAGRAPHS = re.compile(rf"(?: *{BREAK}){{2,}} *")


@dataclass
class Block:
    """A piece of text as it stands in the page. container -- the element that holds it and its neighbours."""

    kind: str
    text: str
    container: Any
    is_around: bool


def tree(text: str) -> Any:
    """The page's root element. Raises ValueError when there is none."""
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    # As bytes: a text with an XML declaration would be refused.
    data = text.replace("\0", "\ufffd").encode("utf-8", "replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, AssertionError, TypeError) as error:
        raise ValueError("no HTML") from error
    return root


def blocks(root: Any) -> Iterator[Block]:
    """The blocks under an element, in reading order."""
    walker = etree.iterwalk(root, events=("start", "end"))
    kinds: list[str] = []  # of the headings, quotations and list items that we are inside of
    around = preformatted = 0
    pieces: list[str] = []
    holder: list[Any] = [root]

    def flush() -> Iterator[Block]:
        text = "".join(pieces)
        pieces.clear()
        for part in PARAGRAPHS.split(text if preformatted else SPACES.sub(" ", text)):
            said = BREAKS.sub("\n", part).strip(" \n\r\t\f")
            if said:
                kind = kinds[-1] if kinds else PARAGRAPH
                yield Block(kind, said, _container(holder[-1]), bool(around))

    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in UNSEEN or not tag or _is_hidden(element):
                walker.skip_subtree()
                # Its end comes all the same.
                element.set("factcheck", "unseen")
                continue
            if tag in BLOCKS:
                yield from flush()
                holder.append(element)
                around += _is_around(element, tag)
                if kind := _kind(tag):
                    kinds.append(kind)
                preformatted += tag == "pre"
            elif tag in {"td", "th"}:
                if pieces and "".join(pieces).strip():
                    pieces.append(" | ")
            elif tag == "br":
                pieces.append(BREAK)
            elif tag == "q":
                pieces.append("“")
            if element.text:
                pieces.append(_words(element.text, preformatted))
            continue
        if tag and element.get("factcheck") != "unseen":
            if tag == "q":
                pieces.append("”")
            if tag in BLOCKS:
                yield from flush()
                holder.pop()
                around -= _is_around(element, tag)
                if _kind(tag):
                    kinds.pop()
                preformatted -= tag == "pre"
        if element.tail and element is not root:
            pieces.append(_words(element.tail, preformatted))
    yield from flush()


def _container(element: Any) -> Any:
    while element.tag in IN_THE_FLOW and element.getparent() is not None:
        element = element.getparent()
    return element


def _words(text: str, preformatted: int) -> str:
    text = text.replace(BREAK, " ")
    return text.replace("\r\n", "\n").replace("\n", BREAK) if preformatted else text


def _kind(tag: str) -> str:
    return HEADING if tag in HEADINGS else {"blockquote": QUOTATION, "li": LIST_ITEM}.get(tag, "")


def _is_hidden(element: Any) -> bool:
    if element.tag in {"html", "body"}:
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(HIDDEN.search(element.get("style") or ""))
    )


def _is_around(element: Any, tag: str) -> bool:
    if tag in {"html", "body", "main", "article"}:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        tag in AROUND
        or (element.get("role") or "").lower() in ROLES_AROUND
        or (len(named) < 300 and bool(CLASSES_AROUND.search(named)))
    )

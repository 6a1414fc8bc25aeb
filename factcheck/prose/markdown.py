"""What people write, as safe HTML: CommonMark in, a short list of elements out.

CommonMark 0.31.2 by markdown-it-py with raw HTML off; what comes out still goes through nh3 (the ammonia sanitiser), so
that one mistake is not enough. A reference such as [2] becomes a link to the second source.
"""

import re

import nh3
from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")
_ELEMENTS = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "sup",
}  # fmt: skip
# "*" for every element: nh3 would let title and lang through by itself.
_ATTRIBUTES = {"a": {"href", "class"}, "ol": {"start"}, "*": set[str]()}
# The space before a reference is for the writer; set as a superscript it stands close to its word.
_REFERENCE = re.compile(r" ?\[([0-9]{1,3})\]")

_REFERRED = re.compile(r'href="#source-(\d+)"')


def to_html(markdown: str) -> str:
    """CommonMark to HTML that may stand in any page of ours: no scripts, styles, images, ids or foreign attributes.

    Headings are of the third and fourth level. Links leave with rel="nofollow noopener"; other schemes than http, https and mailto
    are dropped.
    """
    tokens = _parser.parse(markdown)
    shallowest = 6
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            # The page has the first two levels. Whatever people begin with is the third, and what is under it the fourth.
            level = int(token.tag[1])
            shallowest = min(shallowest, level)
            token.tag = "h3" if level == shallowest else "h4"
        for child in token.children or ():
            if child.type == "image":
                # Nothing is loaded from elsewhere: a picture is told by its words.
                child.type, child.tag, child.content, child.children = (
                    "text",
                    "",
                    child.content,
                    None,
                )
    html = _parser.renderer.render(tokens, _parser.options, {})
    html = "".join(_refer(piece) for piece in _outside_code(html))
    return nh3.clean(
        html,
        tags=_ELEMENTS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def references_in(html: str) -> set[int]:
    """The numbers of the sources that a text made by `to_html` refers to."""
    return {int(number) for number in _REFERRED.findall(html)}


def _outside_code(html: str) -> list[str]:
    return re.split(r"(<(?:code|pre|a)\b.*?</(?:code|pre|a)>)", html, flags=re.DOTALL)


def _refer(piece: str) -> str:
    if piece.startswith(("<code", "<pre", "<a")):
        return piece
    referred = _REFERENCE.sub(r'<sup><a class="reference" href="#source-\1">\1</a></sup>', piece)
    # Side by side, 1 and 2 would read as 12.
    return referred.replace("</sup><sup>", "</sup> <sup>")

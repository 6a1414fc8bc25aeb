"""Blocks as a text that an editor can correct: a mark at the beginning of a block says what it is.

`# ` a heading, `> ` a quotation, `- ` a list item; a paragraph that begins so by itself has a backslash before it.
"""

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from factcheck.articles.importing import Body, read_body
from factcheck.articles.models import Block, BlockKind

MARKS = {BlockKind.HEADING: "# ", BlockKind.QUOTATION: "> ", BlockKind.LIST_ITEM: "- "}
KINDS = {mark: kind for kind, mark in MARKS.items()}
MARKED = re.compile(r"\\*[#>-] ")


def marked(blocks: Iterable[tuple[str, str]]) -> str:
    """blocks -- (kind, text)."""
    return "\n\n".join(_marked(BlockKind(kind), text) for kind, text in blocks)


def marked_text(text: str) -> str:
    """A plain text, in which short lines without an end read as headings, as they do when it is pasted."""
    try:
        read = read_body(text)
    except ValidationError:
        # Too large: told when it is to become an article.
        return text
    return marked((block.kind, read.text[block.start : block.end]) for block in read.blocks)


def _marked(kind: BlockKind, text: str) -> str:
    # Blank lines would end the block.
    text = re.sub(r"\n[^\S\n]*(?=\n)", "", text.strip("\n"))
    return MARKS.get(kind, "") + (f"\\{text}" if MARKED.match(text) else text)


def read_marked(raw: str) -> Body:
    """The text without its marks, and its blocks by them. Raises ValidationError as `read_body` does."""
    read = read_body(raw)
    pieces = []
    for block in read.blocks:
        text = read.text[block.start : block.end]
        kind: str = KINDS.get(text[:2], BlockKind.PARAGRAPH)
        words = text if kind == BlockKind.PARAGRAPH else text[2:].lstrip(" ")
        words = words[1:] if words.startswith("\\") and MARKED.match(words) else words
        if words.strip():
            pieces.append((kind, words))
    # What is left may be nothing at all.
    whole = read_body("\n\n".join(words for _kind, words in pieces))
    blocks, start = [], 0
    for kind, words in pieces:
        blocks.append(Block(kind, start, start + len(words)))
        start += len(words) + 2
    return Body(whole.text, blocks, read.notes)

"""What bytes are, by how they begin and what they are said to be (after the MIME Sniffing standard, 7).

What is said and what is found must agree. Nothing said, or something generic, is common and fine.
"""

import re
from enum import StrEnum

from factcheck.web.refusing import Empty, Mislabelled, UnknownKind, gettext_noop


class Kind(StrEnum):
    HTML = "html"
    TEXT = "text"
    MARKDOWN = "markdown"
    DOCX = "docx"
    PDF = "pdf"


NAMES = {
    Kind.HTML: gettext_noop("a web page"),
    Kind.TEXT: gettext_noop("plain text"),
    Kind.MARKDOWN: gettext_noop("Markdown"),
    Kind.DOCX: gettext_noop("a Word document"),
    Kind.PDF: gettext_noop("a PDF"),
}
DECLARED = {
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "text/plain": Kind.TEXT,
    "text/markdown": Kind.MARKDOWN,
    "text/x-markdown": Kind.MARKDOWN,
    "application/pdf": Kind.PDF,
    "application/x-pdf": Kind.PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Kind.DOCX,
}
GENERIC = {
    "", "*/*", "application/octet-stream", "binary/octet-stream", "application/zip", "application/x-download",
    "application/force-download", "application/download", "unknown/unknown", "application/unknown",
}  # fmt: skip
ENDINGS = {
    "html": "text/html", "htm": "text/html", "xhtml": "application/xhtml+xml", "txt": "text/plain",
    "md": "text/markdown", "markdown": "text/markdown", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
# Beginnings of what is not taken, and what to call it.
OTHERS = (
    (b"\xd0\xcf\x11\xe0", gettext_noop("an old Office document (.doc)")),
    (b"{\\rtf", gettext_noop("rich text (.rtf)")),
    (b"\x89PNG", gettext_noop("a picture")),
    (b"\xff\xd8\xff", gettext_noop("a picture")),
    (b"GIF8", gettext_noop("a picture")),
    (b"RIFF", gettext_noop("a picture, sound or film")),
    (b"\x1f\x8b", gettext_noop("a packed file")),
    (b"BZh", gettext_noop("a packed file")),
    (b"\xfd7zXZ", gettext_noop("a packed file")),
    (b"7z\xbc\xaf", gettext_noop("a packed file")),
    (b"Rar!", gettext_noop("a packed file")),
    (b"%!PS", gettext_noop("PostScript")),
)
ZIP = b"PK\x03\x04"
COMMENTS = re.compile(rb"(\s+|<!--.*?(-->|\Z)|<\?xml.*?\?>)*", re.DOTALL)
HTML = re.compile(
    rb"<(!doctype\s+html|(html|head|script|iframe|h[1-6]|div|font|table|a|style|title|b|body|br|p|meta|link|section"
    rb"|article|main|header|span|ul|ol|blockquote)[\s/>])",
    re.IGNORECASE,
)
XML = re.compile(rb"<\?xml|<(rss|feed|svg|sitemapindex|urlset)[\s>]", re.IGNORECASE)
# Control characters that no text has (MIME Sniffing, "binary data byte").
BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
LOOKED_AT = 2048  # bytes


def said_by(name: str) -> str:
    """The media type that a file's name says; "" for none."""
    return ENDINGS.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


def kind_of(data: bytes, declared: str = "") -> Kind:
    """What the bytes are. declared -- a Content-Type or "". Raises Empty, UnknownKind, Mislabelled."""
    if not data.strip(b" \t\r\n\f\0"):
        raise Empty
    media = declared.partition(";")[0].strip().lower()
    said = DECLARED.get(media)
    if said is None and media not in GENERIC:
        raise UnknownKind(found=media[:60])
    found = _found(data, "utf-16" in declared.lower())
    if isinstance(found, str) and not isinstance(found, Kind):
        raise UnknownKind(found=found)
    if said is None or said == found:
        return found
    # Text is what a web page or Markdown is, too, if it is called so.
    if found == Kind.TEXT and said in {Kind.HTML, Kind.MARKDOWN}:
        return said
    # Markdown may begin with a tag.
    if found == Kind.HTML and said == Kind.MARKDOWN:
        return said
    raise Mislabelled(declared=NAMES[said], found=NAMES[found])


def _found(data: bytes, is_wide: bool) -> Kind | str:
    beginning = data[:LOOKED_AT]
    if b"%PDF-" in beginning[:1024]:
        return Kind.PDF
    if beginning.startswith(ZIP):
        return Kind.DOCX if b"word/" in data else gettext_noop("a packed file or another Office document")
    for start, name in OTHERS:
        if beginning.startswith(start):
            return name
    is_marked = beginning.startswith(MARKS)
    if beginning.startswith(MARKS[1:]) or is_wide:
        beginning = beginning.replace(b"\0", b"")[2 * is_marked :]
    elif is_marked:
        beginning = beginning[3:]
    if BINARY.search(beginning):
        return gettext_noop("something other than text")
    after = beginning[found.end() if (found := COMMENTS.match(beginning)) else 0 :]
    if HTML.match(after):
        return Kind.HTML
    return gettext_noop("XML, such as a feed") if XML.match(beginning.lstrip()) else Kind.TEXT

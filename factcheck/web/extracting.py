"""An article out of the bytes of a page or file: its blocks, and what it says of itself.

Which blocks of a web page are the article is told by trafilatura (Barbaresi, "Trafilatura: A Web Scraping Library and
Command-Line Tool for Text Discovery and Extraction", ACL 2021), on our own bytes; what they say, and whether they are
headings, quotations or list items, by our own walk through the page, so that nothing is glued or lost.
Others' libraries read others' bytes here: call it through `confining`, never in the program's own process.
"""

import io
import re
import statistics
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from factcheck.web import walking
from factcheck.web.charsets import decoded
from factcheck.web.describing import Description, day_of, describe
from factcheck.web.kinds import Kind
from factcheck.web.refusing import Damaged, Locked, NoText, TooDemanding
from factcheck.web.walking import HEADING, PARAGRAPH, QUOTATION

# A document of text is never larger, unpacked; nor does it have more parts or pages.
LARGEST_UNPACKED = 60 * 1024 * 1024  # bytes
MOST_PARTS = 3000
MOST_PAGES = 500
# More than any article has; and more than can be taken in (articles.models.TEXT_LIMIT).
MOST_BLOCKS = 20_000
MOST_WORDS = 4_000_000  # code points
# Shorter ones stand in many places by chance.
PARTICULAR = 25  # code points


@dataclass
class Extracted:
    """blocks -- (kind, text) of the article; whole -- (kind, text, whether it is of the article) of the page as it came."""

    kind: str
    blocks: list[tuple[str, str]]
    whole: list[tuple[str, str, bool]]
    about: Description = field(default_factory=Description)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, said: dict[str, Any]) -> "Extracted":
        return cls(
            str(said["kind"]),
            [(str(kind), str(text)) for kind, text in said["blocks"]],
            [(str(kind), str(text), bool(taken)) for kind, text, taken in said["whole"]],
            Description(**said["about"]),
        )


def extract(data: bytes, kind: Kind, *, declared: str = "", url: str = "", everything: bool = False) -> Extracted:
    """Read bytes of a kind. Raises a Refused for what cannot be read or holds no text.

    declared -- the Content-Type as it came; everything -- it is the article alone, such as what somebody pasted.
    """
    match kind:
        case Kind.HTML:
            found = _page(decoded(data, declared, is_html=True), url, everything=everything)
        case Kind.TEXT:
            found = _text(decoded(data, declared))
        case Kind.MARKDOWN:
            found = _markdown(decoded(data, declared))
        case Kind.DOCX:
            found = _docx(data)
        case Kind.PDF:
            found = _pdf(data)
    found.kind = kind.value
    if not found.blocks:
        raise NoText
    if len(found.blocks) > MOST_BLOCKS or sum(len(text) for _kind, text in found.blocks) > MOST_WORDS:
        raise TooDemanding
    found.whole = found.whole[:MOST_BLOCKS]
    return found


# --- Web pages ---


def _page(text: str, url: str, *, everything: bool) -> Extracted:
    try:
        root = walking.tree(text)
    except ValueError as error:
        raise NoText from error
    about = describe(root, url)
    stand = list(walking.blocks(root))
    if everything:
        return _alone(stand, about)
    taken = _chosen(stand, _found(text), about)
    blocks = [(block.kind, block.text) for block, is_taken in zip(stand, taken, strict=True) if is_taken]
    whole = [(block.kind, block.text, is_taken) for block, is_taken in zip(stand, taken, strict=True)]
    return Extracted(Kind.HTML, blocks, whole, about)


def _alone(stand: list[walking.Block], about: Description) -> Extracted:
    blocks = [(block.kind, block.text) for block in stand]
    return Extracted(Kind.HTML, blocks, [(*block, True) for block in blocks], about)


def _found(text: str) -> str:
    """The words of the article, as trafilatura finds them, without spaces; "" when it finds too few."""
    from trafilatura import extract as find

    found = find(text, include_comments=False, include_tables=True, favor_recall=True, output_format="txt") or ""
    return _bare(found)


def _bare(text: str) -> str:
    """Words without all that extraction may change: spaces, and signs of formatting."""
    return re.sub(r"[\s|“”*_#`>-]+", "", text).casefold()


def _chosen(stand: list[walking.Block], found: str, about: Description) -> list[bool]:
    """Which of a page's blocks are the article."""
    bare = [_bare(block.text) for block in stand]
    taken = [len(words) >= PARTICULAR and words in found for words in bare]
    if sum(len(words) for words, is_taken in zip(bare, taken, strict=True) if is_taken) < 0.5 * len(found) or not any(
        taken
    ):
        # It glued blocks together, or found nothing: what does not stand around the article.
        taken = _not_around(stand)
    if not any(taken):
        return [True] * len(stand)
    # Its neighbours in the same place belong to it, such as short lines, list items and headings between its paragraphs.
    first, last = taken.index(True), len(taken) - 1 - taken[::-1].index(True)
    places = {block.container for block, is_taken in zip(stand, taken, strict=True) if is_taken}
    for at in range(first, last + 1):
        block = stand[at]
        taken[at] = taken[at] or (not block.is_around and (block.container in places or bare[at] in found))
    # So do those before and after it, a first question, a last short line; unless the place is the whole page.
    for at in range(first - 1, -1, -1):
        if not _goes_with(stand[at], stand[first]):
            break
        taken[at] = True
    for at in range(last + 1, len(stand)):
        if not _goes_with(stand[at], stand[last]):
            break
        taken[at] = True
    _with_head(stand, taken, first, about)
    return taken


def _goes_with(block: walking.Block, other: walking.Block) -> bool:
    """Whether a block belongs where another stands: beside it, or as the heading over it."""
    if block.is_around or block.container.tag in {"body", "html"}:
        return False
    over = block.kind == HEADING and any(each is block.container for each in other.container.iterancestors())
    return block.container is other.container or over


def _not_around(stand: list[walking.Block]) -> list[bool]:
    """All but navigation and the like; within an article or main element if the page has one that holds most."""
    inside = [not block.is_around for block in stand]
    for tag in ("article", "main"):
        within = [
            is_inside and (block.container.tag == tag or next(block.container.iterancestors(tag), None) is not None)
            for block, is_inside in zip(stand, inside, strict=True)
        ]
        if any(within):
            return within
    return inside


def _with_head(stand: list[walking.Block], taken: list[bool], first: int, about: Description) -> None:
    """The headline and the standfirst belong to what readers saw, wherever they stand before the text."""
    for said in (about.title, about.standfirst):
        words = _bare(said)
        if not words or any(is_taken and _bare(stand[at].text) == words for at, is_taken in enumerate(taken)):
            continue
        for at in range(first - 1, -1, -1):
            if _bare(stand[at].text) == words and not stand[at].is_around:
                taken[at] = True
                break


# --- Texts ---


def _text(text: str) -> Extracted:
    pieces = [
        each.strip("\n") for each in re.split(r"\n(?:[^\S\n]*\n)+", text.replace("\r\n", "\n").replace("\r", "\n"))
    ]
    blocks = [(PARAGRAPH, each) for each in pieces if each.strip()]
    return Extracted(Kind.TEXT, blocks, [(*block, True) for block in blocks])


def _markdown(text: str) -> Extracted:
    from markdown_it import MarkdownIt

    said, text = _front_matter(text.replace("\r\n", "\n"))
    # Its HTML is shown to nobody, only walked through; what HTML it brings is text, as it is to readers of the file.
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(text)
    found = _alone(list(walking.blocks(walking.tree(html or "<p>"))), Description())
    heading = next((text for kind, text in found.blocks[:1] if kind == HEADING), "")
    found.about = Description(
        title=(said.get("title") or heading)[:300],
        standfirst=said.get("description", "")[:1000],
        authors=[each for each in (said.get("author", "")[:100],) if each],
        published_on=day_of(said.get("date", "")),
        language=said.get("lang", "")
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", said.get("lang", ""))
        else "",
    )
    return found


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    found = re.match(r"---\n((?:[^\n]*\n){1,60}?)(?:---|\.\.\.)\n", text)
    if not found:
        return {}, text
    pairs = re.findall(r"^(\w+):[ \t]*[\"']?(.*?)[\"']?[ \t]*$", found[1], re.MULTILINE)
    return {name.lower(): value for name, value in pairs if value}, text[found.end() :]


# --- Word (ECMA-376) ---


def _docx(data: bytes) -> Extracted:
    import mammoth

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _bearable(parts)
            about = _properties(parts)
        # Pictures are not taken in; ones elsewhere would have to be fetched.
        ignored = mammoth.images.img_element(lambda _image: {"src": ""})
        html = mammoth.convert_to_html(io.BytesIO(data), convert_image=ignored).value
    except (TooDemanding, Locked, MemoryError, RecursionError):
        raise
    except Exception as error:
        # Whatever a broken file leads these libraries to.
        raise Damaged from error
    if not html.strip():
        raise NoText
    found = _alone(list(walking.blocks(walking.tree(f"<body>{html}</body>"))), about)
    about.title = about.title or next((text for kind, text in found.blocks[:1] if kind == HEADING), "")[:300]
    return found


def _bearable(parts: zipfile.ZipFile) -> None:
    """Parts are unpacked to the size that they tell, no further; so it is enough to add up what they tell."""
    listed = parts.infolist()
    if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > LARGEST_UNPACKED:
        raise TooDemanding
    if any(part.flag_bits & 1 for part in listed):
        raise Locked
    for part in listed:
        if part.filename.endswith((".xml", ".rels")):
            with parts.open(part) as opened:
                # Word writes none, and only a document type can define what grows.
                if b"<!DOCTYPE" in opened.read(4096).replace(b"\0", b"").upper():
                    raise TooDemanding


def _properties(parts: zipfile.ZipFile) -> Description:
    """Title, author and language out of the core properties (ECMA-376, part 2, 11)."""
    if "docProps/core.xml" not in parts.namelist():
        return Description()
    from lxml import etree

    with suppress(etree.LxmlError):
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        core = etree.fromstring(parts.read("docProps/core.xml"), parser)
        dublin = "{http://purl.org/dc/elements/1.1/}"
        said = {
            name: " ".join((core.findtext(f"{dublin}{name}") or "").split())
            for name in ("title", "creator", "language")
        }
        return Description(title=said["title"][:300], authors=[said["creator"][:100]] if said["creator"] else [])
    return Description()


# --- PDF (ISO 32000) ---


def _pdf(data: bytes) -> Extracted:
    import pypdf

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        if len(reader.pages) > MOST_PAGES:
            raise TooDemanding
        pages = [page.extract_text() or "" for page in reader.pages]
        said = reader.metadata
        title, author = (
            " ".join(str(each or "").split()) for each in ((said.title, said.author) if said else ("", ""))
        )
    except (TooDemanding, Locked, MemoryError, RecursionError):
        raise
    except Exception as error:
        # Whatever a broken file leads the library to.
        raise Damaged from error
    blocks = list(_paragraphs(_without_furniture([page.splitlines() for page in pages])))
    about = Description(title=title[:300], authors=[author[:100]] if author else [])
    return Extracted(Kind.PDF, blocks, [(*block, True) for block in blocks], about)


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Pages without the line that heads or foots most of them, whatever number it bears."""

    def of(line: str) -> str:
        return re.sub(r"\d+", "0", line.strip())

    pages = [[line.rstrip() for line in page if line.strip() or line == ""] for page in pages]
    for at in (0, -1):
        lines = [of(page[at]) for page in pages if page]
        for repeated in {line for line in lines if len(pages) > 2 and lines.count(line) > len(pages) / 2}:
            pages = [
                (page[1:] if at == 0 else page[:-1]) if page and of(page[at]) == repeated else page for page in pages
            ]
    return pages


ENDS = tuple('.!?…:。！？؟۔”"»)')


def _paragraphs(pages: list[list[str]]) -> Iterator[tuple[str, str]]:
    """A PDF knows lines alone. A paragraph ends at a blank line, or where a line ends a sentence well before the margin."""
    widths = [len(line) for page in pages for line in page if len(line) > 20]
    full = statistics.quantiles(widths, n=10)[8] if len(widths) > 1 else 60
    words = {word.lower() for page in pages for line in page for word in re.findall(r"\w+(?:-\w+)+", line)}
    lines: list[str] = []
    for page in pages:
        for line in (*page, None):
            if line is not None and line.strip():
                lines.append(line.strip())
                ends = len(line) < 0.8 * full and line.strip().endswith(ENDS)
                is_title = len(lines) == 1 and len(line) < 0.6 * full and not line.strip().endswith((*ENDS, ",", "-"))
                if not ends and not is_title:
                    continue
            # A page's end alone ends no paragraph.
            if lines and (line is not None or lines[-1].endswith(ENDS)):
                yield _joined(lines, words, full)
                lines = []
    if lines:
        yield _joined(lines, words, full)


def _joined(lines: list[str], words: set[str], full: float) -> tuple[str, str]:
    text = lines[0]
    for line in lines[1:]:
        last = re.search(r"(\w+)-$", text)
        following = re.match(r"[^\W\d_]\w*", line)
        if last and following and following[0][0].islower():
            kept = f"{last[1]}-{following[0]}".lower() in words
            text = text + line if kept else text[:-1] + line
        else:
            text = f"{text} {line}"
    is_heading = len(lines) == 1 and len(text) < 0.6 * full and not text.endswith((*ENDS, ","))
    return (HEADING if is_heading else QUOTATION if text.startswith("> ") else PARAGRAPH, text)

"""Articles out of pages and files as they come."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.web.extracting import Extracted, extract
from factcheck.web.kinds import Kind
from factcheck.web.refusing import Damaged, Locked, NoText, Refused, TooDemanding
from tests.web.files import WORD, docx, pdf

NEWS = Path(__file__).with_name("pages") / "news.html"
LONG = "The mayor said on Monday that the harbour was dredged long before the bridge was planned or paid for. "


def page(html: str, url: str = "https://herald.test/a") -> Extracted:
    return extract(html.encode(), Kind.HTML, url=url)


def texts(found: Extracted) -> list[str]:
    return [text for _kind, text in found.blocks]


@pytest.fixture(scope="module")
def news() -> Extracted:
    return extract(NEWS.read_bytes(), Kind.HTML, url="https://herald.test/2026/11/harbour?utm_source=x")


def test_a_news_page_gives_its_article_block_by_block(news: Extracted) -> None:
    assert news.blocks == [
        ("heading", "Harbour “dredged in 1921”, mayor says"),
        ("paragraph", "Her claim about the bridge drew doubts from the port."),
        (
            "paragraph",
            "The mayor said on Monday that the harbour was dredged in 1921, long before the bridge was planned or paid for.",
        ),
        ("paragraph", "She did not say by whom."),
        ("heading", "What the port says"),
        (
            "quotation",
            "“The bridge carries 40,000 cars a day, and it will be closed in May for repairs that nobody has counted.”",
        ),
        ("paragraph", "A speaker of the port listed what is known so far about the works:"),
        ("list item", "The dredging began in spring."),
        ("list item", "It cost two million."),
        ("list item", "Nobody was hurt."),
        (
            "paragraph",
            "The council will hear the port on Thursday, and then decide on the budget of the next two years.",
        ),
        ("paragraph", "No date was given."),
    ]


def test_what_the_page_says_of_itself_is_taken_from_the_most_particular_place(news: Extracted) -> None:
    about = news.about
    assert (about.title, about.publisher) == ("Harbour “dredged in 1921”, mayor says", "Example Herald")
    assert about.authors == ["Maria Writer", "Tom Second"]
    # The day where it was written.
    assert (about.published_on, about.language) == ("2026-11-02", "en-GB")
    assert about.canonical == "https://herald.test/2026/11/harbour"
    assert about.standfirst == "Her claim about the bridge drew doubts from the port."


def test_without_an_address_the_page_s_heading_tells_which_description_is_its_own() -> None:
    assert extract(NEWS.read_bytes(), Kind.HTML).about.published_on == "2026-11-02"


def test_what_was_left_out_is_told_too(news: Extracted) -> None:
    left_out = [text for _kind, text, taken in news.whole if not taken]
    assert "Related stories" in left_out
    assert [(kind, text) for kind, text, taken in news.whole if taken] == news.blocks
    assert not any("never seen" in text for _kind, text, _taken in news.whole)


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<meta property="og:title" content="A | Site"><meta property="og:site_name" content="Site">', "A"),
        ('<meta property="og:site_name" content="Site"><title>Site – A – B</title>', "A – B"),
        ("<title>A &amp; B</title>", "A & B"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": broken</script><title>A</title>', "A"),
        ('<script type="application/ld+json">[[[{"@type":"BlogPosting","headline":"A\n"}]]]</script><title>B</title>', "A"),
        ('<script type="application/ld+json">' + "[" * 9999 + "</script><title>A</title>", "A"),
        ('<script type="application/ld+json">{"@type": 7, "headline": []}</script><title>A</title>', "A"),
    ],
)  # fmt: skip
def test_a_title_is_found_in_what_there_is(head: str, found: str) -> None:
    assert page(f"<html><head>{head}</head><body><p>{LONG}").about.title == found


def test_short_lines_before_between_and_after_belong_to_the_article() -> None:
    asked = f"<p><b>Is it true?</b><p>Yes.<p>{LONG}<p>Why?<p>{LONG}{LONG}<table><tr><td>2020<td>4.1</table><p>No."
    found = page(
        f"<nav>Menu</nav><div class=post><h2>An interview</h2><div>{asked}</div><div class=share>Share it</div></div>"
    )
    assert texts(found) == [
        "An interview", "Is it true?", "Yes.", LONG.strip(), "Why?", (LONG + LONG).strip(), "2020 | 4.1", "No.",
    ]  # fmt: skip


def test_a_page_that_says_nothing_of_itself_gives_its_text() -> None:
    found = page(f"<p>{LONG}<p>Short.<p>{LONG}{LONG}")
    assert texts(found) == [LONG.strip(), "Short.", (LONG + LONG).strip()]
    assert (found.about.title, found.about.authors, found.about.published_on) == ("", [], "")


def test_a_front_page_as_canonical_form_is_not_believed() -> None:
    link = '<link rel=canonical href="https://herald.test/">'
    assert page(f"{link}<p>{LONG}").about.canonical == ""
    assert page(f"{link}<p>{LONG}", url="https://herald.test/").about.canonical == "https://herald.test/"


def test_a_long_list_stays_a_list() -> None:
    items = [f"Item {number} of the list of what was promised" for number in range(30)]
    listed = "".join(f"<li>{item}</li>" for item in items)
    found = page(f"<main><h1>Promises</h1><p>{LONG}</p><ol>{listed}</ol></main>")
    assert [text for kind, text in found.blocks if kind == "list item"] == items


def test_tables_in_tables_keep_their_words_in_order() -> None:
    inner = "<table><tr><td>inner 1</td><td>inner 2</td></tr></table>"
    found = page(f"<table><tr><td><p>{LONG}</p>{inner}<p>{LONG}{LONG}</p></td></tr></table>")
    assert texts(found) == [LONG.strip(), "inner 1 | inner 2", (LONG + LONG).strip()]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "قال رئيس البلدية يوم الاثنين إن الميناء جُرف عام 1921 قبل وقت طويل من التخطيط للجسر أو دفع ثمنه من قبل المدينة."),
        ("he", "ראש העירייה אמרה ביום שני שהנמל הועמק בשנת 1921, הרבה לפני שהגשר תוכנן או שולם עליו בידי העירייה."),
        ("ja", "市長は月曜日、港は橋が計画されるずっと前の1921年に浚渫されたと述べた。港の報道官はこれに異議を唱え、記録を示した。"),
        ("zh-Hans", "市长周一表示，港口早在1921年就已疏浚，远在桥梁规划或付款之前。港口发言人对此提出异议，并出示了记录。"),
    ],
)  # fmt: skip
def test_other_scripts_come_letter_by_letter(lang: str, text: str) -> None:
    found = page(f"<html lang={lang}><article><h1>1921</h1><p>{text}</p><p>{text}{text}</p></article>")
    assert texts(found)[-2:] == [text, text + text]
    assert found.about.language == lang


def test_broken_html_is_read_as_far_as_it_goes() -> None:
    found = page(f"<div><p>{LONG}<b>bold<p>{LONG}{LONG}</i></table></div></div><p>{LONG}{LONG}{LONG}<div")
    assert len(found.blocks) == 3


def test_line_breaks_spaces_and_signs_come_as_a_browser_shows_them() -> None:
    found = extract(
        f"<p>{LONG}</p><p>One<br>two  \n three<br><br>four&nbsp;&shy;five</p><pre>a\n  b</pre><p hidden>no</p>".encode(),
        Kind.HTML, everything=True,
    )  # fmt: skip
    assert texts(found)[1:] == ["One\ntwo three", "four\xa0\xadfive", "a\nb"]


def test_what_was_pasted_is_taken_whole() -> None:
    found = extract(b"<nav>Menu</nav><h2>Head</h2><ul><li>x</ul>", Kind.HTML, everything=True)
    assert found.blocks == [("paragraph", "Menu"), ("heading", "Head"), ("list item", "x")]


def test_markdown_gives_its_blocks_and_what_stands_at_its_front() -> None:
    text = "---\ntitle: 'The bridge'\nauthor: Maria\ndate: 2026-11-02\n---\n# Head\n\nA *b* <i>c</i>\nd.\n\n> said\n\n- x\n- y\n"
    found = extract(text.encode(), Kind.MARKDOWN)
    assert found.blocks == [
        ("heading", "Head"), ("paragraph", "A b <i>c</i> d."), ("quotation", "said"), ("list item", "x"), ("list item", "y"),
    ]  # fmt: skip
    assert (found.about.title, found.about.authors, found.about.published_on) == ("The bridge", ["Maria"], "2026-11-02")


def test_plain_text_gives_its_paragraphs() -> None:
    assert extract("a\r\nb\r\n\r\n \r\nc".encode("utf-16"), Kind.TEXT).blocks == [
        ("paragraph", "a\nb"),
        ("paragraph", "c"),
    ]


def test_a_word_document_gives_its_blocks_title_and_author() -> None:
    found = extract(docx(("Heading1", "Head"), LONG.strip(), "Second."), Kind.DOCX)
    assert found.blocks == [("heading", "Head"), ("paragraph", LONG.strip()), ("paragraph", "Second.")]
    assert (found.about.title, found.about.authors) == ("The bridge", ["Maria Writer"])


LINES = [
    "The harbour and the bridge",
    "The mayor said on Monday that the harbour was dredged in nineteen twenty-one, which the harbour-",
    "master denied. She added that the bridge carries forty thousand cars a day, and that it was fin-",
    "ished late.",
    "A speaker of the port called it the oldest in the country, and said that it would be closed in May",
    "for repairs; the harbour-master agreed.",
]


def test_a_pdf_gives_paragraphs_without_the_hyphens_of_its_lines() -> None:
    found = extract(pdf(LINES, title="The bridge"), Kind.PDF)
    assert texts(found) == [
        LINES[0],
        "The mayor said on Monday that the harbour was dredged in nineteen twenty-one, which the harbour-master denied. "
        "She added that the bridge carries forty thousand cars a day, and that it was finished late.",
        f"{LINES[4]} {LINES[5]}",
    ]
    assert (found.about.title, found.about.authors) == ("The bridge", ["Maria Writer"])


def test_what_heads_and_foots_each_page_of_a_pdf_is_left_out() -> None:
    found = extract(pdf(*([f"Example Herald, page {at}", *LINES[1:4], f"{at}"] for at in (1, 2, 3))), Kind.PDF)
    assert not any("Example Herald" in text or text.isdigit() for text in texts(found))


def test_a_sentence_goes_on_over_the_page() -> None:
    found = extract(pdf(LINES[1:3], LINES[3:]), Kind.PDF)
    assert "it was finished late." in texts(found)[0]


@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (b"<html><body><script>x</script>", Kind.HTML, NoText),
        (pdf([]), Kind.PDF, NoText),
        (pdf(LINES)[:300], Kind.PDF, Damaged),
        (b"%PDF-1.7\nnothing of the kind", Kind.PDF, Damaged),
        (docx("x")[:-30], Kind.DOCX, Damaged),
        (docx(document="<w:document"), Kind.DOCX, Damaged),
        (docx(""), Kind.DOCX, NoText),
        (docx("x", **{"word/media/x.xml": bytes(80 * 1024 * 1024)}), Kind.DOCX, TooDemanding),
        (
            docx(document=f'<!DOCTYPE a [<!ENTITY b "{"x" * 99}">]><w:document {WORD}>&b;</w:document>'),
            Kind.DOCX,
            TooDemanding,
        ),
    ],
    ids=["no text", "a scan", "a truncated PDF", "no PDF", "a truncated document", "no document", "an empty document", "a ZIP bomb", "an XML bomb"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, kind: Kind, why: type[Refused]) -> None:
    with pytest.raises(why):
        extract(data, kind)


def test_a_locked_document_is_told() -> None:
    data = bytearray(docx("x"))
    # The flag of encryption, in the first entry of the directory (APPNOTE 4.3.12).
    data[data.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Locked):
        extract(bytes(data), Kind.DOCX)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div>", "<li>", "</li>", "<table>", "<td>", "<br>", "<q>", "<!--", "-->", "<pre>", "<svg>", "<h1>", "</h1>", "<title>", "<script>", "&#0;", "&#xD800;", "a b", "é\x1e", "<", "\x00"]), max_size=40))  # fmt: skip
def test_any_html_gives_blocks_of_words_or_a_refusal(pieces: list[str]) -> None:
    try:
        found = extract("".join(pieces).encode(), Kind.HTML, everything=True)
    except NoText:
        return
    assert all(text == text.strip() and text and "\n\n" not in text for text in texts(found))


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([(docx("x", "y"), Kind.DOCX), (pdf(LINES), Kind.PDF)]),
    st.integers(0, 5000),
    st.binary(min_size=1, max_size=8),
)
def test_a_file_with_wrong_bytes_in_it_is_read_or_refused(file: tuple[bytes, Kind], at: int, wrong: bytes) -> None:
    data, kind = file
    at %= len(data)
    with pytest.MonkeyPatch.context() as nothing_else:
        nothing_else.setattr("sys.stderr", None, raising=False)
        try:
            extract(data[:at] + wrong + data[at + len(wrong) :], kind)
        except (Refused, RecursionError):
            return

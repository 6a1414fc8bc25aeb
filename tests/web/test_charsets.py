"""Bytes become the text that a browser would show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.web.charsets import decoded, meant


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("é".encode(), "text/html; charset=utf-8", "é"),
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1", "é"),
        (b"\x93Yes\x94 \x80", "text/html; charset=latin1", "“Yes” €"),
        (b"\x93Yes\x94", "text/html; charset=us-ascii", "“Yes”"),
        (b"a\x81b", "text/html; charset=windows-1252", "a\x81b"),
        ("ı".encode("cp1254"), "text/html; charset=iso-8859-9", "ı"),
        ("鎔".encode("gb18030"), "text/html; charset=gb2312", "鎔"),
        ("①".encode("cp932"), "text/html; charset=Shift_JIS", "①"),
        ("똠".encode("cp949"), "text/html; charset=euc-kr", "똠"),
        ("Дом".encode("koi8-r"), 'text/html; charset="koi8-r"', "Дом"),
        # A byte order mark is stronger than all that is said.
        (b"\xef\xbb\xbf\xc3\xa9", "text/html; charset=windows-1251", "é"),
        ("\ufeffДом".encode("utf-16-le"), "text/html; charset=utf-8", "Дом"),
        # The head is stronger than the page, and the page than a guess.
        (b'<meta charset="windows-1251">\xc4', "text/html; charset=utf-8", '<meta charset="windows-1251">\ufffd'),
        (b'<meta charset="windows-1251">\xc4', "text/html", '<meta charset="windows-1251">Д'),
        (b"<META http-equiv=x content='text/html; charset=koi8-r'>\xc1", "", "<META http-equiv=x content='text/html; charset=koi8-r'>а"),
        (b'<?xml version="1.0" encoding="iso-8859-2"?>\xb1', "", '<?xml version="1.0" encoding="iso-8859-2"?>ą'),
        (b"<!-- <meta charset=koi8-r> --><p>\xe9", "", "<!-- <meta charset=koi8-r> --><p>é"),
        (b"<meta charset=utf-16>\xc3\xa9", "", "<meta charset=utf-16>é"),
        (b" " * 1024 + b"<meta charset=koi8-r>\xe9", "", " " * 1024 + "<meta charset=koi8-r>é"),
        # Nothing is said, or nothing that exists.
        ("é".encode(), "", "é"),
        (b"\x93Yes\x94", "", "“Yes”"),
        ("é".encode(), "text/html; charset=nothing", "é"),
        ("é".encode(), "text/html; charset=utf-7", "é"),
    ],
)  # fmt: skip
def test_a_page_is_read_as_browsers_read_it(data: bytes, declared: str, text: str) -> None:
    assert decoded(data, declared, is_html=True) == text


@pytest.mark.parametrize("label", ["rot13", "base64", "zip", "idna", "unicode_escape", "utf-7", "\0", "a" * 999, ""])
def test_what_python_calls_an_encoding_but_the_web_does_not_is_none(label: str) -> None:
    assert meant(label) == ""


@given(st.binary(max_size=200), st.text(max_size=40), st.booleans())
def test_any_bytes_give_some_text(data: bytes, declared: str, is_html: bool) -> None:
    assert isinstance(decoded(data, f"text/html; charset={declared}", is_html=is_html), str)

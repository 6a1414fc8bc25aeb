"""What bytes are: by how they begin, and by what they are said to be."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.web.kinds import Kind, kind_of, said_by
from factcheck.web.refusing import Empty, Mislabelled, Refused, UnknownKind

PAGE, PDF, DOCX = b"\n<!-- x --><!DOCTYPE html><p>Hello", b"%PDF-1.7\n", b"PK\x03\x04....word/document.xml"
GENERIC = ["", "application/octet-stream", "*/*"]


@pytest.mark.parametrize("said", GENERIC)
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PAGE, Kind.HTML),
        (b'<?xml version="1.0"?>\n<html xmlns="x">', Kind.HTML),
        ("\ufeff<html>".encode("utf-16-le"), Kind.HTML),
        (PDF, Kind.PDF),
        (DOCX, Kind.DOCX),
        (b"The harbour was dredged.", Kind.TEXT),
        (b"a < b", Kind.TEXT),
        ("Дом".encode("cp1251"), Kind.TEXT),
    ],
)
def test_when_nothing_is_said_the_beginning_tells(said: str, data: bytes, kind: Kind) -> None:
    assert kind_of(data, said) is kind


@pytest.mark.parametrize(
    ("data", "said", "kind"),
    [
        (PAGE, "text/html; charset=utf-8", Kind.HTML),
        (b"no tags at all", "text/html", Kind.HTML),
        (b"# Title", "text/markdown", Kind.MARKDOWN),
        (b"<div>\n\n# Title", "text/markdown", Kind.MARKDOWN),
        (PDF, "application/pdf", Kind.PDF),
        (DOCX, "application/zip", Kind.DOCX),
    ],
)
def test_what_is_said_and_what_is_found_agree(data: bytes, said: str, kind: Kind) -> None:
    assert kind_of(data, said) is kind


@pytest.mark.parametrize(
    ("data", "said"),
    [(PAGE, "application/pdf"), (PDF, "text/html"), (DOCX, "text/plain"), (PAGE, "text/plain"), (b"text", "application/pdf")],
)  # fmt: skip
def test_what_contradicts_what_it_is_said_to_be_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Mislabelled):
        kind_of(data, said)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\x89PNG\r\n", ""),
        (b"\xd0\xcf\x11\xe0", ""),
        (b"PK\x03\x04....xl/workbook.xml", ""),
        (b"<?xml version='1.0'?><rss>", ""),
        (b"a\0b", "text/plain"),
        (b"{}", "application/json"),
        (PAGE, "image/png"),
        (b"\x7fELF\x02\x01", "text/html"),
    ],
)
def test_what_no_article_comes_in_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UnknownKind):
        kind_of(data, said)


def test_nothing_but_blanks_is_empty() -> None:
    with pytest.raises(Empty):
        kind_of(b" \n\t")


def test_a_file_s_name_says_what_it_is() -> None:
    assert [said_by(name) for name in ("a.HTML", "b.tar.gz", "md", "c.md")] == ["text/html", "", "", "text/markdown"]


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_of_a_kind_or_refused(data: bytes, said: str) -> None:
    with suppress(Refused):
        assert kind_of(data, said) in Kind

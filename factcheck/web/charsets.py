"""Bytes of a page into text as browsers read them: WHATWG Encoding and HTML standards (13.2.3, "determining the encoding").

A byte order mark decides, then the Content-Type, then what the page says in its first kilobyte, then what the bytes are: valid
UTF-8 is UTF-8, all else windows-1252. A name means what it means on the web: Latin-1 and ASCII are windows-1252.
"""

import codecs
import re

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
PRESCANNED = 1024  # bytes
# Python's names of the web's encodings, and what the web means by names that Python knows otherwise.
KNOWN = {
    "utf-8", "utf-16-le", "utf-16-be", "cp866", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6",
    "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15", "iso8859-16", "koi8-r", "koi8-u",
    "mac-roman", "mac-cyrillic", "cp874", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257",
    "cp1258", "gb18030", "big5hkscs", "euc_jp", "iso2022_jp", "cp932", "cp949",
}  # fmt: skip
MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
    "utf-16": "utf-16-le", "x-sjis": "cp932", "windows-31j": "cp932", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949",
    "x-cp1251": "cp1251", "x-cp1252": "cp1252", "x-mac-cyrillic": "mac-cyrillic", "x-x-big5": "big5hkscs",
    "unicode-1-1-utf-8": "utf-8", "x-euc-jp": "euc_jp", "iso-8859-8-i": "iso8859-8", "dos-874": "cp874", "x-mac-roman": "mac-roman",
}  # fmt: skip
DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
# In a tag of its own, in either form; or in an XML declaration.
META = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)", re.IGNORECASE)
XML = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


def _as_controls(error: UnicodeError) -> tuple[str, int]:
    """Bytes that a code page of Windows leaves free are control characters on the web."""
    if isinstance(error, UnicodeDecodeError):
        return "".join(chr(byte) for byte in error.object[error.start : error.end]), error.end
    raise error


codecs.register_error("factcheck.controls", _as_controls)


def meant(label: str) -> str:
    """The encoding, by Python's name, that a label means on the web; "" for none."""
    label = label.strip().lower()
    if label in MEANT:
        return MEANT[label]
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    name = MEANT.get(name, name)
    return name if name in KNOWN else ""


def decoded(data: bytes, declared: str = "", *, is_html: bool = False) -> str:
    """The text that the bytes are. declared -- the Content-Type as it came, or ""."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    encoding = meant(found[1]) if (found := DECLARED.search(declared)) else ""
    encoding = encoding or (_said_inside(data[:PRESCANNED]) if is_html else "") or _guessed(data)
    return data.decode(encoding, "factcheck.controls" if encoding.startswith("cp125") else "replace")


def _said_inside(beginning: bytes) -> str:
    beginning = COMMENT.sub(b"", beginning)
    found = META.search(beginning) or XML.match(beginning.lstrip())
    encoding = meant(found[1].decode("latin-1")) if found else ""
    # Whoever could read the tag did not read UTF-16.
    return "utf-8" if encoding.startswith("utf-16") else encoding


def _guessed(data: bytes) -> str:
    try:
        data.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"

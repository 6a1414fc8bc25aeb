"""Lists as tables for spreadsheets: CSV (RFC 4180) in UTF-8 with a byte order mark, which spreadsheets ask for."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import batched
from typing import Any

from django.conf import settings
from django.http import StreamingHttpResponse
from django.utils import timezone

BOM = "\ufeff"
AT_ONCE = 500
# A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection"). The minus sign is no hyphen to us,
# but to some of them.
FORMULA = frozenset("=+-@\u2212")
BREAKS = frozenset("\t\r\n\v\f")
# Where a comma is a decimal sign, spreadsheets part cells at another sign, and what follows it begins a cell.
PARTS = re.compile(r"([;\t|\r\n\v\f])")


def safe(value: Any) -> Any:
    """A cell that no spreadsheet runs: text that would begin a formula begins with an apostrophe, days are ISO 8601.

    So does what may begin a cell within it, after a sign at which some spreadsheets part cells.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return value
    text = str(value)
    if text[:1].isalnum() and not PARTS.search(text):  # nearly every cell
        return text
    guarded = "".join(f"'{part}" if _begins_formula(part) else part for part in PARTS.split(text))
    # A break that begins a text is nothing to be seen, and some spreadsheets leave it out.
    begins = text[:1] in BREAKS or (_begins_formula(text) and not guarded.startswith("'"))
    return f"'{guarded}" if text and begins else guarded


def _begins_formula(part: str) -> bool:
    # Wide and small forms are the same sign to a spreadsheet; what cannot be seen before it changes nothing, nor do quotes.
    begins = next((character for character in part if character != '"' and not _unseen(character)), "")
    return unicodedata.normalize("NFKC", begins)[:1] in FORMULA


def _unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn"}


class _Line:
    """A file that gives each line back."""

    def write(self, line: str) -> str:
        return line


def table(name: str, columns: Iterable[Any], rows: Iterable[Iterable[Any]]) -> StreamingHttpResponse:
    """The rows as a file to be saved, AT_ONCE lines by AT_ONCE; name -- of what is in it, to which the day is added."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    # The rows are written when the request is over.
    zone = timezone.get_current_timezone()

    def parts() -> Iterator[str]:
        yield BOM + writer.writerow([safe(column) for column in columns])
        # What is sent in small pieces costs the server more than what is in them.
        for part in batched(rows, AT_ONCE):
            with timezone.override(zone):
                lines = "".join(writer.writerow([safe(cell) for cell in row]) for row in part)
            yield lines

    answer = StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate().isoformat()}.csv"'
    return answer


def in_parts(numbers: list[int]) -> Iterator[list[int]]:
    """So many at once that the details of a part are asked for together and kept in memory."""
    for start in range(0, len(numbers), AT_ONCE):
        yield numbers[start : start + AT_ONCE]


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"

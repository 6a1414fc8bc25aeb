"""No cell of a table is a formula."""

import csv
import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.desk.exporting import PARTS, safe

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]
HIDDEN = ["  =1", "\u00a0=1", "\u3000=1", "\ufeff=1", "\u200b=1", "\u2028=1", "\u00ad-1"]
OTHER_FORMS = ["＝1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1", "﹫x", "−1", " ＝1"]
WITHIN = [
    ("p;=2+5", "p;'=2+5"), ("a; =1", "a;' =1"), ("a\n+1", "a\n'+1"), ("a|@x", "a|'@x"), ("a\t－1", "a\t'－1"),
    ("\t=1", "'\t'=1"), (" \t @x", "' \t' @x"), ('a;"=1"', "a;'\"=1\""), ("One; =Two; Three", "One;' =Two; Three"),
]  # fmt: skip
HARMLESS = [
    "",
    "a; b",
    "a;",
    "1; 2 = 3",
    "The bridge",
    "1 = 1",
    "a@b.example",
    "“=” is a sign",
    "'=1",
    "10-12",
    "مدينة",
    "城市",
    " two",
]


@pytest.mark.parametrize("text", FORMULAS + HIDDEN + OTHER_FORMS)
def test_what_a_spreadsheet_may_run_begins_with_an_apostrophe(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize(("text", "cell"), WITHIN)
def test_so_does_what_begins_a_cell_where_cells_are_parted_at_another_sign(text: str, cell: str) -> None:
    assert safe(text) == cell
    assert safe(cell) == cell


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(text: str) -> None:
    assert safe(text) == text


def test_numbers_and_nothing_stay_what_they_are() -> None:
    assert (safe(-3), safe(None)) == (-3, "")


blank = st.text(st.characters(categories=["Cc", "Cf", "Zs", "Zl", "Zp"], exclude_characters="\0"), max_size=4)
sign = st.sampled_from("=+-@＝＋－＠﹦﹢﹣﹫−")


@given(before=blank, begins=sign, rest=st.text(max_size=20))
def test_whatever_cannot_be_seen_before_it_a_formula_is_none(before: str, begins: str, rest: str) -> None:
    assert str(safe(before + begins + rest)).startswith("'")


@given(st.one_of(st.text(), st.text(st.sampled_from(";\t|\r\n =+-@＝x'\""))))
def test_no_cell_begins_as_a_formula_wherever_cells_are_parted_and_nothing_is_lost(text: str) -> None:
    cell = str(safe(text))
    assert cell.replace("'", "") == text.replace("'", "")
    for part in [cell, *PARTS.split(cell)]:
        assert unicodedata.normalize("NFKC", part.lstrip(' "\t\r\n'))[:1] not in set("=+-@")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), min_size=1))
def test_a_line_is_read_back_as_it_was_written(cells: list[str]) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow([safe(cell) for cell in cells])
    (read,) = csv.reader(io.StringIO(written.getvalue(), newline=""))
    assert read == [safe(cell) for cell in cells]

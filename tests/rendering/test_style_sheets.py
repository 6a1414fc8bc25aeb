"""What the style sheets must not ask for."""

import re

import pytest
from django.conf import settings

SHEETS = sorted((settings.BASE_DIR / "static").glob("css/**/*.css"))
# "+ *" and "~ *", also as the subject of what is nested; "+ :where(p, div)" and "+ .name" are fine.
ANYTHING_AFTER = re.compile(r"[+~]\s*(?:\*|:(?!is|where)[\w-]+)\s*[{,)]")


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.stem != "public"], ids=lambda sheet: sheet.stem)
def test_no_style_sheet_of_the_desk_asks_for_anything_that_comes_after(sheet):
    """A browser would style all cards anew whenever one comes or goes: 10,000 elements among 500 claims."""
    assert ANYTHING_AFTER.findall(sheet.read_text()) == []

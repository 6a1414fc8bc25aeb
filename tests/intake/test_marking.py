"""Blocks become a text that an editor can correct, and are read out of it again."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from factcheck.articles.models import BlockKind
from factcheck.intake.marking import marked, read_marked

WORDS = st.text("ab#>- \\\n.é", min_size=1).map(lambda text: "\n".join(line.strip() for line in text.split("\n") if line.strip())).filter(bool)  # fmt: skip


def test_marks_say_what_a_block_is_and_are_no_part_of_the_text() -> None:
    read = read_marked("# Head\n\n> said\nso\n\n- one\n\n\\- not an item\n\nPlain.")
    assert read.text == "Head\n\nsaid\nso\n\none\n\n- not an item\n\nPlain."
    assert [(kind, read.text[start:end]) for kind, start, end in read.blocks] == [
        ("heading", "Head"), ("quotation", "said\nso"), ("list item", "one"), ("paragraph", "- not an item"), ("paragraph", "Plain."),
    ]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(BlockKind.values), WORDS), min_size=1, max_size=6))
def test_what_is_marked_is_read_as_it_was(blocks: list[tuple[str, str]]) -> None:
    read = read_marked(marked(blocks))
    assert [(kind, read.text[start:end]) for kind, start, end in read.blocks] == blocks


def test_marks_alone_are_no_text() -> None:
    with pytest.raises(ValidationError):
        read_marked("# \n\n> ")

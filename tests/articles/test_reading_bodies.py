"""What somebody pasted, made ready: nothing is lost but what cannot be kept, and that is told."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from factcheck.articles.importing import CONTROLS, LINE_BREAKS, read_body
from factcheck.articles.models import TEXT_LIMIT, BlockKind

anything = st.text(st.one_of(st.characters(), st.sampled_from("\n\r\t \u3000\u2028\x85\v\ufeff😀e\u0301م港")))


def refused(raw: str) -> ValidationError:
    with pytest.raises(ValidationError) as error:
        read_body(raw)
    return error.value


@pytest.mark.parametrize(("raw", "position"), [("\0", 1), ("ab\0", 3), ("😀\0\0", 2)])
def test_nul_is_refused_with_its_position(raw: str, position: int) -> None:
    error = refused(raw)
    assert (error.code, f"position {position}." in error.message) == ("nul", True)


@pytest.mark.parametrize(("raw", "position"), [("\ud83d", 1), ("ab\udc00c", 3), ("😀\ude00", 2)])
def test_a_lone_surrogate_is_refused_with_its_position(raw: str, position: int) -> None:
    error = refused(raw)
    assert (error.code, f"position {position}." in error.message) == ("surrogate", True)


@pytest.mark.parametrize("raw", ["", " ", "\n \t\r\n", "\ufeff", "\u3000\u2028\n"])
def test_an_empty_text_is_refused(raw: str) -> None:
    assert refused(raw).code == "required"


@pytest.mark.parametrize("raw", ["a\r\nb", "a\rb", "a\nb"])
def test_every_line_end_becomes_a_line_feed_and_needs_no_note(raw: str) -> None:
    body = read_body(raw)
    assert (body.text, body.notes) == ("a\nb", [])


@pytest.mark.parametrize("control", ["\x01", "\t", "\x1b", "\x1f", "\x7f", "\x80", "\x9f"])
def test_another_control_character_becomes_a_space_and_a_note_says_so(control: str) -> None:
    body = read_body(f"a{control}b")
    assert (body.text, body.notes) == ("a b", ["1 control character was turned into a space or a line break."])


@pytest.mark.parametrize("control", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"])
def test_a_control_that_means_a_new_line_becomes_one_and_a_note_says_so(control: str) -> None:
    body = read_body(f"a{control}b")
    assert (body.text, len(body.notes)) == ("a\nb", 1)


def test_the_note_counts_them_all() -> None:
    assert read_body("a\tb\vc\x85d").notes == ["3 control characters were turned into spaces or line breaks."]


def test_a_byte_order_mark_at_the_beginning_is_no_text() -> None:
    assert read_body("\ufeffText.").text == "Text."


@pytest.mark.parametrize(
    "text",
    [
        "😀",
        "👩‍👩‍👧",
        "e\u0301",
        "\u1e9b\u0323",
        "ﷺ مرحبا",
        "שלום",
        "港口",
        "ﬁ",
        "a\u200bb",
        "\u202eabc\u202c",
        "a\xa0b",
    ],
)
def test_no_sign_of_any_script_is_changed(text: str) -> None:
    assert read_body(text).text == text


def test_composed_and_decomposed_letters_stay_apart() -> None:
    assert read_body("\xe9 e\u0301").text == "\xe9 e\u0301"


@pytest.mark.parametrize("between", ["\n\n", "\n\n\n\n", "\n \n", "\r\n\r\n", "\n\u3000\n", "\u2029\u2029", "\n\t\n"])
def test_blocks_are_what_stands_between_blank_lines(between: str) -> None:
    assert read_body(f"One.{between}Two.").text == "One.\n\nTwo."


def test_a_line_break_within_a_block_stays() -> None:
    assert len(read_body("One\ntwo.\n\nThree.").blocks) == 2


def test_a_short_line_without_an_end_is_a_heading() -> None:
    assert [block.kind for block in read_body("The harbour\n\nIt was dredged.").blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
    ]


def test_the_last_block_is_no_heading() -> None:
    assert read_body("The harbour").blocks[-1].kind == BlockKind.PARAGRAPH


@pytest.mark.parametrize("sign", ["a", "é", "港", "😀"])
def test_a_text_of_exactly_the_limit_is_taken(sign: str) -> None:
    size = len(sign.encode())
    text = sign * (TEXT_LIMIT // size) + "b" * (TEXT_LIMIT % size)
    assert read_body(text).text == text


@pytest.mark.parametrize("sign", ["a", "é", "港", "😀"])
def test_a_text_one_byte_over_the_limit_is_refused(sign: str) -> None:
    size = len(sign.encode())
    text = sign * (TEXT_LIMIT // size) + "b" * (TEXT_LIMIT % size) + "b"
    error = refused(text)
    assert (error.code, "1001 kB" in error.message, "1000 kB" in error.message) == ("too_long", True, True)


def test_what_is_cut_off_does_not_count_against_the_limit() -> None:
    assert len(read_body("a" * TEXT_LIMIT + "\n" * 100).text) == TEXT_LIMIT


@given(anything)
@example("\n\ufeffText")
@example("\ufeff\ufeffText")
@example("  \n\n\ufeffText")
@example("\ufeff \n\ufeff\nText")
def test_the_blocks_joined_by_two_line_feeds_are_the_text(raw: str) -> None:
    try:
        body = read_body(raw)
    except ValidationError:
        return
    assert "\n\n".join(body.text[block.start : block.end] for block in body.blocks) == body.text


@given(anything)
def test_the_blocks_cover_the_text_without_a_gap_or_an_empty_one(raw: str) -> None:
    try:
        body = read_body(raw)
    except ValidationError:
        return
    ends = [0, *[block.end + 2 for block in body.blocks]]
    assert [block.start for block in body.blocks] == ends[:-1]
    assert ends[-1] == len(body.text) + 2
    assert all(body.text[block.start : block.end].strip() for block in body.blocks)


@given(anything)
@example("\n\ufeffText")
@example("\ufeff\ufeffText")
@example("  \n\n\ufeffText")
@example("\ufeff \n\ufeff\nText")
def test_a_text_made_ready_once_is_ready(raw: str) -> None:
    try:
        body = read_body(raw)
    except ValidationError:
        return
    again = read_body(body.text)
    assert (again.text, again.blocks, again.notes) == (body.text, body.blocks, [])


@given(anything)
def test_what_is_kept_holds_no_control_but_the_line_feed(raw: str) -> None:
    try:
        text = read_body(raw).text
    except ValidationError:
        return
    assert not re.search("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", text)


@given(anything)
def test_no_visible_sign_is_lost_or_changed(raw: str) -> None:
    try:
        text = read_body(raw).text
    except ValidationError:
        return

    def visible(some: str) -> str:
        return "".join(CONTROLS.sub(" ", LINE_BREAKS.sub("\n", some)).split()).lstrip("\ufeff")

    assert visible(text) == visible(raw)

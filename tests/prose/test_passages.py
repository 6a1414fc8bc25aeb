"""Words in rendered prose."""

from hypothesis import given
from hypothesis import strategies as st

from factcheck.prose.markdown import to_html
from factcheck.prose.passages import Mark, marked, places, text_of

HTML = to_html("The *register* of works lists it [1]. “So it is” — they say.")


def test_the_text_is_what_is_read_without_references() -> None:
    assert text_of(HTML).strip() == "The register of works lists it. “So it is” — they say."


def test_words_are_found_as_read_as_typed_and_with_their_references() -> None:
    text = text_of(HTML)
    for words in ("register of works", "lists it [1]. “So", '"So  it is" - they'):
        ((start, end),) = places(words, HTML)
        assert text[start:end].split()[0].strip("“") in words


def test_words_that_stand_nowhere_are_not_found() -> None:
    assert places("register of ships", HTML) == []
    assert places("  ", HTML) == []


def test_words_that_stand_twice_are_found_twice() -> None:
    assert places("an end", to_html("It is an end and an end.")) == [(6, 12), (17, 23)]


def test_a_mark_crosses_tags_without_breaking_them() -> None:
    ((start, end),) = places("register of", HTML)
    html = marked(HTML, [Mark(start, end, "!")])
    assert '<em><mark class="remarked">register</mark></em><mark class="remarked"> of</mark>!' in html


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_marking_changes_no_word(text: str, start: int, length: int) -> None:
    html = to_html(text)
    assert text_of(marked(html, [Mark(start, start + length)])) == text_of(html)

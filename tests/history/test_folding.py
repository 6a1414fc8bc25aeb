"""Texts are compared alike by the program and by the database, in any script."""

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from factcheck.history.finding import MOST_SHORT_WORDS, MOST_WORDS, words_of
from factcheck.history.folding import fold, signs
from tests.claims.test_matching import at_will

# What was assigned in the first versions of Unicode; newer characters are known to one of the two a year earlier.
letters = st.characters(max_codepoint=0x2FFF, categories=("L", "M", "N", "P", "S", "Z"))


@given(st.text(letters, max_size=60))
@example("ΟΔΟΣ ὈΔΥΣΣΕΎΣ Straße ÆØŒ İstanbul ılık")
@example("Ёлка йод 城市「港口」 서울 が الأَمِين שָׁלוֹם")
@example("“x”… ½ ﬁ ＡＢＣ Ǆ")
@at_will
def test_the_database_folds_texts_as_the_program_does(db: None, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT words_folded(%s), words_signs(%s)", [text, text])
        assert cursor.fetchone() == (fold(text), signs(text))


@given(st.text(letters, max_size=60))
def test_a_folded_text_is_folded_no_further_and_its_signs_are_plain(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert signs(fold(text)) == signs(text)
    assert signs(text).isascii()


@given(st.text(letters, max_size=20), st.text(letters, max_size=20), st.text(letters, max_size=20))
def test_what_stands_in_a_text_stands_in_its_signs(before: str, word: str, after: str) -> None:
    text = fold(before) + fold(word) + fold(after)
    assert signs(word) in signs(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Straße", "STRASSE"),
        ("Æsop", "aesop"),
        ("ΟΔΟΣ", "οδοσ"),
        ("Гоголь Ёлка", "гоголь елка"),
        ("الأَمِين", "الامين"),
        ("Dvořák", "dvorak"),
    ],
)
def test_case_and_accents_do_not_matter(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_few_words_are_looked_for_the_longest_first_and_fewer_short_ones() -> None:
    assert words_of("a “Harbour” of THE the") == ["harbour", "the", "of", "a"]
    assert len(words_of("a b c d e f g h i j")) == MOST_SHORT_WORDS
    assert len(words_of(" ".join(f"word{number}" for number in range(50)))) == MOST_WORDS
    assert words_of("") == words_of(" — ") == []

from hypothesis import given
from hypothesis import strategies as st

from factcheck.anchoring.folding import fold

SIGNS = st.one_of(
    st.sampled_from("aAé\u0301\u00ad\u200b \u00a0\n-–—“”'’ßﬁ…İıΣςς한\u1112\u1161\u11abＡ\ufe0f"),
    st.characters(exclude_categories=[]),
)
TEXTS = st.text(SIGNS, max_size=60)


@given(TEXTS)
def test_every_part_of_a_folded_text_leads_back_into_the_text(text: str) -> None:
    folded = fold(text)
    for at in range(len(folded.text)):
        assert 0 <= folded.start(at) < folded.end(at + 1) <= len(text)
        assert at == 0 or folded.start(at) >= folded.start(at - 1)


@given(TEXTS)
def test_every_place_of_a_text_leads_into_the_folded_one(text: str) -> None:
    folded = fold(text)
    places = [folded.folded(at) for at in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(folded.text)
    assert places[0] == 0


def test_what_looks_alike_is_folded_alike() -> None:
    for one, other in (
        ("“Good” — ‘so’", "\"good\" - 'so'"),
        ("a\u00a0 b\n\nc", "a b c"),
        ("in\u00adter\u200bnal", "internal"),
        ("STRASSE", "straße"),
        ("cafe\u0301", "CAFÉ"),
        ("ﬁve…", "five..."),
        ("한국", "\u1112\u1161\u11ab\u1100\u116e\u11a8"),
        ("ＡＢＣ１２", "abc12"),
        ("TITLE", "tıtle"),
        ("ΟΔΟΣ", "οδος"),
        ("the --- end", "the – end"),
    ):
        assert fold(one).text == fold(other).text


def test_accents_tell_words_apart() -> None:
    assert fold("résumé").text != fold("resume").text

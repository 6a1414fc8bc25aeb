"""Sentences and words of a text, as the browser finds them: told here by example, and for any text by what must hold.

The module counts UTF-16 units; the texts are cut here in the same way.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from tests.anchoring.conftest import Bare

# Unicode's White_Space.
SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))


@pytest.fixture(scope="module")
def page(bare: Bare) -> Iterator[Page]:
    with bare("segmenting") as page:
        yield page


def units(string: str) -> int:
    return len(string.encode("utf-16-le")) // 2


def cut(text: str, span: dict[str, int]) -> str:
    return text.encode("utf-16-le")[2 * span["start"] : 2 * span["end"]].decode("utf-16-le", "surrogatepass")


def sentences(page: Page, text: str, language: str) -> list[str]:
    found = page.evaluate("([text, language]) => segmenting.sentences(text, language)", [text, language])
    return [cut(text, span).strip() for span in found]


def words(page: Page, text: str, language: str) -> list[str]:
    found = page.evaluate("([text, language]) => segmenting.words(text, language)", [text, language])
    return [cut(text, span) for span in found]


def snapped(page: Page, text: str, chosen: str, language: str = "en") -> str | None:
    """What the words chosen, where they first stand in the text, grow to."""
    start = units(text[: text.index(chosen)])
    span = page.evaluate(
        "([text, start, end, language]) => segmenting.snapped(text, {start, end}, language)",
        [text, start, start + units(chosen), language],
    )
    return span and cut(text, span)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The harbour is old. | It was dredged."),
        ("en", "Mr. Smith met Dr. J. R. R. Tolkien in St. Ives. | He left."),
        ("en", "The U.S. Senate met. | It is in the U.S. | The mayor said no. | Then he left."),
        ("en", "See No. 5 of Fig. 3. | That is plan B. | The end."),
        ("en", "“We came. We saw,” he said. | “Will it close?” she asked."),
        ("en", "A line that is\nbroken goes on. | The next."),
        ("en", "It costs 3.5 million. | Yahoo! said so."),
        ("de", "Am 3. Mai sprach Hr. Müller z.B. Deutsch. | „Das ist es. Nein“, sagte er. | Er ging."),
        ("es", "La Sra. López habló. | ¿Cierra el puente? | No."),
        ("fr", "M. Durand et Mme. Petit. | « Oui. Non », dit-il. | Fin."),
        ("ru", "В 2020 г. Москва росла. | Это ул. Ленина. | Всё."),
        ("tr", "Prof. Dr. Yılmaz konuştu. | Köprü 3. Ahmet döneminden. | Bitti."),
        ("ar", "قال المتحدث إن الجسر هو الأقدم. | سيغلق في مايو؟ | نعم."),
        ("zh", "这座桥是全国最古老的。 | 将于五月关闭。"),
        ("no-such-language", "One. | Two."),
        ("", "One. | Two."),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(page: Page, language: str, text: str) -> None:
    parts = text.split(" | ")
    joined = ("" if language == "zh" else " ").join(parts)
    assert sentences(page, joined, language) == parts


def test_a_long_quotation_keeps_its_sentences_apart(page: Page) -> None:
    inner = "The harbour is old and deep and wide. " * 6
    assert len(sentences(page, f"She said: “{inner.strip()}” Then she left.", "en")) > 5


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "en",
            "“40 % of €5, well-known,” it’s said—twice.",
            ["40", "%", "of", "€5", "well-known", "it’s", "said", "twice"],
        ),
        ("en", "At 12:30 the 🚢 and/or 👩‍👩‍👧 left.", ["At", "12:30", "the", "🚢", "and/or", "👩‍👩‍👧", "left"]),
        ("ar", "الجسر هو الأقدم.", ["الجسر", "هو", "الأقدم"]),
        ("zh", "这座桥。", ["这", "座", "桥"]),
        ("en", "…", []),
    ],
)
def test_words_are_those_that_are_said(page: Page, language: str, text: str, found: list[str]) -> None:
    assert words(page, text, language) == found


@pytest.mark.parametrize(
    ("text", "chosen", "whole"),
    [
        ("The harbour was dredged.", "arbour wa", "harbour was"),
        ("The harbour was dredged.", " harbour ", "harbour"),
        ("The harbour was dredged.", "dredged.", "dredged."),
        ("It carries 40,000 cars.", "0 car", "40,000 cars"),
        ("It’s one.", "s on", "It’s one"),
        ("A 👩‍👩‍👧 here.", "\u200d👩", "👩‍👩‍👧"),
        ("A cafe\u0301 here.", "\u0301 h", "cafe\u0301 here"),
        ("这座桥是全国最古老的。", "国最古", "国最古"),
        ("สะพานนี้เก่าแก่", "พาน", "พาน"),
        ("One \n\n two", " \n\n ", None),
    ],
)
def test_a_selection_grows_to_whole_words(page: Page, text: str, chosen: str, whole: str | None) -> None:
    assert snapped(page, text, chosen) == whole


LETTERS = st.one_of(
    st.sampled_from(
        ["a", "b", "A", ".", "!", "?", " ", " ", "\n", "“", "”", '"', "'", "’", "5", ",", "-", "U.S.", "Mr. "]
    ),
    st.sampled_from(
        ["👩‍🚀", "🏳️‍🌈", "🇨🇭", "e\u0301", "שלום", "مرحبا؟", "漢字。", "ไทย", "𝒳", "\u200f", "\u0600", "…", "。", "カナ"]
    ),
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"),
)
TEXTS = st.builds(
    lambda letters, times: "".join(letters) * times, st.lists(LETTERS, min_size=1, max_size=14), st.integers(1, 8)
)
LANGUAGES = st.sampled_from(["en", "de", "ar", "zh", "th", "fr", "ru", ""])
PLACES = st.tuples(st.floats(0, 1), st.floats(0, 1))
BATCHES = st.lists(st.tuples(TEXTS, LANGUAGES, PLACES), min_size=10, max_size=30)
ANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def _span(text: str, places: tuple[float, float]) -> tuple[int, int]:
    """A selection: between two code points."""
    first, last = sorted(round(place * len(text)) for place in places)
    return units(text[:first]), units(text[:last])


@ANY
@given(BATCHES)
def test_sentences_cover_any_block_without_gap_or_overlap(page: Page, batch: list[tuple[str, str, Any]]) -> None:
    found = page.evaluate("(all) => all.map(([text, language]) => segmenting.sentences(text, language))", batch)
    for (text, _, _), spans in zip(batch, found, strict=True):
        assert [span["start"] for span in spans] == [0, *(span["end"] for span in spans[:-1])]
        assert spans[-1]["end"] == units(text)
        assert all(span["start"] < span["end"] for span in spans)


@ANY
@given(BATCHES)
def test_words_of_any_text_stand_in_order_and_hold_no_outer_space(
    page: Page, batch: list[tuple[str, str, Any]]
) -> None:
    found = page.evaluate("(all) => all.map(([text, language]) => segmenting.words(text, language))", batch)
    for (text, _, _), spans in zip(batch, found, strict=True):
        ends = [end for span in spans for end in (span["start"], span["end"])]
        assert ends == sorted(ends)
        assert all(0 <= span["start"] < span["end"] <= units(text) for span in spans)
        assert all(cut(text, span)[0] not in SPACE and cut(text, span)[-1] not in SPACE for span in spans)


@ANY
@given(BATCHES)
def test_what_a_selection_grows_to_holds_it_and_grows_no_further(page: Page, batch: list[tuple[str, str, Any]]) -> None:
    given_spans = [_span(text, places) for text, _, places in batch]
    found = page.evaluate(
        """(all) => all.map(([text, language, start, end]) => {
          const once = segmenting.snapped(text, {start, end}, language);
          return [segmenting.trimmed(text, {start, end}), once, once && segmenting.snapped(text, once, language)];
        })""",
        [[text, language, *span] for (text, language, _), span in zip(batch, given_spans, strict=True)],
    )
    for (text, _, _), (start, end), (inner, once, twice) in zip(batch, given_spans, found, strict=True):
        words_chosen = cut(text, {"start": start, "end": end})
        if not words_chosen.strip(SPACE):
            assert inner is once is twice is None
            continue
        assert cut(text, inner) == words_chosen.strip(SPACE)
        assert 0 <= once["start"] <= inner["start"] < inner["end"] <= once["end"] <= units(text)
        assert once == twice


def test_a_very_long_block_is_cut_into_what_can_be_listed(page: Page) -> None:
    spans = page.evaluate(
        "() => segmenting.sentences('word and 🚢 '.repeat(3000) + 'x'.repeat(5001) + '🚢'.repeat(3000), 'en')"
    )
    assert spans[-1]["end"] == 12 * 3000 + 5001 + 6000
    assert len(spans) > 10

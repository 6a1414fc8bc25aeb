"""One search across articles, claims, claimants and sources."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article, FoundBy
from factcheck.claims import highlighting, registering
from factcheck.claims.models import Claim
from factcheck.desk.finding import SHOWN, find, mark
from factcheck.sources import keeping
from tests import newsroom
from tests.database import raw
from tests.desk.conftest import Desk

SEARCH = "/desk/search/"


def found(query: str) -> dict[str, list[str]]:
    return {group.name: [str(each.record) for each in group.found] for group in find(query) if group.total}


def test_each_kind_is_found_by_what_is_known_of_it(ada: User) -> None:
    newsroom.article(ada, title="Water", author="Anna Author", url="https://herald.example/water", body="Nothing.")
    newsroom.claim(ada, wording="The plant runs dry.", claimant="Petra Port")
    keeping.find_or_add(by=ada, title="A letter", kind="official", url="https://port.example/x", publisher="The Port")
    assert found("anna") == found("herald.example") == {"articles": ["Water"]}
    assert found("plant dry") == {"claims": ["The plant runs dry."]}
    assert found("PORT") == {
        "claims": ["The plant runs dry."], "claimants": ["Petra Port"], "sources": ["A letter"],
    }  # fmt: skip


def test_an_article_is_found_by_the_end_of_a_long_text_with_the_words_around_it(desk: Desk, ada: User) -> None:
    newsroom.article(ada, title="Long", body="Straße und Brücke. " * 20_000 + "The needle lies here, said the mayor.")
    page = desk(ada).get(SEARCH, {"q": "needle"}).content.decode()
    assert '<mark class="found">needle</mark> lies here, said the mayor.' in page


@pytest.mark.parametrize(
    ("body", "query", "marked"),
    [
        ("The café of Dvořák.", "CAFE dvorak", '<mark class="found">café</mark> of <mark class="found">Dvořák</mark>'),
        ("İstanbul ılık bir şehir.", "istanbul", '<mark class="found">İstanbul</mark>'),
        (
            "İstanbul ılık bir şehir.",
            "ILIK sehir",
            '<mark class="found">ılık</mark> bir <mark class="found">şehir</mark>',
        ),
        ("قالت العمدة إن المدينة كبيرة.", "مدينة", 'ال<mark class="found">مدينة</mark>'),
        ("市长说城市港口在一九二一年疏浚。", "港口", '城市<mark class="found">港口</mark>在'),
        ("Die Straße ist lang.", "strasse", '<mark class="found">Straße</mark>'),
        ("100%_ of a\\b <b>", "%_", '100<mark class="found">%_</mark> of a\\b &lt;b&gt;'),
    ],
)
def test_words_are_found_and_marked_in_any_script(desk: Desk, ada: User, body: str, query: str, marked: str) -> None:
    newsroom.article(ada, body=body)
    newsroom.article(ada, title="Another", body="Something else entirely.")
    assert marked in desk(ada).get(SEARCH, {"q": query}).content.decode()
    assert len(found(query)["articles"]) == 1


def test_claims_are_found_without_case_and_accents_as_well(ada: User) -> None:
    newsroom.claim(ada, wording="Şehir 40 bin araç taşıyor.", claimant="Gülşen Öz")
    for query in ("SEHIR", "gulsen", "arac oz"):
        assert found(query)["claims"] == ["Şehir 40 bin araç taşıyor."]


def test_names_before_texts_and_then_the_newest(ada: User) -> None:
    newsroom.article(ada, title="The harbour")
    newsroom.article(ada, title="Newer", body="About the harbour.")
    newsroom.article(ada, title="Newest", body="Also about the harbour.")
    assert found("harbour")["articles"] == ["The harbour", "Newest", "Newer"]


def test_the_count_is_of_all_and_leads_to_the_list_of_all(desk: Desk, ada: User) -> None:
    for number in range(SHOWN + 2):
        newsroom.claim(ada, wording=f"The bridge carries {number} cars.")
    claims, *_others = find("bridge cars")
    assert (claims.total, len(claims.found)) == (SHOWN + 2, SHOWN)
    assert len(desk(ada).get(claims.href).context["page"]) == SHOWN + 2


def test_what_is_in_the_trash_is_not_found(ada: User) -> None:
    importing.trash(newsroom.article(ada), by=ada)
    highlighting.trash(newsroom.claim(ada, claimant=""), by=ada)
    assert found("harbour") == {}


def test_a_claimant_leads_to_their_claims(desk: Desk, ada: User) -> None:
    newsroom.claim(ada, wording="One.", claimant="Maria Mayor & Sons")
    newsroom.claim(ada, wording="Two.", claimant="Petra Port")
    (claimant,) = find("mayor")[2].found
    assert [claim.wording for claim in desk(ada).get(claimant.href).context["page"]] == ["One."]


def test_an_empty_search_says_what_can_be_found_and_a_fruitless_one_what_to_do(desk: Desk, ada: User) -> None:
    for query in ({}, {"q": ""}, {"q": "  "}):
        assert "What can be found" in desk(ada).get(SEARCH, query).content.decode()
    page = desk(ada).get(SEARCH, {"q": "<submarine>"}).content.decode()
    assert "Nothing found for “&lt;submarine&gt;”" in page


def test_what_cannot_be_looked_for_is_refused_with_a_message(desk: Desk, ada: User) -> None:
    answer = desk(ada).get(SEARCH, {"q": "x" * 201})
    assert answer.status_code == 422
    assert "at most 200 characters" in answer.content.decode()
    assert desk(ada).get(SEARCH, {"q": "a\0b"}).status_code == 400
    assert desk(ada).get(SEARCH, {"q": "a b c d e f g h i j k l m n o p " * 6}).status_code == 200


def test_a_corrected_title_is_found_and_the_old_one_no_more(ada: User) -> None:
    article = newsroom.article(ada, title="Harbuor", body="Text.")
    importing.revise(article, by=ada, version=1, title="Port")
    assert (found("harbuor"), found("port")) == ({}, {"articles": ["Port"]})


def test_the_words_of_an_article_are_written_by_the_database_alone(ada: User) -> None:
    article = newsroom.article(ada)
    assert FoundBy.objects.get(article=article).words.startswith("the harbour and the bridge\n\nthe mayor said")
    raw.refused("UPDATE articles_foundby SET words = 'x'")
    raw.refused("DELETE FROM articles_foundby")
    raw.refused("SELECT articles_write_found_by(1)")


def test_a_merged_claimant_is_not_found(ada: User) -> None:
    kept = registering.add_claimant(by=ada, name="Maria Mayor", kind="person")
    gone = registering.add_claimant(by=ada, name="M. Mayor", kind="person")
    type(gone).objects.filter(pk=gone.pk).update(merged_into=kept)
    assert found("mayor") == {"claimants": ["Maria Mayor"]}


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_marking_changes_no_letter(text: str, words: list[str]) -> None:
    from django.utils.html import escape

    marked = mark(text, words)
    assert marked.replace('<mark class="found">', "").replace("</mark>", "") == escape(text)


def test_nothing_of_the_desk_changes_by_searching(desk: Desk, ada: User) -> None:
    newsroom.article(ada)
    before = (Article.objects.get().version, Claim.objects.count())
    assert desk(ada).post(SEARCH, {"q": "x"}).status_code == 405
    assert (Article.objects.get().version, Claim.objects.count()) == before

"""What is known already: found by likeness, put in an order that does not change, and never by an error."""

import psycopg
import pytest
from django.conf import settings as config
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote
from factcheck.claims import highlighting, matching
from factcheck.claims.models import Claim, Claimant
from factcheck.history.folding import fold
from tests import newsroom

at_will = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Letters of many scripts, marks, emoji, and what a query language could take for its own.
signs = st.one_of(
    st.characters(categories=("L", "N", "M", "P", "S", "Z")),
    st.sampled_from("aeiou áéß\0'\"\\:&|!*()<>[]%_-,.½ﬁ²京桥أمж"),
)
texts = st.text(signs, max_size=80)

DREDGED = "The harbour was dredged in 1921."
OLDEST = "The bridge is the oldest in the country."


def _wordings(asked: str, **more: int) -> list[str]:
    return [match.claim.wording for match in matching.similar(asked, **more)]


def _names(claimants: list[Claimant]) -> list[str]:
    return [claimant.name for claimant in claimants]


@pytest.mark.parametrize(
    "asked",
    [
        DREDGED,
        "the harbour was dre",
        "Dredging of the harbour took place in 1921",
        "The harbor was dredgd in 1921",
        "In 1921, workers dredged a harbour",
        "HARBOUR DREDGED",
    ],
)
def test_a_claim_is_found_half_typed_misspelt_in_other_forms_and_in_another_order(ada: User, asked: str) -> None:
    newsroom.claim(ada, wording=OLDEST)
    newsroom.claim(ada, wording=DREDGED)
    assert _wordings(asked) == [DREDGED]


@pytest.mark.parametrize(
    ("wording", "asked"),
    [
        ("Мост является самым старым в стране.", "самый старый мост страны"),
        ("这座桥是全国最古老的。", "这座桥是最古老的"),
        ("الجسر هو الأقدم في البلاد", "الجسر الأقدم في البلاد"),
        ("L’été à Paris était très chaud.", "l'ete a paris etait tres chaud"),
        ("Η γέφυρα είναι η παλαιότερη.", "η γέφυρα παλαιότερη"),
    ],
)
def test_a_claim_is_found_in_any_script_and_without_its_accents(ada: User, wording: str, asked: str) -> None:
    newsroom.claim(ada, wording=DREDGED)
    newsroom.claim(ada, wording=wording)
    assert _wordings(asked) == [wording]


def test_what_shares_only_small_words_is_not_found(ada: User) -> None:
    newsroom.claim(ada, wording=DREDGED)
    assert not _wordings("The minister was in the car in May.")
    assert not _wordings("")
    assert not _wordings(" ,.!\0 ")


def test_the_most_alike_comes_first_and_of_equals_the_newest(ada: User) -> None:
    first, second = newsroom.claim(ada, wording=DREDGED), newsroom.claim(ada, wording=DREDGED)
    newsroom.claim(ada, wording="The harbour was dredged in 1921 and again in 1954, the mayor said.")
    found = matching.similar(DREDGED)
    assert [match.claim.pk for match in found][:2] == [second.pk, first.pk]
    assert [match.score for match in found] == sorted((match.score for match in found), reverse=True)
    assert len(found) == 3
    assert len(matching.similar(DREDGED, limit=1)) == 1


def test_claims_in_the_trash_and_the_claim_itself_are_left_out(ada: User) -> None:
    thrown_away, itself = newsroom.claim(ada, wording=DREDGED), newsroom.claim(ada, wording=DREDGED)
    highlighting.trash(thrown_away, by=ada)
    assert [match.claim for match in matching.similar(DREDGED)] == [itself]
    assert not matching.similar(DREDGED, besides=itself.pk)


def test_the_matching_words_are_marked_and_small_ones_are_not(ada: User) -> None:
    newsroom.claim(ada, wording=DREDGED)
    (match,) = matching.similar("Dredging the harbour in 1921")
    assert [piece for piece, is_match in match.pieces if is_match] == ["harbour", "dredged", "1921"]
    assert matching.marked("这座桥 is old", "这座桥") == [("这座桥", True), (" is old", False)]


@given(st.text(st.characters(categories=("L", "N", "Z", "P")), min_size=1, max_size=200))
@example("EU tax")
@at_will
def test_a_claim_is_most_similar_to_itself(ada: User, wording: str) -> None:
    wording = " ".join(wording.split())
    newsroom.claim(ada, wording=DREDGED)
    itself = Claim.objects.create(wording=wording or "-", made_by=ada)
    found = matching.similar(wording)
    if any(len(word) > 3 and word.isalpha() for word in fold(wording).split()):
        assert found
        assert found[0].claim == itself or found[0].score == pytest.approx(1)
    itself.trashed_at = itself.made_at
    itself.save()


@given(texts)
@example("a:* & b")
@example("ﬁ ½ ² ½½½½")
@example("half'); DROP TABLE claims_claim; --")
@at_will
def test_any_text_gives_an_answer_and_no_error(ada: User, text: str) -> None:
    newsroom.claim(ada, wording=DREDGED)
    for match in matching.similar(text):
        assert "".join(piece for piece, _is_match in match.pieces) == match.claim.wording
    assert "".join(piece for piece, _is_match in matching.marked(text, text)) == text
    matching.claimants_called(text)
    matching.likely_same(text)
    matching.is_known(text)
    matching.topics_called(text, besides=[text])


@pytest.mark.django_db(transaction=True)
def test_both_indexes_answer_the_question_among_many_claims(ada: User) -> None:
    many = (f"Statement {number} on harbour {number % 7} and bridge {number % 11}." for number in range(2000))
    Claim.objects.bulk_create([Claim(wording=wording, made_by=ada) for wording in many])
    place = config.DATABASES["owner"]
    name = config.DATABASES["default"]["NAME"]
    with psycopg.connect(
        host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=name, autocommit=True
    ) as owner:
        owner.execute("VACUUM ANALYZE claims_claim")
    with CaptureQueriesContext(connection) as asked:
        matching.similar(DREDGED)
    (question,) = [each["sql"] for each in asked if "claims_claim" in each["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {question}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "claim_words" in plan
    assert "claim_like" in plan


@pytest.mark.parametrize("beginning", ["mar", "MAR", "may", "mayor mar", "maria mayor", " Máría "])
def test_claimants_are_found_by_how_their_names_begin(ada: User, beginning: str) -> None:
    newsroom.claim(ada, claimant="Maria Mayor")
    newsroom.claim(ada, claimant="Port Authority")
    found = matching.claimants_called(beginning)
    assert [(claimant.name, claimant.count) for claimant in found] == [("Maria Mayor", 1)]  # type: ignore[attr-defined]  # annotated


def test_claimants_with_most_claims_come_first_but_the_one_of_exactly_this_name_before_them(ada: User) -> None:
    newsroom.claim(ada, claimant="Mary")
    for number in range(2):
        newsroom.claim(ada, wording=f"Statement {number}.", claimant="Mary Port")
    assert _names(matching.claimants_called("mar")) == ["Mary Port", "Mary"]
    assert _names(matching.claimants_called("mary")) == ["Mary", "Mary Port"]


def test_merged_claimants_lead_to_who_they_became(ada: User) -> None:
    old, new = newsroom.claim(ada, claimant="M. Mayor").claimant, newsroom.claim(ada, claimant="Maria Mayor").claimant
    Claimant.objects.filter(pk=old.pk).update(merged_into=new)
    assert matching.claimants_called("m. may") == [new]
    assert matching.likely_same("M Mayor") == [new]


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Maria Mayor", "maria  mayor"),
        ("José García", "Jose Garcia"),
        ("Maria Mayor", "Mayor, Maria"),
        ("Maria Mayor", "M. Mayor"),
        ("M. Mayor", "Maria Mayor"),
        ("Maria Mayor", "Dr. Maria Mayor"),
        ("Maria Mayor", "Marja Mayor"),
        ("Volodymyr Zelenskyy", "Wolodymyr Selenskyj"),
        ("World Health Organization", "WHO"),
        ("WHO", "World Health Organization"),
        ("Bank of England", "BOE"),
        ("World Health Organization", "World Health Organisation"),
        ("Мария Майор", "М. Майор"),
    ],
)
def test_a_new_name_that_looks_like_a_known_one_is_told(ada: User, known: str, name: str) -> None:
    newsroom.claim(ada, claimant="Somebody Else")
    newsroom.claim(ada, wording="Another.", claimant=known)
    assert _names(matching.likely_same(name)) == [known]


@pytest.mark.parametrize("name", ["Maria Schmidt", "Peter Mayor", "Authority", "", "…", "M"])
def test_a_name_that_only_shares_a_part_is_another_person(ada: User, name: str) -> None:
    newsroom.claim(ada, claimant="Maria Mayor")
    newsroom.claim(ada, wording="Another.", claimant="Port Authority of the North")
    assert not matching.likely_same(name)


def test_topics_are_found_by_any_word_and_those_taken_are_left_out(ada: User) -> None:
    highlighting.find_or_add_topics(["Harbour", "Public health", "Health"], by=ada)
    claim = newsroom.claim(ada)
    highlighting.revise(
        claim, by=ada, version=claim.version, topics=highlighting.find_or_add_topics(["Health"], by=ada)
    )
    assert [(topic.name, topic.count) for topic in matching.topics_called("hea")] == [
        ("Health", 1),
        ("Public health", 0),
    ]  # type: ignore[attr-defined]  # annotated
    assert [topic.name for topic in matching.topics_called("hea", besides=["health"])] == ["Public health"]


def test_of_two_claimants_of_one_name_the_chosen_one_is_taken(ada: User) -> None:
    first = newsroom.claim(ada, claimant="Maria Mayor").claimant
    second = Claimant.objects.create(name="Maria Mayor", description="a singer")
    assert highlighting.find_or_add_claimant("Maria Mayor", by=ada) == first
    assert highlighting.find_or_add_claimant("maria mayor", by=ada, chosen=second.pk) == second
    assert highlighting.find_or_add_claimant("Somebody Else", by=ada, chosen=second.pk).name == "Somebody Else"


def test_a_highlight_keeps_only_what_differs_from_its_claim(ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    same = highlighting.highlight(
        claim,
        newsroom.snapshot(article),
        Quote("dredged in 1921"),
        by=ada,
        claimant=claim.claimant,
        said_on=claim.said_on,
    )
    assert (same.claimant, same.said_on) == (None, None)

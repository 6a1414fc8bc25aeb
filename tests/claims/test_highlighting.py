"""Marking where a claim stands: the words are proved, then kept."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote, Reason
from factcheck.articles.importing import read_body
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Highlight, Placement
from factcheck.history.models import Entry
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

BODY = "The port said the port was old.\n\n😀 The mayor said e\u0301cole, مرحبا and 港口."


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada, body=BODY)


@pytest.fixture
def claim(ada: User) -> Claim:
    return newsroom.claim(ada)


def mark(claim: Claim, article: Article, quote: Quote, by: User) -> Highlight:
    return highlighting.highlight(claim, newsroom.snapshot(article), quote, by=by)


def at(words: str) -> Quote:
    start = BODY.index(words)
    return Quote(words, start=start)


def placed(highlight: Highlight) -> list[tuple[int, int]]:
    return Placement.objects.get(highlight=highlight).spans()


def test_words_that_stand_there_once_need_no_place(claim: Claim, article: Article, ada: User) -> None:
    start = BODY.index("was old")
    assert placed(mark(claim, article, Quote("was old"), ada)) == [(start, start + 7)]


def test_it_keeps_the_context_that_stands_there(claim: Claim, article: Article, ada: User) -> None:
    highlight = mark(claim, article, Quote("was old"), ada)
    (kept,) = Placement.objects.get(highlight=highlight).quotes()
    assert (kept.prefix, kept.suffix) == ("The port said the port ", BODY[BODY.index("was old") + 7 :][:32])


def test_places_are_counted_in_code_points(claim: Claim, article: Article, ada: User) -> None:
    ((start, end),) = placed(mark(claim, article, Quote("港口"), ada))
    assert BODY[start:end] == "港口"


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        (Quote("port", start=10_000), Reason.OUTSIDE),
        (Quote("port", start=-1), Reason.OUTSIDE),
        (Quote("port", start=5), Reason.WORDS_DIFFER),
        (Quote("Port", start=4), Reason.WORDS_DIFFER),
        (Quote("port", prefix="the ", start=4), Reason.CONTEXT_DIFFERS),
        (Quote("port", suffix=" was", start=4), Reason.CONTEXT_DIFFERS),
        (Quote("was old", prefix="bridge "), Reason.CONTEXT_DIFFERS),
        (Quote("port"), Reason.AMBIGUOUS),
        (Quote("bridge"), Reason.ABSENT),
        (Quote("\xe9cole"), Reason.ABSENT),
    ],
)
def test_words_that_do_not_stand_there_are_refused_with_the_reason(
    quote: Quote, reason: Reason, claim: Claim, article: Article, ada: User
) -> None:
    with pytest.raises(ValidationError) as refused:
        mark(claim, article, quote, ada)
    assert (refused.value.code, Highlight.objects.count()) == (reason.value, 0)


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_has_a_sentence_for_the_editor(reason: Reason) -> None:
    sentences = {each: highlighting._MISMATCH[each]() for each in Reason}
    assert sentences[reason].endswith(".")
    assert list(sentences.values()).count(sentences[reason]) == 1


def test_words_around_them_tell_two_places_apart(claim: Claim, article: Article, ada: User) -> None:
    assert placed(mark(claim, article, Quote("port", prefix="the "), ada)) == [(18, 22)]


@pytest.mark.parametrize(
    "words", ["port said the", "said the port was", "The port said the port was old.", "old.\n\n😀 The mayor"]
)
def test_highlights_may_overlap_nest_and_run_over_paragraphs(
    words: str, claim: Claim, article: Article, ada: User
) -> None:
    mark(claim, article, at("said the port"), ada)
    highlight = mark(newsroom.claim(ada, "Another."), article, at(words), ada)
    assert Placement.objects.get(highlight=highlight).words == words


def test_one_claim_may_stand_in_overlapping_words(claim: Claim, article: Article, ada: User) -> None:
    mark(claim, article, at("said the port"), ada)
    mark(claim, article, at("the port was"), ada)
    assert Highlight.objects.filter(claim=claim).count() == 2


def test_two_claims_may_stand_in_the_same_words(claim: Claim, article: Article, ada: User) -> None:
    spans = [placed(mark(each, article, at("said the port"), ada)) for each in (claim, newsroom.claim(ada, "Another."))]
    assert spans[0] == spans[1]


def test_one_claim_is_not_marked_twice_on_the_same_words(claim: Claim, article: Article, ada: User) -> None:
    mark(claim, article, at("said the port"), ada)
    with pytest.raises(ValidationError) as refused:
        mark(claim, article, at("said the port"), ada)
    assert (refused.value.code, Highlight.objects.count()) == ("repeated", 1)


def test_words_whose_highlight_was_taken_away_can_be_marked_again(claim: Claim, article: Article, ada: User) -> None:
    highlighting.take_away(mark(claim, article, at("said the port"), ada), by=ada)
    mark(claim, article, at("said the port"), ada)
    assert Highlight.objects.standing().count() == 1


def test_a_claim_may_stand_in_many_articles(claim: Claim, article: Article, ada: User) -> None:
    other = newsroom.article(ada, title="Another", body=BODY)
    for each in (article, other):
        mark(claim, each, at("said the port"), ada)
    assert {highlight.article_id for highlight in claim.highlights.all()} == {article.pk, other.pk}


def test_a_highlight_taken_away_no_longer_stands(claim: Claim, article: Article, ada: User) -> None:
    highlighting.take_away(mark(claim, article, at("said the port"), ada), by=ada)
    assert not Placement.objects.current_in(newsroom.snapshot(article)).exists()


def test_a_highlight_put_back_stands_again(claim: Claim, article: Article, ada: User) -> None:
    highlight = mark(claim, article, at("said the port"), ada)
    highlighting.take_away(highlight, by=ada)
    highlighting.put_back(highlight, by=ada)
    assert list(Highlight.objects.standing()) == [highlight]


def test_the_highlights_of_a_trashed_claim_do_not_stand(claim: Claim, article: Article, ada: User) -> None:
    mark(claim, article, at("said the port"), ada)
    highlighting.trash(claim, by=ada)
    assert (Highlight.objects.standing().count(), Placement.objects.current_in(newsroom.snapshot(article)).count()) == (
        0,
        0,
    )


def test_the_highlights_of_a_claim_that_came_back_stand_again(claim: Claim, article: Article, ada: User) -> None:
    highlight = mark(claim, article, at("said the port"), ada)
    highlighting.trash(claim, by=ada)
    highlighting.restore(claim, by=ada)
    assert list(Highlight.objects.standing()) == [highlight]


def test_it_is_one_act_about_the_claim_and_the_article(claim: Claim, article: Article, ada: User) -> None:
    mark(claim, article, at("said the port"), ada)
    entry = Entry.objects.latest("id")
    assert (entry.act, sorted(entry.subjects), entry.changes.count()) == (
        "claim.highlight",
        [f"article:{article.pk}", f"claim:{claim.pk}"],
        2,
    )


@pytest.mark.parametrize("who", ["cleo", "dee", "guest"])
def test_only_checkers_highlight(who: str, claim: Claim, article: Article, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        mark(claim, article, at("said the port"), request.getfixturevalue(who))


texts = st.text(st.one_of(st.characters(), st.sampled_from(" \n😀e\u0301م港ﬁ\u200d")), min_size=1)


@given(texts, st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_in_any_text_any_words_are_kept_as_they_stand_and_the_database_agrees(
    ada: User, claim: Claim, text: str, data: st.DataObject
) -> None:
    try:
        body = read_body(text).text
    except ValidationError:
        assume(False)
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    with raw.undone():
        article = newsroom.article(ada, body=body)
        highlight = mark(claim, article, Quote.at(body, start, end), ada)
        placement = Placement.objects.get(highlight=highlight)
        assert (placement.words, placement.spans()) == (body[start:end], [(start, end)])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT substr(text, %s, %s), length(text) FROM articles_snapshot WHERE article_id = %s",
                [start + 1, end - start, article.pk],
            )
            assert cursor.fetchone() == (body[start:end], len(body))

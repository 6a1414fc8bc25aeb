"""An article is taken in again: what becomes of its highlights."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.accounts.models import User
from factcheck.anchoring.quote import Quote
from factcheck.articles.again import TextChanged
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import carrying, highlighting
from factcheck.claims.models import Highlight, Placement
from factcheck.history.models import Entry
from tests import newsroom, racing

pytestmark = pytest.mark.django_db

BRIDGE = "the bridge carries 40,000 cars a day"
HEADING, MAYOR, SPEAKER = newsroom.BODY.split("\n\n")


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


@pytest.fixture
def mark(article: Article, ada: User) -> Highlight:
    return newsroom.highlight(newsroom.claim(ada), article, BRIDGE, by=ada)


def again(article: Article, body: str, by: User) -> Snapshot:
    return carrying.take_in_again(article, body, by=by)


def last(mark: Highlight) -> Placement:
    return Placement.objects.filter(highlight=mark).latest("pk")


def words(placement: Placement) -> list[str]:
    text = placement.snapshot.text
    return [text[start:end] for start, end in placement.spans()]


def waiting(mark: Highlight) -> Placement:
    return Placement.objects.waiting().get(highlight=mark)


def test_words_that_stand_as_they_did_are_carried_over_by_themselves(
    article: Article, mark: Highlight, ada: User
) -> None:
    snapshot = again(article, f"😀 New on top.\n\n{newsroom.BODY}", ada)
    carried = last(mark)
    assert (snapshot.number, carried.snapshot, carried.status, carried.waits) == (2, snapshot, "exact", False)
    assert (words(carried), carried.accepted_by) == ([BRIDGE], None)
    assert carried.carried_from == Placement.objects.filter(highlight=mark).first()
    assert list(Placement.objects.current_in(snapshot)) == [carried]


def test_words_that_moved_for_certain_are_carried_over(article: Article, ada: User) -> None:
    sentence = "She added that the bridge carries 40,000 cars a day."
    mark = newsroom.highlight(newsroom.claim(ada), article, sentence, by=ada)
    moved = MAYOR.replace(f" {sentence}", "")
    again(article, "\n\n".join([HEADING, moved, f"{SPEAKER} {sentence} Nobody counted."]), ada)
    assert (last(mark).status, words(last(mark))) == ("moved", [sentence])
    assert last(mark).waits is (last(mark).found[0]["confidence"] < carrying.CERTAIN)


def test_edited_words_wait_with_what_was_changed_and_are_accepted(article: Article, mark: Highlight, ada: User) -> None:
    snapshot = again(article, newsroom.BODY.replace("40,000", "45,000"), ada)
    found = waiting(mark)
    (change,) = found.found[0]["changes"]
    assert (found.status, change["was"], change["now"]) == ("edited", "40", "45")
    assert list(Placement.objects.current_in(snapshot)) == []
    accepted = carrying.accept(found, by=ada)
    assert (accepted.accepted_by, accepted.status, words(accepted)) == (ada, "edited", [BRIDGE.replace("40", "45")])
    assert list(Placement.objects.current_in(snapshot)) == [accepted]
    assert not Placement.objects.waiting().exists()


def test_of_several_places_one_is_chosen(article: Article, mark: Highlight, ada: User) -> None:
    body = f"{HEADING}\n\nOnce more {BRIDGE} here.\n\nAnd again {BRIDGE} there."
    again(article, body, ada)
    found = waiting(mark)
    places = [tuple(span) for span in found.found[0]["candidates"]]
    assert (found.status, found.passages, len(places)) == ("ambiguous", [], 2)
    with pytest.raises(ValidationError, match="Choose one"):
        carrying.choose(found, (0, 5), by=ada)
    chosen = carrying.choose(found, places[1], by=ada)
    assert (chosen.spans(), chosen.accepted_by, chosen.status) == ([places[1]], ada, "ambiguous")


def test_what_is_gone_waits_is_declared_gone_and_does_not_ask_again_in_the_next_text(
    article: Article, mark: Highlight, ada: User
) -> None:
    without = newsroom.BODY.replace(f" She added that {BRIDGE}.", "")
    snapshot = again(article, without, ada)
    assert (waiting(mark).status, waiting(mark).passages) == ("gone", [])
    gone = carrying.let_go(waiting(mark), by=ada)
    assert (gone.status, gone.accepted_by, gone.waits) == ("gone", ada, False)
    assert list(Placement.objects.unplaced_in(snapshot)) == [gone]
    again(article, f"{without} More.", ada)
    assert not Placement.objects.waiting().exists()
    again(article, newsroom.BODY, ada)
    assert (last(mark).status, last(mark).waits, words(last(mark))) == ("exact", False, [BRIDGE])


def test_words_are_selected_anew(article: Article, mark: Highlight, ada: User) -> None:
    again(article, newsroom.BODY.replace(BRIDGE, "nobody counts what drives across"), ada)
    attached = carrying.attach(waiting(mark), Quote("nobody counts what drives across"), by=ada)
    assert (attached.status, attached.accepted_by) == ("exact", ada)
    assert mark.claim.highlights.count() == 1


def test_a_decision_is_taken_back_and_made_otherwise(article: Article, mark: Highlight, ada: User) -> None:
    again(article, newsroom.BODY.replace("40,000", "45,000"), ada)
    before = waiting(mark)
    carrying.let_go(before, by=ada)
    once_more = carrying.look_again(last(mark), by=ada)
    assert (once_more.status, once_more.passages, once_more.found) == ("edited", before.passages, before.found)
    with pytest.raises(carrying.Decided):
        carrying.accept(before, by=ada)
    assert carrying.accept(once_more, by=ada).waits is False


def test_several_passages_are_looked_up_each_and_the_least_certain_tells(article: Article, ada: User) -> None:
    quotes = [Quote("dredged in 1921"), Quote("the oldest in the country")]
    mark = highlighting.highlight(newsroom.claim(ada), newsroom.snapshot(article), *quotes, by=ada)
    again(article, f"New.\n\n{newsroom.BODY}", ada)
    assert (last(mark).status, words(last(mark))) == ("exact", [quote.exact for quote in quotes])
    again(article, newsroom.BODY.replace("the oldest in the country", "rather old"), ada)
    found = waiting(mark)
    assert found.status == "edited"
    assert next(each["status"] for each in found.found) == "exact"
    assert "dredged in 1921" in words(found)


def test_a_text_that_is_the_same_is_refused(article: Article, mark: Highlight, ada: User) -> None:
    with pytest.raises(ValidationError, match="Nothing changed"):
        again(article, newsroom.BODY.replace("\n", "\r\n"), ada)
    assert Snapshot.objects.count() == 1


def test_a_text_compared_with_an_older_one_is_told(article: Article, ada: User) -> None:
    again(article, f"{newsroom.BODY} One.", ada)
    with pytest.raises(TextChanged):
        carrying.take_in_again(article, f"{newsroom.BODY} Two.", by=ada, after=1)


def test_whoever_may_not_take_in_articles_is_refused(article: Article, cleo: User) -> None:
    with pytest.raises(PermissionDenied):
        again(article, "Another text.", cleo)


def test_a_highlight_that_was_taken_away_finds_its_place_when_it_is_put_back(
    article: Article, mark: Highlight, ada: User
) -> None:
    highlighting.take_away(mark, by=ada)
    snapshot = again(article, f"New.\n\n{newsroom.BODY}", ada)
    assert not Placement.objects.current_in(snapshot).exists()
    highlighting.put_back(mark, by=ada)
    assert words(Placement.objects.current_in(snapshot).get()) == [BRIDGE]


def test_it_is_one_act_that_says_who(article: Article, mark: Highlight, ada: User) -> None:
    again(article, f"New.\n\n{newsroom.BODY}", ada)
    entry = Entry.objects.latest("id")
    tables = set(entry.changes.values_list("table_name", flat=True))
    assert (entry.act, entry.person_name, tables) == (
        "article.take_in_again",
        "Ada",
        {"articles_snapshot", "claims_placement"},
    )


NAMES = ["harbour", "bridge", "market", "library", "station", "museum", "theatre", "school"]
SENTENCES = [f"In 19{number}1 the {name} was given {number}7 new lamps." for number, name in enumerate(NAMES)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_paragraph_put_in_before_moves_all_and_an_unchanged_rest_carries_all(data: st.DataObject, ada: User) -> None:
    inserted = data.draw(st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=30))
    count = data.draw(st.integers(1, len(SENTENCES)))
    body = "\n\n".join(SENTENCES[:count])
    article = newsroom.article(ada, body=body)
    marks = [newsroom.highlight(newsroom.claim(ada), article, each, by=ada) for each in SENTENCES[:count]]
    before = {mark.pk: last(mark).spans() for mark in marks}
    snapshot = again(article, f"{inserted}.\n\n{body}", ada)
    shift = len(snapshot.text) - len(body)
    current = {each.highlight_id: each.spans() for each in Placement.objects.current_in(snapshot)}
    assert current == {mark: [(start + shift, end + shift) for start, end in spans] for mark, spans in before.items()}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_in_at_the_same_moment_one_is_told(article: Article, mark: Highlight, ada: User) -> None:
    def take(words: str) -> Snapshot:
        return carrying.take_in_again(article, f"{newsroom.BODY} {words}", by=ada, after=1)

    first, second = racing.overtaken(lambda: take("One."), lambda: take("Two."))
    assert first.number == 2
    assert isinstance(second, TextChanged)
    assert Snapshot.objects.filter(article=article).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_highlight_made_in_the_old_text_at_the_same_moment_is_told(article: Article, ada: User) -> None:
    claim, old = newsroom.claim(ada), newsroom.snapshot(article)
    _taken, told = racing.overtaken(
        lambda: again(article, f"New.\n\n{newsroom.BODY}", ada),
        lambda: highlighting.highlight(claim, old, Quote(BRIDGE), by=ada),
    )
    assert isinstance(told, TextChanged)
    assert not Highlight.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_text_taken_in_while_somebody_marks_waits_and_carries_the_new_highlight_over(
    article: Article, ada: User
) -> None:
    claim, old = newsroom.claim(ada), newsroom.snapshot(article)
    mark, snapshot = racing.overtaken(
        lambda: highlighting.highlight(claim, old, Quote(BRIDGE), by=ada),
        lambda: again(article, f"New.\n\n{newsroom.BODY}", ada),
    )
    assert last(mark).snapshot == snapshot

"""Writing down claims, who made them and what they are about."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from factcheck.accounts.models import User
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Claimant, Topic
from factcheck.history.models import Entry, RowChange
from factcheck.history.versioning import Stale
from tests import newsroom
from tests.racing import at_once, overtaken

pytestmark = pytest.mark.django_db


def test_a_claim_may_stand_in_no_article(ada: User) -> None:
    claim = newsroom.claim(ada)
    assert (Claim.objects.get(), claim.highlights.count()) == (claim, 0)


def test_a_claim_keeps_who_said_it_when_where_and_about_what(ada: User) -> None:
    claimant = highlighting.find_or_add_claimant("Maria Mayor", by=ada)
    topics = highlighting.find_or_add_topics(["Port", "Ships"], by=ada)
    highlighting.word_claim(
        by=ada, wording="It was dredged.", claimant=claimant, said_on=date(2026, 2, 3), place="Port", topics=topics
    )
    claim = Claim.objects.get()
    assert (claim.claimant, claim.said_on, claim.place, list(claim.topics.all())) == (
        claimant,
        date(2026, 2, 3),
        "Port",
        topics,
    )


@pytest.mark.parametrize("wording", ["", "x" * 501])
def test_a_claim_without_words_or_with_too_many_is_refused(wording: str, ada: User) -> None:
    with pytest.raises(ValidationError):
        highlighting.word_claim(by=ada, wording=wording)


@pytest.mark.parametrize("who", ["cleo", "dee", "guest"])
def test_only_checkers_word_claims(who: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        highlighting.word_claim(by=request.getfixturevalue(who), wording="It was dredged.")


def test_who_saw_an_older_version_is_told_and_changes_nothing(ada: User, finn: User) -> None:
    claim = newsroom.claim(ada)
    highlighting.revise(claim, by=finn, version=1, wording="Finn’s.")
    topics = highlighting.find_or_add_topics(["Port"], by=ada)
    with pytest.raises(Stale):
        highlighting.revise(claim, by=ada, version=1, wording="Ada’s.", topics=topics)
    assert (Claim.objects.get().wording, claim.topics.count()) == ("Finn’s.", 0)


def test_topics_stay_when_nothing_is_said_of_them(ada: User) -> None:
    topics = highlighting.find_or_add_topics(["Port"], by=ada)
    claim = highlighting.word_claim(by=ada, wording="It was dredged.", topics=topics)
    highlighting.revise(claim, by=ada, version=1, place="Port")
    assert list(claim.topics.all()) == topics


def test_a_trashed_claim_is_off_the_desk(ada: User) -> None:
    claim = newsroom.claim(ada)
    highlighting.trash(claim, by=ada)
    assert (list(Claim.objects.on_desk()), list(Claim.objects.in_trash())) == ([], [claim])


def test_a_trashed_claim_comes_back(ada: User) -> None:
    claim = newsroom.claim(ada)
    highlighting.trash(claim, by=ada)
    highlighting.restore(claim, by=ada)
    assert list(Claim.objects.on_desk()) == [claim]


# --- Claimants ---


@pytest.mark.parametrize("name", ["Maria Mayor", "maria MAYOR", " Maria  Mayor\n"])
def test_a_claimant_is_found_again_by_name_in_any_case_and_spacing(name: str, ada: User) -> None:
    known = highlighting.find_or_add_claimant("Maria Mayor", by=ada)
    assert (highlighting.find_or_add_claimant(name, by=ada), Claimant.objects.count()) == (known, 1)


@pytest.mark.parametrize(
    ("first", "second"), [("Ångström", "A\u030angström"), ("Müller", "Muller"), ("Strasse", "Straße")]
)
def test_names_that_only_look_alike_are_different_claimants(first: str, second: str, ada: User) -> None:
    known = highlighting.find_or_add_claimant(first, by=ada)
    assert highlighting.find_or_add_claimant(second, by=ada) != known


@pytest.mark.parametrize(
    ("first", "second"), [("\xc5ngström", "\u212bngström"), ("K", "\u212a"), ("İzmir", "i\u0307zmir"), ("ΟΔΟΣ", "οδος")]
)
def test_names_that_are_the_same_in_small_letters_are_one_claimant(first: str, second: str, ada: User) -> None:
    known = highlighting.find_or_add_claimant(first, by=ada)
    assert highlighting.find_or_add_claimant(second, by=ada) == known


@pytest.mark.parametrize("name", ["", " \n\t"])
def test_no_name_is_no_claimant(name: str, ada: User) -> None:
    assert (highlighting.find_or_add_claimant(name, by=ada), Claimant.objects.count()) == (None, 0)


def test_a_name_too_long_is_refused(ada: User) -> None:
    with pytest.raises(ValidationError):
        highlighting.find_or_add_claimant("x" * 201, by=ada)


def test_a_merged_claimant_leads_to_who_they_became(ada: User) -> None:
    old = highlighting.find_or_add_claimant("The Harbour Board", by=ada)
    new = highlighting.find_or_add_claimant("The Port", by=ada)
    Claimant.objects.filter(pk=old.pk).update(merged_into=new)
    assert highlighting.find_or_add_claimant("the harbour board", by=ada) == new


def test_a_standing_claimant_comes_before_a_merged_one_of_the_name(ada: User) -> None:
    new = highlighting.find_or_add_claimant("The Port", by=ada)
    Claimant.objects.create(name="Maria Mayor", merged_into=new)
    standing = Claimant.objects.create(name="Maria Mayor")
    assert highlighting.find_or_add_claimant("Maria Mayor", by=ada) == standing


def test_of_several_of_the_name_it_is_the_one_known_longest(ada: User) -> None:
    first = Claimant.objects.create(name="Maria Mayor", description="of the harbour")
    Claimant.objects.create(name="Maria Mayor", description="of the bridge")
    assert highlighting.find_or_add_claimant("Maria Mayor", by=ada) == first


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_claimant_at_once_get_the_same_one(ada: User) -> None:
    first, second = overtaken(
        partial(highlighting.find_or_add_claimant, "Petra Port", by=ada),
        partial(highlighting.find_or_add_claimant, "petra port", by=ada),
    )
    assert (first, Claimant.objects.count()) == (second, 1)


@pytest.mark.django_db(transaction=True)
def test_who_comes_second_leaves_no_act_of_adding(ada: User) -> None:
    add = partial(highlighting.find_or_add_claimant, "Petra Port", by=ada)
    overtaken(add, add)
    assert Entry.objects.filter(act="claimant.add").count() == 1


# --- Topics ---


@pytest.mark.parametrize("name", ["Port", "PORT", " port "])
def test_a_topic_is_found_again_by_name_in_any_case_and_spacing(name: str, ada: User) -> None:
    known = highlighting.find_or_add_topics(["Port"], by=ada)
    assert (highlighting.find_or_add_topics([name], by=ada), Topic.objects.count()) == (known, 1)


def test_the_same_topic_named_twice_is_one(ada: User) -> None:
    assert len(highlighting.find_or_add_topics(["Port", "port", "", " "], by=ada)) == 1


@pytest.mark.parametrize(("first", "second"), [("\xc5ngström", "\u212bngström"), ("İzmir", "i\u0307zmir")])
def test_names_that_are_the_same_in_small_letters_are_one_topic(first: str, second: str, ada: User) -> None:
    known = highlighting.find_or_add_topics([first], by=ada)
    assert highlighting.find_or_add_topics([second], by=ada) == known


def test_names_that_differ_in_small_letters_are_two_topics(ada: User) -> None:
    assert len(highlighting.find_or_add_topics(["Strasse", "Straße"], by=ada)) == 2


def test_a_topic_s_name_too_long_is_refused(ada: User) -> None:
    with pytest.raises(ValidationError):
        highlighting.find_or_add_topics(["x" * 81], by=ada)


def test_adding_a_topic_is_an_act_about_it(ada: User) -> None:
    (topic,) = highlighting.find_or_add_topics(["Port"], by=ada)
    assert Entry.objects.about(topic).get().act == "topic.add"


@pytest.mark.django_db(transaction=True)
def test_many_who_add_the_same_topics_at_once_get_the_same_ones(ada: User) -> None:
    given = at_once(
        *[
            partial(highlighting.find_or_add_topics, names, by=ada)
            for names in (["Port", "Ships"], ["ships", "port"]) * 2
        ]
    )
    assert [each for each in given if isinstance(each, Exception)] == []
    assert (
        {topic for each in given for topic in each},
        RowChange.objects.filter(table_name="claims_topic").count(),
    ) == (
        set(Topic.objects.all()),
        2,
    )

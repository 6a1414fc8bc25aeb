"""Claimants and topics that are the same, made one; nothing published changes."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from factcheck.accounts.models import User
from factcheck.accounts.roles import CHECKER
from factcheck.claims import highlighting, registering
from factcheck.claims.models import Claim, Claimant, Highlight, Topic
from factcheck.history.versioning import Stale
from factcheck.publication.models import Publication
from factcheck.review import freezing
from tests import newsroom
from tests.racing import at_once, overtaken


def claimant(by: User, name: str) -> Claimant:
    return registering.add_claimant(by=by, name=name, kind="person")


def test_claims_and_highlights_move_and_nothing_published_changes(ada: User) -> None:
    claim = newsroom.claim(ada, claimant="M. Mayor")
    other = newsroom.claim(ada, wording="The bridge is closed.", claimant="Petra Port")
    article = newsroom.article(ada)
    mark = newsroom.highlight(other, article, "the harbour was dredged in 1921", by=ada)
    double, stays = claim.claimant, claimant(ada, "Maria Mayor")
    Highlight.objects.filter(pk=mark.pk).update(claimant=double)
    publication = newsroom.published(claim, by=ada)
    before = publication.document
    moved = registering.merge_claimants(stays, {double.pk: 1}, by=ada, version=1)
    assert moved == 1
    assert (Claim.objects.get(pk=claim.pk).claimant, Claim.objects.get(pk=claim.pk).version) == (
        stays,
        claim.version + 1,
    )
    assert (Highlight.objects.get(pk=mark.pk).claimant, Claim.objects.get(pk=other.pk).claimant) == (
        stays,
        other.claimant,
    )
    assert Publication.objects.get(pk=publication.pk).document == before
    assert Claimant.objects.get(pk=double.pk).merged_into == stays


def test_a_highlight_says_only_what_differs_from_its_claim(ada: User) -> None:
    claim, double = newsroom.claim(ada, claimant="Maria Mayor"), claimant(ada, "M. Mayor")
    mark = newsroom.highlight(claim, newsroom.article(ada), "the harbour was dredged in 1921", by=ada)
    Highlight.objects.filter(pk=mark.pk).update(claimant=double)
    registering.merge_claimants(claim.claimant, {double.pk: 1}, by=ada, version=1)
    assert Highlight.objects.get(pk=mark.pk).claimant is None


def test_an_approval_before_the_merging_no_longer_applies(ada: User) -> None:
    claim = newsroom.claim(ada, claimant="M. Mayor")
    submission = newsroom.approved(newsroom.verdict(claim, by=ada), by=ada)
    registering.merge_claimants(claimant(ada, "Maria Mayor"), {claim.claimant_id: 1}, by=ada, version=1)
    assert not freezing.is_current(submission)


def test_there_are_no_chains(ada: User) -> None:
    one, two, three, four = (claimant(ada, name) for name in ("One", "Two", "Three", "Four"))
    registering.merge_claimants(two, {one.pk: 1}, by=ada, version=1)
    registering.merge_claimants(three, {two.pk: 1}, by=ada, version=1)
    assert {each.merged_into for each in Claimant.objects.filter(pk__in=[one.pk, two.pk])} == {three}
    with pytest.raises(ValidationError):
        registering.merge_claimants(one, {three.pk: 1}, by=ada, version=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        Claimant.objects.filter(pk=three.pk).update(merged_into=four)
    with pytest.raises(DatabaseError), transaction.atomic():
        Claimant.objects.filter(pk=four.pk).update(merged_into=one)


def test_what_is_given_to_a_merged_one_goes_to_who_they_became(ada: User) -> None:
    one, two = claimant(ada, "One"), claimant(ada, "Two")
    registering.merge_claimants(two, {one.pk: 1}, by=ada, version=1)
    made = highlighting.word_claim(by=ada, wording="Late.", claimant=one)
    assert Claim.objects.get(pk=made.pk).claimant == two


def test_a_merging_made_from_what_has_changed_since_is_refused(ada: User, guest: User) -> None:
    one, two = claimant(ada, "One"), claimant(ada, "Two")
    registering.revise_claimant(two, by=ada, version=1, description="A harbour master")
    for into, others, version in ((one, {two.pk: 1}, 1), (two, {one.pk: 1}, 1)):
        with pytest.raises(Stale):
            registering.merge_claimants(into, others, by=ada, version=version)
    with pytest.raises(ValidationError):
        registering.merge_claimants(one, {}, by=ada, version=1)
    with pytest.raises(PermissionDenied):
        registering.merge_claimants(one, {two.pk: 2}, by=guest, version=1)
    assert Claimant.objects.standing().count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_claim_that_comes_while_its_claimant_is_merged_moves_too() -> None:
    ada = newsroom.person("ada", CHECKER)
    one, two = claimant(ada, "One"), claimant(ada, "Two")
    overtaken(
        lambda: registering.merge_claimants(two, {one.pk: 1}, by=ada, version=1),
        lambda: highlighting.word_claim(by=ada, wording="Meanwhile.", claimant=one),
    )
    assert Claim.objects.get().claimant == two


@pytest.mark.django_db(transaction=True)
def test_of_two_mergings_crosswise_one_is_done() -> None:
    ada = newsroom.person("ada", CHECKER)
    one, two = claimant(ada, "One"), claimant(ada, "Two")
    answers = at_once(
        lambda: registering.merge_claimants(two, {one.pk: 1}, by=ada, version=1),
        lambda: registering.merge_claimants(one, {two.pk: 1}, by=ada, version=1),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["ValidationError", "int"]
    assert Claimant.objects.standing().count() == 1


def topic(by: User, name: str, parent: Topic | None = None) -> Topic:
    return registering.add_topic(by=by, name=name, parent=parent)


def test_a_topic_never_stands_under_itself(ada: User) -> None:
    sea = topic(ada, "Sea")
    port = topic(ada, "Port", sea)
    quay = topic(ada, "Quay", port)
    for parent in (quay, port, sea):
        with pytest.raises(ValidationError):
            registering.put_topic_under(sea, by=ada, was=None, parent=parent)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_topic SET parent_id = %s WHERE id = %s", [quay.pk, sea.pk])
    with pytest.raises(Stale):
        registering.put_topic_under(quay, by=ada, was=sea.pk, parent=None)
    assert registering.put_topic_under(quay, by=ada, was=port.pk, parent=sea).parent == sea


@pytest.mark.django_db(transaction=True)
def test_two_topics_put_under_each_other_at_once_make_no_circle() -> None:
    ada = newsroom.person("ada", CHECKER)
    sea, port = topic(ada, "Sea"), topic(ada, "Port")
    done, refused = overtaken(
        lambda: registering.put_topic_under(sea, by=ada, was=None, parent=port),
        lambda: registering.put_topic_under(port, by=ada, was=None, parent=sea),
    )
    assert isinstance(done, Topic)
    assert isinstance(refused, ValidationError)


def test_topics_become_one_with_their_claims_and_what_stands_under_them(ada: User) -> None:
    town = topic(ada, "Town")
    harbour = topic(ada, "Harbour", town)
    quay = topic(ada, "Quay", harbour)
    port = topic(ada, "Port", quay)
    claims = [
        highlighting.word_claim(by=ada, wording=f"Statement {n}.", topics=topics)
        for n, topics in enumerate([[harbour], [harbour, port], [quay]])
    ]
    assert registering.merge_topics(port, {harbour.pk: "Harbour"}, by=ada, name="Port") == 2
    told = [sorted(each.name for each in claim.topics.all()) for claim in claims]
    assert told == [["Port"], ["Port"], ["Quay"]]
    under = dict(Topic.objects.values_list("name", "parent__name"))
    assert under == {"Town": None, "Port": "Town", "Quay": "Port"}
    assert [Claim.objects.get(pk=claim.pk).version for claim in claims] == [2, 2, 1]


def test_topics_are_merged_as_they_were_seen_and_removed_when_nothing_hangs_on_them(ada: User) -> None:
    sea = topic(ada, "Sea")
    port = topic(ada, "Port", sea)
    with pytest.raises(Stale):
        registering.merge_topics(sea, {port.pk: "Harbour"}, by=ada, name="Sea")
    with pytest.raises(ValidationError):
        registering.merge_topics(sea, {999: "Port"}, by=ada, name="Sea")
    with pytest.raises(ValidationError):
        registering.remove_topic(sea, by=ada)
    assert set(Topic.objects.unused()) == {port}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turned", [False, True])
def test_raw_mergings_at_the_same_moment_make_no_chain(turned: bool) -> None:
    first, second, third = (Claimant.objects.create(name=name).pk for name in "ABC")

    def merge(one: int, into: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE claims_claimant SET merged_into_id = %s WHERE id = %s", [into, one])

    acts = [lambda: merge(first, second), lambda: merge(second, third)]
    overtaken(*(reversed(acts) if turned else acts))
    assert Claimant.objects.exclude(merged_into=None).count() == 1

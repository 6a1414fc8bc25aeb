"""Claimants, topics, articles, claims and sources: changed through the verbs by those who may, read by the others."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.test import Client

from factcheck.accounts.models import User
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.claims import highlighting, registering
from factcheck.claims.models import Claim, Claimant, Topic
from factcheck.history.models import Entry
from factcheck.sources import keeping
from factcheck.sources.models import Source
from tests import newsroom
from tests.admin.conftest import confirmed

Send = Callable[..., HttpResponse]


def test_a_claimant_is_added_and_corrected(send: Send, dee: User) -> None:
    assert send("/admin/claims/claimant/add/", name="Port of Anywhere", kind="organisation").status_code == 302
    port = Claimant.objects.get()
    assert send(f"/admin/claims/claimant/{port.pk}/change/", description="harbour authority").status_code == 302
    port.refresh_from_db()
    assert (port.description, port.version) == ("harbour authority", 2)
    acts = [(entry.act, entry.via, entry.person_id) for entry in Entry.objects.about(port)]
    assert acts == [("claimant.revise", "admin", dee.pk), ("claimant.add", "admin", dee.pk)]


def test_a_claimant_is_there_once(send: Send, dee: User) -> None:
    registering.add_claimant(by=dee, name="Maria Mayor", kind="person")
    assert send("/admin/claims/claimant/add/", name="maria mayor", kind="person").status_code == 422
    assert Claimant.objects.count() == 1


def test_a_stale_claimant_is_refused(send: Send, dee: User) -> None:
    maria = registering.add_claimant(by=dee, name="Maria", kind="person")
    registering.revise_claimant(maria, by=dee, version=1, name="Maria Mayor")
    answer = send(f"/admin/claims/claimant/{maria.pk}/change/", name="Mary", version="1")
    assert answer.status_code == 409
    assert 'value="Mary"' in answer.content.decode()
    assert "Maria Mayor" in answer.content.decode()
    assert Claimant.objects.get().name == "Maria Mayor"


def test_a_claimant_is_never_deleted(office: Client, dee: User) -> None:
    maria = registering.add_claimant(by=dee, name="Maria", kind="person")
    assert office.post(f"/admin/claims/claimant/{maria.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Claimant.objects.exists()


def test_topics_are_added_renamed_and_removed(send: Send, office: Client, ada: User) -> None:
    send("/admin/claims/topic/add/", name="Harbour")
    topic = Topic.objects.get()
    assert send(f"/admin/claims/topic/{topic.pk}/change/", name="Harbours").status_code == 302
    assert send(f"/admin/claims/topic/{topic.pk}/change/", name="Docks", version=":Harbour").status_code == 409
    assert Topic.objects.get().name == "Harbours"
    claim = highlighting.word_claim(by=ada, wording="It is deep.", topics=[topic])
    assert office.post(f"/admin/claims/topic/{topic.pk}/delete/", {"post": "yes"}).status_code == 403
    with pytest.raises(ValidationError):
        registering.remove_topic(topic, by=ada)
    highlighting.revise(claim, by=ada, version=1, topics=[])
    assert office.post(f"/admin/claims/topic/{topic.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Topic.objects.exists()
    acts = Entry.objects.filter(act__startswith="topic.").values_list("act", "via")
    assert list(acts) == [("topic.remove", "admin"), ("topic.rename", "admin"), ("topic.add", "admin")]


def test_only_topics_without_claims_are_removed_together(office: Client, ada: User) -> None:
    used, unused = (registering.add_topic(by=ada, name=name) for name in ("Used", "Unused"))
    highlighting.word_claim(by=ada, wording="It is deep.", topics=[used])
    confirmed(office, "/admin/claims/topic/", action="remove_unused", _selected_action=[used.pk, unused.pk])
    assert list(Topic.objects.all()) == [used]


def test_the_lists_are_kept_by_checkers_and_administrators(cleo: User) -> None:
    with pytest.raises(PermissionDenied):
        registering.add_topic(by=cleo, name="X")
    with pytest.raises(PermissionDenied):
        registering.add_claimant(by=cleo, name="X", kind="person")


@pytest.fixture
def work(ada: User) -> dict[str, Any]:
    claim = newsroom.claim(ada)
    newsroom.verdict(claim, by=ada)
    return {"article": newsroom.article(ada), "claim": claim, "source": Source.objects.get()}


PAGES = {
    "article": ("/admin/articles/article/", "title"),
    "claim": ("/admin/claims/claim/", "wording"),
    "source": ("/admin/sources/source/", "title"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_an_administrator_alone_reads_the_checkers_work(kind: str, office: Client, work: dict[str, Any]) -> None:
    base, field = PAGES[kind]
    record = work[kind]
    assert office.get(f"{base}{record.pk}/change/").status_code == 200
    data = {field: "Changed", "version": "1"}
    assert office.post(f"{base}{record.pk}/change/", data).status_code == 403
    office.post(base, {"action": "trash", "_selected_action": [record.pk]})
    fresh = type(record).objects.get(pk=record.pk)
    assert getattr(fresh, field) == getattr(record, field)
    assert getattr(fresh, "trashed_at", None) is None


@pytest.mark.parametrize("kind", PAGES)
def test_an_administrator_who_checks_corrects_it(
    kind: str, send: Send, both: Client, eve: User, work: dict[str, Any]
) -> None:
    base, field = PAGES[kind]
    record = work[kind]
    assert send(f"{base}{record.pk}/change/", both, **{field: "Changed"}).status_code == 302
    fresh = type(record).objects.get(pk=record.pk)
    assert (getattr(fresh, field), fresh.version) == ("Changed", 2)
    entry = Entry.objects.about(fresh)[0]
    assert (entry.act, entry.via, entry.person_id) == (f"{kind}.revise", "admin", eve.pk)


@pytest.mark.parametrize("kind", PAGES)
def test_a_stale_correction_is_refused_and_kept(
    kind: str, send: Send, both: Client, ada: User, work: dict[str, Any]
) -> None:
    verbs = {"article": importing.revise, "claim": highlighting.revise, "source": keeping.revise}
    base, field = PAGES[kind]
    record = work[kind]
    verbs[kind](record, by=ada, version=1, **{field: "Theirs"})
    answer = send(f"{base}{record.pk}/change/", both, **{field: "Mine", "version": "1"})
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert getattr(type(record).objects.get(pk=record.pk), field) == "Theirs"


@pytest.mark.parametrize("kind", PAGES)
def test_wrong_input_changes_nothing(kind: str, send: Send, both: Client, work: dict[str, Any]) -> None:
    base, field = PAGES[kind]
    record = work[kind]
    for wrong in ("", "a\0b", "x" * 3000):
        assert send(f"{base}{record.pk}/change/", both, **{field: wrong}).status_code == 422
    assert type(record).objects.get(pk=record.pk).version == 1


@pytest.mark.parametrize("kind", PAGES)
def test_none_of_it_is_added_or_deleted_here(kind: str, both: Client, work: dict[str, Any]) -> None:
    base, _field = PAGES[kind]
    assert both.get(f"{base}add/").status_code == 403
    assert both.post(f"{base}{work[kind].pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_trash_and_back(both: Client, work: dict[str, Any]) -> None:
    for model, base in ((Article, "/admin/articles/article/"), (Claim, "/admin/claims/claim/")):
        record = model.objects.get()
        confirmed(both, base, action="trash", _selected_action=[record.pk])
        assert model.objects.get().trashed_at
        assert str(record) in both.get(f"{base}?in=trash").content.decode()
        assert str(record) not in both.get(f"{base}?in=desk").content.decode()
        path = f"{base}{record.pk}/change/"
        confirmed(both, path, **{"CHANGE_FORM-action": "restore", "_selected_action": [record.pk]})
        assert model.objects.get().trashed_at is None
        assert {entry.via for entry in Entry.objects.about(record)[:2]} == {"admin"}


def test_a_claims_topics_are_changed_in_one_act(send: Send, both: Client, work: dict[str, Any]) -> None:
    claim = work["claim"]
    assert send(f"/admin/claims/claim/{claim.pk}/change/", both, topics="War, Harbour").status_code == 302
    assert {topic.name for topic in claim.topics.all()} == {"War", "Harbour"}
    assert Claim.objects.get(pk=claim.pk).version == 2

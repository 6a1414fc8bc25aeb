"""Merging in the administration: what moves is told, which one stays is chosen, then it is done."""

from django.test import Client

from factcheck.accounts.models import User
from factcheck.claims import highlighting, registering
from factcheck.claims.models import Claim, Claimant, Topic
from tests import newsroom

CLAIMANTS, TOPICS = "/admin/claims/claimant/", "/admin/claims/topic/"


def test_claimants_are_merged_after_a_preview(office: Client, ada: User) -> None:
    claim = newsroom.claim(ada, claimant="M. Mayor")
    newsroom.published(claim, by=ada)
    double, stays = claim.claimant, registering.add_claimant(by=ada, name="Maria Mayor", kind="person")
    sent = {"action": "merge", "_selected_action": [double.pk, stays.pk]}
    page = office.post(CLAIMANTS, sent)
    words = page.content.decode()
    assert page.status_code == 200
    assert "1 claim, 0 highlights" in words
    assert "1 published check keeps the name" in words
    answers = sent | {f"seen-{row.record.pk}": row.seen for row in page.context["rows"]} | {"confirmed": "yes"}
    assert office.post(CLAIMANTS, answers).status_code == 422
    registering.revise_claimant(stays, by=ada, version=1, description="Mayor")
    late = office.post(CLAIMANTS, answers | {"into": stays.pk})
    assert (late.status_code, Claim.objects.get().claimant) == (409, double)
    assert office.post(CLAIMANTS, answers | {"into": stays.pk, f"seen-{stays.pk}": "2"}).status_code == 302
    assert Claim.objects.get().claimant == stays


def test_one_alone_is_offered_those_that_look_alike_or_are_named(office: Client, ada: User) -> None:
    one, two, three = (
        registering.add_claimant(by=ada, name=name, kind="person") for name in ("Maria Mayor", "Mayor, María", "Petra")
    )
    path, sent = f"{CLAIMANTS}{one.pk}/change/", {"CHANGE_FORM-action": "merge", "_selected_action": [one.pk]}
    assert {row.record for row in office.post(path, sent).context["rows"]} == {one, two}
    page = office.post(path, sent | {"named": "petra"})
    assert {row.record for row in page.context["rows"]} == {one, three}
    assert "exactly this name" in office.post(path, sent | {"named": "Nobody"}).content.decode()
    answers = dict(page.context["sent"]) | {
        "_selected_action": [one.pk, three.pk], "confirmed": "yes", "into": one.pk,
        f"seen-{one.pk}": "1", f"seen-{three.pk}": "1",
    }  # fmt: skip
    assert office.post(CLAIMANTS, answers).status_code == 302
    assert Claimant.objects.get(pk=three.pk).merged_into == one


def test_odd_answers_merge_nothing(office: Client, ada: User) -> None:
    one, two = (registering.add_claimant(by=ada, name=name, kind="person") for name in ("One", "Two"))
    sent = {"action": "merge", "_selected_action": [one.pk, two.pk], "confirmed": "yes", "into": one.pk}
    for odd in ({}, {f"seen-{one.pk}": "1"}, {f"seen-{one.pk}": "1", f"seen-{two.pk}": "x"}, {"into": "a\0"}):
        assert office.post(CLAIMANTS, sent | odd).status_code == 422
    assert Claimant.objects.standing().count() == 2


def test_topics_are_nested_and_merged(office: Client, ada: User) -> None:
    sea = registering.add_topic(by=ada, name="Sea")
    port = registering.add_topic(by=ada, name="Port")
    claim = highlighting.word_claim(by=ada, wording="So.", topics=[port])
    form = {"name": "Port", "parent": sea.pk, "version": ":Port"}
    assert office.post(f"{TOPICS}{port.pk}/change/", form).status_code == 302
    assert Topic.objects.get(pk=port.pk).parent == sea
    circle = office.post(f"{TOPICS}{sea.pk}/change/", {"name": "Sea", "parent": port.pk, "version": ":Sea"})
    assert (circle.status_code, "under itself" in circle.content.decode()) == (422, True)
    assert office.post(f"{TOPICS}{port.pk}/change/", form | {"parent": ""}).status_code == 409
    sent = {"action": "merge", "_selected_action": [sea.pk, port.pk]}
    assert "1 claim, 0 topics under it" in office.post(TOPICS, sent).content.decode()
    answers = sent | {"confirmed": "yes", "into": sea.pk, f"seen-{sea.pk}": "Sea", f"seen-{port.pk}": "Port"}
    assert office.post(TOPICS, answers).status_code == 302
    assert [topic.name for topic in claim.topics.all()] == ["Sea"]


def test_counts_lead_to_the_lists_that_they_count(office: Client, ada: User) -> None:
    claim = newsroom.claim(ada)
    topic = registering.add_topic(by=ada, name="Port")
    claim.topics.add(topic)
    registering.add_topic(by=ada, name="Quay", parent=topic)
    for page, path in (
        (CLAIMANTS, f"/admin/claims/claim/?claimant__id__exact={claim.claimant_id}"),
        (TOPICS, f"/admin/claims/claim/?topics__id__exact={topic.pk}"),
        (TOPICS, f"{TOPICS}?parent__id__exact={topic.pk}"),
    ):
        assert f'href="{path}"' in office.get(page).content.decode()
        assert office.get(path).context["cl"].result_count == 1

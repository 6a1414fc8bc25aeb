"""Work in hand on an older version of a scale goes on with the newest, by choice."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.test import Client

from factcheck.accounts.models import User
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.verdicts import judging
from factcheck.verdicts.models import Author, Rating, ScaleVersion, Verdict
from factcheck.verdicts.scaling import make_version, move_work
from tests import newsroom

NAMES = ("False", "Half true", "True")


@pytest.fixture
def old(db: None) -> ScaleVersion:
    return ScaleVersion.objects.get()


@pytest.fixture
def drafts(ada: User, old: ScaleVersion) -> list[Verdict]:
    """One on which nothing is chosen yet, one to be moved, one handed in."""
    made = [judging.draft(newsroom.claim(ada, wording="It is deep."), by=ada)]
    for rating in ("True", "False"):
        made.append(newsroom.verdict(newsroom.claim(ada, wording=f"It is {rating}."), by=ada, rating=rating))
    newsroom.submission(made[2], by=ada)
    return [Verdict.objects.get(pk=each.pk) for each in made]


@pytest.fixture
def new(dee: User, drafts: list[Verdict]) -> ScaleVersion:
    ratings = [
        Rating(position=n, name=name, definition="So.", hue="grey", sign="full") for n, name in enumerate(NAMES, 1)
    ]
    return make_version("default", by=dee, version=1, name="Three steps", ratings=ratings)


def path(version: ScaleVersion) -> str:
    return f"/admin/verdicts/scaleversion/{version.pk}/moving/"


def test_only_the_chosen_move_with_the_rating_that_stands_for_theirs(
    office: Client, old: ScaleVersion, new: ScaleVersion, drafts: list[Verdict], dee: User
) -> None:
    page = office.get("/admin/verdicts/scaleversion/").content.decode()
    assert f'href="{path(old)}">Move 2<' in page
    form = office.get(path(old)).context["form"]
    assert [verdict.pk for verdict in form.shown] == [drafts[0].pk, drafts[1].pk]
    data = {field.html_name: field.initial or "" for field in form.questions()} | dict(form.seen())
    assert office.post(path(old), data).status_code == 422
    answer = office.post(path(old), data | {"verdicts": [drafts[1].pk]})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/verdicts/scaleversion/")
    moved = Verdict.objects.get(pk=drafts[1].pk)
    assert (moved.scale, moved.rating, moved.version) == (new, new.ratings.get(name="True"), drafts[1].version + 1)
    assert {Verdict.objects.get(pk=drafts[n].pk).scale for n in (0, 2)} == {old}
    assert not Author.objects.filter(person=dee).exists()
    entry = Entry.objects.about(moved)[0]
    assert (entry.act, entry.person_id, entry.via) == ("scale.move_work", dee.pk, "admin")


def test_what_was_edited_or_handed_in_meanwhile_moves_nothing(
    office: Client, old: ScaleVersion, new: ScaleVersion, drafts: list[Verdict], ada: User, dee: User
) -> None:
    form = office.get(path(old)).context["form"]
    data = {field.html_name: field.initial or "" for field in form.questions()} | dict(form.seen())
    judging.revise(drafts[1], by=ada, version=drafts[1].version, summary="Otherwise.")
    chosen = {"verdicts": [drafts[0].pk, drafts[1].pk]}
    assert office.post(path(old), data | chosen).status_code == 409
    assert office.post(path(old), data | {"verdicts": [drafts[2].pk]}).status_code == 422
    assert office.post(path(old), data | {"verdicts": ["x"]}).status_code == 422
    with pytest.raises(ValidationError):
        move_work({drafts[2].pk: drafts[2].version}, by=dee, old=old, new=new, ratings={})
    assert Verdict.objects.filter(scale=old).count() == 3


def test_ratings_are_answered_for_and_of_the_new_version(
    old: ScaleVersion, new: ScaleVersion, drafts: list[Verdict], ada: User, dee: User
) -> None:
    work = {drafts[1].pk: drafts[1].version}
    with pytest.raises(ValidationError):
        move_work(work, by=dee, old=old, new=new, ratings={})
    with pytest.raises(ValidationError):
        move_work(work, by=dee, old=old, new=new, ratings={drafts[1].rating_id: old.ratings.first()})
    with pytest.raises(Stale):
        move_work({drafts[1].pk: 99}, by=dee, old=old, new=new, ratings={drafts[1].rating_id: None})
    with pytest.raises(PermissionDenied):
        move_work(work, by=ada, old=old, new=new, ratings={drafts[1].rating_id: None})
    assert move_work(work, by=dee, old=old, new=new, ratings={drafts[1].rating_id: None}) == 1
    assert Verdict.objects.get(pk=drafts[1].pk).rating is None


def test_there_is_nowhere_to_move_from_the_newest(office: Client, old: ScaleVersion, ada: User) -> None:
    assert office.get(path(old))["Location"] == "/admin/verdicts/scaleversion/"
    assert office.get("/admin/verdicts/scaleversion/999/moving/").status_code == 404
    client = Client()
    client.force_login(ada)
    assert client.get(path(old)).status_code == 403


def test_the_database_keeps_that_work_only_goes_on(
    new: ScaleVersion, drafts: list[Verdict], dee: User, old: ScaleVersion
) -> None:
    work = {drafts[1].pk: drafts[1].version}
    move_work(work, by=dee, old=old, new=new, ratings={drafts[1].rating_id: None})
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=drafts[1].pk).update(scale=old)
    with pytest.raises(DatabaseError), transaction.atomic():
        Verdict.objects.filter(pk=drafts[2].pk).update(scale=new, rating=None)

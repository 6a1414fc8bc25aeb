"""Settings and rating scales: the next version is made from the newest; the older ones stand."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.test import Client

from factcheck.accounts.models import User
from factcheck.history.models import Entry
from factcheck.history.versioning import Stale
from factcheck.newsroom.models import Settings
from factcheck.newsroom.settling import settle
from factcheck.verdicts.models import Rating, RatingScale, ScaleVersion
from factcheck.verdicts.scaling import make_version
from tests.admin.conftest import typed

Send = Callable[..., HttpResponse]
SETTINGS = "/admin/newsroom/settings/add/"
NEXT_SCALE = "/admin/verdicts/scaleversion/add/?scale=default"
NEW_SCALE = "/admin/verdicts/scaleversion/add/"


def test_settings_are_a_new_version_made_from_the_current(send: Send, dee: User) -> None:
    assert send(SETTINGS, name="The Harbour Desk").status_code == 302
    assert list(Settings.objects.values_list("version", "name", "language", "scale")) == [
        (2, "The Harbour Desk", "en", "default"),
        (1, "Our newsroom", "en", "default"),
    ]
    entry = Entry.objects.about(Settings.objects.current()).get()
    assert (entry.act, entry.person_id, entry.via) == ("settings.change", dee.pk, "admin")


@pytest.mark.parametrize(
    "wrong", [{"name": "  "}, {"language": "not a tag"}, {"scale": "none"}, {"contact": "nowhere"}, {}]
)
def test_wrong_settings_and_no_change_make_no_version(wrong: dict[str, str], send: Send) -> None:
    assert "errornote" in send(SETTINGS, **wrong).content.decode()
    assert Settings.objects.count() == 1


def test_the_list_tells_who_changed_which_fields_word_by_word(send: Send, office: Client) -> None:
    send(SETTINGS, time_zone="Europe/Vienna", about="We check what is said.")
    send(SETTINGS, about="We check what is printed.")
    page = office.get("/admin/newsroom/settings/").content.decode()
    assert "<summary>About us</summary>" in page
    assert "<del>said</del><ins>printed</ins>" in page
    assert "<summary>Time zone, About us</summary>" in page
    alone = office.get(f"/admin/newsroom/settings/{Settings.objects.current().pk}/change/").content.decode()
    assert ("<ins>printed</ins>" in alone, "Europe/Vienna" in alone, "http://" in alone) == (True, True, True)


def test_stale_settings_are_refused_and_kept(send: Send, dee: User) -> None:
    settle(by=dee, version=1, name="Theirs")
    answer = send(SETTINGS, name="Mine", version="1")
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode()
    assert "Theirs" in answer.content.decode()
    assert Settings.objects.current().name == "Theirs"


def test_older_settings_are_read_and_not_changed(office: Client) -> None:
    version = Settings.objects.current()
    path = f"/admin/newsroom/settings/{version.pk}/"
    assert office.get(path + "change/").status_code == 200
    assert office.post(path + "change/", {"name": "X"}).status_code == 403
    assert office.post(path + "delete/", {"post": "yes"}).status_code == 403


def test_the_next_version_of_a_scale_starts_from_the_newest(send: Send, dee: User, office: Client) -> None:
    answer = send(NEXT_SCALE, **{"ratings-2-name": "In between"})
    assert answer.status_code == 302
    newest = ScaleVersion.objects.in_use("default")
    assert (newest.number, newest.ratings.count()) == (2, 6)
    assert [rating.name for rating in newest.ratings.all()][2] == "In between"
    older = ScaleVersion.objects.get(number=1)
    assert [rating.name for rating in older.ratings.all()][2] == "Half true"
    entry = Entry.objects.about(newest).get()
    assert (entry.act, entry.via, entry.person_id) == ("scale.make_version", "admin", dee.pk)
    assert "Half true" in office.get(f"/admin/verdicts/scaleversion/{older.pk}/change/").content.decode()


def test_a_rating_is_added_off_the_scale_and_another_left_out(send: Send) -> None:
    extra = {
        "ratings-6-name": "Satire",
        "ratings-6-definition": "Not meant as a statement.",
        "ratings-6-hue": "grey",
        "ratings-6-sign": "question",
    }
    gone = {f"ratings-5-{column}": "" for column in ("position", "name", "definition", "hue", "sign")}
    assert send(NEXT_SCALE, **extra, **gone).status_code == 302
    off = [rating.name for rating in ScaleVersion.objects.in_use("default").ratings.all() if rating.position is None]
    assert off == ["Satire"]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"ratings-0-position": "2"},
        {"ratings-0-position": ""},
        {"ratings-0-position": "9"},
        {"ratings-0-name": "true"},
        {"ratings-0-name": ""},
        {"ratings-0-hue": "pink"},
        {"name": ""},
        {"slug": "unheard-of"},
        {"ratings-TOTAL_FORMS": "0"},
    ],
)
def test_a_wrong_scale_and_no_change_make_no_version(wrong: dict[str, str], send: Send) -> None:
    answer = send(NEXT_SCALE, **wrong)
    assert answer.status_code == 422
    assert (ScaleVersion.objects.count(), Rating.objects.count(), RatingScale.objects.count()) == (1, 6, 1)


def test_a_stale_scale_is_refused(send: Send, office: Client) -> None:
    send(NEXT_SCALE, name="Theirs")
    answer = send(NEXT_SCALE, name="Mine", version="1")
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.content.decode()
    assert ScaleVersion.objects.in_use("default").name == "Theirs"


def test_a_new_scale_has_its_first_version(send: Send) -> None:
    rows = {}
    for number, name in enumerate(["No", "Yes"]):
        rows |= {
            f"ratings-{number}-position": str(number + 1),
            f"ratings-{number}-name": name,
            f"ratings-{number}-definition": name,
            f"ratings-{number}-hue": "red",
            f"ratings-{number}-sign": "full",
        }
    assert send(NEW_SCALE, slug="plain", name="Plain", **rows).status_code == 302
    assert ScaleVersion.objects.in_use("plain").number == 1
    assert send(NEW_SCALE, slug="plain", name="Again", **rows).status_code == 422
    assert ScaleVersion.objects.filter(scale__slug="plain").count() == 1


def test_versions_are_read_and_not_changed(office: Client) -> None:
    version = ScaleVersion.objects.get()
    path = f"/admin/verdicts/scaleversion/{version.pk}/"
    assert office.post(path + "change/", {"name": "X"}).status_code == 403
    assert office.post(path + "delete/", {"post": "yes"}).status_code == 403
    assert ScaleVersion.objects.get().name == "False to true"


def test_only_administrators_make_scales(ada: User, dee: User) -> None:
    ratings = [
        Rating(position=position, name=name, definition=name, hue="red", sign="full")
        for position, name in ((1, "No"), (2, "Yes"))
    ]
    with pytest.raises(PermissionDenied):
        make_version("default", by=ada, version=1, name="X", ratings=ratings)
    with pytest.raises(Stale):
        make_version("default", by=dee, version=7, name="X", ratings=ratings)
    with pytest.raises(ValidationError):
        make_version("default", by=dee, version=0, name="X", ratings=ratings)


def test_a_row_moves_by_a_button_without_script_and_nothing_is_saved(office: Client) -> None:
    def names(page: HttpResponse) -> list[tuple[str, str]]:
        forms = page.context["inline_admin_formsets"][0].formset.forms
        return [(str(form["position"].value() or ""), form["name"].value() or "") for form in forms[:6]]

    sent = typed(office.get(NEXT_SCALE)) | {"name": "Typed", "ratings-1-definition": "Typed too."}
    page = office.post(NEXT_SCALE, sent | {"move": "1:up"})
    assert page.status_code == 200
    assert names(page)[:3] == [("1", "Mostly false"), ("2", "False"), ("3", "Half true")]
    assert ("Typed too." in page.content.decode(), 'value="Typed"' in page.content.decode()) == (True, True)
    assert 'value="0:up" formnovalidate autofocus' in page.content.decode()
    again = office.post(NEXT_SCALE, typed(page) | {"move": "5:up"})
    assert names(again)[5] == ("6", "Unproven")
    assert ScaleVersion.objects.count() == 1
    assert office.post(NEXT_SCALE, typed(again)).status_code == 302
    newest = ScaleVersion.objects.in_use("default")
    assert (newest.name, next(rating.name for rating in newest.ratings.all())) == ("Typed", "Mostly false")


@pytest.mark.parametrize("move", ["", "x", "99:up", "0:up", "5:down", "-1:up", "0:sideways"])
def test_odd_moves_move_nothing(move: str, office: Client) -> None:
    sent = typed(office.get(NEXT_SCALE))
    page = office.post(NEXT_SCALE, sent | {"move": move, "ratings-TOTAL_FORMS": "9" * 30 if move == "x" else "8"})
    assert page.status_code == 200
    assert ScaleVersion.objects.count() == 1


def test_names_in_other_languages_are_a_line_each(send: Send, office: Client) -> None:
    others = {
        "others": "de | Falsch bis wahr | Fünf Stufen.",
        "ratings-0-others": "de | Falsch | Die Belege widersprechen.",
    }
    assert send(NEXT_SCALE, **others, **{"ratings-1-others": "Überwiegend falsch"}).status_code == 422
    assert send(NEXT_SCALE, **others).status_code == 302
    newest = ScaleVersion.objects.in_use("default")
    assert newest.in_language("de").name == "Falsch bis wahr"
    assert newest.ratings.first().in_language("de-AT").definition == "Die Belege widersprechen."
    page = office.get(NEXT_SCALE).content.decode()
    assert "de | Falsch | Die Belege widersprechen." in page
    assert send(NEXT_SCALE).status_code == 422  # nothing differs

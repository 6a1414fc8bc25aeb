"""Names of ratings in other languages: read, told, and frozen in the language of the document."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from factcheck.accounts.models import User
from factcheck.newsroom.settling import settle
from factcheck.publication import correcting, publishing
from factcheck.review.freezing import document_of
from factcheck.verdicts.models import Rating, ScaleVersion, Verdict
from factcheck.verdicts.scaling import make_version
from factcheck.verdicts.translating import read, spoken, written
from tests import newsroom

LINES = "de | Falsch | Die Belege widersprechen.\npt-br | Falso | "


def ratings(true: str = "Wahr") -> list[Rating]:
    return [
        Rating(
            position=n, name=name, definition=f"It is {name}.", hue="red", sign="full",
            translations={"de": {"name": true if name == "True" else "Falsch", "definition": ""}},
        )
        for n, name in enumerate(("False", "True"), 1)
    ]  # fmt: skip


@pytest.fixture
def german(dee: User) -> ScaleVersion:
    """A scale in two languages, in use."""
    told = {"de": {"name": "Falsch bis wahr", "description": "Zwei Stufen."}}
    return make_version("default", by=dee, version=1, name="False to true", ratings=ratings(), translations=told)


def test_a_line_for_each_language_is_read_and_written_again() -> None:
    found = read(LINES, "definition")
    assert found == {
        "de": {"name": "Falsch", "definition": "Die Belege widersprechen."}, "pt-br": {"name": "Falso", "definition": ""},
    }  # fmt: skip
    assert read(written(found, "definition"), "definition") == found


@pytest.mark.parametrize(
    "lines",
    ["de", "Falsch", "| Falsch |", "de || x", "de | a\nDE | b", "d_e | a | b", f"de | {'x' * 61} |", "de | a\0 |"],
)
def test_what_is_no_such_line_is_refused(lines: str) -> None:
    with pytest.raises(ValidationError):
        read(lines, "definition")


def test_a_variety_of_a_language_is_told_in_it_and_what_is_missing_in_the_newsrooms_own_words() -> None:
    found = read(LINES, "definition")
    assert spoken(found, "de-AT")["name"] == "Falsch"
    assert spoken(found, "PT-BR") == {"name": "Falso"}
    assert not spoken(found, "fr")


@pytest.mark.django_db
def test_names_differ_in_each_language(dee: User) -> None:
    with pytest.raises(ValidationError):
        make_version("default", by=dee, version=1, name="X", ratings=ratings("falsch"))


@pytest.mark.django_db
def test_a_document_takes_the_words_of_its_language_and_keeps_them(
    german: ScaleVersion, ada: User, dee: User, client: Client
) -> None:
    settle(by=dee, version=1, language="de-AT")
    publication = newsroom.published(newsroom.claim(ada), by=ada)
    verdict = publication.content["verdict"]
    assert (verdict["rating"]["name"], verdict["rating"]["definition"]) == ("Wahr", "It is True.")
    assert verdict["scale"]["name"] == "Falsch bis wahr"
    assert [each["name"] for each in verdict["scale"]["ratings"]] == ["Falsch", "Wahr"]
    assert set(verdict["rating"]) == {"position", "name", "definition", "hue", "sign"}
    assert correcting.correct(publication.claim, by=ada).rating == german.ratings.get(name="True")
    page = client.get("/scales/default/").content.decode()
    assert ("Falsch bis wahr" in page, "Zwei Stufen." in page, "Wahr" in page) == (True, True, True)
    assert "Wahr" in client.get("/about/").content.decode()
    settle(by=dee, version=2, language="en")
    assert '"alternateName":"Wahr"' in client.get(publication.get_absolute_url()).content.decode()
    assert "False to true" in client.get("/scales/default/").content.decode()


@pytest.mark.django_db
def test_without_translations_documents_are_as_they_were(ada: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    assert "translations" not in document_of(verdict)
    told = json.loads(document_of(verdict))["verdict"]
    assert told["rating"] in told["scale"]["ratings"]
    newsroom.approved(verdict, by=ada)
    assert publishing.approved_submission(Verdict.objects.get(pk=verdict.pk))

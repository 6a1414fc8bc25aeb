"""Versions and retractions: what was said stays readable, and nobody takes it for what is said now."""

from django.test import Client

from factcheck.accounts.models import User
from factcheck.publication.models import Publication
from factcheck.publication.publishing import retract
from tests.public.pages import Page


def test_an_old_version_stays_as_it_was(reader: Client, corrected: Publication) -> None:
    page = Page(reader.get(f"{corrected.get_absolute_url()}versions/1/"))
    assert "The port’s own register says so." in page.text
    assert "It was dredged in 1931." not in page.text


def test_an_old_version_leads_to_the_current_one(reader: Client, corrected: Publication) -> None:
    page = Page(reader.get(f"{corrected.get_absolute_url()}versions/1/"))
    assert "This is version 1, not the current one" in page.text
    assert corrected.get_absolute_url() in page.links()


def test_an_old_version_is_not_for_search_engines(reader: Client, corrected: Publication) -> None:
    response = reader.get(f"{corrected.get_absolute_url()}versions/1/")
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert Page(response).meta("robots") == "noindex"
    assert Page(response).canonical() is None


def test_the_current_version_at_its_own_address_belongs_to_the_claims_page(
    reader: Client, corrected: Publication, settings: object
) -> None:
    response = reader.get(corrected.get_version_url())
    page = Page(response)
    assert page.canonical() == f"{settings.SITE_URL}{corrected.get_absolute_url()}"
    assert "X-Robots-Tag" not in response.headers
    assert "not the current one" not in page.text


def test_only_the_claims_page_carries_a_claimreview(reader: Client, corrected: Publication) -> None:
    path = corrected.get_absolute_url()
    found = {
        address: len(Page(reader.get(address)).data)
        for address in (path, f"{path}versions/1/", f"{path}versions/2/", "/", "/about/")
    }
    assert found == {path: 1, f"{path}versions/1/": 0, f"{path}versions/2/": 0, "/": 0, "/about/": 0}


def test_a_version_that_never_was_is_not_found(reader: Client, published: Publication) -> None:
    for number in (0, 2, 99999999999999999999):
        assert reader.get(f"{published.get_absolute_url()}versions/{number}/").status_code == 404


def test_a_retracted_check_stays_and_says_why(reader: Client, retracted: Publication) -> None:
    response = reader.get(retracted.get_absolute_url())
    text = Page(response).text
    assert response.status_code == 200
    assert text.index("Retracted") < text.index("The register was of another port.") < text.index("The harbour was")
    assert "The register of works lists it" in text


def test_a_retracted_check_is_called_retracted_where_its_verdict_stood(reader: Client, retracted: Publication) -> None:
    page = Page(reader.get(retracted.get_absolute_url()))
    assert page.every("article", class_="check hue-grey")
    assert not page.every("p", class_="scale")
    assert "We had said: True." in page.text


def test_a_retracted_check_makes_no_statement_to_machines(reader: Client, retracted: Publication) -> None:
    page = Page(reader.get(retracted.get_absolute_url()))
    assert page.data == []
    assert page.meta("og:description") == "Retracted: The register was of another port."


def test_the_version_before_a_retraction_says_what_became_of_it(reader: Client, retracted: Publication) -> None:
    text = Page(reader.get(f"{retracted.get_absolute_url()}versions/1/")).text
    assert "The check has been retracted since." in text


def test_a_retraction_is_seen_at_once(reader: Client, cleo: User, published: Publication) -> None:
    path = published.get_absolute_url()
    first = reader.get(path)
    assert first.headers["Cache-Control"] == "public, no-cache"
    retract(published.claim, by=cleo, reason="Wrong.")
    again = reader.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Retracted" in Page(again).text

"""The page of a check: who claimed what, what we found, why, on what, and what changed."""

import pytest
from django.test import Client

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims import highlighting
from factcheck.claims.models import Claim
from factcheck.newsroom.models import Settings
from factcheck.newsroom.settling import settle
from factcheck.publication import publishing
from factcheck.publication.models import Publication
from factcheck.rendering.templatetags.reading import web_address
from factcheck.sources import keeping
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.public.pages import Page


def page_of(reader: Client, publication: Publication) -> Page:
    return Page(reader.get(publication.get_absolute_url()))


def test_it_answers_in_the_readers_order(reader: Client, published: Publication) -> None:
    text = page_of(reader, published).text
    answers = [
        "Maria Mayor",
        "at the council",
        "1 March 2026",
        "The harbour was dredged in 1921.",
        "True",
        "The port’s own register says so.",
        "fifth of five, false to true",
        "Checked by Ada, reviewed by Bo.",
        "The register of works lists it",
        "What it rests on",
        "Supports",
        "Register of works",
        "Dredged, 1921",
        "What changed",
        "Version 1",
        "First published",
        "In these articles",
        "The harbour and the bridge",
    ]
    places = [text.find(answer) for answer in answers]
    assert -1 not in places, answers[places.index(-1)]
    assert places == sorted(places)


def test_a_source_is_found_by_the_number_in_the_rationale(reader: Client, published: Publication) -> None:
    page = page_of(reader, published)
    assert "#source-1" in page.links()
    assert page.every("li", id="source-1")


def test_a_source_is_left_by_a_link_that_endorses_nothing(reader: Client, published: Publication) -> None:
    [link] = page_of(reader, published).every("a", href="https://port.example/register")
    assert link["rel"] == "nofollow noopener external"


def test_sources_stand_by_their_stance(reader: Client, ada: User, bo: User, cleo: User, claim: Claim) -> None:
    verdict = newsroom.verdict(claim, by=ada)
    for stance in ("context", "refutes"):
        judging.cite(verdict, keeping.find_or_add(by=ada, title=f"It {stance}", kind="media"), by=ada, stance=stance)
    newsroom.approved(verdict, by=ada)
    text = page_of(reader, publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)).text
    order = ["Supports", "Register of works", "Refutes", "It refutes", "Context", "It context"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_rating_off_the_scale_has_no_position(reader: Client, ada: User, bo: User, claim: Claim) -> None:
    page = page_of(reader, newsroom.published(claim, by=ada, rating="Unproven"))
    assert "Unproven" in page.text
    assert not page.every("p", class_="scale")
    assert "false to true" not in page.text


def test_a_claim_that_nobody_made_says_so(reader: Client, ada: User, bo: User) -> None:
    claim = highlighting.word_claim(by=ada, wording="The bridge sways.")
    assert "Said by nobody we could name" in page_of(reader, newsroom.published(claim, by=ada)).text


def test_all_versions_are_listed_with_kind_and_reason(reader: Client, corrected: Publication) -> None:
    page = page_of(reader, corrected)
    assert "Version 2" in page.text
    assert "Correction" in page.text
    assert "We had misread a digit." in page.text
    assert f"{corrected.get_absolute_url()}versions/1/" in page.links()


def test_the_page_shows_the_last_version(reader: Client, corrected: Publication) -> None:
    page = page_of(reader, corrected)
    assert "It was dredged in 1931." in page.text
    assert "Mostly false" in page.text
    assert "The port’s own register says so." not in page.text


def test_an_edit_after_publication_is_not_seen(reader: Client, ada: User, published: Publication) -> None:
    before = reader.get(published.get_absolute_url()).content
    verdict = Verdict.objects.get(claim=published.claim)
    judging.revise(verdict, by=ada, version=verdict.version, summary="SECRET", rationale="SECRET")
    highlighting.revise(published.claim, by=ada, version=published.claim.version, wording="SECRET", place="SECRET")
    assert reader.get(published.get_absolute_url()).content == before


def test_a_claim_that_was_never_published_has_no_page(reader: Client, ada: User, claim: Claim) -> None:
    newsroom.approved(newsroom.verdict(claim, by=ada), by=ada)
    assert reader.get("/claims/the-harbour-was-dredged-in-1921/").status_code == 404


def test_the_address_of_record_is_the_page_itself(reader: Client, published: Publication, settings: object) -> None:
    page = page_of(reader, published)
    assert page.canonical() == page.meta("og:url") == f"{settings.SITE_URL}{published.get_absolute_url()}"


def test_what_others_show_of_it_is_the_claim_and_the_verdict(reader: Client, published: Publication) -> None:
    page = page_of(reader, published)
    assert page.meta("og:title") == "The harbour was dredged in 1921."
    assert page.meta("og:description") == "True: The port’s own register says so."


def test_the_language_is_the_documents(reader: Client, ada: User, bo: User, dee: User, claim: Claim) -> None:
    settle(by=dee, version=Settings.objects.current().version, language="ar")
    publication = newsroom.published(claim, by=ada)
    settle(by=dee, version=Settings.objects.current().version, language="fr")
    response = reader.get(publication.get_absolute_url())
    [html] = Page(response).every("html")
    assert (html["lang"], html["dir"]) == ("ar", "rtl")
    assert response.headers["Content-Language"] == "ar"


def test_the_article_is_reached_at_the_highlight(reader: Client, published: Publication) -> None:
    assert "/articles/the-harbour-and-the-bridge/#highlight-1" in page_of(reader, published).links()


@pytest.mark.parametrize(
    "wording", ["无人机减少了伤亡。", "قللت الطائرات من الخسائر", "Мост закрыт в мае.", "Déjà vu à Łódź", "???"]
)
def test_an_address_may_be_in_any_script(reader: Client, ada: User, bo: User, wording: str) -> None:
    publication = newsroom.published(newsroom.claim(ada, wording), by=ada)
    for path in (publication.get_absolute_url(), publication.get_version_url()):
        response = reader.get(path)
        assert response.status_code == 200
        assert wording in Page(response).text


def test_words_from_outside_stay_words(reader: Client, ada: User, bo: User, cleo: User) -> None:
    attack = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>"
    article = newsroom.article(ada, title=f"T {attack}")
    claim = newsroom.claim(ada, f"W {attack}", claimant=f"C {attack}")
    newsroom.highlight(claim, article, "the harbour was dredged in 1921", by=ada)
    verdict = newsroom.verdict(claim, by=ada)
    verdict = judging.revise(
        verdict,
        by=ada,
        version=verdict.version,
        summary=f"S {attack}",
        rationale=f"R {attack} [x](javascript:alert(3)) [1]",
    )
    source = keeping.find_or_add(by=ada, title=f"S {attack}", kind="media")
    judging.cite(verdict, source, by=ada, stance="context", quoted=f"Q {attack}", note=f"N {attack}")
    newsroom.approved(verdict, by=ada)
    publication = publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)
    for path in ("/", publication.get_absolute_url(), publication.get_version_url(), f"/articles/{slug(article)}/"):
        page = Page(reader.get(path))
        assert not page.every("img")
        assert all(script == {"type": "application/ld+json"} for script in page.every("script"))
        assert "<script>" not in page.html
        assert not [link for link in page.links() if link.startswith("javascript:")]


def slug(article: Article) -> str:
    return article.publications.get().slug


def test_only_addresses_of_the_web_become_links() -> None:
    for address in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//host",
        "http://",
        "http://[",
        "mailto:a@b.example",
        "",
    ):
        assert web_address(address) == ""
    assert web_address(" https://port.example/a?b=c ") == "https://port.example/a?b=c"

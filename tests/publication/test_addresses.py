"""A readable address for each check and each article, its own for good."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from psycopg.errors import CheckViolation, ExclusionViolation

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.claims.models import Claim
from factcheck.publication import addressing, publishing
from factcheck.publication.models import Address, ArticlePublication, Publication
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw
from tests.publication.readers import page_of

pytestmark = pytest.mark.django_db


def address(wording: str, by: User) -> str:
    return newsroom.published(newsroom.claim(by, wording), by=by).slug


@pytest.mark.parametrize(
    ("wording", "slug"),
    [
        ("The harbour was dredged in 1921.", "the-harbour-was-dredged-in-1921"),
        ("Гавань углубили в 1921 году.", "гавань-углубили-в-1921-году"),
        ("港は1921年に浚渫された。", "港は1921年に浚渫された"),
        ("تم تجريف الميناء", "تم-تجريف-الميناء"),
        ("Über 40.000 Autos!", "über-40000-autos"),
    ],
)
def test_it_is_made_of_the_words(wording: str, slug: str, ada: User) -> None:
    assert address(wording, ada) == slug


@pytest.mark.parametrize("wording", ["???", "😀😀", "…"])
def test_a_wording_without_letters_is_told_by_its_number(wording: str, ada: User) -> None:
    slug = address(wording, ada)
    assert slug == str(Claim.objects.get().pk)


def test_the_same_wording_twice_gets_two_addresses(ada: User) -> None:
    first = address("The harbour was dredged.", ada)
    assert address("The harbour was dredged.", ada) not in {first, ""}


def test_a_wording_that_looks_like_a_second_address_gets_its_own(ada: User) -> None:
    first = newsroom.claim(ada, "The harbour.")
    second = newsroom.claim(ada, "The harbour.")
    third = newsroom.claim(ada, f"The harbour {second.pk}")
    slugs = {newsroom.published(claim, by=ada).slug for claim in (first, third, second)}
    assert len(slugs) == 3


def test_a_wording_that_is_another_claim_s_number_does_not_take_its_address(ada: User) -> None:
    wordless = newsroom.claim(ada, "???")
    slugs = {address(str(wordless.pk), ada), newsroom.published(wordless, by=ada).slug}
    assert len(slugs) == 2


def test_a_long_wording_ends_at_a_word(ada: User) -> None:
    slug = address("The harbour of the old town was dredged again and again until nobody remembered why.", ada)
    assert slug == "the-harbour-of-the-old-town-was-dredged-again-and-again-until-nobody"


def test_a_long_wording_without_spaces_is_cut(ada: User) -> None:
    assert address("港" * 200, ada) == "港" * 70


def test_each_address_leads_to_its_page(ada: User) -> None:
    slug = address("港は1921年に浚渫された。", ada)
    assert Publication.objects.get().get_absolute_url() == reverse("public:claim", args=[slug])


def test_two_articles_of_the_same_title_get_two_addresses(ada: User) -> None:
    for _number in range(2):
        article, claim = newsroom.article(ada), newsroom.claim(ada)
        newsroom.highlight(claim, article, "dredged in 1921", by=ada)
        newsroom.published(claim, by=ada)
    assert ArticlePublication.objects.values("slug").distinct().count() == 2


# --- Chosen, and changed ---


def readdress(claim: Claim, by: User, slug: str) -> Address:
    return addressing.readdress(claim, by=by, slug=slug, reason="Shorter.")


def test_the_first_address_can_be_chosen(verdict: Verdict, cleo: User) -> None:
    assert publishing.publish(verdict, by=cleo, slug="dredged").get_absolute_url() == "/claims/dredged/"


def test_until_readers_saw_it_another_can_be_chosen(verdict: Verdict, cleo: User) -> None:
    later = publishing.publish(verdict, by=cleo, at=timezone.now() + timedelta(hours=1))
    publishing.call_off(later, by=cleo)
    again = publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo, slug="dredged")
    assert (again.get_absolute_url(), again.slug) == ("/claims/dredged/", later.slug)


@pytest.mark.parametrize("slug", ["The harbour", "a/b", "ÜBER", "-a-", "x" * 91, "a\u200db", "ﬁne", "\x00"])
def test_what_is_no_address_is_refused_and_nothing_is_published(slug: str, verdict: Verdict, cleo: User) -> None:
    with pytest.raises(ValidationError) as refused:
        publishing.publish(verdict, by=cleo, slug=slug)
    assert "slug" in refused.value.error_dict
    assert not Publication.objects.exists()


def test_an_address_that_another_claim_has_or_had_is_refused(
    published: Publication, ada: User, bo: User, cleo: User
) -> None:
    before = published.slug
    readdress(published.claim, cleo, "harbour")
    other = newsroom.published(newsroom.claim(ada, "The bridge."), by=ada).claim
    for slug in (before, "harbour"):
        with pytest.raises(ValidationError, match="stays with that for good"):
            readdress(other, cleo, slug)
    assert newsroom.published(newsroom.claim(ada), by=ada).slug not in {before, "harbour"}


def test_an_earlier_address_leads_to_the_newest_wherever_it_led(
    client: Client, published: Publication, article: Article, cleo: User
) -> None:
    before = published.get_absolute_url()
    readdress(published.claim, cleo, "harbour")
    readdress(published.claim, cleo, "dredged")
    for path in ("", "versions/", "versions/1/", "versions/?new=1&old=1"):
        for earlier in (before, "/claims/harbour/"):
            answer = client.get(earlier + path)
            assert (answer.status_code, answer.headers["Location"]) == (301, f"/claims/dredged/{path}")
    page = client.get("/claims/dredged/").content.decode()
    assert "/claims/dredged/" in page
    assert before not in page
    assert f'"url":"{settings.SITE_URL}/claims/dredged/"' in page
    assert f'<link rel="canonical" href="{settings.SITE_URL}/claims/dredged/">' in page
    assert "#highlight-1" in page
    assert "/claims/dredged/" in client.get(page_of(article).get_absolute_url()).content.decode()


def test_it_can_go_back_to_an_address_of_its_own(client: Client, published: Publication, cleo: User) -> None:
    first = published.slug
    readdress(published.claim, cleo, "harbour")
    readdress(published.claim, cleo, first)
    assert client.get(f"/claims/{first}/").status_code == 200
    assert client.get("/claims/harbour/").headers["Location"] == f"/claims/{first}/"
    assert Address.objects.before(published.claim) == ["harbour"]


def test_an_article_s_page_gets_another_address(
    client: Client, published: Publication, article: Article, cleo: User
) -> None:
    before = page_of(article).get_absolute_url()
    addressing.readdress_article(article, by=cleo, slug="harbour", reason="Shorter.")
    assert page_of(article).get_absolute_url() == "/articles/harbour/"
    assert client.get(f"{before}versions/1/").headers["Location"] == "/articles/harbour/versions/1/"
    assert "/articles/harbour/#highlight-1" in client.get(published.get_absolute_url()).content.decode()


def test_another_address_makes_no_article_s_page_again(published: Publication, article: Article, cleo: User) -> None:
    readdress(published.claim, cleo, "harbour")
    assert not publishing.page_is_behind(article)


def test_the_next_version_is_found_at_the_newest_address(published: Publication, cleo: User) -> None:
    readdress(published.claim, cleo, "harbour")
    gone = publishing.retract(published.claim, by=cleo, reason="Wrong.")
    assert (gone.get_absolute_url(), gone.slug) == ("/claims/harbour/", published.slug)


@pytest.mark.parametrize(
    ("slug", "reason"), [("", "Shorter."), ("harbour", " "), ("the-harbour-was-dredged-in-1921", "Same.")]
)
def test_without_another_slug_and_a_reason_it_stays(slug: str, reason: str, published: Publication, cleo: User) -> None:
    with pytest.raises(ValidationError):
        addressing.readdress(published.claim, by=cleo, slug=slug, reason=reason)
    assert Address.objects.count() == 2  # of the claim and of the article


def test_only_publishers_change_it(published: Publication, ada: User) -> None:
    with pytest.raises(PermissionDenied):
        readdress(published.claim, ada, "harbour")


def test_what_is_not_published_has_no_address(ada: User, cleo: User) -> None:
    claim = newsroom.claim(ada)
    with pytest.raises(ValidationError, match="Nothing is published"):
        readdress(claim, cleo, "harbour")
    row = {"claim_id": claim.pk, "slug": "harbour", "chosen_by_id": cleo.pk}
    raw.refused(*raw.insert("publication_address", row), because=CheckViolation, saying="Nothing is published")


def test_the_database_gives_nobody_s_address_to_another_claim(published: Publication, ada: User, cleo: User) -> None:
    readdress(published.claim, cleo, "harbour")
    other = newsroom.published(newsroom.claim(ada, "The bridge."), by=ada)
    for slug in (published.slug, "harbour"):
        row = {"claim_id": other.claim_id, "slug": slug, "chosen_by_id": cleo.pk}
        raw.refused(*raw.insert("publication_address", row), because=ExclusionViolation)


def test_many_publications_ask_for_no_address_one_by_one(published: Publication, ada: User) -> None:
    newsroom.published(newsroom.claim(ada, "The bridge."), by=ada)
    with CaptureQueriesContext(connection) as asked:
        paths = [each.get_absolute_url() for each in Publication.objects.live()]
    assert (len(paths), len(asked)) == (2, 1)

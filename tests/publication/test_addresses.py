"""A readable address for each check and each article, its own for good."""

import pytest
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from factcheck.publication.models import ArticlePublication, Publication
from tests import newsroom

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

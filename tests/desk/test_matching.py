"""What is known already, as the desk offers it while something is typed."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.claims import highlighting
from factcheck.claims.models import Claim, Claimant, Highlight
from tests import newsroom
from tests.desk.conftest import Desk

WORDS = "the harbour was dredged in 1921"
SIMILAR = reverse("desk:claims-similar")
CLAIMANTS = reverse("desk:claimant-suggestions")
TOPICS = reverse("desk:topic-suggestions")


def test_claims_like_a_wording_come_with_their_verdict_and_the_matching_words_marked(desk: Desk, ada: User) -> None:
    newsroom.published(newsroom.claim(ada), by=ada)
    page = desk(ada).get(SIMILAR, {"q": "harbour dredged"}).content.decode()
    assert '<mark class="match">harbour</mark> was <mark class="match">dredged</mark>' in page
    assert "True" in page
    assert "published v1" in page
    assert "Maria Mayor" in page
    assert 'data-says="1 claim like this one."' in page


def test_in_an_article_they_can_be_taken_for_the_same_claim_and_elsewhere_opened(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    client = desk(ada)
    page = client.get(SIMILAR, {"q": claim.wording}).content.decode()
    assert f'href="{claim.get_absolute_url()}"' in page
    assert "Same claim" not in page
    page = client.get(SIMILAR, {"q": claim.wording, "article": article.pk}).content.decode()
    assert f'hx-post="{reverse("desk:claim-highlights", args=[claim.pk])}"' in page
    assert "already in this article" not in page
    newsroom.highlight(claim, article, WORDS, by=ada)
    page = client.get(SIMILAR, {"q": claim.wording, "article": article.pk}).content.decode()
    assert "already in this article" in page


def test_without_a_wording_the_words_of_the_article_are_looked_for(desk: Desk, ada: User) -> None:
    newsroom.claim(ada)
    client = desk(ada)
    assert "dredged" in client.get(SIMILAR, {"q": "", "exact": WORDS}).content.decode()
    assert "dredged" not in client.get(SIMILAR, {"q": "The bridge is old", "exact": WORDS}).content.decode()


def test_a_claim_that_is_edited_is_not_like_itself(desk: Desk, ada: User) -> None:
    claim = newsroom.claim(ada)
    client = desk(ada)
    assert f'data-besides="{claim.pk}"' in client.get(reverse("desk:claim-edit", args=[claim.pk])).content.decode()
    assert not client.get(SIMILAR, {"q": claim.wording, "besides": claim.pk}).content.decode().strip()


@pytest.mark.parametrize("asked", ["", "a\0b", "x" * 5000, "harbour " * 500, "' | & ! :*", "😀" * 50, "ﬁ ½ ²"])
def test_any_text_is_answered(desk: Desk, ada: User, asked: str) -> None:
    article = newsroom.article(ada)
    newsroom.claim(ada)
    client = desk(ada)
    choices = reverse("desk:article-claim-choices", args=[article.pk])
    for path in (SIMILAR, CLAIMANTS, TOPICS, choices):
        assert client.get(path, {"q": asked, "exact": asked}).status_code in {200, 400}


@pytest.mark.parametrize("wrong", [{"article": "7e9"}, {"article": "999999"}, {"besides": "me"}, {"besides": "9" * 30}])
def test_what_no_form_of_ours_asks_is_refused(desk: Desk, ada: User, wrong: dict[str, str]) -> None:
    assert desk(ada).get(SIMILAR, {"q": WORDS} | wrong).status_code == 400


def test_many_claims_cost_no_more_questions_than_few(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    client = desk(ada)
    counted = []
    for number in (1, 4):
        for at in range(number):
            newsroom.claim(ada, wording=f"The harbour was dredged in 192{at}.", claimant=f"Person {number} {at}")
        with CaptureQueriesContext(connection) as asked:
            client.get(SIMILAR, {"q": "The harbour was dredged", "article": article.pk})
        counted.append(len(asked))
    assert counted[0] == counted[1] <= 12


def test_a_claimant_is_suggested_with_what_tells_them_apart(desk: Desk, ada: User) -> None:
    newsroom.claim(ada)
    Claimant.objects.create(name="Maria Mayor", description="a singer")
    page = desk(ada).get(CLAIMANTS, {"q": "mar"}).content.decode()
    assert page.count('role="option"') == 2
    assert "a singer" in page
    assert "1 claim" in page
    assert 'data-says="2 suggestions."' in page


def test_a_name_that_nobody_has_is_told_with_those_it_looks_like(desk: Desk, ada: User) -> None:
    newsroom.claim(ada)
    client = desk(ada)
    assert "New claimant" not in client.get(CLAIMANTS, {"q": "maria mayor"}).content.decode()
    page = client.get(CLAIMANTS, {"q": "M. Mayor"}).content.decode()
    assert "New claimant" in page
    assert 'data-value="Maria Mayor"' in page
    assert "Looks like" not in client.get(CLAIMANTS, {"q": "Nobody At All"}).content.decode()


def test_the_last_of_several_topics_is_completed_and_the_others_stay(desk: Desk, ada: User) -> None:
    highlighting.find_or_add_topics(["Harbour", "Health"], by=ada)
    page = desk(ada).get(TOPICS, {"q": "harbour, something new,h"}).content.decode()
    assert page.count('role="option"') == 1
    assert 'data-value="harbour, something new, Health, "' in page


def test_of_two_claimants_of_one_name_a_claim_gets_the_chosen_one(desk: Desk, ada: User) -> None:
    newsroom.claim(ada)
    singer = Claimant.objects.create(name="Maria Mayor", description="a singer")
    given = {"wording": "She sings.", "claimant": "Maria Mayor", "claimant_chosen": singer.pk}
    client = desk(ada)
    assert client.post(reverse("desk:claims"), given).status_code == 303
    claim = Claim.objects.get(wording="She sings.")
    assert claim.claimant == singer
    # Edited without touching the name, it stays the same person.
    edit = reverse("desk:claim-edit", args=[claim.pk])
    assert f'value="{singer.pk}"' in client.get(edit).content.decode()
    given |= {"wording": "She sings well.", "version": claim.version}
    assert client.post(edit, given).status_code == 303
    assert Claim.objects.get(pk=claim.pk).claimant == singer


def test_the_same_claim_keeps_who_says_it_here_only_where_that_differs(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    path, client = reverse("desk:claim-highlights", args=[claim.pk]), desk(ada)
    sent = {"article": article.pk, "claimant": "maria mayor", "said_on": "2020-10-06", "key": str(uuid4())}
    for _again in range(2):
        assert client.post(path, sent | {"exact": WORDS}).status_code == 303
    assert client.post(path, sent | {"exact": WORDS}, headers={"HX-Request": "true"}).status_code == 200
    assert client.post(path, sent | {"article": ""}).status_code == 422
    # Corrected after its reply was lost: told, and the form that stays on the page is given another key.
    told = client.post(path, sent | {"exact": "40,000 cars a day"}, headers={"HX-Request": "true"})
    assert (told.status_code, list(json.loads(told.headers["HX-Trigger"]))) == (422, ["key:spent"])
    mark = Highlight.objects.get()
    assert (mark.claimant, str(mark.said_on)) == (None, "2020-10-06")
    sent |= {"claimant": "Port Union", "claimant_kind": "organisation", "key": str(uuid4())}
    client.post(path, sent | {"exact": "40,000 cars a day"})
    assert Highlight.objects.latest("pk").claimant.kind == "organisation"
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "here said by Port Union on 6 October 2020" in page
    assert "here said on 6 October 2020" in page


def test_when_the_words_are_refused_no_claimant_is_left_behind(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    path = reverse("desk:claim-highlights", args=[claim.pk])
    sent = {"article": article.pk, "exact": "nowhere to be read", "claimant": "Port Union"}
    assert desk(ada).post(path, sent).status_code == 422
    assert not Claimant.objects.filter(name="Port Union").exists()
    assert not Highlight.objects.exists()


def test_the_choices_begin_with_those_like_the_selected_words(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    newsroom.claim(ada)
    newsroom.claim(ada, wording="The bridge is the oldest in the country.")
    path = reverse("desk:article-claim-choices", args=[article.pk])
    client = desk(ada)
    page = client.get(path, {"q": "", "exact": WORDS}).content.decode()
    assert "dredged" in page
    assert "oldest" not in page
    page = client.get(path, {"q": "", "exact": "something else entirely"}).content.decode()
    assert "The newest" in page
    assert "oldest" in page
    # By who claims it, and by a part of a word, as before.
    assert "dredged" in client.get(path, {"q": "Maria"}).content.decode()
    assert "oldest" in client.get(path, {"q": "olde"}).content.decode()

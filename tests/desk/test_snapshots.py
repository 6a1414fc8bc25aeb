"""The pages of an article that is taken in again, and of the highlights that need a look then."""

from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.articles.models import Article, Snapshot
from factcheck.claims import carrying
from factcheck.claims.models import Claim, Highlight, Placement
from factcheck.drafting.models import Draft
from tests import newsroom
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db

EDITED = newsroom.BODY.replace("40,000", "45,000")


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


@pytest.fixture
def mark(article: Article, ada: User) -> Highlight:
    return newsroom.highlight(newsroom.claim(ada), article, "the bridge carries 40,000 cars a day", by=ada)


def at(name: str, pk: int) -> str:
    return reverse(f"desk:{name}", args=[pk])


def page(answer: HttpResponse) -> str:
    return answer.content.decode().partition("<main")[2]


def waiting() -> Placement:
    return Placement.objects.waiting().get()


def test_a_text_is_shown_beside_the_old_one_before_it_is_saved(
    desk: Desk, ada: User, article: Article, mark: Highlight
) -> None:
    answer = desk(ada).post(
        at("article-snapshot-preview", article.pk), {"body": EDITED, "after": 1, "key": str(uuid4())}
    )
    shown = page(answer)
    assert answer.status_code == 200
    assert "<del>40,000</del><ins>45,000</ins>" in shown
    assert "<b>1 highlight needs a look</b>" in shown
    assert "Save it as snapshot 2" in shown
    assert Snapshot.objects.count() == 1


def test_what_was_pasted_is_saved_and_shows_what_changed(
    desk: Desk, ada: User, article: Article, mark: Highlight
) -> None:
    client = desk(ada)
    answer = client.post(at("article-snapshots", article.pk), {"body": EDITED, "after": 1, "key": str(uuid4())})
    assert (answer.status_code, answer.headers["Location"]) == (303, at("article-difference", article.pk))
    shown = page(client.get(answer.headers["Location"]))
    assert "From snapshot 1 to snapshot 2" in shown
    assert "1 highlight needs a look" in shown
    assert "<ins>45,000</ins>" in shown


@pytest.mark.parametrize("body", ["", "With a \0 in it.", newsroom.BODY])
def test_a_text_that_is_none_or_the_same_is_refused_and_kept(
    body: str, desk: Desk, ada: User, article: Article
) -> None:
    answer = desk(ada).post(at("article-snapshots", article.pk), {"body": body, "key": str(uuid4())})
    assert answer.status_code == 422
    assert "There is a problem" in page(answer)
    assert Snapshot.objects.count() == 1


def test_whoever_comes_second_is_told_and_sees_the_difference_from_the_first(
    desk: Desk, ada: User, finn: User, article: Article
) -> None:
    carrying.take_in_again(article, f"{newsroom.BODY} One.", by=finn)
    sent = {"body": f"{newsroom.BODY} Two.", "after": 1, "key": str(uuid4())}
    answer = desk(ada).post(at("article-snapshots", article.pk), sent)
    shown = page(answer)
    assert answer.status_code == 409
    assert "Finn has saved snapshot 2" in shown
    assert "<del>One</del><ins>Two</ins>" in shown
    assert 'name="after" value="2"' in shown
    assert desk(ada).post(at("article-snapshots", article.pk), sent | {"after": 2}).status_code == 303


@pytest.mark.parametrize("query", ["?older=1&newer=2", "?older=x", "?older=1&newer=99999999999999999999"])
def test_a_difference_of_what_is_no_snapshot_is_not_found(query: str, desk: Desk, ada: User, article: Article) -> None:
    assert desk(ada).get(at("article-difference", article.pk) + query).status_code == 404


def test_any_two_snapshots_are_compared(desk: Desk, ada: User, article: Article) -> None:
    for words in ("One.", "Two.", "Three."):
        carrying.take_in_again(article, f"{newsroom.BODY} {words}", by=ada)
    shown = page(desk(ada).get(f"{at('article-difference', article.pk)}?older=4&newer=2"))
    assert "From snapshot 2 to snapshot 4" in shown
    assert "<del>One</del><ins>Three</ins>" in shown


def test_what_needs_a_look_stands_with_its_old_words_beside_the_new_and_is_accepted_and_undone(
    desk: Desk, ada: User, article: Article, mark: Highlight
) -> None:
    client = desk(ada)
    carrying.take_in_again(article, EDITED, by=ada)
    shown = page(client.get(at("article-placements", article.pk)))
    assert "<del>40,000</del>" in shown
    assert "<ins>45,000</ins>" in shown
    answer = client.post(at("placement-acceptance", waiting().pk))
    accepted = Placement.objects.latest("pk")
    assert answer.headers["Location"] == f"{at('article-placements', article.pk)}?decided={accepted.pk}"
    shown = page(client.get(answer.headers["Location"]))
    assert "Every highlight has its place" in shown
    assert "The highlight stands in the new text." in shown
    assert client.post(at("placement-undoing", accepted.pk)).status_code == 303
    assert waiting().status == "edited"


def test_of_several_places_the_one_chosen_is_taken(desk: Desk, ada: User, article: Article, mark: Highlight) -> None:
    words = "the bridge carries 40,000 cars a day"
    carrying.take_in_again(article, f"The harbour\n\nOnce more {words} here.\n\nAnd again {words} there.", by=ada)
    client = desk(ada)
    assert page(client.get(at("article-placements", article.pk))).count('name="place_0"') == 2
    path = at("placement-choice", waiting().pk)
    for wrong in ({}, {"place_0": "2"}, {"place_0": "x"}):
        assert client.post(path, wrong).status_code == 422
    assert client.post(path, {"place_0": "1"}).status_code == 303
    assert Placement.objects.latest("pk").accepted_by == ada


def test_what_is_gone_says_what_stands_there_now_and_is_declared_gone(
    desk: Desk, ada: User, article: Article, mark: Highlight
) -> None:
    carrying.take_in_again(
        article,
        newsroom.BODY.replace("She added that the bridge carries 40,000 cars a day.", "She said no more."),
        by=ada,
    )
    client = desk(ada)
    assert "She said no more." in page(client.get(at("article-placements", article.pk)))
    assert client.post(at("placement-absence", waiting().pk)).status_code == 303
    shown = page(client.get(article.get_absolute_url()))
    assert "Without a place in this text" in shown
    assert "not said any more" in shown


def test_the_words_are_given_anew_by_a_form(desk: Desk, ada: User, article: Article, mark: Highlight) -> None:
    carrying.take_in_again(article, EDITED, by=ada)
    client, path = desk(ada), at("placement", waiting().pk)
    shown = page(client.get(path))
    assert "data-selection-bar" in shown
    assert "45,000 cars a day" in shown
    refused = client.post(path, {"exact": "not there", "key": str(uuid4())})
    assert refused.status_code == 422
    assert "do not stand in the article" in page(refused)
    assert client.post(path, {"exact": "45,000 cars", "key": str(uuid4())}).status_code == 303
    assert Placement.objects.current_in(newsroom.snapshot(article)).get().words == "45,000 cars"


def test_what_somebody_decided_meanwhile_is_told_and_stays(
    desk: Desk, ada: User, finn: User, article: Article, mark: Highlight
) -> None:
    carrying.take_in_again(article, EDITED, by=ada)
    old = waiting()
    carrying.let_go(old, by=finn)
    answer = desk(ada).post(at("placement-acceptance", old.pk))
    assert answer.status_code == 409
    assert "Finn has decided this one" in page(answer)
    assert Placement.objects.latest("pk").status == "gone"


def test_a_new_text_makes_what_was_open_of_the_old_one_late(
    desk: Desk, ada: User, article: Article, mark: Highlight
) -> None:
    carrying.take_in_again(article, EDITED, by=ada)
    old = waiting()
    carrying.take_in_again(article, newsroom.BODY, by=ada)
    answer = desk(ada).post(at("placement", old.pk), {"exact": "45,000 cars", "key": str(uuid4())})
    assert answer.status_code == 409
    assert "taken in again meanwhile" in page(answer)


def test_a_claim_marked_on_a_page_with_the_old_text_is_told_keeps_its_words_and_follows_them(
    desk: Desk, ada: User, finn: User, article: Article
) -> None:
    carrying.take_in_again(article, f"New on top.\n\n{newsroom.BODY}", by=finn)
    start = newsroom.BODY.index("40,000")
    sent = {
        "exact": "40,000 cars", "prefix": "carries ", "suffix": " a day", "start": start, "snapshot": 1,
        "wording": "It carries them.", "key": str(uuid4()),
    }  # fmt: skip
    client, path = desk(ada), at("article-claims", article.pk)
    answer = client.post(path, sent, headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (409, "#marking")
    assert "Finn has taken it in again (snapshot 2)" in shown
    assert "It carries them." in shown
    moved = start + len("New on top.\n\n")
    assert f'name="start" value="{moved}"' in shown
    assert not Claim.objects.exists()
    assert client.post(path, sent | {"start": moved, "snapshot": 2}).status_code == 303


def test_the_margin_of_an_older_text_is_told_so(desk: Desk, ada: User, article: Article) -> None:
    carrying.take_in_again(article, EDITED, by=ada)
    path = at("article-margin", article.pk)
    assert [desk(ada).get(path + query).status_code for query in ("", "?snapshot=2", "?snapshot=1")] == [200, 200, 409]


def test_lists_and_my_work_count_what_needs_a_look(desk: Desk, ada: User, article: Article, mark: Highlight) -> None:
    carrying.take_in_again(article, EDITED, by=ada)
    assert "1 needs a look" in page(desk(ada).get("/desk/articles/"))
    assert "Needs a look: the text changed" in page(desk(ada).get("/desk/"))


def test_a_text_that_is_being_pasted_is_kept_as_a_draft(desk: Desk, ada: User, article: Article) -> None:
    client = desk(ada)
    name = f"article:{article.pk}:snapshot"
    Draft.objects.create(person=ada, form=name, fields={"body": "Half of it", "after": "1"})
    assert "Half of it" in page(client.get(at("article-snapshot-new", article.pk)))

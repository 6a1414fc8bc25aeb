import json
from html import escape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from factcheck.accounts.models import User
from factcheck.claims.models import Claim, Claimant, Highlight, Placement
from factcheck.history.models import Entry
from tests import newsroom
from tests.desk.conftest import Desk

WORDS = "the harbour was dredged in 1921"
GIVEN = {
    "exact": WORDS,
    "prefix": "",
    "suffix": "",
    "start": "",
    "wording": "The harbour was dredged in 1921.",
    "claimant": "Maria Mayor",
    "claimant_kind": "person",
    "said_on": "2020-10-05",
    "place": "Town hall",
    "topics": "Harbour, history",
}
HTMX = {"HX-Request": "true"}


def _at(words: str) -> dict[str, str]:
    start = newsroom.BODY.index(words)
    end = start + len(words)
    return {
        "exact": words,
        "prefix": newsroom.BODY[max(0, start - 32) : start],
        "suffix": newsroom.BODY[end : end + 32],
        "start": str(start),
    }


def test_words_that_were_selected_become_a_claim_with_its_highlight(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    answer = desk(ada).post(reverse("desk:article-claims", args=[article.pk]), GIVEN | _at(WORDS))
    claim = Claim.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/desk/claims/{claim.pk}/"
    assert Placement.objects.get().spans() == [(newsroom.BODY.index(WORDS), newsroom.BODY.index(WORDS) + len(WORDS))]
    assert (claim.claimant.name, claim.said_on.isoformat(), claim.place) == ("Maria Mayor", "2020-10-05", "Town hall")
    assert {topic.name for topic in claim.topics.all()} == {"Harbour", "history"}


@pytest.mark.django_db(transaction=True)
def test_ten_queries_mark_a_claim_with_its_proof_its_history_and_its_card(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    person, where = desk(ada), reverse("desk:article-claims", args=[article.pk])
    with CaptureQueriesContext(connection) as queries:
        new = {"wording": "The harbour was dredged in 1921.", "key": str(uuid4())}
        answer = person.post(where, _at(WORDS) | new, headers=HTMX)
    assert f'id="card-{Highlight.objects.get().pk}"' in answer.content.decode()
    assert Entry.objects.latest("pk").act == "claim.mark"
    # The session with its person, the article with its text, BEGIN, the act, claim, highlight, placement, entry, key, COMMIT.
    assert len(queries) == 10, [query["sql"][:80] for query in queries]


def test_words_that_were_typed_are_found_without_their_place(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    answer = desk(ada).post(reverse("desk:article-claims", args=[article.pk]), GIVEN | {"exact": f"  {WORDS} \r\n"})
    assert answer.status_code == 303
    assert Placement.objects.get().words == WORDS


def test_words_that_stand_several_times_are_offered_and_one_place_is_taken(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    where = reverse("desk:article-claims", args=[article.pk])
    page = desk(ada).post(where, GIVEN | {"exact": " bridge "})
    places = [at for at in range(len(newsroom.BODY)) if newsroom.BODY.startswith("bridge", at)]
    assert page.status_code == 422
    for place in places:
        assert f'<input type="radio" name="at" value="{place}">' in page.content.decode()
    answer = desk(ada).post(where, GIVEN | {"exact": " bridge ", "at": places[1]})
    assert answer.status_code == 303
    assert Placement.objects.get().spans() == [(places[1], places[1] + 6)]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"exact": "bridge", "at": "3"}, "do not stand at that place"),
        ({"exact": "bridge", "at": "9" * 30}, "less than or equal"),
        ({"exact": "bridge", "at": "\0"}, "whole number"),
        ({"exact": ""}, "Select or type the words"),
        ({"exact": "the harbour was dug in 1921"}, "do not stand in the article"),
        ({"exact": "bridge"}, "several times"),
        ({"exact": WORDS, "start": "0"}, "do not stand at that place"),
        ({"exact": WORDS, "start": "99999"}, "outside the article"),
        ({"exact": WORDS, "start": "-1"}, "greater than or equal to 0"),
        ({**_at(WORDS), "prefix": "something else "}, "words around them"),
        ({**_at(WORDS), "exact": WORDS.upper()}, "do not stand at that place"),
        ({"exact": "a\0b"}, "Null characters"),
        ({"wording": ""}, "in one sentence"),
        ({"said_on": "yesterday"}, "valid date"),
        ({"topics": "x" * 81}, "at most 80 characters"),
    ],
)
def test_what_does_not_stand_there_is_refused_with_a_message_and_leaves_nothing(
    desk: Desk, ada: User, changed: dict[str, str], told: str
) -> None:
    article = newsroom.article(ada)
    answer = desk(ada).post(reverse("desk:article-claims", args=[article.pk]), GIVEN | changed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert GIVEN["place"] in page
    assert not Claim.objects.exists()
    assert not Claimant.objects.exists()
    assert not Highlight.objects.exists()


def test_htmx_gets_the_new_card_alone_with_all_that_draws_its_highlight(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    path = reverse("desk:article-claims", args=[article.pk])
    answer = desk(ada).post(path, GIVEN | _at(WORDS), headers=HTMX)
    page = answer.content.decode()
    mark, start = Highlight.objects.get(), int(_at(WORDS)["start"])
    assert answer.status_code == 200
    assert page.startswith('<article class="card hue-grey open"')
    assert page.count("<article") == 1
    assert f'data-highlight="{mark.pk}"' in page
    assert f'data-spans="{start}-{start + len(WORDS)}"' in page
    told = json.loads(answer.headers["HX-Trigger-After-Settle"])["marked"]
    assert told == {"claim": mark.claim_id, "highlight": mark.pk, "says": "The claim is marked."}


def test_a_repeat_of_a_request_gets_the_same_card_again(desk: Desk, ada: User) -> None:
    path = reverse("desk:article-claims", args=[newsroom.article(ada).pk])
    given = GIVEN | _at(WORDS) | {"key": str(uuid4())}
    first, again = (desk(ada).post(path, given, headers=HTMX).content for _ in range(2))
    assert first == again
    assert Highlight.objects.count() == 1


def test_an_interrupted_statement_is_one_highlight_of_several_passages(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    path = reverse("desk:article-claims", args=[article.pk])
    parts = ["dredged in 1921", "the bridge carries"]
    chosen = [_at(words) | {"start": int(_at(words)["start"])} for words in parts]
    given = GIVEN | {"exact": " […] ".join(parts), "passages": json.dumps(chosen)}
    assert desk(ada).post(path, given).status_code == 303
    assert [each["exact"] for each in Placement.objects.get().passages] == parts


def test_passages_are_typed_with_a_gap_between_them(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    path = reverse("desk:article-claims", args=[article.pk])
    assert desk(ada).post(path, GIVEN | {"exact": "dredged in 1921 [...] the bridge carries"}).status_code == 303
    assert Placement.objects.get().words == "dredged in 1921 […] the bridge carries"


def test_words_typed_over_chosen_passages_count(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    path = reverse("desk:article-claims", args=[article.pk])
    chosen = [_at("dredged in 1921") | {"start": int(_at("dredged in 1921")["start"])}]
    desk(ada).post(path, GIVEN | {"exact": "the bridge carries", "passages": json.dumps(chosen)})
    assert Placement.objects.get().words == "the bridge carries"


@pytest.mark.parametrize(
    "passages",
    ["nonsense", "{}", "[]", "7", "[[1]]", '[{"exact": "a"}]', '[{"exact": "", "start": 0}]', '[{"exact": "a", "start": 1e999}]',
     '[{"exact": "a\\u0000", "start": 0}]', '[{"exact": "\\ud800", "start": 0}]', "[" * 50_000],
)  # fmt: skip
def test_passages_that_nobody_chose_are_refused(desk: Desk, ada: User, passages: str) -> None:
    path = reverse("desk:article-claims", args=[newsroom.article(ada).pk])
    answer = desk(ada).post(path, GIVEN | {"exact": "nowhere to be read", "passages": passages})
    assert answer.status_code == 422
    assert not Claim.objects.exists()


def test_a_highlight_moves_to_other_words_and_the_old_place_stays_in_the_record(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    mark = newsroom.highlight(claim, article, WORDS, by=ada)
    path = reverse("desk:highlight-edit", args=[mark.pk])
    assert WORDS in desk(ada).get(path).content.decode()
    answer = desk(ada).post(path, {"version": 1, "exact": "dredged in 1921. She added"})
    assert answer.headers["Location"] == mark.get_absolute_url()
    assert [each.words for each in Placement.objects.order_by("pk")] == [WORDS, "dredged in 1921. She added"]
    assert Highlight.objects.get().version == 2


def test_a_highlight_that_somebody_has_moved_meanwhile_is_not_moved_again(desk: Desk, ada: User, finn: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    mark = newsroom.highlight(claim, article, WORDS, by=ada)
    path = reverse("desk:highlight-edit", args=[mark.pk])
    desk(finn).post(path, {"version": 1, "exact": "dredged in 1921. She"})
    late = desk(ada).post(path, {"version": 1, "exact": "was dredged in 1921"}, headers=HTMX)
    page = late.content.decode()
    assert late.status_code == 409
    assert "dredged in 1921. She" in strip_tags(page)
    assert "was dredged in 1921" in page
    assert late.headers["HX-Retarget"] == f"#card-{mark.pk} .more"
    assert Placement.objects.count() == 2


def test_more_passages_than_anybody_means_are_refused_at_once(desk: Desk, ada: User) -> None:
    path = reverse("desk:article-claims", args=[newsroom.article(ada).pk])
    answer = desk(ada).post(path, GIVEN | {"exact": " […] ".join(["the"] * 5000)})
    assert answer.status_code == 422
    assert "At most 20 passages" in answer.content.decode()


def test_a_key_that_another_form_came_with_leads_there(desk: Desk, ada: User) -> None:
    key = str(uuid4())
    made = desk(ada).post(reverse("desk:claims"), {"wording": "In a speech.", "key": key})
    path = reverse("desk:article-claims", args=[newsroom.article(ada).pk])
    answer = desk(ada).post(path, {"wording": "In a speech.", "key": key}, headers=HTMX)
    assert answer.status_code in {200, 422}
    assert answer.headers.get("HX-Redirect") in {made.headers["Location"], None}
    assert not Highlight.objects.exists()


def test_a_highlight_does_not_come_to_stand_twice_on_the_same_words(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    first = newsroom.highlight(claim, article, WORDS, by=ada)
    second = newsroom.highlight(claim, article, "the bridge carries", by=ada)
    moved = desk(ada).post(reverse("desk:highlight-edit", args=[second.pk]), {"version": 1, "exact": WORDS})
    assert moved.status_code == 422
    desk(ada).post(reverse("desk:highlight-removal", args=[first.pk]))
    newsroom.highlight(claim, article, WORDS, by=ada)
    undone = desk(ada).post(reverse("desk:highlight-restoration", args=[first.pk]), headers=HTMX)
    assert undone.status_code == 409
    assert "exactly these words already" in undone.content.decode()
    assert Highlight.objects.standing().count() == 2


def test_an_open_workspace_is_told_of_changes_and_of_nothing_else(desk: Desk, ada: User, finn: User) -> None:
    article = newsroom.article(ada)
    client, path = desk(ada), reverse("desk:article-margin", args=[article.pk])
    state = client.get(path).headers["ETag"]
    assert f'data-state="{escape(state)}"' in client.get(article.get_absolute_url()).content.decode()
    assert client.get(path, headers={"If-None-Match": state}).status_code == 304
    newsroom.highlight(newsroom.claim(finn), article, WORDS, by=finn)
    changed = client.get(path, headers={"If-None-Match": state})
    assert changed.status_code == 200
    assert changed.content.decode().count("<article") == 1


def test_htmx_gets_the_form_alone_when_something_is_wrong(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    path = reverse("desk:article-claims", args=[article.pk])
    answer = desk(ada).post(path, GIVEN | {"exact": "nowhere to be read"}, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#marking"
    assert answer.content.decode().lstrip().startswith('<details class="marking"')


def test_a_double_click_makes_one_claim(desk: Desk, ada: User) -> None:
    article, key = newsroom.article(ada), str(uuid4())
    for _again in range(2):
        desk(ada).post(reverse("desk:article-claims", args=[article.pk]), GIVEN | _at(WORDS) | {"key": key})
    assert Claim.objects.count() == Highlight.objects.count() == 1


def test_nothing_is_marked_in_an_article_of_the_trash(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    desk(ada).post(reverse("desk:article-trash", args=[article.pk]))
    answer = desk(ada).post(reverse("desk:article-claims", args=[article.pk]), GIVEN | _at(WORDS))
    assert answer.status_code == 404
    assert not Claim.objects.exists()


def test_the_same_claim_is_marked_in_another_article_said_by_somebody_else(desk: Desk, ada: User) -> None:
    first, second = newsroom.article(ada), newsroom.article(ada, title="Once more")
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, first, WORDS, by=ada)
    answer = desk(ada).post(
        reverse("desk:claim-highlights", args=[claim.pk]),
        {"article": second.pk, **_at(WORDS), "claimant": "Port speaker", "said_on": "2020-10-06"},
    )
    assert answer.status_code == 303
    mark = Highlight.objects.get(article=second)
    assert (mark.claimant.name, mark.said_on.isoformat()) == ("Port speaker", "2020-10-06")


def test_the_same_claim_is_not_marked_twice_on_the_same_words(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    newsroom.highlight(claim, article, WORDS, by=ada)
    path = reverse("desk:claim-highlights", args=[claim.pk])
    answer = desk(ada).post(path, {"article": article.pk, **_at(WORDS)})
    assert answer.status_code == 422
    assert "exactly these words already" in answer.content.decode()


def test_the_choices_for_the_same_claim_match_what_is_typed(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    newsroom.claim(ada, wording="The harbour was dredged in 1921.")
    newsroom.claim(ada, wording="The bridge is the oldest in the country.")
    path = reverse("desk:article-claim-choices", args=[article.pk])
    page = desk(ada).get(path, {"q": "dredged"}, headers=HTMX).content.decode()
    assert "dredged" in page
    assert "oldest" not in page
    assert "Make a new one" in desk(ada).get(path, {"q": "submarine"}).content.decode()


def test_a_highlight_is_removed_and_put_back_and_the_claim_stays(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    mark = newsroom.highlight(claim, article, WORDS, by=ada)
    client = desk(ada)
    client.post(reverse("desk:highlight-removal", args=[mark.pk]))
    assert "<mark" not in client.get(article.get_absolute_url()).content.decode()
    assert client.get(claim.get_absolute_url()).status_code == 200
    client.post(reverse("desk:highlight-restoration", args=[mark.pk]))
    assert "<mark" in client.get(article.get_absolute_url()).content.decode()


def test_htmx_is_offered_to_undo_a_removal_and_gets_the_card_back(desk: Desk, ada: User) -> None:
    mark = newsroom.highlight(newsroom.claim(ada), newsroom.article(ada), WORDS, by=ada)
    undo = reverse("desk:highlight-restoration", args=[mark.pk])
    gone = desk(ada).post(reverse("desk:highlight-removal", args=[mark.pk]), headers=HTMX)
    assert undo in gone.content.decode()
    assert json.loads(gone.headers["HX-Trigger"]) == {"unmarked": {"highlight": mark.pk}}
    assert f'id="card-{mark.pk}"' in desk(ada).post(undo, headers=HTMX).content.decode()


def test_an_opened_card_shows_what_can_be_done(desk: Desk, ada: User) -> None:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    mark = newsroom.highlight(claim, article, WORDS, by=ada)
    path = reverse("desk:highlight", args=[mark.pk])
    assert "Judge it" in desk(ada).get(path, headers=HTMX).content.decode()
    assert desk(ada).get(path).headers["Location"] == claim.get_absolute_url()

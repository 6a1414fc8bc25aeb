"""What is being typed keeps itself: each form comes back as it was left, to whoever left it and nobody else."""

from dataclasses import dataclass
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from factcheck.accounts.models import User
from factcheck.claims.models import Claim
from factcheck.drafting.models import FIELDS_LIMIT, Draft
from factcheck.publication.correcting import correct
from factcheck.verdicts import judging
from factcheck.verdicts.models import Citation
from tests import newsroom
from tests.desk.conftest import Desk

DRAFTS = "/desk/drafts/"
REMOVAL = "/desk/drafts/removal/"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
WORDS = "Typed and not saved."


def page_of(client: Client, path: str) -> str:
    return unescape(client.get(path).content.decode())


def keep(client: Client, form: str, **fields: str) -> int:
    return client.post(DRAFTS, {"form": form, **fields}).status_code


def test_a_draft_is_kept_without_the_token_and_with_plain_line_ends(desk: Desk, ada: User) -> None:
    answer = desk(ada).post(
        DRAFTS, {"form": "claim:3", "csrfmiddlewaretoken": "x" * 64, "wording": "One\r\ntwo\rthree", "version": "1"}
    )
    assert (answer.status_code, answer.content) == (204, b"")
    assert Draft.objects.get().fields == {"wording": "One\ntwo\nthree", "version": "1"}


@pytest.mark.parametrize(
    ("form", "field", "value", "status"),
    [
        ("claim:3", "wording", "a\0b", 422),
        ("claim:3", "a\0b", "wording", 422),
        ("claim:3\0", "wording", "words", 422),
        ("", "wording", "words", 422),
        ("claim", "wording", "words", 422),
        ("claim:3:" + "x" * 60, "wording", "words", 422),
        ("Claim:3", "wording", "words", 422),
        ("claim:3\n", "wording", "words", 422),
        ("claim:3", "browser", "no browser", 422),
        ("claim:3", "clock", "-1", 422),
        ("claim:3", "clock", "9" * 30, 422),
        ("claim:3", "age", "-1", 422),
        ("claim:3", "age", "soon", 422),
        ("claim:3", "wording", "x" * FIELDS_LIMIT, 413),
    ],
)
def test_what_cannot_be_kept_is_refused_and_told(
    desk: Desk, ada: User, form: str, field: str, value: str, status: int
) -> None:
    answer = desk(ada).post(DRAFTS, {"form": form, field: value})
    assert answer.status_code == status
    assert answer.content.strip()
    assert not Draft.objects.exists()


def test_more_than_any_form_holds_is_refused_before_it_is_read(desk: Desk, ada: User) -> None:
    assert desk(ada).post(DRAFTS, {"form": "claim:3", "wording": "x" * 9_000_000}).status_code == 400
    assert desk(ada).post(DRAFTS, {"form": "claim:3", **{f"f{n}": "" for n in range(600)}}).status_code == 400


def test_an_older_copy_is_told_that_something_later_is_kept(desk: Desk, ada: User) -> None:
    client = desk(ada)
    assert keep(client, "claim:3", wording="later") == 204
    assert keep(client, "claim:3", wording="earlier", age="60000") == 409
    assert Draft.objects.get().fields["wording"] == "later"


def test_a_stranger_is_told_by_401_and_others_have_no_drafts(desk: Desk, db: None, guest: User) -> None:
    assert Client().post(DRAFTS, {"form": "claim:3"}, headers=SCRIPT).status_code == 401
    assert desk(guest).post(DRAFTS, {"form": "claim:3"}).status_code == 403


@dataclass
class Place:
    """A form of the desk: its name, the page it stands on, and a field of it."""

    form: str
    path: str
    field: str
    person: User


FORMS = ["article", "claim", "marking", "marking alone", "claim edit", "article edit", "same claim", "new verdict",
         "verdict", "citation", "citation edit", "decision", "publication", "retraction", "source"]  # fmt: skip


@pytest.fixture
def places(ada: User, bo: User, cleo: User) -> dict[str, Place]:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    published = newsroom.published(newsroom.claim(ada, wording="A published one."), by=ada)
    verdict = newsroom.verdict(claim, by=ada)
    waiting = newsroom.submission(newsroom.verdict(newsroom.claim(ada, wording="One in review."), by=ada), by=ada)
    approved = newsroom.verdict(newsroom.claim(ada, wording="An approved one."), by=ada)
    newsroom.approved(approved, by=ada)
    again = correct(published.claim, by=ada)
    again = judging.revise(again, by=ada, version=again.version, summary="It was dredged, and more than once.")
    newsroom.approved(again, by=ada)
    cited = Citation.objects.get(verdict=verdict)
    made = {
        "article": ("article:new", "/desk/articles/new/", "title", ada),
        "claim": ("claim:new", "/desk/claims/new/", "wording", ada),
        "marking": (f"article:{article.pk}:claim", article.get_absolute_url(), "wording", ada),
        "marking alone": (f"article:{article.pk}:claim", f"{article.get_absolute_url()}claims/new/", "wording", ada),
        "claim edit": (f"claim:{claim.pk}", f"{claim.get_absolute_url()}edit/", "wording", ada),
        "article edit": (f"article:{article.pk}", f"{article.get_absolute_url()}edit/", "author", ada),
        "same claim": (f"claim:{claim.pk}:highlight", f"{claim.get_absolute_url()}highlights/", "exact", ada),
        "new verdict": (f"claim:{claim.pk}:verdict", f"{claim.get_absolute_url()}verdicts/", "rationale", ada),
        "verdict": (f"verdict:{verdict.pk}", verdict.get_absolute_url(), "rationale", ada),
        "citation": (f"verdict:{verdict.pk}:citation", verdict.get_absolute_url(), "note", ada),
        "citation edit": (f"citation:{cited.pk}", cited.get_absolute_url(), "note", ada),
        "decision": (f"submission:{waiting.pk}", waiting.get_absolute_url(), "reasons", bo),
        "publication": (f"verdict:{again.pk}:publication", f"{again.get_absolute_url()}publication/", "reason", cleo),
        "retraction": (
            f"claim:{published.claim_id}:retraction",
            f"{published.claim.get_absolute_url()}retraction/",
            "reason",
            cleo,
        ),
        "source": (f"source:{cited.source_id}", cited.source.get_absolute_url(), "title", ada),
    }
    return {name: Place(*place) for name, place in made.items()}


@pytest.mark.parametrize("name", FORMS)
def test_each_form_comes_back_as_it_was_left_to_whoever_left_it_alone(
    name: str, places: dict[str, Place], desk: Desk
) -> None:
    place = places[name]
    client, key = desk(place.person), str(uuid4())
    before = page_of(client, place.path)
    assert f'data-draft="{place.form}"' in before
    assert 'data-draft-notice="' not in before.partition("<template")[0]
    assert keep(client, place.form, **{place.field: WORDS, "key": key}) == 204
    page = page_of(client, place.path)
    assert WORDS in page
    assert f'data-draft-notice="{place.form}"' in page
    assert f'name="key" value="{key}"' in page
    another = newsroom.person("another", *place.person.roles)
    assert WORDS not in page_of(desk(another), place.path)


def test_what_says_the_same_as_what_stands_is_no_draft(desk: Desk, ada: User) -> None:
    claim, client = newsroom.claim(ada), desk(ada)
    same = {"wording": claim.wording, "claimant": "Maria Mayor", "claimant_kind": "person", "said_on": "", "place": ""}
    keep(client, f"claim:{claim.pk}", **same, topics="", version="1", key=str(uuid4()))
    keep(client, "claim:new", wording="", claimant="", claimant_kind="person", key=str(uuid4()))
    for path in (f"{claim.get_absolute_url()}edit/", "/desk/claims/new/"):
        assert "You typed this on" not in page_of(client, path).partition("<template")[0]


def test_a_draft_stays_on_the_version_that_it_was_typed_on(desk: Desk, ada: User, finn: User) -> None:
    claim, client = newsroom.claim(ada), desk(ada)
    path = f"{claim.get_absolute_url()}edit/"
    keep(client, f"claim:{claim.pk}", wording=WORDS, version="1", key=str(uuid4()))
    desk(finn).post(path, {"wording": "Finn’s words.", "version": 1})
    form = client.get(path).context["form"]
    shown = {name: form[name].value() for name in ("wording", "version", "key")}
    answer = client.post(path, shown)
    assert answer.status_code == 409
    assert Claim.objects.get().wording == "Finn’s words."


def test_a_form_that_is_saved_has_no_draft_any_more(desk: Desk, ada: User) -> None:
    claim, client = newsroom.claim(ada), desk(ada)
    for path, form, more in (
        (f"{claim.get_absolute_url()}edit/", f"claim:{claim.pk}", {"version": "1"}),
        ("/desk/claims/", "claim:new", {}),
    ):
        typed = {"wording": WORDS, "key": str(uuid4())} | more
        keep(client, form, **typed)
        assert client.post(path, typed).status_code == 303
        assert not Draft.objects.exists()
        # The last save of the draft may arrive after the form itself.
        assert keep(client, form, **typed) == 205
        assert not Draft.objects.exists()


def test_a_form_that_is_refused_keeps_its_draft(desk: Desk, ada: User) -> None:
    client, typed = desk(ada), {"wording": WORDS, "said_on": "no day", "key": str(uuid4())}
    keep(client, "claim:new", **typed)
    assert client.post("/desk/claims/", typed).status_code == 422
    assert Draft.objects.get().fields == typed


def test_an_edit_sent_twice_is_saved_once_and_is_not_late_for_itself(desk: Desk, ada: User) -> None:
    claim, client = newsroom.claim(ada), desk(ada)
    path, typed = f"{claim.get_absolute_url()}edit/", {"wording": WORDS, "version": 1, "key": str(uuid4())}
    first, second = client.post(path, typed), client.post(path, typed)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"]
    claim.refresh_from_db()
    assert claim.version == 2


def test_an_edit_corrected_after_a_lost_reply_is_late_and_loses_nothing(desk: Desk, ada: User) -> None:
    claim, client = newsroom.claim(ada), desk(ada)
    path, typed = f"{claim.get_absolute_url()}edit/", {"wording": WORDS, "version": 1, "key": str(uuid4())}
    client.post(path, typed)
    late = client.post(path, typed | {"wording": "Corrected."})
    assert late.status_code == 409
    assert WORDS in strip_tags(late.content.decode())
    form = late.context["form"]
    again = {name: form[name].value() for name in ("wording", "version", "key")}
    assert again["key"] != typed["key"]
    assert client.post(path, again).status_code == 303
    assert Claim.objects.get().wording == "Corrected."


def test_an_edit_sent_twice_is_late_when_somebody_has_saved_since(desk: Desk, ada: User, finn: User) -> None:
    claim, client = newsroom.claim(ada), desk(ada)
    path, typed = f"{claim.get_absolute_url()}edit/", {"wording": WORDS, "version": 1, "key": str(uuid4())}
    client.post(path, typed)
    desk(finn).post(path, {"wording": "Finn’s words.", "version": 2})
    assert client.post(path, typed).status_code == 409


def test_an_edit_that_reads_differently_as_it_stands_may_be_sent_twice(desk: Desk, ada: User) -> None:
    claim, client = newsroom.claim(ada), desk(ada)
    typed = {"wording": f" {WORDS} ", "claimant": "maria  MAYOR", "claimant_kind": "organisation", "topics": "b, a,",
             "version": 1, "key": str(uuid4())}  # fmt: skip
    answers = [client.post(f"{claim.get_absolute_url()}edit/", typed).status_code for _again in range(2)]
    assert answers == [303, 303]


def test_a_form_corrected_after_a_lost_reply_is_told_where_the_first_is(desk: Desk, ada: User) -> None:
    client, typed = desk(ada), {"wording": WORDS, "place": "Town\r\nhall", "key": str(uuid4())}
    first = client.post("/desk/claims/", typed)
    assert (
        client.post("/desk/claims/", typed | {"place": "Town\nhall"}).headers["Location"] == first.headers["Location"]
    )
    told = client.post("/desk/claims/", typed | {"wording": "Corrected."})
    page = told.content.decode()
    assert told.status_code == 422
    assert f'<a href="{first.headers["Location"]}">Open it and change it there.</a>' in page
    assert "Corrected." in page
    assert Claim.objects.get().wording == WORDS
    # Sent once more, it is a second one; and what is typed meanwhile is kept.
    form = told.context["form"]
    again = {name: form[name].value() for name in ("wording", "key")}
    assert keep(client, "claim:new", **again) == 204
    assert client.post("/desk/claims/", again).status_code == 303
    assert {claim.wording for claim in Claim.objects.all()} == {WORDS, "Corrected."}


def test_what_the_page_shows_now_is_not_brought_back_from_an_older_one(
    desk: Desk, places: dict[str, Place], cleo: User
) -> None:
    place, client = places["publication"], desk(cleo)
    keep(client, place.form, reason=WORDS, submission="999999")
    page = page_of(client, place.path)
    assert WORDS in page
    assert 'value="999999"' not in page


def test_another_form_on_the_page_does_not_lose_what_was_typed(desk: Desk, ada: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    client = desk(ada)
    keep(client, f"verdict:{verdict.pk}", rationale=WORDS, version=str(verdict.version))
    answer = client.post(reverse("desk:verdict-citations", args=[verdict.pk]), {"title": ""})
    assert answer.status_code == 422
    assert WORDS in answer.content.decode()


def test_a_draft_is_discarded_and_one_is_back_on_the_page(desk: Desk, ada: User, finn: User) -> None:
    client = desk(ada)
    keep(client, "claim:new", wording=WORDS)
    keep(desk(finn), "claim:new", wording=WORDS)
    answer = client.post(REMOVAL, {"form": "claim:new"}, headers={"Referer": "http://testserver/desk/claims/new/?a=b"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/claims/new/?a=b")
    assert Draft.objects.get().person == finn


@pytest.mark.parametrize("there", ["", "https://elsewhere.example/desk/", "http://testserver//elsewhere.example/", "x"])
def test_nobody_is_led_elsewhere(desk: Desk, ada: User, there: str) -> None:
    answer = desk(ada).post(REMOVAL, {"form": "claim:new"}, headers={"Referer": there})
    assert answer.headers["Location"] == "/desk/"


def test_a_page_can_ask_who_is_logged_in_and_gets_a_token(desk: Desk, ada: User) -> None:
    assert desk(ada).get("/desk/session/").json()["person"] == ada.pk
    answer = Client().get("/desk/session/")
    assert answer.json()["person"] is None
    assert len(answer.json()["token"]) == 64
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_form_whose_login_ran_out_leads_back_to_its_page(db: None) -> None:
    referer = {"Referer": "http://testserver/desk/articles/7/"}
    answer = Client().post("/desk/articles/7/claims/", {"wording": WORDS}, headers=referer)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/accounts/login/?next=/desk/articles/7/"
    page = Client().post("/desk/claims/3/edit/", headers=referer, follow=True).content.decode()
    assert "Your login has run out, so nothing was saved." in page


def test_a_token_of_an_older_login_is_told_to_scripts_and_leads_others_back(ada: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    quiet = client.post(DRAFTS, {"form": "claim:new"}, headers=SCRIPT)
    assert (quiet.status_code, quiet.headers["Refused"]) == (403, "token")
    page = client.post("/desk/claims/", {"wording": WORDS}, headers={"Referer": "http://testserver/desk/claims/new/"})
    assert page.status_code == 403
    assert 'href="/desk/claims/new/"' in page.content.decode()
    assert not Claim.objects.exists()


def test_a_role_that_is_missing_is_not_taken_for_a_token(desk: Desk, cleo: User) -> None:
    answer = desk(cleo).post("/desk/claims/", {"wording": WORDS}, headers=SCRIPT)
    assert (answer.status_code, "Refused" in answer.headers) == (403, False)


def test_a_late_save_marks_the_words_that_differ_field_by_field(desk: Desk, ada: User, finn: User) -> None:
    claim = newsroom.claim(ada, wording="The harbour was dredged in 1921.")
    path = f"{claim.get_absolute_url()}edit/"
    desk(finn).post(path, {"wording": "The harbour was dredged in <1922>.", "place": "Town hall", "version": 1})
    typed = {
        "wording": "The harbour was dug in 1921.",
        "said_on": "2020-10-05",
        "claimant_kind": "person",
        "version": 1,
    }
    answer = desk(ada).post(path, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert [(each.name, each.theirs, each.mine) for each, _theirs, _mine in answer.context["differences"]] == [
        ("wording", "The harbour was dredged in <1922>.", "The harbour was dug in 1921."),
        ("said_on", "", "5 October 2020"),
        ("place", "Town hall", ""),
    ]
    assert "<del>dredged</del> in <del>&lt;1922&gt;</del>." in page
    assert "<ins>dug</ins> in <ins>1921</ins>." in page
    assert 'data-copy="mine-wording"' in page
    assert "Town hall" in strip_tags(page)


def test_a_late_verdict_tells_ratings_by_their_names(desk: Desk, ada: User, finn: User) -> None:
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada)
    false = verdict.scale.ratings.get(name="False")
    typed = {"rating": str(false.pk), "summary": "No.", "rationale": "Because.", "version": verdict.version}
    desk(finn).post(verdict.get_absolute_url(), typed | {"rating": str(verdict.rating_id)})
    answer = desk(ada).post(verdict.get_absolute_url(), typed | {"summary": "Yes."})
    assert answer.status_code == 409
    assert {(each.name, each.theirs, each.mine) for each, _theirs, _mine in answer.context["differences"]} == {
        ("rating", "True", "False"),
        ("summary", "No.", "Yes."),
    }

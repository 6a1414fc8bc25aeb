"""The review page: all that a reviewer needs, and what may be done there."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.accounts.roles import REVIEWER
from factcheck.anchoring.quote import Quote
from factcheck.desk.waiting import waiting_for
from factcheck.notices.models import Kind, Notice
from factcheck.review import deciding, discussing, handing
from factcheck.review.models import Decision, Handover, Remark, Submission
from factcheck.sources import keeping
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from factcheck.verdicts.stages import Stage
from tests import newsroom
from tests.desk.conftest import Desk
from tests.review import edits

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict(ada: User) -> Verdict:
    claim = newsroom.claim(ada)
    newsroom.highlight(claim, newsroom.article(ada), "the harbour was dredged in 1921", by=ada)
    return newsroom.verdict(claim, by=ada)


@pytest.fixture
def submission(verdict: Verdict, ada: User) -> Submission:
    return newsroom.submission(verdict, by=ada)


@pytest.fixture
def rae(db: None) -> User:
    return newsroom.person("rae", REVIEWER)


def page_of(desk: Desk, person: User, path: str) -> str:
    answer = desk(person).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def again(verdict: Verdict, by: User) -> Submission:
    edits.ALL["verdict.summary"](verdict, by)
    return newsroom.submission(Verdict.objects.get(pk=verdict.pk), by=by)


# --- The page ---


def test_it_shows_the_verdict_the_words_around_the_highlight_and_the_checklist(
    submission: Submission, desk: Desk, bo: User
) -> None:
    page = page_of(desk, bo, submission.get_absolute_url())
    for words in (
        "The port’s own register says so.",
        "The mayor said that <mark>the harbour was dredged in 1921</mark>. She added",
        "A primary source is among them.",
        "Find out when it was claimed.",
    ):
        assert words in page


def test_it_shows_what_changed_since_the_last_submission_word_by_word(
    submission: Submission, desk: Desk, ada: User, bo: User
) -> None:
    assert "What changed since" not in page_of(desk, bo, submission.get_absolute_url())
    second = again(submission.verdict, ada)
    page = page_of(desk, bo, second.get_absolute_url())
    assert "<del>port’s own </del>" in page or "<ins>nothing</ins>" in page
    assert "earlier submission" in page_of(desk, bo, submission.get_absolute_url())


def test_every_page_shows_that_an_edit_left_the_submission_behind(
    submission: Submission, desk: Desk, ada: User, bo: User
) -> None:
    edits.ALL["source.title"](submission.verdict, ada)
    claim = submission.verdict.claim
    for path in (
        submission.get_absolute_url(),
        submission.verdict.get_absolute_url(),
        claim.get_absolute_url(),
        "/desk/",
    ):
        assert "since it was handed in" in page_of(desk, bo, path) or "has changed since" in page_of(desk, bo, path), (
            path
        )


def test_every_page_shows_that_an_edit_left_the_approval_behind(
    submission: Submission, desk: Desk, ada: User, bo: User, cleo: User
) -> None:
    deciding.approve(submission, by=bo)
    edits.ALL["claim.wording"](submission.verdict, ada)
    for path in (
        submission.get_absolute_url(),
        submission.verdict.get_absolute_url(),
        submission.verdict.claim.get_absolute_url(),
        "/desk/",
    ):
        assert "no longer applies" in page_of(desk, cleo, path), path


def test_what_was_left_behind_is_not_decided_on(submission: Submission, desk: Desk, ada: User, bo: User) -> None:
    edits.ALL["verdict.summary"](submission.verdict, ada)
    answer = desk(bo).post(f"{submission.get_absolute_url()}decision/", {"outcome": "approve"})
    assert (answer.status_code, Decision.objects.count()) == (409, 0)


def test_of_two_reviewers_with_the_page_open_one_decides(
    submission: Submission, desk: Desk, bo: User, rae: User
) -> None:
    path = f"{submission.get_absolute_url()}decision/"
    assert desk(bo).post(path, {"outcome": "approve"}).status_code == 303
    answer = desk(rae).post(path, {"outcome": "send_back", "reasons": "Look at the register."})
    assert answer.status_code == 409
    assert Decision.objects.get().decided_by == bo


# --- Discussion ---


def test_a_remark_on_words_of_the_rationale_marks_them_in_the_verdict(
    submission: Submission, desk: Desk, bo: User
) -> None:
    sent = {"text": "Which *register*?", "exact": "register of works", "submission": submission.pk}
    path = f"{submission.verdict.get_absolute_url()}remarks/"
    answer = desk(bo).post(path, sent | {"next": submission.get_absolute_url()})
    remark = Remark.objects.get()
    assert answer.headers["Location"] == f"{submission.get_absolute_url()}#remark-{remark.pk}"
    page = page_of(desk, bo, submission.get_absolute_url())
    assert '<mark class="remarked">register of works</mark>' in page
    assert "Which <em>register</em>?" in page


def test_the_authors_read_it_beside_the_verdict_where_words_that_went_are_outdated(
    submission: Submission, desk: Desk, ada: User, bo: User
) -> None:
    discussing.begin(submission.verdict, by=bo, text="Which?", words=Quote("register of works"), submission=submission)
    path = submission.verdict.get_absolute_url()
    assert "no longer stand in the rationale" not in page_of(desk, ada, path)
    judging.revise(submission.verdict, by=ada, version=submission.verdict.version, rationale="A letter says it [1].")
    assert "no longer stand in the rationale" in page_of(desk, ada, path)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"text": ""}, "Say something."),
        ({"text": "No.", "exact": "words of nobody"}, "do not stand in the rationale"),
        ({"text": "No.", "exact": "register", "citation": "1"}, "Choose one"),
        ({"text": "No.", "citation": "9"}, "Select a valid choice"),
        ({"text": "x" * 5001}, "under 5000 characters"),
        ({"text": "a\0b"}, "Null characters"),
    ],
)
def test_a_wrong_remark_is_refused_beside_its_field_and_says_nothing(
    sent: dict[str, str], says: str, submission: Submission, desk: Desk, bo: User
) -> None:
    answer = desk(bo).post(f"{submission.verdict.get_absolute_url()}remarks/", sent)
    assert (answer.status_code, Remark.objects.count()) == (422, 0)
    assert says in answer.content.decode()


def test_a_thread_is_answered_resolved_and_reopened_and_comes_back_alone_to_htmx(
    submission: Submission, desk: Desk, ada: User, bo: User
) -> None:
    thread = discussing.begin(submission.verdict, by=bo, text="Why?", citation=1)
    client, path = desk(ada), f"/desk/remarks/{thread.pk}/"
    answer = client.post(f"{path}replies/", {"text": "Look again."}, headers={"HX-Request": "true"})
    assert answer.content.decode().count("<section") == 1
    assert json.loads(answer.headers["HX-Trigger-After-Settle"]) == {"told": {"says": "Your reply is there."}}
    page = client.post(f"{path}resolution/", headers={"HX-Request": "true"}).content.decode()
    assert "Resolved by Ada" in page
    assert '<span class="count" id="open-threads" hx-swap-oob="true">0</span>' in page
    assert client.post(f"{path}reopening/").headers["Location"] == thread.get_absolute_url()
    assert "Reopened by Ada" in page_of(desk, bo, path)


def test_a_reply_sent_twice_with_one_key_is_one(submission: Submission, desk: Desk, bo: User) -> None:
    thread = discussing.begin(submission.verdict, by=bo, text="Why?")
    sent = {"text": "Look.", "key": "7d1d1f6e-0f7e-4b7e-9d3c-0d8a86f0a001"}
    for _time in range(2):
        desk(bo).post(f"/desk/remarks/{thread.pk}/replies/", sent)
    assert Remark.objects.count() == 2


def test_an_empty_reply_is_refused_in_its_thread(submission: Submission, desk: Desk, bo: User) -> None:
    thread = discussing.begin(submission.verdict, by=bo, text="Why?")
    for headers in ({}, {"HX-Request": "true"}):
        answer = desk(bo).post(f"/desk/remarks/{thread.pk}/replies/", {"text": " "}, headers=headers)
        assert answer.status_code == 422
        assert "Say something." in answer.content.decode()


def test_nobody_is_led_out_of_the_desk(submission: Submission, desk: Desk, bo: User) -> None:
    thread = discussing.begin(submission.verdict, by=bo, text="Why?")
    for there in ("https://example.com/desk/", "//example.com/desk/", "/accounts/", "/desk/\r\nx"):
        answer = desk(bo).post(f"/desk/remarks/{thread.pk}/resolution/", {"next": there})
        assert answer.headers["Location"] == thread.get_absolute_url()


# --- Handing over and taking back ---


def test_a_review_handed_over_is_told_and_comes_first_with_whom_it_was_given_to(
    submission: Submission, desk: Desk, ada: User, bo: User, rae: User
) -> None:
    other = newsroom.submission(newsroom.verdict(newsroom.claim(ada, wording="Z."), by=ada), by=ada)
    answer = desk(bo).post(
        f"{other.get_absolute_url()}handover/", {"reviewer": rae.pk, "note": "You know it.", "was": 0}
    )
    assert answer.status_code == 303
    assert Notice.objects.shown_to(rae)[0].kind == Kind.ASSIGNED
    (rows,) = (each.rows for each in waiting_for(rae) if each.name == "review")
    assert [row.claim.wording for row in rows] == ["Z.", "The harbour was dredged in 1921."]
    (rows,) = (each.rows for each in waiting_for(bo) if each.name == "review")
    assert [row.claim.wording for row in rows] == ["The harbour was dredged in 1921.", "Z."]
    assert "given to Rae" in page_of(desk, bo, "/desk/")
    assert "You know it." in page_of(desk, rae, other.get_absolute_url())


def test_an_author_is_no_reviewer_and_two_who_hand_it_over_do_not_undo_each_other(
    submission: Submission, desk: Desk, ada: User, bo: User, rae: User
) -> None:
    path = f"{submission.get_absolute_url()}handover/"
    assert desk(bo).post(path, {"reviewer": ada.pk, "was": 0}).status_code == 422
    assert desk(bo).post(path, {"reviewer": rae.pk, "was": 0}).status_code == 303
    assert desk(bo).post(path, {"reviewer": bo.pk, "was": 0}).status_code == 409
    assert Handover.objects.get().reviewer == rae


def test_what_is_handed_in_again_goes_to_whom_the_review_was_given(
    submission: Submission, ada: User, bo: User, rae: User
) -> None:
    handing.hand_over(submission, by=bo, reviewer=rae)
    Notice.objects.all().delete()
    again(submission.verdict, ada)
    assert [notice.person for notice in Notice.objects.filter(kind=Kind.SUBMITTED)] == [rae]


def test_its_author_takes_it_back_and_hands_it_in_anew(submission: Submission, desk: Desk, ada: User, bo: User) -> None:
    verdict = submission.verdict
    for path in (verdict.get_absolute_url(), submission.get_absolute_url()):
        assert "Take it back" in page_of(desk, ada, path)
    answer = desk(ada).post(f"{submission.get_absolute_url()}withdrawal/")
    assert answer.headers["Location"] == verdict.get_absolute_url()
    assert Verdict.objects.get(pk=verdict.pk).stage == Stage.DRAFT
    assert desk(bo).post(f"{submission.get_absolute_url()}decision/", {"outcome": "approve"}).status_code == 409
    assert "Taken back by Ada" in page_of(desk, bo, submission.get_absolute_url())
    assert desk(ada).post(f"{submission.get_absolute_url()}withdrawal/").status_code == 409
    assert newsroom.submission(Verdict.objects.get(pk=verdict.pk), by=ada).number == 2


def test_who_did_not_work_on_it_does_not_take_it_back(submission: Submission, desk: Desk, bo: User, finn: User) -> None:
    assert desk(finn).post(f"{submission.get_absolute_url()}withdrawal/").status_code == 403


# --- How often the database is asked ---


def test_twelve_queries_show_a_hundred_citations_and_two_hundred_remarks(
    verdict: Verdict, desk: Desk, ada: User, bo: User
) -> None:
    for number in range(2, 101):
        source = keeping.find_or_add(
            by=ada, url=f"https://port.example/{number}", title=f"Source {number}", kind="dataset"
        )
        judging.cite(verdict, source, by=ada, stance="context", quoted="So.")
    newsroom.submission(Verdict.objects.get(pk=verdict.pk), by=ada)
    submission = again(verdict, ada)
    handing.hand_over(submission, by=ada, reviewer=bo)
    for number in range(1, 51):
        thread = discussing.begin(verdict, by=bo, text=f"Remark {number}", citation=number, submission=submission)
        for _time in range(3):
            discussing.reply(thread, by=ada, text="So it is, @bo.")
        if number % 5 == 0:
            discussing.resolve(thread, by=ada)
    client = desk(bo)
    client.get(submission.get_absolute_url())
    with CaptureQueriesContext(connection) as asked:
        page = client.get(submission.get_absolute_url()).content.decode()
    assert page.count('<article class="remark"') == 200
    assert len(asked) <= 12, [each["sql"][:120] for each in asked]

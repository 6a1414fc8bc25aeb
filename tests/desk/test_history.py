"""The lines of time on the desk: what they tell, to whom, and as files."""

import csv
import io
import json

import pytest
from django.db import connection
from django.http import HttpResponseBase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.accounts.roles import CHECKER
from factcheck.articles import importing
from factcheck.articles.models import Article
from factcheck.claims import highlighting, registering
from factcheck.claims.models import Claim, Claimant
from factcheck.desk.exporting import BOM
from factcheck.history.models import Entry
from factcheck.history.recording import act
from factcheck.publication import publishing
from factcheck.sources import keeping
from factcheck.verdicts import judging
from factcheck.verdicts.models import Citation, Verdict
from tests import newsroom
from tests.database import raw
from tests.desk.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(ada: User) -> Claim:
    return newsroom.claim(ada)


@pytest.fixture
def told_of(ada: User, bo: User, cleo: User, claim: Claim) -> Verdict:
    """The verdict of a claim that went the whole way, in an article."""
    newsroom.highlight(claim, newsroom.article(ada), "the harbour was dredged in 1921", by=ada)
    verdict = newsroom.verdict(claim, by=ada)
    newsroom.approved(verdict, by=ada, reviewer=bo)
    publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)
    return verdict


def whole(answer: HttpResponseBase) -> str:
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a file


def moment(act: str) -> str:
    return reverse("desk:moment", args=[Entry.objects.filter(act=act).latest("at").pk])


def history(kind: str, record: object, suffix: str = "") -> str:
    return reverse(f"desk:{kind}-history{suffix}", args=[record.pk])  # type: ignore[attr-defined]  # any record


def test_a_claim_s_line_tells_of_its_highlights_verdicts_decisions_and_publications(
    desk: Desk, ada: User, claim: Claim, told_of: Verdict
) -> None:
    page = desk(ada).get(history("claim", claim)).content.decode()
    words = [
        "published it", "approved it", "handed the verdict in", "cited a source", "edited the verdict", "began a verdict",
        "marked the claim in an article", "added the claim",
    ]  # fmt: skip
    places = [page.rindex(each) for each in words]
    assert places == sorted(places)
    assert "The harbour and the bridge" in page


def test_a_claim_s_and_a_verdict_s_line_tell_of_corrections_of_what_they_rest_on(
    desk: Desk, ada: User, claim: Claim, told_of: Verdict
) -> None:
    other = keeping.find_or_add(by=ada, url="https://port.example/other", title="Not cited here", kind="primary")
    for source in (Citation.objects.get().source, other):
        keeping.revise(source, by=ada, version=source.version, title=f"Corrected {source.title}")
    claimant = Claimant.objects.get()
    registering.revise_claimant(claimant, by=ada, version=claimant.version, description="Mayor")
    for kind, record in (("claim", claim), ("verdict", told_of)):
        page = desk(ada).get(history(kind, record)).content.decode()
        assert "corrected the source" in page
        assert "Corrected Register of works" in page
        assert "edited the claimant" in page
        assert "Not cited here" not in page


def test_an_article_s_and_a_verdict_s_line_tell_what_was_done_to_them(desk: Desk, ada: User, told_of: Verdict) -> None:
    article = desk(ada).get(history("article", Article.objects.get())).content.decode()
    verdict = desk(ada).get(history("verdict", told_of)).content.decode()
    assert "took the article in" in article
    assert "published it" in article
    assert "<b>" in verdict
    assert "approved it" in verdict
    assert "added the claim" not in verdict


def test_a_moment_unfolds_field_by_field_word_by_word(desk: Desk, ada: User, claim: Claim) -> None:
    highlighting.revise(claim, by=ada, version=1, wording="The harbour was dredged in 1925.", place="Port")
    path = moment("claim.revise")
    part = desk(ada).get(path, headers={"HX-Request": "true"})
    assert "The harbour was dredged in <del>1921</del><ins>1925</ins>." in part.content.decode()
    assert "Where it was said" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "version" not in part.content.decode().lower()
    page = desk(ada).get(path).content.decode()
    assert "<html" in page
    assert "<del>1921</del><ins>1925</ins>" in page


def test_what_stays_of_a_long_text_is_shortened(desk: Desk, ada: User, claim: Claim) -> None:
    verdict = newsroom.verdict(claim, by=ada)
    long = "One sentence of many. " * 200
    verdict = judging.revise(verdict, by=ada, version=verdict.version, rationale=f"{long}It is so. {long}")
    judging.revise(verdict, by=ada, version=verdict.version, rationale=f"{long}It is otherwise. {long}")
    page = desk(ada).get(moment("verdict.revise")).content.decode()
    assert "It is <del>so</del><ins>otherwise</ins>." in page
    assert page.count("One sentence of many.") < 20


def test_records_choices_days_and_nothing_are_told_in_words(desk: Desk, ada: User, claim: Claim) -> None:
    verdict = newsroom.verdict(claim, by=ada)
    newsroom.submission(verdict, by=ada)
    highlighting.revise(claim, by=ada, version=1, claimant=None, said_on="2020-02-01")
    edited = desk(ada).get(moment("claim.revise")).content.decode()
    assert "Maria Mayor</del>" in edited
    assert "1 February 2020</ins>" in edited
    assert "in review</ins>" in desk(ada).get(moment("verdict.submit")).content.decode()


def test_topics_are_told_as_the_claim_s_own(desk: Desk, ada: User, claim: Claim) -> None:
    highlighting.revise(claim, by=ada, version=1, topics=highlighting.find_or_add_topics(["Ports"], by=ada))
    page = desk(ada).get(moment("claim.revise")).content.decode()
    assert "<dt>Topic</dt>" in page
    assert "Ports</ins>" in page


def test_a_removed_row_is_told_as_it_was(desk: Desk, ada: User, claim: Claim) -> None:
    newsroom.verdict(claim, by=ada)
    judging.uncite(Citation.objects.get(), by=ada)
    page = desk(ada).get(moment("verdict.uncite")).content.decode()
    assert "Removed:" in page
    assert "Register of works" in page
    assert "Dredged, 1921" in page


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("claims_claim", "UPDATE claims_claim SET wording = 'Typed by hand.'"),
        ("verdicts_verdict", "UPDATE verdicts_verdict SET summary = 'Typed by hand.'"),
        ("verdicts_citation", "DELETE FROM verdicts_citation"),
        ("claims_highlight", "UPDATE claims_highlight SET removed_at = now()"),
    ],
)
def test_what_a_statement_typed_by_hand_changed_is_in_the_claim_s_line(
    table: str, change: str, desk: Desk, ada: User, claim: Claim, told_of: Verdict
) -> None:
    raw.execute(change)
    page = desk(ada).get(history("claim", claim), {"via": "hand"})
    (each,) = [told for day in page.context["days"] for told in day.moments]
    assert each.moment.table_name == table
    assert "as the role “factcheck”" in page.content.decode()
    assert desk(ada).get(each.url).status_code == 200


def test_text_that_looks_like_markup_is_text(desk: Desk, ada: User, claim: Claim) -> None:
    highlighting.revise(claim, by=ada, version=1, wording="<script>alert(1)</script> was dredged.")
    assert b"<script>alert" not in desk(ada).get(moment("claim.revise")).content
    assert b"<script>alert" not in desk(ada).get(history("claim", claim)).content


def test_a_line_is_narrowed_by_its_form(desk: Desk, ada: User, bo: User, claim: Claim, told_of: Verdict) -> None:
    def told(**query: str) -> list[str]:
        days = desk(ada).get(history("claim", claim), query).context["days"]
        return [each.moment.act for day in days for each in day.moments]

    assert told(person=str(bo.pk)) == ["verdict.approve"]
    assert told(act="claim.word") == ["claim.word"]
    assert set(told(act="claim.")) == {"claim.word", "claim.highlight", "claim.publish"}
    assert told(via="admin") == []
    assert told(until="2001-01-01") == []
    assert len(told(since="2001-01-01")) == len(told(nonsense="1", since="x", act="no.act", person="9" * 30)) > 5


def test_an_empty_result_says_what_to_do(desk: Desk, ada: User, claim: Claim) -> None:
    assert b"Clear the filter" in desk(ada).get(history("claim", claim), {"via": "admin"}).content


def test_pages_follow_each_other_by_moment(
    desk: Desk, ada: User, claim: Claim, told_of: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.desk.views.history.PAGE", 3)
    seen, after = [], ""
    while True:
        page = desk(ada).get(history("claim", claim), {"after": after} if after else {})
        seen += [each.moment for day in page.context["days"] for each in day.moments]
        if not (after := page.context["further"]):
            break
    assert seen == list(Entry.objects.about(claim))


@pytest.mark.parametrize("after", ["nonsense", "row-" + "9" * 40, "00000000-0000-0000-0000-000000000000"])
def test_a_page_after_nothing_is_not_found(after: str, desk: Desk, ada: User, claim: Claim) -> None:
    assert desk(ada).get(history("claim", claim), {"after": after}).status_code == 404


def test_a_page_asks_as_many_questions_for_many_moments_as_for_few(desk: Desk, ada: User, claim: Claim) -> None:
    def queries() -> int:
        client = desk(ada)
        client.get(history("claim", claim))
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(history("claim", claim)).status_code == 200
        return len(asked)

    newsroom.highlight(claim, newsroom.article(ada), "dredged in 1921", by=ada)
    highlighting.revise(claim, by=ada, version=1, place="There")
    few = queries()
    for number in range(30):
        highlighting.revise(claim, by=ada, version=number + 2, place=f"Port {number}")
        newsroom.highlight(claim, newsroom.article(ada, title=f"Article {number}"), "dredged in 1921", by=ada)
    assert queries() == few <= 14


def test_of_an_act_with_very_many_rows_the_first_are_shown(
    desk: Desk, ada: User, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factcheck.desk.recounting.MOST_ROWS", 2)
    monkeypatch.setattr("factcheck.desk.views.history.MOST_ROWS", 2)
    with act("claim.revise", claim, by=ada):
        for number in range(5):
            newsroom.claim(ada, wording=f"Claim {number}")
    page = desk(ada).get(moment("claim.revise")).content.decode()
    assert page.count("row-change") == 2
    assert "more rows, in the export" in page


def test_what_a_person_did_is_for_them_and_for_administrators(
    desk: Desk, ada: User, bo: User, dee: User, claim: Claim
) -> None:
    for suffix in ("", "-table", "-lines"):
        assert desk(bo).get(history("person", ada, suffix)).status_code == 403
        assert desk(ada).get(history("person", ada, suffix)).status_code == 200
        assert desk(dee).get(history("person", ada, suffix)).status_code == 200
    assert b"added the claim" in desk(dee).get(history("person", ada)).content


def test_what_was_done_to_a_login_is_in_its_person_s_line_and_hidden_from_others(
    desk: Desk, ada: User, bo: User, dee: User
) -> None:
    employing.revise(bo, by=dee, version=bo.version, email="bo.new@newsroom.example", roles=[CHECKER])
    path = moment("person.revise")
    assert desk(ada).get(path).status_code == 403
    assert b"bo<ins>.new</ins>@newsroom.example" in desk(bo).get(path).content
    assert b"bo<ins>.new</ins>@newsroom.example" in desk(dee).get(path).content
    page = desk(bo).get(history("person", bo)).content.decode()
    assert "edited the person" in page
    raw.execute("UPDATE accounts_user SET email = 'x@newsroom.example' WHERE id = %s", bo.pk)
    (by_hand,) = desk(bo).get(history("person", bo), {"via": "hand", "since": "2001-01-01"}).context["days"]
    assert desk(ada).get(by_hand.moments[0].url).status_code == 403
    assert desk(bo).get(by_hand.moments[0].url).status_code == 200


def test_the_table_holds_what_the_form_leaves_and_no_formulas(desk: Desk, ada: User, claim: Claim) -> None:
    highlighting.revise(claim, by=ada, version=1, wording='=HYPERLINK("https://elsewhere.example")', place="Port")
    answer = desk(ada).get(history("claim", claim, "-table"), {"act": "claim.revise"})
    head, *rows = csv.reader(io.StringIO(whole(answer).removeprefix(BOM), newline=""))
    assert head == ["When", "Who", "What", "From where", "Why", "About", "What changed", "On the desk"]
    (row,) = rows
    assert row[1:4] == ["Ada", "edited the claim", "by a command"]
    assert row[5].startswith("'=")
    assert "Where it was said: “Port”" in row[6]
    assert row[7].endswith(moment("claim.revise"))


def test_the_lines_hold_every_row_as_it_stood_before_and_after(desk: Desk, ada: User, claim: Claim) -> None:
    highlighting.revise(claim, by=ada, version=1, place="Port")
    raw.execute("UPDATE claims_claim SET place = 'Quay'")
    lines = [json.loads(line) for line in whole(desk(ada).get(history("claim", claim, "-lines"))).splitlines()]
    by_hand, revised, worded = lines
    assert by_hand["changes"][0]["after"] == {"place": "Quay"}
    assert by_hand["database_role"] == "factcheck"
    assert (revised["act"], revised["person"]["name"], revised["about"]) == (
        "claim.revise",
        "Ada",
        [f"claim:{claim.pk}"],
    )
    assert revised["changes"][0]["after"] == {"place": "Port", "version": 2}
    assert worded["act"] == "claim.word"


def test_a_file_of_many_moments_asks_few_questions(desk: Desk, ada: User, claim: Claim) -> None:
    for number in range(30):
        highlighting.revise(claim, by=ada, version=number + 1, place=f"Port {number}")
    client = desk(ada)
    client.get(history("claim", claim))
    for suffix in ("-table", "-lines"):
        with CaptureQueriesContext(connection) as asked:
            assert whole(client.get(history("claim", claim, suffix))).count("Port 7") == 2
        assert len(asked) < 16


@pytest.mark.parametrize(
    "path", ["/desk/claims/999999/history/", "/desk/history/nonsense/", f"/desk/people/{'9' * 40}/history/"]
)
def test_the_history_of_nothing_is_not_found(path: str, desk: Desk, dee: User) -> None:
    assert desk(dee).get(path).status_code == 404


def test_the_pages_of_the_records_lead_to_their_lines(desk: Desk, ada: User, claim: Claim, told_of: Verdict) -> None:
    article = Article.objects.get()
    for page, kind, record in (
        (claim.get_absolute_url(), "claim", claim),
        (told_of.get_absolute_url(), "verdict", told_of),
        (reverse("desk:article-edit", args=[article.pk]), "article", article),
        ("/desk/", "person", ada),
    ):
        assert history(kind, record) in desk(ada).get(page).content.decode(), page


def test_a_day_s_heading_and_a_moment_s_time_are_the_newsroom_s(desk: Desk, ada: User, claim: Claim) -> None:
    page = desk(ada).get(history("claim", claim)).content.decode()
    assert ">Today</h2>" in page


def test_the_trash_is_told(desk: Desk, ada: User) -> None:
    article = newsroom.article(ada)
    importing.trash(article, by=ada)
    assert b"In the trash since" in desk(ada).get(moment("article.trash")).content
    assert b"put the article in the trash" in desk(ada).get(history("article", article)).content

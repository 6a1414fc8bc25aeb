"""The bell, the list of notices and what one wants to be told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.accounts.models import User
from factcheck.notices import preferring
from factcheck.notices.models import Kind, Letter, Notice
from factcheck.notices.preferring import Ways
from factcheck.notices.telling import tell
from tests import newsroom
from tests.desk.conftest import Desk

WORDING = "The harbour was dredged in 1921."
SETTINGS = "/desk/notices/settings/"


def note(to: User, kind: Kind = Kind.MENTIONED, words: str = WORDING, path: str = "/desk/sources/") -> Notice:
    (notice,) = tell([to], kind, by=newsroom.anybody("zoe"), words=words, path=path)
    return notice


def is_seen(notice: Notice) -> bool:
    return Notice.objects.get(pk=notice.pk).seen_at is not None


def test_the_bell_counts_what_was_not_seen_up_to_99(desk: Desk, ada: User) -> None:
    mine = desk(ada)
    assert 'class="unseen"' not in mine.get("/desk/").content.decode()
    note(ada)
    assert '<span class="unseen">1<span' in mine.get("/desk/").content.decode()
    for number in range(120):
        note(ada, words=f"{number}")
    assert '<span class="unseen">99+<span' in mine.get("/desk/").content.decode()


def test_the_bell_costs_no_query_of_its_own(desk: Desk, ada: User) -> None:
    mine = desk(ada)
    mine.get("/desk/sources/")
    with CaptureQueriesContext(connection) as without:
        mine.get("/desk/claims/")
    note(ada)
    with CaptureQueriesContext(connection) as asked:
        mine.get("/desk/claims/")
    assert len(asked) == len(without)


def test_the_list_is_of_ones_own_newest_first_and_says_in_words_what_is_new(desk: Desk, ada: User, bo: User) -> None:
    note(bo, words="Not for Ada.")
    note(ada, words="The first.")
    note(ada, words="The second.")
    page = desk(ada).get("/desk/notices/").content.decode()
    assert "Not for Ada." not in page
    assert page.index("The second.") < page.index("The first.")
    assert page.count(">New</strong>") == 2
    assert "Zoe mentioned you" in page


def test_the_list_asks_as_much_for_many_as_for_one(desk: Desk, ada: User) -> None:
    mine = desk(ada)
    note(ada)
    mine.get("/desk/notices/")
    with CaptureQueriesContext(connection) as one:
        mine.get("/desk/notices/")
    for number in range(30):
        note(ada, words=f"{number}")
    with CaptureQueriesContext(connection) as many:
        mine.get("/desk/notices/")
    assert len(one) == len(many)


def test_it_is_narrowed_by_kind_and_by_what_was_seen_and_paged(desk: Desk, ada: User) -> None:
    mine = desk(ada)
    note(ada, Kind.PUBLISHED, "A publication.", "/desk/claims/1/")
    for number in range(41):
        note(ada, words=f"Mention {number}.")
    mine.get("/desk/sources/")

    def listed(**asked: str) -> list[str]:
        return [notice.words for notice in mine.get("/desk/notices/", asked).context["page"]]

    assert listed(kind="published") == ["A publication."]
    assert listed(seen="unseen") == ["A publication."]
    assert listed(kind="mentioned", page="2") == ["Mention 0."]
    assert listed(kind="nonsense", page="x")[0] == "Mention 40."
    assert "No notice fits this." in mine.get("/desk/notices/?kind=approved").content.decode()


def test_an_empty_list_says_what_will_stand_there(desk: Desk, ada: User) -> None:
    assert "Nothing to tell you yet" in desk(ada).get("/desk/notices/").content.decode()


def test_opening_a_notice_leads_to_its_record_and_marks_it_seen(desk: Desk, ada: User) -> None:
    notice, other = note(ada), note(ada, path="/desk/claims/")
    answer = desk(ada).get(notice.get_absolute_url())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/sources/")
    assert (is_seen(notice), is_seen(other)) == (True, False)


def test_opening_the_record_from_elsewhere_marks_it_seen_too(desk: Desk, ada: User) -> None:
    notice, part, other = note(ada), note(ada, path="/desk/sources/#remark-5"), note(ada, path="/desk/sources/7/")
    page = desk(ada).get("/desk/sources/").content.decode()
    assert (is_seen(notice), is_seen(part), is_seen(other)) == (True, True, False)
    assert '<span class="unseen">1<span' in page


def test_a_look_in_the_background_marks_nothing(desk: Desk, ada: User) -> None:
    notice = note(ada)
    desk(ada).get("/desk/sources/", headers={"HX-Request": "true"})
    desk(ada).head("/desk/sources/")
    desk(ada).head(notice.get_absolute_url())
    assert not is_seen(notice)


def test_others_notices_are_not_there(desk: Desk, ada: User, bo: User) -> None:
    notice = note(bo)
    assert desk(ada).get(notice.get_absolute_url()).status_code == 404
    assert desk(ada).get("/desk/notices/99999999999999999999/").status_code == 404
    assert not is_seen(notice)


def test_all_are_marked_as_seen_but_those_that_came_since_and_those_of_others(desk: Desk, ada: User, bo: User) -> None:
    first, theirs = note(ada), note(bo)
    mine = desk(ada)
    up_to = mine.get("/desk/notices/").context["newest"]
    since = note(ada)
    assert mine.post("/desk/notices/seen/", {"up_to": up_to}).status_code == 303
    assert [is_seen(each) for each in (first, theirs, since)] == [True, False, False]


@pytest.mark.parametrize("up_to", ["", "x", "0", "-1", "9" * 30, "1\0"])
def test_up_to_nothing_marks_nothing(desk: Desk, ada: User, up_to: str) -> None:
    notice = note(ada)
    answer = desk(ada).post("/desk/notices/seen/", {"up_to": up_to})
    assert answer.status_code == 422
    assert not is_seen(notice)


def test_what_one_wants_to_be_told_is_ticked_and_saved(desk: Desk, ada: User, bo: User) -> None:
    mine = desk(ada)
    page = mine.get(SETTINGS).content.decode()
    assert page.count("checked") == 2 * len(Kind)
    assert "Mails go to ada@newsroom.example." in page
    ticked = {"mentioned_on_page": "on", "published_by_mail": "on"}
    assert mine.post(SETTINGS, ticked).status_code == 303
    said = preferring.preferred(ada)
    assert (said[Kind.MENTIONED], said[Kind.PUBLISHED]) == (Ways(True, False), Ways(False, True))
    assert said[Kind.APPROVED] == Ways(False, False)
    assert mine.get(SETTINGS).content.decode().count("checked") == 2
    assert preferring.preferred(bo)[Kind.APPROVED] == Ways(True, True)


def test_what_is_mailed_alone_does_not_stand_on_the_desk(desk: Desk, ada: User) -> None:
    preferring.prefer(ada, {Kind.MENTIONED: Ways(on_page=False, by_mail=True)})
    notice = note(ada)
    assert Letter.objects.count() == 1
    assert WORDING not in desk(ada).get("/desk/notices/").content.decode()
    assert desk(ada).get(notice.get_absolute_url()).status_code == 404

"""Who is told of what, by the verbs themselves."""

import pytest
from django.utils import timezone

from factcheck.accounts import employing
from factcheck.accounts.models import User
from factcheck.accounts.roles import PUBLISHER, REVIEWER
from factcheck.articles.assigning import assign as assign_article
from factcheck.claims.assigning import assign
from factcheck.claims.models import Claim
from factcheck.demo.telling import tell as tell_demo
from factcheck.notices import preferring
from factcheck.notices.models import Kind, Letter, Notice
from factcheck.notices.preferring import Ways
from factcheck.notices.telling import one_line, tell, unmailed
from factcheck.publication import publishing
from factcheck.review import deciding
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw

WORDING = "The harbour was dredged in 1921."


@pytest.fixture
def rae(db: None) -> User:
    """A second reviewer, who is nothing else."""
    return newsroom.person("rae", REVIEWER)


@pytest.fixture
def verdict(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def told(kind: Kind) -> set[str]:
    return {notice.person.username for notice in Notice.objects.filter(kind=kind).select_related("person")}


def note(to: User, **otherwise: object) -> list[Notice]:
    given = {"by": None, "words": WORDING, "path": "/desk/claims/1/"} | otherwise
    return tell([to], Kind.MENTIONED, **given)  # type: ignore[arg-type]  # as given


def test_what_is_handed_in_is_told_to_the_reviewers_who_may_decide_on_it(
    verdict: Verdict, ada: User, bo: User, rae: User, cleo: User, finn: User
) -> None:
    judging.revise(verdict, by=bo, version=verdict.version, summary="As Bo has it.")
    submission = newsroom.submission(verdict, by=ada)
    (notice,) = Notice.objects.all()
    assert (notice.person, notice.kind, notice.by, notice.words) == (rae, Kind.SUBMITTED, ada, WORDING)
    assert notice.path == submission.get_absolute_url()
    assert notice.happened == "Ada handed in a verdict for review"


def test_what_is_sent_back_is_told_to_its_authors_and_to_whom_handed_it_in(
    verdict: Verdict, ada: User, bo: User, cleo: User, finn: User
) -> None:
    submission = newsroom.submission(verdict, by=finn)
    deciding.send_back(submission, by=bo, reasons="Find the register.")
    assert told(Kind.SENT_BACK) == {"ada", "finn"}
    assert {notice.path for notice in Notice.objects.filter(kind=Kind.SENT_BACK)} == {verdict.get_absolute_url()}


def test_what_is_approved_is_told_to_the_publishers_too(verdict: Verdict, ada: User, bo: User, cleo: User) -> None:
    newsroom.approved(verdict, by=ada, reviewer=bo)
    assert told(Kind.APPROVED) == {"ada", "cleo"}


def test_whoever_is_both_author_and_publisher_is_told_once(bo: User) -> None:
    both = newsroom.person("both", newsroom.CHECKER, PUBLISHER)
    newsroom.approved(newsroom.verdict(newsroom.claim(both), by=both), by=both, reviewer=bo)
    assert Notice.objects.filter(person=both, kind=Kind.APPROVED).count() == 1


def test_what_is_published_and_retracted_is_told_to_the_authors_and_the_reviewer(
    verdict: Verdict, ada: User, bo: User, cleo: User, finn: User
) -> None:
    newsroom.approved(verdict, by=ada, reviewer=bo)
    publishing.publish(Verdict.objects.get(pk=verdict.pk), by=cleo)
    assert told(Kind.PUBLISHED) == {"ada", "bo"}
    publishing.retract(verdict.claim, by=cleo, reason="We were wrong.")
    assert told(Kind.RETRACTED) == {"ada", "bo"}


def test_who_is_given_work_is_told_once_and_not_again_for_another_day(ada: User, finn: User) -> None:
    claim = assign(newsroom.claim(ada), by=ada, version=1, assignee=finn, due_on=None)
    assign(claim, by=ada, version=claim.assigned_version, assignee=finn, due_on=timezone.localdate())
    article = newsroom.article(ada)
    assign_article(article, by=ada, version=1, assignee=finn, due_on=None)
    assert [notice.words for notice in Notice.objects.filter(person=finn).order_by("pk")] == [WORDING, article.title]


def test_nobody_is_told_of_their_own_act(ada: User) -> None:
    assign(newsroom.claim(ada), by=ada, version=1, assignee=ada, due_on=None)
    assert not Notice.objects.exists()


def test_who_was_disabled_or_has_no_role_is_not_told(dee: User, bo: User, rae: User, guest: User) -> None:
    employing.disable(bo, by=dee)
    tell([bo, rae, guest], Kind.MENTIONED, by=dee, words=WORDING, path="/desk/claims/1/")
    assert told(Kind.MENTIONED) == {"rae"}


def test_an_act_that_fails_tells_nobody(verdict: Verdict, ada: User, bo: User) -> None:
    submission = newsroom.submission(verdict, by=ada)
    Notice.objects.all().delete()
    Claim.objects.filter(pk=verdict.claim_id).update(wording="Otherwise.")
    with pytest.raises(deciding.Outdated):
        deciding.approve(submission, by=bo)
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    ("ways", "notices", "letters"),
    [(Ways(True, True), 1, 1), (Ways(True, False), 1, 0), (Ways(False, True), 1, 1), (Ways(False, False), 0, 0)],
)
def test_each_is_told_as_they_want_it(ada: User, ways: Ways, notices: int, letters: int) -> None:
    preferring.prefer(ada, {Kind.MENTIONED: Ways()})
    preferring.prefer(ada, {Kind.MENTIONED: ways, Kind.PUBLISHED: Ways(False, False)})
    note(ada)
    assert (Notice.objects.count(), Letter.objects.count()) == (notices, letters)
    assert Notice.objects.shown_to(ada).count() == int(ways.on_page)


def test_without_a_word_of_theirs_people_are_told_on_the_desk_and_by_mail(ada: User) -> None:
    assert preferring.preferred(ada) == dict.fromkeys(Kind, Ways(on_page=True, by_mail=True))


def test_who_has_no_mail_address_gets_no_mail(ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(email="")
    note(ada)
    assert (Notice.objects.count(), Letter.objects.count()) == (1, 0)


def test_a_story_of_things_past_is_not_mailed(db: None) -> None:
    tell_demo("a password of the demo")
    assert Notice.objects.exists()
    assert not Letter.objects.exists()


def test_mails_are_wanted_again_after_the_story(ada: User) -> None:
    with unmailed():
        note(ada)
    note(ada)
    assert (Notice.objects.count(), Letter.objects.count()) == (2, 1)


def test_telling_many_costs_no_more_queries_than_telling_one(django_assert_num_queries: object, bo: User) -> None:
    people = [newsroom.person(f"rev{number}", REVIEWER) for number in range(12)]
    with django_assert_num_queries(3):  # type: ignore[operator]  # pytest-django's
        tell(people, Kind.SUBMITTED, by=bo, words=WORDING, path="/desk/claims/1/")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("one\r\nBcc: all@newsroom.example", "one Bcc: all@newsroom.example"),
        ("a\0b\x85c\u2028d", "a b c d"),
        ("  spaces \t and\n\nlines ", "spaces and lines"),
        ("क्‍ष 👩‍🚀", "क्‍ष 👩‍🚀"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_words_are_put_on_one_line(words: str, line: str) -> None:
    assert one_line(words) == line


def test_what_was_told_is_never_told_otherwise(ada: User) -> None:
    note(ada)
    for statement in (
        "UPDATE notices_notice SET words = 'Other'",
        "UPDATE notices_notice SET person_id = person_id",
        "UPDATE notices_letter SET notice_id = notice_id",
    ):
        raw.refused(statement)
    raw.execute("UPDATE notices_notice SET seen_at = now()")


def test_a_notice_leads_nowhere_but_to_the_desk(ada: User) -> None:
    raw.refused(
        "INSERT INTO notices_notice (person_id, kind, words, path, on_page)"
        f" VALUES ({ada.pk}, 'published', 'w', 'https://elsewhere.example/', true)",
        because=raw.CheckViolation,
    )

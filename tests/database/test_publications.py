"""Nothing reaches the readers but what a second person approved, in an unbroken row of versions."""

import pytest
from psycopg.errors import CheckViolation, UniqueViolation

from factcheck.accounts.models import User
from factcheck.publication import publishing
from factcheck.publication.models import ArticlePublication, Publication
from factcheck.review import freezing
from factcheck.review.models import Submission
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(ada: User, bo: User) -> Submission:
    return newsroom.approved(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada, reviewer=bo)


@pytest.fixture
def live(approved: Submission, cleo: User) -> Publication:
    return publishing.publish(Verdict.objects.get(pk=approved.verdict_id), by=cleo)


@pytest.fixture
def again(live: Publication, ada: User, bo: User) -> Submission:
    """The verdict changed and approved once more, not yet published."""
    verdict = Verdict.objects.get(pk=live.submission.verdict_id)
    judging.revise(verdict, by=ada, version=verdict.version, summary="The register says otherwise.")
    return newsroom.approved(verdict, by=ada, reviewer=bo)


def following(live: Publication, **otherwise: object) -> dict[str, object]:
    """What the next version says, unless said otherwise."""
    return {
        "slug": live.slug, "version": live.version + 1, "previous_id": live.pk, "kind": "update", "reason": "News.",
    } | otherwise  # fmt: skip


def test_what_was_approved_is_taken(approved: Submission, cleo: User) -> None:
    assert raw.execute(*raw.publication(approved, cleo))


def test_what_nobody_decided_on_is_refused(ada: User, cleo: User) -> None:
    waiting = newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)
    raw.refused_publication(waiting, cleo, "has not been approved")


def test_what_was_sent_back_is_refused(ada: User, bo: User, cleo: User) -> None:
    waiting = newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)
    raw.execute(*raw.decision(waiting.pk, bo, "send_back", "Cite the register."))
    raw.refused_publication(waiting, cleo, "has not been approved")


def test_another_document_is_refused(approved: Submission, cleo: User) -> None:
    changed = approved.document.replace("1921", "1922")
    raw.refused_publication(approved, cleo, "not the one that was handed in", document=changed)


def test_a_hash_of_something_else_is_refused(approved: Submission, cleo: User) -> None:
    raw.refused_publication(approved, cleo, "publication_hash_true", sha256="0" * 64)


def test_another_claim_s_approval_is_refused(approved: Submission, ada: User, cleo: User) -> None:
    other = newsroom.claim(ada, "The bridge is the oldest.")
    raw.refused_publication(approved, cleo, "of another claim", claim_id=other.pk)


def test_a_submission_that_is_not_there_is_refused(approved: Submission, cleo: User) -> None:
    raw.refused_publication(approved, cleo, submission_id=1_000_000)


def test_an_approval_of_an_earlier_submission_is_refused(approved: Submission, ada: User, cleo: User) -> None:
    verdict = Verdict.objects.get(pk=approved.verdict_id)
    judging.revise(verdict, by=ada, version=verdict.version, summary="The register says otherwise.")
    freezing.submit(verdict, by=ada)
    raw.refused_publication(approved, cleo, "of an earlier submission")


def test_a_temporary_table_of_the_same_name_approves_nothing(ada: User, cleo: User) -> None:
    waiting = newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)
    with raw.undone():
        raw.execute("CREATE TEMP TABLE review_decision (LIKE public.review_decision)")
        raw.execute("INSERT INTO pg_temp.review_decision VALUES (1, 'approve', '', now(), %s, %s)", cleo.pk, waiting.pk)
        raw.execute("CREATE TEMP TABLE verdicts_verdict AS SELECT * FROM public.verdicts_verdict")
        raw.execute("UPDATE pg_temp.verdicts_verdict SET stage = 'approved'")
        raw.refused_publication(waiting, cleo, "has not been approved")


@pytest.mark.parametrize(
    "otherwise",
    [
        {"version": 0},
        {"version": 2, "kind": "update", "reason": "News."},
        {"kind": "update", "reason": "News."},
        {"kind": "retraction", "reason": "Wrong."},
        {"kind": "novelty"},
    ],
    ids=str,
)
def test_a_first_version_is_number_one_and_first_of_its_kind(
    otherwise: dict[str, object], approved: Submission, cleo: User
) -> None:
    raw.refused_publication(approved, cleo, **otherwise)


def test_a_next_version_is_taken(live: Publication, again: Submission, cleo: User) -> None:
    assert raw.execute(*raw.publication(again, cleo, **following(live)))


def test_the_same_submission_is_not_published_twice(live: Publication, cleo: User) -> None:
    raw.refused_publication(live.submission, cleo, **following(live))
    back = "UPDATE public.verdicts_verdict SET stage = 'approved' WHERE id = %s"
    raw.refused(back, live.submission.verdict_id, because=CheckViolation, saying="stays")


@pytest.mark.parametrize(
    "otherwise",
    [{"version": 3}, {"slug": "another"}, {"previous_id": None}, {"kind": "first"}, {"reason": ""}],
    ids=str,
)
def test_a_next_version_follows_the_one_before_it(
    otherwise: dict[str, object], live: Publication, again: Submission, cleo: User
) -> None:
    raw.refused_publication(again, cleo, **following(live, **otherwise))


def test_a_next_version_does_not_follow_another_claim_s(
    live: Publication, again: Submission, ada: User, cleo: User
) -> None:
    other = newsroom.published(newsroom.claim(ada, "The bridge is the oldest."), by=ada)
    raw.refused_publication(again, cleo, "does not follow", **following(live, previous_id=other.pk, slug=other.slug))


def test_no_two_versions_follow_the_same(live: Publication, again: Submission, cleo: User) -> None:
    raw.execute(*raw.publication(again, cleo, **following(live)))
    raw.refused(*raw.publication(again, cleo, **following(live)), because=UniqueViolation)


def test_a_claim_has_one_first_version(live: Publication, again: Submission, cleo: User) -> None:
    raw.refused(*raw.publication(again, cleo, slug="another"), because=UniqueViolation)


def test_two_claims_do_not_share_an_address(live: Publication, ada: User, bo: User, cleo: User) -> None:
    other = newsroom.approved(newsroom.verdict(newsroom.claim(ada, "The bridge."), by=ada), by=ada, reviewer=bo)
    raw.refused(*raw.publication(other, cleo, slug=live.slug), because=UniqueViolation)


def test_a_retraction_is_not_retracted_again(live: Publication, cleo: User) -> None:
    gone = publishing.retract(live.claim, by=cleo, reason="Wrong.")
    raw.refused_publication(
        live.submission, cleo, "takes back the version before it", **following(gone, kind="retraction")
    )


def article_page(shown: ArticlePublication, **otherwise: object) -> tuple[str, ...]:
    """The next version of an article's page, unless said otherwise."""
    row = {
        "article_id": shown.article_id,
        "slug": shown.slug,
        "version": shown.version + 1,
        "snapshot_id": shown.snapshot_id,
        "document": shown.document,
        "sha256": shown.sha256,
        "published_by_id": shown.published_by_id,
    } | otherwise
    return raw.insert("publication_articlepublication", row)


@pytest.fixture
def shown(ada: User) -> ArticlePublication:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    newsroom.highlight(claim, article, "dredged in 1921", by=ada)
    newsroom.published(claim, by=ada)
    return ArticlePublication.objects.get()


def test_a_next_version_of_an_article_s_page_is_taken(shown: ArticlePublication) -> None:
    assert raw.execute(*article_page(shown))


@pytest.mark.parametrize(
    "otherwise", [{"version": 0}, {"version": 3}, {"slug": "another"}, {"document": "{}"}], ids=str
)
def test_an_article_s_page_follows_the_version_before_it_and_has_its_hash(
    otherwise: dict[str, object], shown: ArticlePublication
) -> None:
    raw.refused(*article_page(shown, **otherwise), because=CheckViolation)


def test_an_article_s_page_shows_a_snapshot_of_this_article(shown: ArticlePublication, ada: User) -> None:
    other = newsroom.snapshot(newsroom.article(ada, title="Another"))
    raw.refused(*article_page(shown, snapshot_id=other.pk), because=CheckViolation, saying="not of this article")


def test_what_nobody_published_is_not_settled(approved: Submission) -> None:
    statement = "UPDATE public.verdicts_verdict SET stage = 'settled' WHERE id = %s"
    raw.refused(statement, approved.verdict_id, because=CheckViolation, saying="has not been published")

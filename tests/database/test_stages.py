"""A verdict's stage is never only said: the submission or decision that it tells of stands there."""

import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, UniqueViolation

from factcheck.accounts.models import User
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

NOT_SAID = "its submissions and decisions do not say so"


@pytest.fixture
def draft(ada: User) -> Verdict:
    return newsroom.verdict(newsroom.claim(ada), by=ada)


def set_stage(verdict: Verdict, stage: str) -> tuple[object, ...]:
    return "UPDATE verdicts_verdict SET stage = %s WHERE id = %s", stage, verdict.pk


@pytest.mark.parametrize("stage", ["submitted", "approved", "sent_back"])
def test_a_draft_takes_no_other_stage_without_a_submission(stage: str, draft: Verdict) -> None:
    raw.refused(*set_stage(draft, stage), because=CheckViolation, saying=NOT_SAID)


@pytest.mark.parametrize("stage", ["approved", "sent_back", "draft"])
def test_a_submitted_verdict_takes_no_other_stage_without_a_decision(stage: str, draft: Verdict, ada: User) -> None:
    newsroom.submission(draft, by=ada)
    raw.refused(*set_stage(draft, stage), because=CheckViolation, saying=NOT_SAID)


@pytest.mark.parametrize("stage", ["submitted", "sent_back", "draft"])
def test_an_approved_verdict_takes_no_other_stage(stage: str, draft: Verdict, ada: User) -> None:
    newsroom.approved(draft, by=ada)
    raw.refused(*set_stage(draft, stage), because=CheckViolation, saying=NOT_SAID)


def test_a_stage_nobody_knows_is_refused(draft: Verdict) -> None:
    raw.refused(*set_stage(draft, "published"), because=CheckViolation)


def test_a_temporary_table_of_the_same_name_says_no_decision(draft: Verdict, ada: User) -> None:
    handed_in = newsroom.submission(draft, by=ada)
    with raw.undone():
        raw.execute("CREATE TEMP TABLE review_decision (LIKE public.review_decision)")
        raw.execute(
            "INSERT INTO pg_temp.review_decision VALUES (1, 'approve', '', now(), %s, %s)", ada.pk, handed_in.pk
        )
        raw.refused(*set_stage(draft, "approved"), because=CheckViolation, saying=NOT_SAID)


@pytest.mark.parametrize("stage", ["submitted", "approved", "sent_back"])
def test_no_verdict_begins_beyond_the_draft(stage: str, draft: Verdict) -> None:
    raw.refused(
        "INSERT INTO verdicts_verdict (claim_id, scale_id, summary, rationale, rationale_html, stage, citations_given,"
        " version, made_by_id) SELECT claim_id, scale_id, '', '', '', %s, 0, 1, made_by_id FROM verdicts_verdict",
        stage,
        because=CheckViolation,
        saying=NOT_SAID,
    )


def test_of_two_verdicts_on_a_claim_one_is_before_the_reviewers(draft: Verdict, ada: User) -> None:
    newsroom.submission(draft, by=ada)
    second = newsroom.verdict(draft.claim, by=ada, rating="False")
    document, digest = "{}", "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    row = {"verdict_id": second.pk, "number": 1, "document": document, "sha256": digest, "submitted_by_id": ada.pk}
    raw.execute(*raw.insert("review_submission", row))
    raw.refused(*set_stage(second, "submitted"), because=UniqueViolation, saying="verdict_one_before_readers")


@pytest.mark.parametrize("column", ["id", "claim_id", "made_by_id", "made_at"])
def test_what_a_verdict_judges_and_who_began_it_stay(column: str, draft: Verdict) -> None:
    raw.refused(f"UPDATE verdicts_verdict SET {column} = {column}", because=InsufficientPrivilege)


@pytest.mark.parametrize("column", ["id", "claim_id", "article_id", "made_by_id", "made_at"])
def test_what_a_highlight_joins_and_who_made_it_stay(column: str, db: None) -> None:
    raw.refused(f"UPDATE claims_highlight SET {column} = {column}", because=InsufficientPrivilege)

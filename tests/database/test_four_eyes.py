"""Nobody decides on a verdict of which they are an author: whatever is typed with the program's own password."""

import pytest
from psycopg.errors import CheckViolation, UniqueViolation

from factcheck.accounts.models import User
from factcheck.review import freezing
from factcheck.review.models import Submission
from factcheck.verdicts import judging
from factcheck.verdicts.models import Verdict
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

AUTHOR = "of which they are an author"


@pytest.fixture
def handed_in(ada: User) -> Submission:
    """Ada's verdict, waiting."""
    return newsroom.submission(newsroom.verdict(newsroom.claim(ada), by=ada), by=ada)


def test_the_author_does_not_approve(handed_in: Submission, ada: User) -> None:
    raw.refused(*raw.decision(handed_in.pk, ada), because=CheckViolation, saying=AUTHOR)


def test_the_author_does_not_send_back(handed_in: Submission, ada: User) -> None:
    raw.refused(*raw.decision(handed_in.pk, ada, "send_back", "Later."), because=CheckViolation, saying=AUTHOR)


def test_somebody_who_edited_one_word_does_not_approve(handed_in: Submission, bo: User) -> None:
    verdict = Verdict.objects.get(pk=handed_in.verdict_id)
    judging.revise(verdict, by=bo, version=verdict.version, summary="The register says so.")
    raw.refused(*raw.decision(handed_in.pk, bo), because=CheckViolation, saying=AUTHOR)


def test_a_second_person_approves(handed_in: Submission, bo: User) -> None:
    assert raw.execute(*raw.decision(handed_in.pk, bo))


def test_who_began_the_verdict_does_not_approve_even_where_no_author_was_written_down(ada: User) -> None:
    claim = newsroom.claim(ada)
    scale = newsroom.verdict(claim, by=ada).scale_id
    ((verdict,),) = raw.execute(*raw.insert("verdicts_verdict", _verdict(claim.pk, scale, ada)))
    ((handed_in,),) = raw.execute(*raw.insert("review_submission", _submission(verdict, ada)))
    raw.refused(*raw.decision(handed_in, ada), because=CheckViolation, saying=AUTHOR)


def test_no_decision_comes_before_its_submission(ada: User) -> None:
    # Foreign keys are looked at when the transaction ends: until then the submission could still be made.
    raw.refused(*raw.decision(1_000_000, ada), because=CheckViolation, saying="no such submission")


def test_no_decision_comes_before_its_verdict(ada: User) -> None:
    with raw.undone():
        ((handed_in,),) = raw.execute(*raw.insert("review_submission", _submission(1_000_000, ada)))
        raw.refused(*raw.decision(handed_in, ada), because=CheckViolation, saying="no such submission")


@pytest.mark.parametrize("table", ["verdicts_author", "verdicts_verdict", "review_submission"])
def test_a_temporary_table_of_the_same_name_hides_no_author(table: str, handed_in: Submission, bo: User) -> None:
    verdict = Verdict.objects.get(pk=handed_in.verdict_id)
    judging.revise(verdict, by=bo, version=verdict.version, summary="The register says so.")
    with raw.undone():
        raw.execute(f"CREATE TEMP TABLE {table} AS SELECT * FROM public.{table}")
        if table == "review_submission":
            raw.execute("UPDATE pg_temp.review_submission SET verdict_id = 0")
        else:
            raw.execute(f"DELETE FROM pg_temp.{table}")
        raw.refused(*raw.decision(handed_in.pk, bo), because=CheckViolation, saying=AUTHOR)


def test_one_submission_is_decided_on_once(handed_in: Submission, bo: User) -> None:
    raw.execute(*raw.decision(handed_in.pk, bo))
    raw.refused(*raw.decision(handed_in.pk, bo, "send_back", "No."), because=UniqueViolation)


def test_an_earlier_submission_is_not_decided_on(handed_in: Submission, ada: User, bo: User) -> None:
    verdict = Verdict.objects.get(pk=handed_in.verdict_id)
    judging.revise(verdict, by=ada, version=verdict.version, summary="The register says so.")
    freezing.submit(verdict, by=ada)
    raw.refused(*raw.decision(handed_in.pk, bo), because=CheckViolation, saying="handed in again")


def test_sending_back_takes_reasons(handed_in: Submission, bo: User) -> None:
    raw.refused(*raw.decision(handed_in.pk, bo, "send_back"), because=CheckViolation)


def test_there_is_no_third_outcome(handed_in: Submission, bo: User) -> None:
    raw.refused(*raw.decision(handed_in.pk, bo, "maybe"), because=CheckViolation)


def test_a_submission_s_hash_is_that_of_its_document(handed_in: Submission, ada: User) -> None:
    row = _submission(handed_in.verdict_id, ada) | {"number": 2, "document": "{ }"}
    raw.refused(*raw.insert("review_submission", row), because=CheckViolation, saying="submission_hash_true")


@pytest.mark.parametrize("statement", ["DELETE FROM verdicts_author", "UPDATE verdicts_author SET person_id = 0"])
def test_no_author_is_taken_off(handed_in: Submission, statement: str) -> None:
    raw.refused(statement)


def _verdict(claim: int, scale: int, by: User) -> dict[str, object]:
    return {
        "claim_id": claim, "scale_id": scale, "summary": "", "rationale": "", "rationale_html": "", "stage": "draft",
        "citations_given": 0, "version": 1, "made_by_id": by.pk,
    }  # fmt: skip


def _submission(verdict: int, by: User) -> dict[str, object]:
    digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    return {"verdict_id": verdict, "number": 1, "document": "{}", "sha256": digest, "submitted_by_id": by.pk}

"""No setting that a session may change switches a rule off."""

import json

import pytest
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from factcheck.review.models import Submission
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

# What bears on how names, text, rights, triggers or functions are read; switches (on and off) are all tried below.
VALUES = (
    ("search_path", "pg_temp"),
    ("search_path", "pg_temp, public, pg_catalog"),
    ("search_path", ""),
    ("client_encoding", "SQL_ASCII"),
    ("constraint_exclusion", "on"),
    ("plan_cache_mode", "force_generic_plan"),
    ("plan_cache_mode", "force_custom_plan"),
    ("bytea_output", "escape"),
    ("IntervalStyle", "sql_standard"),
    ("DateStyle", "German"),
    ("TimeZone", "Pacific/Kiritimati"),
    ("default_transaction_isolation", "serializable"),
    ("default_table_access_method", "heap"),
    ("debug_parallel_query", "on"),
    ("backslash_quote", "on"),
    ("xmloption", "document"),
    ("factcheck.entry", ""),
    ("pgtrigger.ignore", "{review_decision:four_eyes,*}"),
    ("plpgsql.extra_errors", "all"),
)
# The transaction's own properties, an end of the session at its first error, and noise in the server's log.
LEFT = {"transaction_read_only", "transaction_deferrable", "exit_on_error"}


@pytest.fixture
def handed_in(ada: User) -> Submission:
    article, claim = newsroom.article(ada), newsroom.claim(ada)
    newsroom.highlight(claim, article, "dredged in 1921", by=ada)
    return newsroom.submission(newsroom.verdict(claim, by=ada), by=ada)


def rules_hold(handed_in: Submission, by: User) -> None:
    """One rule of each kind: by grant, by trigger, by constraint; and the change that is allowed is recorded."""
    passages = json.dumps([{"exact": "Lies", "prefix": "", "suffix": "", "start": 0}])
    raw.refused("UPDATE public.review_submission SET document = ''")
    statements = [
        raw.decision(handed_in.pk, by),
        raw.publication(handed_in, by),
        ("UPDATE public.verdicts_verdict SET stage = 'approved'",),
        (
            "INSERT INTO public.claims_placement (highlight_id, snapshot_id, passages, status)"
            " SELECT highlight_id, snapshot_id, %s, 'exact' FROM public.claims_placement",
            passages,
        ),
    ]
    for statement in statements:
        raw.refused(*statement, because=CheckViolation)
    ((before,),) = raw.execute("SELECT count(*) FROM public.history_rowchange")
    with raw.undone():
        raw.execute("UPDATE public.claims_claim SET place = 'Port'")
        assert raw.execute("SELECT count(*) FROM public.history_rowchange") == [(before + 1,)]


@pytest.mark.parametrize(("name", "value"), VALUES)
def test_the_rules_hold_whatever_it_is_set_to(name: str, value: str, handed_in: Submission, ada: User) -> None:
    with raw.undone():
        raw.execute("SELECT set_config(%s, %s, true)", name, value)
        rules_hold(handed_in, ada)


def test_the_rules_hold_with_every_switch_the_other_way(handed_in: Submission, ada: User) -> None:
    switches = raw.execute("SELECT name, setting FROM pg_settings WHERE context = 'user' AND vartype = 'bool'")
    assert len(switches) > 50
    with raw.undone():
        for name, setting in switches:
            if name not in LEFT and not name.startswith("debug_print"):
                raw.execute("SELECT set_config(%s, %s, true)", name, "off" if setting == "on" else "on")
        rules_hold(handed_in, ada)

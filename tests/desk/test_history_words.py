"""What the timeline says of acts: each has words, each leaves an entry."""

import re
from pathlib import Path

import pytest
from django.test import Client

from factcheck.accounts import employing
from factcheck.accounts.adapter import ClosedAccountAdapter
from factcheck.accounts.models import User
from factcheck.desk.templatetags.desk import ACTS
from factcheck.history.models import Entry
from factcheck.review.models import Outcome
from tests import newsroom
from tests.history.test_recording import VERBS

CODE = Path(__file__).resolve().parents[2] / "factcheck"
# Acts that are not one verb of a person on one record; each has a test below, taking up an invitation in test_inviting.py.
OTHERS = {"claim.mark", "invitation.take_up", "newsroom.found", "person.set_password"} | {
    f"{noun}.take_away" for noun in ("article", "claim", "source")
}


def acts_in_the_code() -> set[str]:
    written = re.compile(r"""\bact\(\s*"([a-z_]+\.[a-z_]+)\"""")
    acts = {act for file in CODE.rglob("*.py") for act in written.findall(file.read_text())}
    return acts | {f"verdict.{outcome.value}" for outcome in Outcome}


def test_every_act_in_the_code_has_words_for_the_timeline_and_every_word_an_act() -> None:
    assert len(acts_in_the_code()) > 40
    assert acts_in_the_code() == set(ACTS)


def test_every_act_is_tried_whether_it_leaves_an_entry() -> None:
    assert set(VERBS) | OTHERS == set(ACTS)


def latest() -> Entry:
    return Entry.objects.latest("at")


@pytest.mark.django_db
def test_marking_a_new_claim_in_an_article_is_one_act(ada: User, client: Client) -> None:
    article = newsroom.article(ada)
    client.force_login(ada)
    words = {
        "exact": "40,000 cars a day",
        "wording": "The bridge carries 40,000 cars a day.",
        "claimant": "Maria Mayor",
    }
    form = words | {"key": "4dc6ee2f-5c57-4a26-a8ee-7c3ad7dbe7b5"}
    assert client.post(f"{article.get_absolute_url()}claims/", form).status_code == 303
    assert (latest().act, latest().via, latest().person_name) == ("claim.mark", "screen", "Ada")
    tables = set(latest().changes.values_list("table_name", flat=True))
    assert {"claims_claim", "claims_highlight", "claims_placement", "claims_claimant"} <= tables


@pytest.mark.django_db
def test_founding_the_newsroom_is_the_program_s_own_act() -> None:
    employing.found(username="dee", email="dee@newsroom.example", byline="Dee", password=newsroom.PASSWORD)
    assert (latest().act, latest().person_name) == ("newsroom.found", "")
    assert latest().changes.filter(table_name="accounts_user").exists()


@pytest.mark.django_db
def test_a_new_password_is_entered_but_never_what_it_was(ada: User) -> None:
    ClosedAccountAdapter().set_password(ada, "another secret of hers")
    assert (latest().act, latest().person_name, latest().changes.count()) == ("person.set_password", "Ada", 0)

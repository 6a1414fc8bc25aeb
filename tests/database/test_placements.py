"""A placement's words stand where it says, or the database does not take it."""

import json

import pytest
from psycopg import Error
from psycopg.errors import CheckViolation

from factcheck.accounts.models import User
from factcheck.claims.models import Highlight
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db

BODY = "A 😀 stands before the harbour.\n\nمرحبا, 港 and e\u0301 after it."
NOT_THERE = "do not stand at that place"


@pytest.fixture
def mark(ada: User) -> Highlight:
    article = newsroom.article(ada, body=BODY)
    return newsroom.highlight(newsroom.claim(ada), article, "harbour", by=ada)


def placement(mark: Highlight, passages: object, snapshot: int | None = None) -> tuple[str, ...]:
    row = {
        "highlight_id": mark.pk,
        "snapshot_id": snapshot or newsroom.snapshot(mark.article).pk,
        "passages": json.dumps(passages),
        "status": "exact",
    }
    return raw.insert("claims_placement", row)


def refused(mark: Highlight, passages: object, saying: str | None = None) -> None:
    raw.refused(*placement(mark, passages), because=CheckViolation, saying=saying)


def test_words_that_stand_there_are_taken(mark: Highlight) -> None:
    start = BODY.index("港")
    assert raw.execute(*placement(mark, [{"exact": "港 and e\u0301", "prefix": "", "suffix": "", "start": start}]))


def test_other_words_are_refused(mark: Highlight) -> None:
    refused(mark, [{"exact": "Harbour", "prefix": "", "suffix": "", "start": BODY.index("harbour")}], NOT_THERE)


@pytest.mark.parametrize("off", [-1, 1])
def test_the_right_words_one_off_are_refused(off: int, mark: Highlight) -> None:
    refused(mark, [{"exact": "harbour", "prefix": "", "suffix": "", "start": BODY.index("harbour") + off}], NOT_THERE)


def test_an_offset_in_utf16_units_is_refused(mark: Highlight) -> None:
    units = len(BODY[: BODY.index("harbour")].encode("utf-16-le")) // 2
    refused(mark, [{"exact": "harbour", "prefix": "", "suffix": "", "start": units}], NOT_THERE)


def test_the_same_letters_composed_otherwise_are_refused(mark: Highlight) -> None:
    refused(mark, [{"exact": "é", "prefix": "", "suffix": "", "start": BODY.index("e\u0301")}], NOT_THERE)


def test_words_beyond_the_end_are_refused(mark: Highlight) -> None:
    refused(mark, [{"exact": "it.", "prefix": "", "suffix": "", "start": len(BODY)}], NOT_THERE)


def test_one_false_passage_among_true_ones_is_refused(mark: Highlight) -> None:
    true = {"exact": "harbour", "prefix": "", "suffix": "", "start": BODY.index("harbour")}
    refused(mark, [true, true | {"start": 0}], NOT_THERE)


@pytest.mark.parametrize(
    "passage",
    [
        {"exact": "", "start": 0},
        {"start": 0},
        {"exact": "A"},
        {"exact": None, "start": 0},
        {"exact": "A", "start": "0"},
    ],
)
def test_a_passage_without_words_or_place_is_refused(passage: object, mark: Highlight) -> None:
    refused(mark, [passage], "has words and a place")


@pytest.mark.parametrize(
    "around", [{"prefix": "other "}, {"suffix": " other"}, {"prefix": BODY[: BODY.index("harbour")] + " "}]
)
def test_words_with_other_surroundings_are_refused(around: dict[str, str], mark: Highlight) -> None:
    refused(mark, [{"exact": "harbour", "start": BODY.index("harbour")} | around], NOT_THERE)


@pytest.mark.parametrize("passages", [[], {}, None, "A"])
def test_a_placement_has_a_passage(passages: object, mark: Highlight) -> None:
    refused(mark, passages)


def test_a_snapshot_of_another_article_is_refused(mark: Highlight, ada: User) -> None:
    other = newsroom.snapshot(newsroom.article(ada, title="Another", body=BODY))
    passage = {"exact": "harbour", "prefix": "", "suffix": "", "start": BODY.index("harbour")}
    raw.refused(*placement(mark, [passage], other.pk), because=CheckViolation, saying="not of the highlight")


def test_a_temporary_table_of_the_same_name_gives_no_other_text(mark: Highlight) -> None:
    statement = placement(mark, [{"exact": "Lies", "prefix": "", "suffix": "", "start": 0}])
    with raw.undone():
        raw.execute("CREATE TEMP TABLE articles_snapshot AS SELECT * FROM public.articles_snapshot")
        raw.execute("UPDATE pg_temp.articles_snapshot SET text = 'Lies'")
        raw.refused(*statement, because=CheckViolation, saying=NOT_THERE)


def test_a_snapshot_s_hash_is_that_of_its_text(mark: Highlight) -> None:
    with pytest.raises(Exception, match="snapshot_hash_true") as raised:
        raw.execute(
            "INSERT INTO articles_snapshot (article_id, number, text, blocks, sha256, taken_by_id)"
            " SELECT article_id, 2, text || '.', blocks, sha256, taken_by_id FROM articles_snapshot"
        )
    assert isinstance(raised.value.__cause__, Error)

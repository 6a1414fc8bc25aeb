"""Lines of time: which moments they hold, in which order, page by page."""

from datetime import timedelta

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.desk.timelines import line_of
from factcheck.history.models import Entry, RowChange, Via
from factcheck.history.reading import BY_HAND, Line, Moment, Sieve, name_of, named, people_in, read, whole
from factcheck.history.recording import act, coming_from
from tests import newsroom
from tests.database import raw

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(ada: User) -> Article:
    return newsroom.article(ada)


@pytest.fixture
def line(article: Article) -> Line:
    return line_of(article)


def retitle(article: Article, by: User | None, what: str = "article.try", title: str = "Other") -> None:
    with act(what, article, by=by):
        Article.objects.filter(pk=article.pk).update(title=title)


def by_hand(article: Article, title: str = "By hand") -> None:
    raw.execute("UPDATE articles_article SET title = %s WHERE id = %s", title, article.pk)


def acts(moments: list[Moment]) -> list[str]:
    return [each.act if isinstance(each, Entry) else "by hand" for each in moments]


def test_acts_and_changes_outside_every_act_are_one_line_newest_first(article: Article, line: Line, ada: User) -> None:
    by_hand(article)
    retitle(article, ada)
    assert acts(read(line, most=9)) == ["article.try", "by hand", "article.take_in"]


def test_an_act_that_changed_a_record_is_in_its_line_whatever_it_was_about(
    article: Article, line: Line, ada: User
) -> None:
    with act("desk.try", ada, by=ada):
        Article.objects.filter(pk=article.pk).update(title="Other")
    assert acts(read(line, most=1)) == ["desk.try"]


def test_an_act_that_is_in_the_line_for_two_reasons_is_told_once(article: Article, line: Line, ada: User) -> None:
    retitle(article, ada)
    assert acts(read(line, most=9)).count("article.try") == 1


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kinds=st.lists(st.booleans(), max_size=6), size=st.integers(1, 5))
def test_pages_put_together_are_the_line(kinds: list[bool], size: int, article: Article, line: Line, ada: User) -> None:
    with raw.undone():
        for number, acted in enumerate(kinds):
            if acted:
                retitle(article, ada, title=f"Title {number}")
            else:
                by_hand(article, f"Title {number}")
        everything = read(line, most=99)
        assert len(everything) == len(kinds) + 1
        assert [each for part in whole(line, at_once=size) for each in part] == everything


def test_rows_that_one_statement_changed_are_all_told_page_by_page(ada: User) -> None:
    made = [newsroom.article(ada) for _ in range(3)]
    raw.execute("UPDATE articles_article SET title = 'All'")
    line = Line((), Q(table_name="articles_article", operation="update"))
    assert sum(len(part) for part in whole(line, at_once=1)) == len(made)


def test_what_is_done_meanwhile_shifts_no_page(article: Article, line: Line, ada: User) -> None:
    retitle(article, ada)
    first = read(line, most=1)
    retitle(article, ada, title="Yet another")
    assert acts(read(line, most=1, after=first[-1])) == ["article.take_in"]


def test_a_line_is_narrowed_by_act_person_place_and_period(article: Article, line: Line, ada: User, bo: User) -> None:
    with coming_from(Via.ADMIN):
        retitle(article, bo)
    retitle(article, None, "claim.try", "By the program")
    by_hand(article)
    newest = read(line, most=1)[0]
    narrowed = {
        "article.try": Sieve(acts=("article.try",)),
        "claim.try": Sieve(acts=("claim.",)),
        "article.take_in": Sieve(person=ada.pk),
    }
    for name, sieve in narrowed.items():
        assert acts(read(line, sieve, most=9)) == [name]
    assert acts(read(line, Sieve(person=0), most=9)) == ["claim.try"]
    assert acts(read(line, Sieve(via=Via.ADMIN), most=9)) == ["article.try"]
    assert acts(read(line, Sieve(via=BY_HAND), most=9)) == ["by hand"]
    assert acts(read(line, Sieve(since=newest.at), most=9)) == ["by hand"]
    assert acts(read(line, Sieve(until=newest.at), most=9)) == ["claim.try", "article.try", "article.take_in"]
    assert read(line, Sieve(since=newest.at + timedelta(days=1)), most=9) == []


def test_each_moment_is_found_again_by_its_name(article: Article, line: Line) -> None:
    by_hand(article)
    for moment in read(line, most=9):
        assert named(name_of(moment)) == moment


@pytest.mark.parametrize("name", ["", "row-", "row-x", "row-9", f"row-{'9' * 40}", "row-²", "nonsense", "0" * 32])
def test_a_name_of_nothing_names_nothing(name: str) -> None:
    assert named(name) is None


def test_a_row_that_an_act_changed_is_no_moment_of_its_own(article: Article) -> None:
    assert named(f"row-{RowChange.objects.filter(entry__act='article.take_in')[0].pk}") is None


def test_those_who_acted_are_known(article: Article, line: Line, ada: User) -> None:
    retitle(article, None)
    assert people_in(line) == {ada.pk, 0}

"""From an address or a file to an article: recognised, kept as it came, called off, expired."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from factcheck.accounts.models import User
from factcheck.articles.models import Article
from factcheck.history.models import Entry
from factcheck.intake import keeping, models, taking
from factcheck.intake.models import Intake, Original
from factcheck.web.refusing import NoText, NotThere, UnknownKind
from tests import newsroom
from tests.database import raw
from tests.intake.conftest import NEWS, fetched, worked_on
from tests.web.files import docx
from tests.web.hostile import Server, led_on, page

pytestmark = pytest.mark.django_db
PAGE = "/2026/11/harbour"


def made(intake: Intake, by: User, **other: object) -> Article:
    given = {"title": "Harbour", "publisher": "Herald", "url": intake.url, "body": "# Head\n\nThe harbour was dredged."}
    return taking.make_article(intake, by=by, **given | other)  # type: ignore[arg-type]  # as above


def files(kept: Path) -> int:
    return len(list(kept.glob("??/*")))


def test_a_page_becomes_an_article_and_its_bytes_stay_as_evidence(ada: User, server: Server, kept: Path) -> None:
    intake = fetched(server.url(PAGE), by=ada)
    article = made(intake, ada)
    original = Original.objects.get(snapshot__article=article)
    assert keeping.content(original) == NEWS.read_bytes()
    assert (original.asked, original.kind, original.size) == (server.url(PAGE), "html", NEWS.stat().st_size)
    assert [kind for kind, _start, _end in article.snapshots.get().blocks] == ["heading", "paragraph"]
    # One act, and the file is smaller than what came.
    assert Entry.objects.about(article).count() == 1
    assert files(kept) == 1
    assert next(kept.glob("??/*")).stat().st_size < original.size


def test_the_newsroom_s_address_stands_in_the_request(ada: User, server: Server) -> None:
    fetched(server.url(PAGE), by=ada)
    assert "(+http://127.0.0.1:8000/about/)" in server.asked[0]


def test_an_intake_becomes_one_article_however_often_it_is_made(ada: User, server: Server) -> None:
    intake = fetched(server.url(PAGE), by=ada)
    assert made(intake, ada) == made(intake, ada)


@pytest.mark.parametrize("path", ["/2026/11/harbour?utm_source=x", "/2026/11/harbour/amp/", "/moved"])
def test_the_same_article_under_another_address_is_recognised(path: str, ada: User, server: Server) -> None:
    server.answers |= {path: server.answers[PAGE], "/moved": led_on(PAGE)}
    first = made(fetched(server.url(PAGE), by=ada), ada)
    again = fetched(server.url(path), by=ada)
    assert taking.known_of(again) == first
    with pytest.raises(ValidationError):
        made(again, ada)
    assert made(again, ada, another=True) != first


def test_an_article_that_was_pasted_is_recognised_by_its_address(ada: User, server: Server) -> None:
    first = newsroom.article(ada, url=server.url(PAGE))
    assert taking.known_of(fetched(server.url(PAGE), by=ada)) == first


def test_the_same_file_is_recognised_whatever_its_name(ada: User) -> None:
    first = made(newsroom.intake(ada), ada)
    assert taking.known_of(newsroom.intake(ada)) == first


def test_another_article_is_not_taken_for_a_known_one(ada: User, server: Server) -> None:
    newsroom.article(ada, url=server.url("/2026/11/harbour-and-bridge"))
    assert taking.known_of(fetched(server.url(PAGE), by=ada)) is None


@pytest.mark.parametrize("address", ["http://news.test:22/", "ftp://news.test/", "nowhere", ""])
def test_what_is_no_address_of_a_page_is_refused_at_once(address: str, ada: User) -> None:
    with pytest.raises(ValidationError):
        taking.take_from_address(address, by=ada)
    assert not Intake.objects.exists()


def test_what_cannot_be_taken_leaves_nothing_but_its_reason(ada: User, server: Server, kept: Path) -> None:
    server.answers["/picture"] = page(b"\x89PNG\r\n\x1a\n", kind="image/png")
    for path, why in (("/nowhere", NotThere), ("/picture", UnknownKind)):
        refused = fetched(server.url(path), by=ada)
        assert (refused.stage, type(refused.why_refused())) == ("refused", why)
        assert "%(" not in taking.said(refused.why_refused())
    locked = worked_on(taking.take_from_file("a.html", b"<html><script>1</script>", by=ada))
    assert (type(locked.why_refused()), locked.stored, locked.found) == (NoText, "", {})
    assert files(kept) == 0


def test_a_file_that_is_not_what_it_is_said_to_be_is_refused_at_once(ada: User, kept: Path) -> None:
    with pytest.raises(ValidationError) as caught:
        taking.take_from_file("a.pdf", docx("x"), by=ada)
    assert "a Word document" in str(caught.value)
    assert (Intake.objects.count(), files(kept)) == (0, 0)


def test_who_may_not_take_in_fetches_nothing(cleo: User, server: Server) -> None:
    with pytest.raises(PermissionDenied):
        taking.take_from_address(server.url(PAGE), by=cleo)
    assert server.asked == []


def test_a_file_is_taken_by_what_it_is(ada: User) -> None:
    intake = worked_on(taking.take_from_file("Bericht\0.DOCX", docx("Der Hafen wurde 1921 ausgebaggert."), by=ada))
    assert (intake.name, intake.kind, intake.extracted().about.title) == ("Bericht.DOCX", "docx", "The bridge")


def test_what_is_called_off_is_forgotten_unless_an_article_was_made_of_it(ada: User, kept: Path) -> None:
    first, second, third = (newsroom.intake(ada, text) for text in ("The harbour.", "The harbour.", "Another text."))
    article = made(first, ada)
    taking.call_off(second)
    assert files(kept) == 2
    taking.call_off(third)
    assert files(kept) == 1
    assert keeping.content(article.snapshots.get().original)


def test_an_intake_expires_after_a_day(ada: User, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    became, waits = newsroom.intake(ada, "Old news."), newsroom.intake(ada, "New news.")
    article = made(became, ada)
    call_command("expire_intakes")
    assert set(Intake.objects.alive()) == {became, waits}
    monkeypatch.setattr(models, "LIFE", timedelta(0))
    assert not Intake.objects.alive().exists()
    call_command("expire_intakes")
    assert not Intake.objects.exists()
    assert files(kept) == 1
    assert keeping.content(article.snapshots.get().original) == b"Old news."


@pytest.mark.parametrize(
    "statement",
    ["UPDATE intake_original SET asked = ''", "DELETE FROM intake_original", "UPDATE intake_intake SET asked = ''"],
)
def test_what_came_is_never_changed(statement: str, ada: User) -> None:
    made(newsroom.intake(ada), ada)
    raw.refused(statement)


def test_a_file_that_was_changed_is_not_given_out(ada: User, kept: Path) -> None:
    intake = newsroom.intake(ada)
    next(kept.glob("??/*")).write_bytes(b"other")
    with pytest.raises(keeping.Damaged):
        keeping.content(intake)

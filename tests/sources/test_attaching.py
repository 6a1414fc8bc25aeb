"""Pictures and PDFs kept with a source."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection
from django.test.utils import override_settings

from factcheck.accounts.models import User
from factcheck.history.models import Entry
from factcheck.running import pack, unpack
from factcheck.sources import attaching, keeping
from factcheck.sources.models import LARGEST_EVIDENCE, Evidence, EvidenceKind, Source

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    place = settings.STORAGES["evidence"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    with override_settings(STORAGES=settings.STORAGES | {"evidence": place}):
        yield tmp_path


@pytest.fixture
def source(ada: User) -> Source:
    return keeping.find_or_add(by=ada, title="Register of works", kind="primary")


def attach(source: Source, by: User, data: bytes = PDF, name: str = "register.pdf") -> Evidence:
    return attaching.attach(source, by=by, name=name, data=data)


def test_it_is_kept_as_it_came_under_the_hash_of_its_content(source: Source, ada: User, folder: Path) -> None:
    kept = attach(source, ada)
    assert (folder / kept.sha256[:2] / kept.sha256).read_bytes() == attaching.content(kept) == PDF
    assert (kept.kind, kept.size) == (EvidenceKind.PDF, len(PDF))
    assert Entry.objects.about(source)[0].act == "source.attach"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0JFIF", "image/jpeg"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"GIF89a\x01\0", "image/gif"),
        (b"GIF87a\x01\0", "image/gif"),
        (b"<html><script>alert(1)</script>", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"RIFF\x10\0\0\0WAVE", None),
        (b"MZ\x90\0", None),
        (b" %PDF-1.7", None),
        (b"", None),
    ],
)
def test_its_kind_is_what_it_begins_with(data: bytes, kind: str | None) -> None:
    assert attaching.kind_of(data) == kind


@pytest.mark.parametrize("data", [b"<html>", b"", PNG + b"\0" * LARGEST_EVIDENCE], ids=["html", "empty", "too large"])
def test_what_is_not_taken_leaves_nothing(source: Source, ada: User, folder: Path, data: bytes) -> None:
    with pytest.raises(ValidationError):
        attach(source, ada, data)
    assert not Evidence.objects.exists()
    assert not list(folder.iterdir())


def test_its_name_ends_in_what_it_is_when_it_is_saved(source: Source, ada: User) -> None:
    assert attach(source, ada, PNG, name="register.html").file_name == "register.png"
    assert "\n" not in attach(source, ada, PDF, name="a\r\nb\0.pdf").name


def test_the_same_file_is_attached_once_to_a_source_and_kept_once_for_all(
    source: Source, ada: User, folder: Path
) -> None:
    attach(source, ada)
    with pytest.raises(ValidationError, match="already"):
        attach(source, ada)
    attach(keeping.find_or_add(by=ada, title="Another", kind="media"), ada)
    assert len(list(folder.glob("??/*"))) == 1


@pytest.mark.parametrize("what", ["changed", "missing"])
def test_a_file_that_is_not_what_was_attached_is_not_given_out(
    source: Source, ada: User, folder: Path, what: str
) -> None:
    kept = attach(source, ada)
    file = folder / kept.path
    file.write_bytes(b"%PDF-forged") if what == "changed" else file.unlink()
    with pytest.raises(attaching.Damaged):
        attaching.content(kept)


@pytest.mark.parametrize("statement", ["UPDATE sources_evidence SET name = 'x'", "DELETE FROM sources_evidence"])
def test_nobody_changes_it(source: Source, ada: User, statement: str) -> None:
    attach(source, ada)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("who", ["cleo", "dee", "guest"])
def test_only_checkers_attach(who: str, source: Source, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionDenied):
        attach(source, request.getfixturevalue(who))


def test_a_backup_holds_the_files_and_a_restore_puts_back_those_that_are_missing(
    source: Source, ada: User, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    kept, other = attach(source, ada), attach(source, ada, PNG)
    packed = tmp_path_factory.mktemp("backup") / "files.tar"
    pack(folder, packed)
    (folder / kept.path).unlink()
    assert unpack(packed, folder) == 1
    assert attaching.content(kept) == PDF
    assert attaching.content(other) == PNG


def test_a_backup_puts_nothing_back_outside_its_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    strange = tmp_path_factory.mktemp("strange")
    (strange / "aa").mkdir()
    (strange / "aa" / "not-its-hash").write_bytes(PDF)
    pack(strange, strange / "files.tar")
    assert unpack(strange / "files.tar", folder) == 0
    assert not list(folder.iterdir())

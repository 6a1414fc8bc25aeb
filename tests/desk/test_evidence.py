"""Files of a source on the desk: taken with care, given out to be saved and never shown."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from factcheck.accounts.models import User
from factcheck.sources import keeping
from factcheck.sources.models import LARGEST_EVIDENCE, Evidence, Source
from factcheck.verdicts import judging
from tests import newsroom
from tests.desk.conftest import Desk

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path) -> Iterator[None]:
    place = settings.STORAGES["evidence"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    with override_settings(STORAGES=settings.STORAGES | {"evidence": place}):
        yield


@pytest.fixture
def source(ada: User) -> Source:
    return keeping.find_or_add(by=ada, title="Register of works", kind="primary")


def send(client: Client, source: Source, data: bytes = PDF, name: str = "register.pdf", **more: str) -> HttpResponse:
    form = {"file": SimpleUploadedFile(name, data, "text/html"), "note": "Page 4", **more}
    return client.post(reverse("desk:source-evidence", args=[source.pk]), form)  # type: ignore[return-value]  # of the test client


def test_a_file_is_attached_and_stands_with_the_source_and_its_citations(desk: Desk, ada: User, source: Source) -> None:
    assert send(desk(ada), source).headers["Location"] == f"{source.get_absolute_url()}#evidence"
    verdict = newsroom.verdict(newsroom.claim(ada), by=ada, cited=False)
    judging.cite(verdict, source, by=ada, stance="context")
    for path in (source.get_absolute_url(), verdict.get_absolute_url()):
        page = desk(ada).get(path).content.decode()
        assert f'href="{Evidence.objects.get().get_absolute_url()}" download' in page
        assert "Page 4" in page


def test_it_is_given_out_to_be_saved_and_can_do_nothing_in_a_browser(
    desk: Desk, ada: User, cleo: User, source: Source
) -> None:
    send(desk(ada), source, name="<b>.html")
    answer = desk(cleo).get(Evidence.objects.get().get_absolute_url())
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.headers["Content-Disposition"].rstrip('"').endswith(".pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "private" in answer.headers["Cache-Control"]


def test_no_stranger_gets_it(desk: Desk, ada: User, guest: User, source: Source) -> None:
    send(desk(ada), source)
    path = Evidence.objects.get().get_absolute_url()
    assert desk(guest).get(path).status_code == 403
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<script>alert(1)</script>", "It must be a PNG"),
        (b"", "The file is empty."),
        (PDF + b"\0" * LARGEST_EVIDENCE, "larger than 10 MB"),
    ],
    ids=["script", "empty", "too large"],
)
def test_what_is_not_taken_is_told_beside_its_field(
    desk: Desk, ada: User, source: Source, data: bytes, says: str
) -> None:
    answer = send(desk(ada), source, data)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Evidence.objects.exists()


def test_without_a_file_nothing_is_attached(desk: Desk, ada: User, source: Source) -> None:
    path = reverse("desk:source-evidence", args=[source.pk])
    assert desk(ada).post(path, {"note": "Page 4"}).status_code == 422
    assert desk(ada).post(path, {"file": "a text in its place"}).status_code == 422


def test_far_too_much_is_not_even_read(desk: Desk, ada: User, source: Source) -> None:
    path = reverse("desk:source-evidence", args=[source.pk])
    assert desk(ada).post(path, {"note": ""}, CONTENT_LENGTH=str(10**9)).status_code == 413


def test_a_form_from_elsewhere_is_refused(ada: User, source: Source) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ada)
    assert send(client, source).status_code == 403
    assert not Evidence.objects.exists()


def test_sending_it_twice_attaches_it_once_and_another_file_is_another(desk: Desk, ada: User, source: Source) -> None:
    key = {"key": "7d444840-9dc0-11d1-b245-5ffdce74fad2"}
    assert [send(desk(ada), source, **key).status_code for _again in range(2)] == [303, 303]
    assert Evidence.objects.count() == 1
    assert send(desk(ada), source, PDF + b"more", **key).status_code == 422


def test_a_file_that_was_changed_is_not_given_out(desk: Desk, ada: User, source: Source, tmp_path: Path) -> None:
    send(desk(ada), source)
    (tmp_path / Evidence.objects.get().path).write_bytes(b"%PDF-forged")
    assert desk(ada).get(Evidence.objects.get().get_absolute_url()).status_code == 410

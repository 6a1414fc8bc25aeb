"""Whatever bytes do to the libraries that read them, they do it in a process of its own, within its limits."""

import subprocess
import sys
import time

import pytest

from factcheck.web.confining import ROOT, extract
from factcheck.web.extracting import Extracted
from factcheck.web.kinds import Kind
from factcheck.web.refusing import Cancelled, NoText, Refused, TooDemanding
from tests.web.files import pdf


def test_what_it_finds_comes_back_as_it_was_found() -> None:
    found = Extracted.of_json(extract("Дом\n\nmore".encode(), Kind.TEXT, declared="text/plain; charset=utf-8"))
    assert found.blocks == [("paragraph", "Дом"), ("paragraph", "more")]
    assert found.about.title == ""


def test_a_refusal_comes_back_as_itself() -> None:
    with pytest.raises(NoText):
        extract(b"<script>", Kind.HTML)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<div>" * 200_000 + b"x", Kind.HTML),
        (b"<table><tr><td>" * 100_000, Kind.HTML),
        (pdf(["x"], kids="2 0 R 2 0 R 2 0 R"), Kind.PDF),
        (b"[" * 1_000_000, Kind.MARKDOWN),
    ],
    ids=["nested", "tables", "a loop", "brackets"],
)
def test_what_is_made_to_break_a_reader_ends_in_time(data: bytes, kind: Kind) -> None:
    began = time.monotonic()
    try:
        extract(data, kind, seconds=2)
    except Refused as why:
        assert str(why)  # noqa: PT017  # some of these are readable
    assert time.monotonic() - began < 6


def test_what_outlasts_its_time_is_ended() -> None:
    with pytest.raises(TooDemanding):
        extract(b"<p>" * 3_000_000, Kind.HTML, seconds=0.5)


def test_whoever_waits_can_call_it_off() -> None:
    def not_any_more(_bytes: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        extract(b"<p>" * 3_000_000, Kind.HTML, progress=not_any_more)


def test_in_there_is_no_network_no_program_and_no_more_memory_than_allowed() -> None:
    tried = """
import os, socket, subprocess
from factcheck.web.confining import _limit
_limit(5)
for each in (lambda: socket.socket(), lambda: subprocess.Popen(["true"]), lambda: bytes(2 << 30), lambda: os.system("true")):
    try: each()
    except (PermissionError, MemoryError) as error: print(type(error).__name__)
"""
    said = subprocess.run([sys.executable, "-c", tried], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.split() == ["PermissionError", "PermissionError", "MemoryError", "PermissionError"]

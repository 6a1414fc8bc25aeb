"""In the background: progress is seen, it can be called off, and whoever is killed over it leaves nothing half done."""

import socket
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connections

from factcheck.accounts.models import User
from factcheck.intake import models, taking, working
from factcheck.intake.models import Intake
from factcheck.web import confining
from factcheck.web.refusing import TooDemanding
from tests.intake.conftest import worked_on
from tests.web.hostile import Server

PAGE = "/2026/11/harbour"


def _held(begun: threading.Event, end: threading.Event) -> object:
    """An answer that begins and then waits."""

    def answer(sock: socket.socket) -> None:
        sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<p>The harbour. " * 100)
        begun.set()
        end.wait(10)

    return answer


def _in_a_thread(work: object) -> threading.Thread:
    def run() -> None:
        try:
            work()  # type: ignore[operator]  # a function
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def _wait_for(stage: str, came: int = 0) -> Intake:
    for _turn in range(200):
        intake = Intake.objects.get()
        if intake.stage == stage and intake.came >= came:
            return intake
        threading.Event().wait(0.02)
    raise AssertionError(f"it is {intake.stage}")


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_and_it_can_be_called_off(
    ada: User, server: Server, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "BEAT", 0.05)
    begun, end = threading.Event(), threading.Event()
    server.answers["/slow"] = _held(begun, end)  # type: ignore[assignment]  # as above
    taking.take_from_address(server.url("/slow"), by=ada)
    worker = _in_a_thread(working.work_next)
    taking.call_off(_wait_for("fetching", came=1000))
    worker.join(5)
    end.set()
    assert not worker.is_alive()
    assert (Intake.objects.count(), list(kept.glob("??/*"))) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same(ada: User, server: Server) -> None:
    begun, end = threading.Event(), threading.Event()
    server.answers["/slow"] = _held(begun, end)  # type: ignore[assignment]  # as above
    taking.take_from_address(server.url("/slow"), by=ada)
    worker = _in_a_thread(working.work_next)
    begun.wait(5)
    assert not working.work_next()
    end.set()
    worker.join(5)
    assert Intake.objects.get().stage == "ready"


@pytest.mark.django_db
def test_what_a_killed_worker_left_is_taken_up_after_a_silence(
    ada: User, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    intake = taking.take_from_address(server.url(PAGE), by=ada)
    left = working._claim()
    assert left == intake
    assert not working.work_next()
    monkeypatch.setattr(models, "SILENCE", timedelta(seconds=-1))
    assert worked_on(intake).stage == "ready"
    # Were the first not dead after all, what it writes would count for nothing.
    working._refuse(left, TooDemanding())
    assert Intake.objects.get().stage == "ready"


@pytest.mark.django_db
def test_what_took_three_workers_down_is_left_alone(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "SILENCE", timedelta(seconds=-1))
    intake = taking.take_from_file("a.txt", b"The harbour.", by=ada)
    for _time in range(models.TRIES):
        working._claim()
    assert isinstance(worked_on(intake).why_refused(), TooDemanding)


@pytest.mark.django_db
def test_told_to_end_a_worker_leaves_it_to_the_next(ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    intake = taking.take_from_file("a.txt", b"The harbour.", by=ada)
    monkeypatch.setattr(confining, "BEAT", 0.01)
    assert working.work_next(lambda: True)
    assert Intake.objects.get().stage == "reading"
    monkeypatch.setattr(models, "SILENCE", timedelta(seconds=-1))
    assert worked_on(intake).stage == "ready"


@pytest.mark.django_db
def test_a_file_that_is_gone_before_it_is_read_is_told(ada: User, kept: Path) -> None:
    intake = taking.take_from_file("a.txt", b"The harbour.", by=ada)
    next(kept.glob("??/*")).unlink()
    assert worked_on(intake).stage == "refused"

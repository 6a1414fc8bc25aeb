"""The whole program, started and ended as people do it: real processes, a real server, a real database."""

import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from factcheck.embedded import Cluster
from tests.ground.program import Program


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("made") / "var"
    yield folder
    Cluster(folder / "postgres").delete()


@pytest.fixture
def var(made: Path) -> Path:
    """Where the program may have run before; the next start of it is quick."""
    Cluster(made / "postgres").stop()
    return made


@pytest.fixture
def new_var(tmp_path: Path) -> Iterator[Path]:
    """Where the program was never started."""
    yield tmp_path / "var"
    Cluster(tmp_path / "var" / "postgres").delete()


Start = Callable[..., Program]


def nothing_is_left_of(program: Program, var: Path) -> bool:
    return not program.web_processes() and not Cluster(var / "postgres").is_running()


# --- Up and down ---


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_it_comes_up_answers_and_ends_cleanly(start: Start, var: Path, port: int, number: int) -> None:
    program = start(var, port)
    program.wait_until_up()
    assert f"http://127.0.0.1:{port}" in program.output
    assert program.status() == 200
    assert program.end(number) == 0
    assert nothing_is_left_of(program, var)
    assert "Traceback" not in program.output


def test_ctrl_c_in_a_terminal_reaches_all_its_processes_and_still_ends_cleanly(
    start: Start, var: Path, port: int
) -> None:
    program = start(var, port)
    program.wait_until_up()
    os.killpg(program.process.pid, signal.SIGINT)
    os.killpg(program.process.pid, signal.SIGINT)
    assert program.process.wait(timeout=120) == 0
    assert nothing_is_left_of(program, var)
    assert "Traceback" not in program.output


@pytest.mark.parametrize("moment", ["home/data.new-*", "home/data/postmaster.pid", "var/static/*"])
def test_told_to_end_while_it_starts_it_ends_cleanly_and_starts_again(
    start: Start, new_var: Path, port: int, moment: str
) -> None:
    cluster = Cluster(new_var / "postgres")
    place, _, name = moment.partition("/")
    program = start(new_var, port)
    program.wait_until(lambda: any((new_var if place == "var" else cluster._home).glob(name)))
    assert program.end() == 0, program.output
    assert nothing_is_left_of(program, new_var)
    assert "Traceback" not in program.output
    again = start(new_var, port)
    again.wait_until_up()
    assert again.status() == 200


def test_ending_does_not_wait_for_readers_who_keep_their_connection(start: Start, var: Path, port: int) -> None:
    program = start(var, port)
    program.wait_until_up()
    with socket.create_connection(("127.0.0.1", port)) as reader:
        reader.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert reader.recv(12) == b"HTTP/1.1 200"
        assert program.end() == 0
    assert nothing_is_left_of(program, var)


def test_static_files_come_under_hashed_names_and_a_broken_collection_is_mended(
    start: Start, var: Path, port: int
) -> None:
    program = start(var, port)
    program.wait_until_up()
    program.end()
    names = json.loads((var / "static" / "staticfiles.json").read_text())["paths"]
    hashed = var / "static" / next(name for name in names.values() if name.endswith(".css"))
    whole = hashed.read_bytes()
    assert re.search(r"\.[0-9a-f]{12}\.css$", hashed.name)
    hashed.write_bytes(whole[:1])
    (var / "static" / ".collected").unlink()
    program = start(var, port)
    program.wait_until_up()
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/static/{hashed.relative_to(var / 'static')}") as answer:
        assert answer.read() == whole
        assert "immutable" in answer.headers["Cache-Control"]


# --- After a fall ---


def test_with_its_parent_killed_the_next_start_recovers_at_the_same_port(start: Start, var: Path, port: int) -> None:
    program = start(var, port)
    program.wait_until_up()
    program.end(signal.SIGKILL)
    again = start(var, port)
    again.wait_until_up()
    assert again.status() == 200
    assert len(again.web_processes()) == 3
    assert again.end() == 0
    assert nothing_is_left_of(again, var)


def test_with_everything_killed_the_next_start_recovers(start: Start, var: Path, port: int) -> None:
    program = start(var, port)
    program.wait_until_up()
    cluster = Cluster(var / "postgres")
    database = int((cluster._data / "postmaster.pid").read_text().split()[0])
    for pid in (program.process.pid, *program.web_processes(), database):
        os.kill(pid, signal.SIGKILL)
    program.process.wait()
    again = start(var, port)
    again.wait_until_up()
    assert again.status() == 200


def test_when_the_web_server_dies_all_ends_and_the_status_tells(start: Start, var: Path, port: int) -> None:
    program = start(var, port)
    program.wait_until_up()
    for pid in program.web_processes():
        os.kill(pid, signal.SIGKILL)
    assert program.process.wait(timeout=120) == 1
    assert "The web server ended by itself" in program.output
    assert nothing_is_left_of(program, var)


def test_one_worker_that_dies_is_replaced(start: Start, var: Path, port: int) -> None:
    program = start(var, port)
    program.wait_until_up()
    before = program.web_processes()
    os.kill(max(before), signal.SIGKILL)
    program.wait_until(lambda: len(program.web_processes()) == 3 and program.web_processes() != before)
    assert program.status() == 200


# --- What it says when it cannot ---


def test_a_second_one_from_the_same_folder_is_refused_and_the_first_goes_on(start: Start, var: Path, port: int) -> None:
    first = start(var, port)
    first.wait_until_up()
    second = start(var, port)
    assert second.process.wait(timeout=60) == 1
    assert f"runs already from this folder: http://127.0.0.1:{port}" in second.output
    assert "Traceback" not in second.output
    assert first.status() == 200


def test_a_taken_port_is_told_before_anything_starts(start: Start, new_var: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        program = start(new_var, port)
        assert program.process.wait(timeout=60) == 1
    assert f"Port {port} is taken" in program.output
    assert "Traceback" not in program.output
    assert not (new_var / "postgres").exists()


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SITE_URL"])
def test_on_a_server_it_does_not_start_without_a_secret_and_an_address(
    start: Start, tmp_path: Path, port: int, missing: str
) -> None:
    given = {
        "DATABASE_URL": "postgresql://somebody@/somewhere",
        "SECRET_KEY": "long and random",
        "SITE_URL": "https://check.example.org",
    }
    del given[missing]
    program = start(tmp_path / "var", port, **given)
    assert program.process.wait(timeout=60) == 1
    assert missing in program.output
    assert "Traceback" not in program.output


def test_a_database_that_does_not_answer_is_told(start: Start, tmp_path: Path, port: int) -> None:
    nowhere = f"postgresql://somebody@/somewhere?host={tmp_path}"
    program = start(tmp_path / "var", port, **server(port, DATABASE_URL=nowhere, MIGRATION_DATABASE_URL=nowhere))
    assert program.process.wait(timeout=60) == 1
    assert "The database does not answer" in program.output
    assert "Traceback" not in program.output


# --- With a database of one's own ---


def server(port: int, **urls: str) -> dict[str, str]:
    return {"SECRET_KEY": "s" * 60, "SITE_URL": f"http://127.0.0.1:{port}", **urls}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Cluster]:
    """A PostgreSQL that is not the program's."""
    cluster = Cluster(tmp_path / "elsewhere", durable=False)
    with cluster.running():
        yield cluster
    cluster.delete()


def tables(cluster: Cluster) -> dict[str, str]:
    """Whose they are."""
    with psycopg.connect(cluster.url(Cluster.OWNER)) as connection:
        rows = connection.execute("SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public'")
        return dict(rows.fetchall())


def test_on_a_server_it_migrates_as_the_owner_and_serves_as_the_application(
    start: Start, elsewhere: Cluster, tmp_path: Path, port: int
) -> None:
    urls = {
        "DATABASE_URL": elsewhere.url(Cluster.APPLICATION),
        "MIGRATION_DATABASE_URL": elsewhere.url(Cluster.OWNER),
    }
    program = start(tmp_path / "var", port, **server(port, **urls))
    program.wait_until_up()
    assert program.status() == 200
    assert set(tables(elsewhere).values()) == {Cluster.OWNER}
    with psycopg.connect(elsewhere.url(Cluster.OWNER)) as connection:
        assert connection.execute("SELECT count(*) FROM accounts_user").fetchone() == (0,), "no demo by itself"
    if Path("/proc/self/environ").exists():
        for pid in program.web_processes():
            assert b"MIGRATION_DATABASE_URL" not in Path(f"/proc/{pid}/environ").read_bytes()
    assert not (tmp_path / "var" / "postgres").exists()
    assert program.end() == 0
    assert elsewhere.is_running()
    assert not program.web_processes()


def test_on_a_server_without_the_owners_address_it_does_not_touch_the_tables(
    start: Start, elsewhere: Cluster, tmp_path: Path, port: int
) -> None:
    program = start(tmp_path / "var", port, **server(port, DATABASE_URL=elsewhere.url(Cluster.APPLICATION)))
    program.wait_until_up()
    assert tables(elsewhere) == {}
    assert "answers with an error (500)" in program.output

"""The embedded database, with real servers: nothing here is replaced by a double."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from factcheck import embedded
from factcheck.embedded import Cluster, EmbeddedError

ROOT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to hand the server to another user")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var" / "postgres"


@pytest.fixture
def fresh(folder: Path) -> Iterator[Cluster]:
    """One that was never started."""
    cluster = Cluster(folder, durable=False)
    yield cluster
    cluster.delete()
    assert not Path(cluster.host).exists()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("made") / "postgres"
    yield folder
    Cluster(folder).delete()


@pytest.fixture
def cluster(made: Path) -> Iterator[Cluster]:
    """One that was started before and does not run now; making a new one for every test would take long."""
    cluster = Cluster(made, durable=False)
    with cluster.running():
        ask(cluster, "DROP TABLE IF EXISTS note")
    yield cluster
    cluster.stop()
    assert not Path(cluster.host).exists() or os.geteuid() != 0


@pytest.fixture
def used(made: Path) -> Iterator[Cluster]:
    """One that runs."""
    cluster = Cluster(made, durable=False)
    with cluster.running():
        yield cluster


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can enter, unlike pytest's own."""
    parent = Path(tempfile.mkdtemp(prefix="factcheck-test-", dir="/var/tmp"))
    parent.chmod(0o755)
    yield parent / "postgres"
    shutil.rmtree(parent)


def ask(cluster: Cluster, question: str, role: str = Cluster.OWNER, database: str = Cluster.DATABASE) -> Any:
    """The first value of the answer, or None where there are no rows."""
    with psycopg.connect(cluster.url(role, database), autocommit=True) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row and row[0]


def server_of(cluster: Cluster) -> int:
    return int((cluster._data / "postmaster.pid").read_text().splitlines()[0])


def in_another_process(script: str, cluster: Cluster) -> subprocess.Popen[str]:
    """Run Python that finds this cluster under the name `cluster`."""
    begin = "import os, signal, sys, time; from pathlib import Path; from factcheck.embedded import Cluster; "
    make = f"cluster = Cluster(Path({str(cluster.folder)!r}), durable=False)\n"
    return subprocess.Popen([sys.executable, "-c", begin + make + script], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def kill_server(cluster: Cluster) -> None:
    pid = server_of(cluster)
    os.kill(pid, signal.SIGKILL)
    while cluster._serves(pid):
        time.sleep(0.01)


# --- Up and down ---


def test_it_starts_answers_and_stops_leaving_no_process_and_no_socket(cluster: Cluster) -> None:
    assert not cluster.is_running()
    cluster.start()
    assert cluster.is_running()
    assert ask(cluster, "SELECT current_user") == Cluster.OWNER
    pid = server_of(cluster)
    cluster.stop()
    assert not cluster.is_running()
    assert not embedded._is_alive(pid)
    assert not list(Path(cluster.host).glob(".s.PGSQL*"))


def test_what_was_written_is_there_after_the_next_start(cluster: Cluster) -> None:
    cluster.start()
    ask(cluster, "CREATE TABLE note AS SELECT 'kept' AS word")
    cluster.stop()
    cluster.start()
    assert ask(cluster, "SELECT word FROM note") == "kept"


def test_starting_or_stopping_twice_does_no_harm(cluster: Cluster) -> None:
    cluster.start()
    pid = server_of(cluster)
    cluster.start()
    assert server_of(cluster) == pid
    cluster.stop()
    cluster.stop()
    assert not cluster.is_running()


def test_stopping_does_not_wait_for_those_who_are_still_connected(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(cluster.url(Cluster.APPLICATION)) as connection:
        cluster.stop()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("SELECT 1")


def test_the_address_is_known_before_the_first_start_and_stays(fresh: Cluster, folder: Path) -> None:
    before = fresh.url(Cluster.APPLICATION, "some base")
    fresh.start()
    assert Cluster(folder).url(Cluster.APPLICATION, "some base") == before
    assert conninfo_to_dict(before) == {
        "host": fresh.host,
        "port": str(fresh.port),
        "user": Cluster.APPLICATION,
        "dbname": "some base",
    }


def test_text_and_time_are_the_same_on_every_machine(fresh: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "sv_SE.ISO-8859-1")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    fresh.start()
    assert ask(fresh, "SHOW server_encoding") == "UTF8"
    assert ask(fresh, "SELECT datlocale FROM pg_database WHERE datname = 'factcheck'") == "PG_UNICODE_FAST"
    assert ask(fresh, "SELECT upper('straße ǆ')") == "STRASSE Ǆ"
    assert ask(fresh, "SELECT reset_val FROM pg_settings WHERE name = 'TimeZone'") == "UTC"


def test_it_listens_on_no_network_and_lets_nobody_else_to_its_socket(used: Cluster) -> None:
    assert ask(used, "SHOW listen_addresses") == ""
    socket_folder = Path(used.host)
    assert socket_folder.stat().st_mode & 0o777 == 0o700
    assert socket_folder.stat().st_uid == used._data.stat().st_uid
    assert used._data.stat().st_mode & 0o777 == 0o700


def test_a_socket_folder_that_somebody_else_made_is_refused(
    fresh: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    trap.symlink_to(tmp_path)
    monkeypatch.setattr(fresh, "host", str(trap))
    with pytest.raises(EmbeddedError, match="belongs to somebody else"):
        fresh.start()
    trap.unlink()


def test_the_programs_beside_the_server_are_of_its_version(used: Cluster) -> None:
    told = subprocess.run([used.program("pg_dump"), "--version"], capture_output=True, text=True, check=True)
    assert told.stdout.split()[2] == ask(used, "SHOW server_version").split()[0]


# --- The two roles ---


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine ()",
        "CREATE TEMPORARY TABLE mine ()",
        "CREATE SCHEMA mine",
        "CREATE DATABASE mine",
        "CREATE ROLE mine",
        "CREATE EXTENSION pg_trgm",
        "SET ROLE factcheck_owner",
        "COPY (SELECT 1) TO PROGRAM 'true'",
    ],
)
def test_the_applications_role_can_make_nothing(used: Cluster, statement: str) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(used, statement, role=Cluster.APPLICATION)


def test_the_applications_role_owns_nothing(used: Cluster) -> None:
    owned = "SELECT count(*) FROM pg_shdepend d JOIN pg_roles r ON r.oid = d.refobjid AND d.deptype = 'o'"
    assert ask(used, f"{owned} WHERE r.rolname = 'factcheck'") == 0
    assert ask(used, "SELECT rolname FROM pg_roles WHERE rolsuper AND rolname <> 'postgres'") is None


def test_the_owner_can_add_what_searching_needs_and_make_databases_for_tests(used: Cluster) -> None:
    ask(used, "CREATE EXTENSION pg_trgm")
    ask(used, "CREATE EXTENSION unaccent")
    assert ask(used, "SELECT unaccent('Québec')") == "Quebec"
    ask(used, "CREATE DATABASE test_factcheck")
    assert ask(used, "SELECT 1", role=Cluster.APPLICATION, database="test_factcheck") == 1


# --- Several users at once ---


def test_two_first_starts_at_once_end_with_one_server(fresh: Cluster) -> None:
    script = "cluster.start(); print((cluster._data / 'postmaster.pid').read_text().split()[0])"
    both = [in_another_process(script, fresh) for _ in range(2)]
    told = [process.communicate()[0].strip() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert told == [str(server_of(fresh))] * 2


def test_whoever_leaves_last_stops_the_server(cluster: Cluster) -> None:
    other = Cluster(cluster.folder)
    with cluster.running():
        block = other.running()
        block.__enter__()
    assert cluster.is_running()
    block.__exit__(None, None, None)
    assert not cluster.is_running()


def test_a_block_does_not_stop_a_server_that_somebody_else_uses(cluster: Cluster) -> None:
    user = in_another_process("cluster.start(); print('up', flush=True); time.sleep(600)", cluster)
    try:
        assert user.stdout is not None
        assert user.stdout.readline() == "up\n"
        with cluster.running():
            pass
        assert cluster.is_running()
    finally:
        user.kill()
        user.communicate()


# --- After a fall ---


def test_a_server_whose_parent_was_killed_is_adopted_and_stopped(cluster: Cluster) -> None:
    parent = in_another_process("cluster.start(); os.kill(os.getpid(), signal.SIGKILL)", cluster)
    parent.communicate()
    assert parent.returncode == -signal.SIGKILL
    assert cluster.is_running()
    orphan = server_of(cluster)
    with cluster.running():
        assert server_of(cluster) == orphan
    assert not cluster.is_running()
    assert not cluster._serves(orphan)


def test_a_server_that_is_still_coming_up_without_its_parent_is_waited_for(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    impatient = "cluster.is_running = lambda: os.kill(os.getpid(), signal.SIGKILL); cluster._launch()"
    in_another_process(impatient, cluster).communicate()
    cluster.start()
    assert ask(cluster, "SELECT 1") == 1


def test_a_killed_server_comes_back_with_all_that_was_committed(cluster: Cluster) -> None:
    cluster.durable = True
    cluster.start()
    ask(cluster, "CREATE TABLE note AS SELECT 'kept' AS word")
    kill_server(cluster)
    assert not cluster.is_running()
    cluster.start()
    assert ask(cluster, "SELECT word FROM note") == "kept"


def test_a_killed_server_with_a_query_still_running_comes_back(cluster: Cluster) -> None:
    cluster.start()
    with psycopg.connect(cluster.url(Cluster.OWNER), autocommit=True) as connection:
        pid = os.fork()
        if pid == 0:
            with suppress(BaseException):
                connection.execute("SELECT count(*) FROM generate_series(1, 5000000) g WHERE g::text ~ 'x'")
            os._exit(0)
        time.sleep(0.3)
        kill_server(cluster)
        cluster.start()
        os.waitpid(pid, 0)
    assert ask(cluster, "SELECT 1") == 1


def test_the_number_of_a_killed_server_may_be_another_process_by_now(cluster: Cluster) -> None:
    cluster.start()
    kill_server(cluster)
    with subprocess.Popen(["sleep", "600"], **cluster._identity) as stranger:
        for file in (cluster._data / "postmaster.pid", Path(cluster.host) / ".s.PGSQL.5432.lock"):
            rest = file.read_text().partition("\n")[2]
            file.write_text(f"{stranger.pid}\n{rest}")
        assert not cluster.is_running()
        cluster.start()
        assert ask(cluster, "SELECT 1") == 1
        cluster.stop()
        assert stranger.poll() is None
        stranger.kill()


def test_a_first_start_that_was_killed_half_way_is_done_again(fresh: Cluster) -> None:
    starting = in_another_process("cluster.start()", fresh)
    while not list(fresh.folder.glob("data.new-*")) and not list(fresh.folder.glob("elsewhere/data.new-*")):
        assert starting.poll() is None, "it was done before it could be killed"
        time.sleep(0.005)
    starting.kill()
    starting.communicate()
    assert not fresh._data.exists()
    fresh.start()
    assert ask(fresh, "SELECT 1", role=Cluster.APPLICATION) == 1
    assert not list(fresh._home.glob("data.new-*"))


def test_a_role_or_database_that_is_missing_is_made_by_the_next_start(cluster: Cluster) -> None:
    cluster.start()
    with cluster._connect() as connection:
        connection.execute("DROP DATABASE factcheck")
        connection.execute("DROP ROLE factcheck")
    cluster.stop()
    cluster.start()
    assert ask(cluster, "SELECT 1", role=Cluster.APPLICATION) == 1


def test_a_server_whose_folder_was_deleted_gives_way_to_a_new_one(fresh: Cluster, folder: Path) -> None:
    in_another_process("cluster.start(); os._exit(0)", fresh).communicate()
    old_home, old_server = fresh._home, server_of(fresh)
    lost = old_home.with_name(f"{old_home.name}-lost")
    old_home.rename(lost)
    shutil.rmtree(folder, ignore_errors=True)
    try:
        assert not fresh.is_running()
        fresh.start()
        assert ask(fresh, "SELECT 1") == 1
        assert server_of(fresh) != old_server
    finally:
        with suppress(ProcessLookupError):
            os.kill(old_server, signal.SIGQUIT)
        shutil.rmtree(lost)


# --- What it says when it cannot ---


def test_data_of_another_major_version_is_refused_with_the_way_out(fresh: Cluster) -> None:
    fresh.start()
    fresh.stop()
    (fresh._data / "PG_VERSION").write_text("17\n")
    with pytest.raises(EmbeddedError, match=r"was made by PostgreSQL 17.*README"):
        fresh.start()


def test_a_server_that_cannot_start_tells_the_end_of_its_log(fresh: Cluster) -> None:
    fresh.start()
    fresh.stop()
    with (fresh._data / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(EmbeddedError, match="no_such_setting"):
        fresh.start()


def test_a_folder_that_cannot_be_made_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedError, match="file/postgres"):
        Cluster(tmp_path / "file" / "postgres").start()


# --- Where it lives ---


@pytest.mark.parametrize("name", ["x" * 120, 'a, b\'s 100% Straße #1 & "quoted"'])
def test_any_path_will_do(tmp_path: Path, name: str) -> None:
    cluster = Cluster(tmp_path / name / "postgres", durable=False)
    try:
        with cluster.running():
            assert ask(cluster, "SELECT 1", role=Cluster.APPLICATION) == 1
        assert not Path(cluster.host).exists() or Path(cluster.host) == cluster.folder
    finally:
        cluster.delete()


@as_root
def test_as_root_the_server_belongs_to_somebody_else(open_folder: Path) -> None:
    cluster = Cluster(open_folder, durable=False)
    try:
        with cluster.running():
            assert cluster._data.parent == open_folder
            owner = cluster._data.stat().st_uid
            assert owner != 0
            assert Path(f"/proc/{server_of(cluster)}").stat().st_uid == owner
    finally:
        cluster.delete()


@as_root
def test_as_root_a_closed_folder_stays_closed_and_the_data_lives_elsewhere(fresh: Cluster, folder: Path) -> None:
    folder.parent.mkdir()
    folder.parent.chmod(0o700)
    before = {path: path.stat().st_mode for path in folder.parents}
    fresh.start()
    elsewhere = (folder / "elsewhere").readlink()
    assert elsewhere.stat().st_mode & 0o777 == 0o700
    assert {path: path.stat().st_mode for path in folder.parents} == before
    fresh.delete()
    assert not elsewhere.exists()


@as_root
def test_as_root_lost_data_is_not_silently_replaced(fresh: Cluster, folder: Path) -> None:
    folder.parent.mkdir(mode=0o700)
    fresh.start()
    fresh.stop()
    shutil.rmtree((folder / "elsewhere").readlink())
    with pytest.raises(EmbeddedError, match="is gone"):
        fresh.start()


@as_root
def test_as_root_data_that_was_closed_to_its_owner_is_not_silently_replaced(open_folder: Path) -> None:
    cluster = Cluster(open_folder, durable=False)
    try:
        cluster.start()
        cluster.stop()
        open_folder.parent.chmod(0o700)
        with pytest.raises(EmbeddedError, match="closed to others"):
            cluster.start()
    finally:
        cluster.delete()


@as_root
def test_as_root_programs_in_a_closed_environment_are_copied_beside_the_data(
    fresh: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = embedded._wheel()
    closed = tmp_path / "environment"
    closed.mkdir(mode=0o700)
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        if part.exists():
            shutil.copytree(part, closed / part.name)
    monkeypatch.setattr(embedded, "_wheel", lambda: closed / wheel.name)
    for _ in range(2):
        with fresh.running():
            ask(fresh, "CREATE EXTENSION IF NOT EXISTS unaccent")
            assert str(fresh._home / "program-") in embedded._command(server_of(fresh))
    assert closed.stat().st_mode & 0o777 == 0o700


@as_root
def test_without_root_the_data_and_the_socket_are_in_the_folder(open_folder: Path) -> None:
    """Told by a process that gave its rights away, since the tests may run as root."""
    open_folder.mkdir()
    identity = Cluster(open_folder)._identity
    os.chown(open_folder, identity["user"], identity["group"])
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            os.setgroups([])
            os.setgid(identity["group"])
            os.setuid(identity["user"])
            cluster = Cluster(open_folder, durable=False)
            with cluster.running():
                assert ask(cluster, "SELECT 1", role=Cluster.APPLICATION) == 1
                assert cluster.host == str(open_folder)
                assert server_of(cluster)
            assert not cluster.is_running()
            os._exit(0)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

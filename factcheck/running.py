"""The whole program, from one command that stays in the foreground: `python -m factcheck.running`.

One process is the parent of everything: it starts the embedded database (where there is no DATABASE_URL), migrates,
collects the static files, starts the web server, says where the program answers, fetches and reads what is taken in and, on a
laptop, sends the mails that wait (a server has a service for that: `manage.py send_notices --keep-on`). On Ctrl-C, SIGTERM or SIGHUP it
ends all of it in turn, the database last. When the parent is killed, the web server ends by itself, and the next start
takes over the database.
"""

import errno
import fcntl
import hashlib
import http.client
import inspect
import io
import os
import signal
import socket
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from factcheck.embedded import EmbeddedError

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
THREADS = 4
# Two programs that start at once on one database migrate one after the other; the number is ours and means nothing.
MIGRATING = 7_142_026


class RunningError(Exception):
    """The program cannot run; the message says why and what to do."""


class Ended(BaseException):
    """We were told to end."""


class Bell:
    """Turns the first signal to end into `Ended`: at once or, while it is held, right afterwards."""

    def __init__(self) -> None:
        self.rung = False
        self._held = False
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup
                signal.signal(number, self._ring)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self.rung:
            return
        self.rung = True
        if not self._held:
            raise Ended

    @contextmanager
    def held(self) -> Iterator[None]:
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self.rung:
            raise Ended

    def mute(self) -> None:
        """From now on we are ending anyway."""
        self.rung = True


def main(command: list[str]) -> int:
    """Without a command, run the program. `collect` and `answers` are for the container's image, `backup` and `restore` for `make`. Gives the status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    # Whatever the caller's shell was last used for.
    os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
    try:
        match command:
            case []:
                return run()
            case ["collect"]:
                collect()
                return 0
            case ["backup" | "restore" as what, file]:
                back_up_or_restore(what, Path(file))
                return 0
            case ["answers"]:
                status = answer(listens_at(), settings.PORT)
                return 0 if status and status < 400 else 1
            case _:
                raise RunningError(f"It does not know the command {' '.join(command)!r}.")
    except (RunningError, EmbeddedError, ImproperlyConfigured) as reason:
        say(f"Factcheck cannot run. {reason}", to=sys.stderr)
        return 1


def run() -> int:
    """Bring everything up and keep it up until we are told to end; nothing of it is left afterwards."""
    try:
        bell = Bell()
        host, port = listens_at(), settings.PORT
        with alone(settings.VAR) as after_a_fall:
            see_that_the_port_is_free(host, port, patience=15 if after_a_fall else 0)
            with database(bell):
                prepare()
                with web_server(bell, host, port) as server:
                    status = first_answer(server, host, port)
                    if status >= 500:
                        say(f"The first page answers with an error ({status}); see above.", to=sys.stderr)
                    say(f"Factcheck is at {settings.SITE_URL}" + (" (Ctrl-C ends it)" if settings.LAPTOP else ""))
                    with mail_sender(), intake_workers():
                        wait_for(server)
        raise RunningError("The web server ended by itself.")
    except Ended:
        say("Factcheck has ended.")
        return 0


def back_up_or_restore(what: str, file: Path) -> None:
    if not settings.EMBEDDED:
        raise RunningError("This is for the embedded database. For another server use pg_dump and pg_restore.")
    files = file.with_name(f"{file.name}.evidence.tar")
    if what == "backup":
        # The database first: files are only ever added, so all that it tells of is there then.
        settings.EMBEDDED.dump(file)
        pack(settings.EVIDENCE, files)
        say(f"The database is in {file}, the files that people attached in {files}. Keep both.")
    else:
        settings.EMBEDDED.restore(file)
        say(f"The database is what {file} holds.")
        if files.exists():
            say(f"{unpack(files, settings.EVIDENCE)} attached files were put back from {files}.")
        else:
            say(f"There is no {files}, so no attached files were put back.", to=sys.stderr)


def pack(folder: Path, into: Path) -> None:
    """All attached files in one."""
    with tarfile.open(into, "w") as packed:
        for file in sorted(folder.glob("??/*")):
            packed.add(file, file.relative_to(folder).as_posix())


def unpack(packed: Path, into: Path) -> int:
    """Put files back that are not there; how many. What stands under a name that is not its hash is no file of ours."""
    put_back = 0
    with tarfile.open(packed) as files:
        for member in files:
            source = files.extractfile(member) if member.isfile() else None
            data = source.read() if source else b""
            name = hashlib.sha256(data).hexdigest()
            file = into / name[:2] / name
            if member.name == f"{name[:2]}/{name}" and not file.exists():
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
                put_back += 1
    return put_back


def listens_at() -> str:
    """A laptop's program is for nobody else; some shells export a HOST of their own."""
    return "127.0.0.1" if settings.LAPTOP else os.environ.get("HOST") or "127.0.0.1"


def say(text: str, to: Any = None) -> None:
    print(text, file=to or sys.stdout, flush=True)


@contextmanager
def alone(var: Path) -> Iterator[bool]:
    """Nobody else runs the program from this folder. Gives whether the last one who did was killed."""
    try:
        var.mkdir(parents=True, exist_ok=True)
        file = (var / "running.lock").open("a+")
    except OSError as error:
        raise RunningError(f"Its folder for what it keeps cannot be written: {error}") from error
    with file:
        # The lock itself ends with the process, however that ends; the text is only told to people.
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise RunningError(f"It runs already from this folder: {file.read().strip()}.") from None
        file.seek(0)
        was_killed = bool(file.read())
        file.truncate(0)
        file.write(f"{settings.SITE_URL}, process {os.getpid()}")
        file.flush()
        try:
            yield was_killed
        finally:
            file.truncate(0)


def see_that_the_port_is_free(host: str, port: int, patience: float = 0) -> None:
    """Raises RunningError if it is taken, `patience` seconds later: what a killed parent left behind takes a moment to end."""
    if not 0 < port < 65536:
        raise RunningError(f"PORT must be a number from 1 to 65535, not {port}.")
    deadline = time.monotonic() + patience
    while True:
        try:
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                return probe.bind((host, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise RunningError(f"It cannot listen on {host}, port {port}: {error.strerror}.") from error
            if time.monotonic() > deadline:
                raise RunningError(
                    f"Port {port} is taken by another program. Stop that one, or choose another port: PORT={port + 1}."
                ) from None
        time.sleep(0.1)


@contextmanager
def database(bell: Bell) -> Iterator[None]:
    with ExitStack() as stack:
        if settings.EMBEDDED:
            # Half a start or half a stop would leave a server behind.
            with bell.held():
                stack.enter_context(settings.EMBEDDED.running())
        try:
            yield
        finally:
            bell.mute()


def prepare() -> None:
    """Bring the database and the static files to where this version of the program wants them."""
    from django.core.management import call_command
    from django.db import connections

    set_up()

    try:
        if settings.LAPTOP or os.environ.get("MIGRATION_DATABASE_URL"):
            with connections["owner"].cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATING])
                call_command("migrate", database="owner", interactive=False, verbosity=0 if settings.LAPTOP else 1)
        if settings.LAPTOP:
            call_command("demo")
    except OperationalError as error:
        raise RunningError(f"The database does not answer: {error}") from error
    finally:
        for connection in connections.all(initialized_only=True):
            connection.close()
            getattr(connection, "close_pool", lambda: None)()
    collect()


def set_up() -> None:
    import django

    django.setup()


def collect() -> None:
    """Collect the static files under their hashed names, if anything about them has changed.

    All or nothing: a collection that was broken off is begun again, since it may have left half a file.
    """
    from django.contrib.staticfiles.finders import get_finders
    from django.core.files.storage import storages
    from django.core.management import call_command

    set_up()
    # What the files become depends on them and on the storage that names them.
    state = hashlib.sha256(inspect.getsource(sys.modules[type(storages["staticfiles"]).__module__]).encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            with storage.open(name) as file:
                state.update(f"{name}\0".encode() + hashlib.file_digest(file, "sha256").digest())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == state.hexdigest():
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state.hexdigest())


@contextmanager
def web_server(bell: Bell, host: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "factcheck.running", "serve", host, str(port), str(os.getpid())]
    # What serves readers has no business with the owner's rights.
    environment = {name: value for name, value in os.environ.items() if name != "MIGRATION_DATABASE_URL"}
    with ExitStack() as stack:
        with bell.held():
            # In a session of its own, so that a Ctrl-C in the terminal reaches us alone.
            server = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
            )
            stack.callback(end, server)
        try:
            yield server
        finally:
            bell.mute()


@contextmanager
def mail_sender() -> Iterator[None]:
    """Send what waits, in a thread of this process, which has all that it takes; on a laptop alone."""
    if not settings.LAPTOP:
        yield
        return
    from factcheck.notices.sending import keep_sending

    told_to_end = threading.Event()
    sender = threading.Thread(target=keep_sending, args=(told_to_end,), daemon=True)
    sender.start()
    try:
        yield
    finally:
        told_to_end.set()
        # What it is sending at this moment; should that take longer, it waits in the database for the next start.
        sender.join(timeout=15)


@contextmanager
def intake_workers() -> Iterator[None]:
    """Fetch and read what is taken in, in threads of this process: two, so that a slow page holds up nobody else."""
    from django.db import connections

    from factcheck.intake.working import keep_working

    told_to_end = threading.Event()
    workers = [threading.Thread(target=keep_working, args=(told_to_end,), daemon=True) for _number in range(2)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        told_to_end.set()
        # They hear of it within a moment, and what they were at is taken up at the next start.
        for worker in workers:
            worker.join(timeout=15)
        # They share it: the last one out.
        getattr(connections["default"], "close_pool", lambda: None)()


def wait_for(server: subprocess.Popen[bytes]) -> None:
    """Until it ends. Now and again Python gets a turn: of a signal that comes while it enters a wait without end, it would hear
    with the next signal only."""
    while server.poll() is None:
        time.sleep(0.5)


def end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    with suppress(subprocess.TimeoutExpired):
        server.wait(timeout=15)
    # Whoever is left of its workers; usually nobody.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def first_answer(server: subprocess.Popen[bytes], host: str, port: int) -> int:
    """Wait until the program answers; gives the status of its first page."""
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        if status := answer(host, port):
            return status
        time.sleep(0.05)
    raise RunningError("The web server did not start; the reason stands above.")


def answer(host: str, port: int) -> int | None:
    """The status with which the program answers a request for its first page, or None when it does not."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # looked up, not listened at
    connection = http.client.HTTPConnection(reachable, port, timeout=10)
    # As the proxy in front says it: otherwise the answer is a way to https, and nothing is asked of the database.
    headers = {"Host": urlsplit(settings.SITE_URL).netloc, "X-Forwarded-Proto": urlsplit(settings.SITE_URL).scheme}
    try:
        connection.request("GET", "/", headers=headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def serve(host: str, port: int, parent: int) -> None:
    """The web server's own process."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    end_with(parent)
    server = Granian(
        "factcheck.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=WORKERS,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=partial(load, os.getpid()), wrap_loader=False)


def load(parent: int) -> Callable[..., Any]:
    """The program, in a worker of the web server."""
    # A forked worker has inherited how its parent hears signals, to which it does not listen; its own way comes later.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    end_with(parent)
    from factcheck.wsgi import application

    return application


def end_with(parent: int) -> None:
    """End this process when its parent is gone, which cannot say so when it was killed."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", host, port, parent]:
            serve(host, int(port), int(parent))
        case _:
            sys.exit(main(sys.argv[1:]))

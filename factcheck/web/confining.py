"""Extraction in a process of its own, with a limit of memory and time, without the network, our settings and our secrets.

Whatever bytes from outside do to the libraries that read them, they do it there.
"""

import base64
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from factcheck.web import refusing
from factcheck.web.kinds import Kind
from factcheck.web.refusing import Refused, TooDemanding

if sys.platform == "win32":  # pragma: no cover
    raise ImportError("It needs a system that limits processes.")

SECONDS = 15.0
MEMORY = 1 << 30  # bytes of address space
BEAT = 0.25  # seconds
LIBRARIES = {
    Kind.HTML: ["trafilatura"],
    Kind.TEXT: [],
    Kind.MARKDOWN: ["markdown_it"],
    Kind.DOCX: ["mammoth"],
    Kind.PDF: ["pypdf"],
}
ROOT = Path(__file__).resolve().parent.parent.parent
# All that it is told of our environment: where programs and libraries are.
NEEDED = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH")
# What a process that only reads and writes its own pipes never does (sys.audit, "Audit events table").
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "os.kill",
    "ctypes.dlopen",
    "os.remove",
)


def extract(
    data: bytes,
    kind: Kind,
    *,
    declared: str = "",
    url: str = "",
    everything: bool = False,
    progress: Callable[[int], None] | None = None,
    seconds: float = SECONDS,
) -> dict[str, Any]:
    """`extracting.extract`, as JSON (`Extracted.of_json` reads it). Raises Refused; TooDemanding for all that outlasts its limits.

    progress -- called several times a second; whatever it raises ends the reading.
    """
    head = {"kind": kind.value, "declared": declared, "url": url, "everything": everything, "seconds": seconds}
    head["data"] = base64.b64encode(data).decode()
    child = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "factcheck.web.confining"],
        cwd=ROOT,
        env={name: os.environ[name] for name in NEEDED if name in os.environ} | {"PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    deadline = time.monotonic() + seconds
    said: bytes | None = json.dumps(head).encode()
    try:
        while True:
            try:
                answer, _errors = child.communicate(said, timeout=BEAT)
                break
            except subprocess.TimeoutExpired:
                said = None
                if progress:
                    progress(0)
                if time.monotonic() > deadline:
                    raise TooDemanding from None
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    if child.returncode != 0 or not answer:
        raise TooDemanding
    found: dict[str, Any] = json.loads(answer)
    if why := found.get("refused"):
        raise refusing.named(why, found["facts"])
    return found


def main() -> None:
    """The process itself: one question from its standard input, one answer to its standard output."""
    question = json.loads(sys.stdin.buffer.read())
    from factcheck.web import extracting

    # Before the limits, so that they are not in its way.
    for library in LIBRARIES[Kind(question["kind"])]:
        import_module(library)
    _limit(float(question["seconds"]))
    try:
        found = extracting.extract(
            base64.b64decode(question["data"]),
            Kind(question["kind"]),
            declared=question["declared"],
            url=question["url"],
            everything=question["everything"],
        ).as_json()
    except Refused as why:
        found = {"refused": type(why).__name__, "facts": why.facts}
    except (MemoryError, RecursionError):
        found = {"refused": TooDemanding.__name__, "facts": {}}
    except Exception:
        found = {"refused": refusing.Damaged.__name__, "facts": {}}
    sys.stdout.buffer.write(json.dumps(found).encode())
    sys.stdout.buffer.flush()


def _limit(seconds: float) -> None:
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, int(seconds) + 1),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # Some systems know no limit of this kind; the deadline holds all the same.
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))

    def watch(event: str, _arguments: Any) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(event)

    sys.addaudithook(watch)


if __name__ == "__main__":
    main()

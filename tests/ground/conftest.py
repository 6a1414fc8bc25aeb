import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.ground.program import Program


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start() -> Iterator[Callable[..., Program]]:
    """Start programs; whatever the test leaves of them is ended."""
    started: list[Program] = []

    def starter(var: Path, port: int, **environment: str) -> Program:
        started.append(Program(var, port, **environment))
        return started[-1]

    yield starter
    for program in started:
        if program.process.poll() is None:
            program.end()
        for pid in program.web_processes():
            os.kill(pid, signal.SIGKILL)

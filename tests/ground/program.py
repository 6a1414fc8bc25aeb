"""The program as a process of its own, as people start it."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENTRY = [sys.executable, "-m", "factcheck.running"]


class Program:
    """`python -m factcheck.running` with what it keeps in `var`, in an environment that holds nothing else."""

    def __init__(self, var: Path, port: int, **environment: str) -> None:
        self.port = port
        self.log = var.parent / f"{var.name}-{time.monotonic_ns()}.log"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ENTRY,
                cwd=ROOT,
                env={**kept, "VAR_DIR": str(var), "PORT": str(port), **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self.log.read_text()

    def wait_until(self, condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + 120
        while not condition():
            assert self.process.poll() is None, f"ended with {self.process.returncode}:\n{self.output}"
            assert time.monotonic() < deadline, self.output
            time.sleep(0.01)

    def wait_until_up(self) -> None:
        self.wait_until(lambda: "Factcheck is at" in self.output)

    def status(self) -> int:
        """Of the page for readers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=30) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(timeout=120)

    def web_processes(self) -> list[int]:
        """Of this port, also of a parent that is gone."""
        told = subprocess.run(["ps", "-ww", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
        return [int(line.split()[0]) for line in told.splitlines() if f"serve 127.0.0.1 {self.port} " in line]

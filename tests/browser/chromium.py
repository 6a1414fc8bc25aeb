"""The system's Chromium, and how it is started: nothing is looked up outside this machine."""

import shutil

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def found() -> str | None:
    """Where it is installed, under one of its names."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

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


# The same engine without a window of its own comes first: it asks for much less of the machine.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def found() -> str | None:
    """Where it is installed, under one of its names."""
    return next(filter(None, map(shutil.which, NAMES)), None)

"""`python -m tests.bench`."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
os.environ["DJANGO_SETTINGS_MODULE"] = "factcheck.settings"
os.environ["VAR_DIR"] = str(ROOT / "var" / "bench")
# Playwright's loop would make Django think that all of this is asynchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL", "SITE_URL"):
    os.environ.pop(name, None)

import django

django.setup()

from tests.bench.measuring import main

if __name__ == "__main__":
    main()

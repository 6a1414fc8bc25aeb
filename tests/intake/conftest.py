from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test.utils import override_settings

from tests.web.hostile import Server, outside, page, serving

NEWS = Path(__file__).parent.parent / "web" / "pages" / "news.html"


@pytest.fixture(autouse=True)
def kept(tmp_path: Path) -> Iterator[Path]:
    """Where bytes are kept, and the way to a server of the tests' own."""
    place = settings.STORAGES["evidence"] | {"OPTIONS": {"location": tmp_path, "base_url": None}}
    with override_settings(STORAGES=settings.STORAGES | {"evidence": place}, OUTSIDE=outside()):
        yield tmp_path


@pytest.fixture
def server() -> Iterator[Server]:
    """One with a news page."""
    with serving() as running:
        running.answers["/2026/11/harbour"] = page(NEWS.read_bytes())
        yield running

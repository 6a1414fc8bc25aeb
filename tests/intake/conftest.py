from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test.utils import override_settings

from factcheck.accounts.models import User
from factcheck.intake import taking
from factcheck.intake.models import Intake
from factcheck.intake.working import work_next
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


def fetched(address: str, *, by: User) -> Intake:
    """Taken from an address, and what became of it."""
    return worked_on(taking.take_from_address(address, by=by))


def worked_on(intake: Intake) -> Intake:
    while work_next():
        pass
    return Intake.objects.get(pk=intake.pk)

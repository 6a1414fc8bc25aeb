"""The ground every test stands on: a PostgreSQL of their own, the cast, a browser."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finder
from django.db import connections
from django.test import TransactionTestCase
from django.test.utils import override_settings
from psycopg import sql
from psycopg.errors import DeadlockDetected
from pytest_django import DjangoDbBlocker

from factcheck.accounts.models import User
from factcheck.accounts.roles import ADMINISTRATOR, CHECKER, PUBLISHER, REVIEWER
from factcheck.embedded import Cluster
from factcheck.rendering.static import small
from tests import newsroom
from tests.browser import chromium

# Playwright's loop would make Django think that every test is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# These wait for programs and browsers: begun first, they do not hold up the end.
SLOW = ("ground", "embedded", "browser", "public")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    folders = {name: number for number, name in enumerate(SLOW)}
    items.sort(key=lambda item: folders.get(item.path.parent.name, len(SLOW)))


@pytest.fixture(scope="session", autouse=True)
def _for_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files small as browsers get them but under plain names (nothing is collected), and a quick password hash."""
    ours, shipped = Path(settings.STATICFILES_DIRS[0]), tmp_path_factory.mktemp("static")
    for file in (each for each in ours.rglob("*") if each.is_file()):
        copy = shipped / file.relative_to(ours)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(small(file.name, file.read_text()))
    storages = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    hasher = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(
        STORAGES=storages, STATICFILES_DIRS=[shipped], PASSWORD_HASHERS=hasher, WHITENOISE_AUTOREFRESH=True
    ):
        get_finder.cache_clear()
        yield
    get_finder.cache_clear()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own, thrown-away data, both roles."""
    cluster = Cluster(Path(settings.VAR) / "test-postgres", durable=False)
    with cluster.running():
        yield cluster


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The owner makes and migrates the test database; the tests use it as the application's role."""
    for alias, role in (("default", Cluster.APPLICATION), ("owner", Cluster.OWNER)):
        place = settings.DATABASES[alias]
        place |= {"HOST": cluster.host, "PORT": str(cluster.port), "USER": role, "NAME": Cluster.DATABASE}
        place["OPTIONS"] = {name: value for name, value in place["OPTIONS"].items() if name != "pool"}
    # Each worker has a database of its own on the one server, a copy of the one that the first of them makes and migrates.
    name = f"test_{Cluster.DATABASE}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with django_db_blocker.unblock():
        _copy_of_the_migrated(name, run=os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid())))
        for alias in ("default", "owner"):
            connections[alias].settings_dict["NAME"] = name
        _Reference.remember()
        yield
        connections["default"].close()
        connections["owner"].close()


def _copy_of_the_migrated(name: str, run: str) -> None:
    """Make the database `name`. run -- of this run of the tests: its first worker migrates, the others wait and copy."""
    owner, migrated = connections["owner"], f"test_{Cluster.DATABASE}_migrated"
    place = settings.DATABASES["owner"]
    with psycopg.connect(
        host=place["HOST"], port=place["PORT"], user=place["USER"], dbname="postgres", autocommit=True
    ) as server:
        server.execute("SELECT pg_advisory_lock(hashtext('the tests migrate'))")
        told = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [migrated]
        ).fetchone()
        if told != (run,):
            owner.settings_dict["TEST"]["NAME"] = migrated
            owner.creation.create_test_db(verbosity=0, autoclobber=True)
            owner.close()
            server.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(migrated), run))
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(migrated)))


class _Reference:
    """What migrating leaves in the database, put back after a test that committed."""

    rows: dict[str, bytes] = {}

    @classmethod
    def remember(cls) -> None:
        with cls._owner() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            for (table,) in cursor.fetchall():
                if table != "django_migrations":
                    with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                        cls.rows[table] = b"".join(copy)

    @classmethod
    def restore(cls) -> None:
        """As the owner: the application's role may not empty a table."""
        with cls._owner() as cursor:
            cursor.execute("TRUNCATE {}".format(", ".join(f'"{table}"' for table in cls.rows)))
            filled = [table for table, rows in cls.rows.items() if rows]
            for table in filled:
                cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            for table in filled:
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(cls.rows[table])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in filled:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')

    @staticmethod
    @contextmanager
    def _owner() -> Iterator[psycopg.Cursor]:
        place = settings.DATABASES["owner"]
        with psycopg.connect(
            host=place["HOST"], port=place["PORT"], user=place["USER"], dbname=settings.DATABASES["default"]["NAME"]
        ) as connection:
            yield connection.cursor()


# Django would empty the tables as the application's role, which may not.
def _restore() -> None:
    for _attempt in range(4):
        # A page that was just closed may have sent its last words, and the server be answering them.
        with suppress(DeadlockDetected):
            return _Reference.restore()
    return _Reference.restore()


TransactionTestCase._fixture_teardown = lambda self: _restore()


@pytest.fixture
def ada(db: None) -> User:
    """A checker."""
    return newsroom.person("ada", CHECKER)


@pytest.fixture
def bo(db: None) -> User:
    """A reviewer who also checks, so may be an author of what waits for review."""
    return newsroom.person("bo", REVIEWER, CHECKER)


@pytest.fixture
def cleo(db: None) -> User:
    """A publisher."""
    return newsroom.person("cleo", PUBLISHER)


@pytest.fixture
def dee(db: None) -> User:
    """The administrator."""
    return newsroom.person("dee", ADMINISTRATOR)


@pytest.fixture
def finn(db: None) -> User:
    """Another checker: the one whose record it is not."""
    return newsroom.person("finn", CHECKER)


@pytest.fixture
def guest(db: None) -> User:
    """Somebody with a login and no role."""
    return newsroom.person("guest")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> dict[str, object]:
    if not chromium.found():
        pytest.exit("The browser tests need Chromium: install it (Debian: apt-get install chromium).", returncode=3)
    return browser_type_launch_args | {"executable_path": chromium.found(), "args": chromium.FLAGS}

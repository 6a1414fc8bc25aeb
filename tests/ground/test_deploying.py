"""What the image and the composition say is tried here without an engine: the same commands, roles and addresses."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from factcheck.embedded import Cluster
from tests.ground.program import ENTRY, ROOT, Program

COMPOSITION = ROOT / "docker-compose.yml"
GIVEN = {
    "SECRET_KEY": "k" * 60,
    "SUPERUSER_PASSWORD": "a1",
    "OWNER_PASSWORD": "b2",
    "APPLICATION_PASSWORD": "c3",
}


def composition(**given: str) -> Any:
    """As Compose reads it: `${NAME:?why}` and `${NAME:-default}` are filled in, `$$` is a dollar sign."""

    def filled(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        return given[found[1]] if found[2] == "?" else given.get(found[1], found[3])

    return yaml.safe_load(re.sub(r"\$\$|\$\{(\w+):([?-])([^}]*)\}", filled, COMPOSITION.read_text()))


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Cluster]:
    """A server as the image makes it, where nobody but the superuser has come yet."""
    cluster = Cluster(tmp_path / "bare", durable=False)
    with cluster.running():
        with cluster._connect() as connection:
            connection.execute("DROP DATABASE factcheck")
            connection.execute("DROP ROLE factcheck")
            connection.execute("DROP ROLE factcheck_owner")
        yield cluster
    cluster.delete()


def test_the_composition_keeps_to_the_compose_specification() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSITION],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stdout


def test_the_image_runs_what_make_run_runs() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    command = next(json.loads(line.removeprefix("CMD ")) for line in lines if line.startswith("CMD "))
    assert command == ["python", *ENTRY[1:]]
    assert "\t@$(PYTHON) -m factcheck.running\n" in (ROOT / "Makefile").read_text()


def test_no_secret_is_written_in_the_composition() -> None:
    assert composition(SITE_URL="https://check.example.org", **GIVEN)
    for name in ("SITE_URL", *GIVEN):
        given = {"SITE_URL": "https://check.example.org", **GIVEN}
        del given[name]
        with pytest.raises(KeyError, match=name):
            composition(**given)


def test_what_serves_readers_is_not_given_the_owners_rights() -> None:
    services = composition(SITE_URL="https://check.example.org", **GIVEN)["services"]
    assert "MIGRATION_DATABASE_URL" not in services["web"]["environment"]
    assert GIVEN["OWNER_PASSWORD"] not in json.dumps(services["web"])
    assert GIVEN["SUPERUSER_PASSWORD"] not in json.dumps([services["web"], services["migrate"]])


def test_its_roles_its_migration_and_its_entry_point_work_together(
    bare: Cluster, start: Callable[..., Program], tmp_path: Path, port: int
) -> None:
    composed = composition(SITE_URL=f"http://127.0.0.1:{port}", **GIVEN)
    services = composed["services"]
    there = f"@/factcheck?host={bare.host}&port={bare.port}"

    def settings(service: str) -> dict[str, str]:
        return {
            name: value.replace("@database/factcheck", there)
            for name, value in services[service]["environment"].items()
            if value is not None
        }

    # The image runs the script with bash, as the superuser, against the server's socket.
    path = f"{bare.program('psql').parent}:{os.environ['PATH']}"
    subprocess.run(
        ["bash", "-c", composed["configs"]["roles"]["content"]],
        env={**settings("database"), "PATH": path, "PGHOST": bare.host, "PGPORT": str(bare.port)},
        check=True,
    )
    assert services["migrate"]["command"][:2] == ["python", "manage.py"]
    subprocess.run(
        [sys.executable, *services["migrate"]["command"][1:]],
        cwd=ROOT,
        env={**settings("migrate"), "PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")},
        check=True,
    )
    program = start(tmp_path / "var", port, **settings("web"))
    program.wait_until_up()
    assert program.status() == 200
    answers = [*ENTRY, "answers"]
    environment = {**settings("web"), "PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), "PORT": str(port)}
    assert subprocess.run(answers, cwd=ROOT, env=environment, check=False).returncode == 0
    assert program.end() == 0
    assert subprocess.run(answers, cwd=ROOT, env=environment, check=False).returncode == 1

    with bare._connect() as connection:
        kept = connection.execute("SELECT rolname, rolpassword IS NOT NULL, rolsuper FROM pg_authid").fetchall()
        assert ("factcheck", True, False) in kept
        assert ("factcheck_owner", True, False) in kept
    with (
        psycopg.connect(bare.url(Cluster.APPLICATION)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE mine ()")


def test_the_static_files_of_the_image_are_not_collected_again(tmp_path: Path) -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    build = next(line.removeprefix("RUN ") for line in lines if line.startswith("RUN DATABASE_URL"))
    command = ["sh", "-c", build.replace("python -m", f"{sys.executable} -m")]
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    stamp = tmp_path / "var" / "static" / ".collected"
    before = stamp.stat().st_mtime_ns
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    assert stamp.stat().st_mtime_ns == before

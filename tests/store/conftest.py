"""Where the tests keep their dossiers: in a folder of their own, and in a PostgreSQL server of their own."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from treves.store import Store, open_store

_NUMBERS = itertools.count(1)
BACKENDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def _programs() -> Path | None:
    """Folder of PostgreSQL's server programs, the newest if there are several."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    folders = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    return max(folders, key=lambda folder: float(folder.parent.name), default=None)


def _run(*command: str | Path) -> None:
    """Run a server program, as the user postgres when we are root, for it refuses root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*prefix, *map(str, command)],
        cwd="/",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        timeout=60,
    )
    if done.returncode:
        pytest.fail(f"{command[0]} failed: {done.stdout.decode(errors='replace')}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Address of a database on a server that lives as long as the tests; skips where there is none to start."""
    programs = _programs()
    if programs is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    if os.geteuid() == 0 and not shutil.which("runuser"):
        pytest.skip("PostgreSQL refuses to be started by root, and there is no runuser")
    pytest.importorskip("psycopg", reason="the extra treves[postgres] is not installed")
    folder = Path(tempfile.mkdtemp(prefix="treves-pg-"))  # a short path: a socket's name has 107 bytes
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        _run(programs / "initdb", "-D", data, "-U", "treves", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        settings = f"-k {folder} -h '' -c fsync=off -c max_connections=30"
        _run(programs / "pg_ctl", "start", "-w", "-D", data, "-l", folder / "log", "-o", settings)
        try:
            yield f"postgresql://treves@/postgres?host={folder}"
        finally:
            _run(programs / "pg_ctl", "stop", "-m", "immediate", "-D", data)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_target(postgres_server: str) -> str:
    """Address of an empty schema."""
    import psycopg

    name = f"dossier_{next(_NUMBERS)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}".encode())
    return f"{postgres_server}&options=-csearch_path%3D{name}"


@pytest.fixture(params=BACKENDS)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a dossier can be made: a file, and then a database."""
    if request.param == "sqlite":
        return str(tmp_path / "talks.treves")
    return str(request.getfixturevalue("postgres_target"))


@pytest.fixture
def store(target: str) -> Iterator[Store]:
    """An empty dossier, open, of each kind in turn."""
    with open_store(target, create=True) as opened:
        yield opened

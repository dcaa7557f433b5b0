"""Real servers for tests: a PostgreSQL of its own in a temporary folder."""

from __future__ import annotations

import glob
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server that these tests run for themselves."""
    pytest.importorskip("psycopg")
    binaries = find_postgres()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    with run_postgres(binaries) as url:
        yield url


@pytest.fixture(scope="session")
def databases(postgres_server: str) -> Callable[[], str]:
    """Makes a new database and returns its URL."""
    import psycopg

    numbers = count()

    def make() -> str:
        name = f"test{next(numbers)}"
        with psycopg.connect(postgres_server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return postgres_server.replace("/postgres", f"/{name}")

    return make


def find_postgres() -> Path | None:
    """Return the folder with ``initdb`` and ``pg_ctl``, if PostgreSQL is installed."""
    debian = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
    on_path = shutil.which("pg_ctl")
    folders = [*map(Path, reversed(debian)), *([Path(on_path).parent] if on_path else [])]
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


@contextmanager
def run_postgres(binaries: Path) -> Iterator[str]:
    """Run a server on a port of the loopback address, and give the URL of its database.

    PostgreSQL refuses to run as root, so that it runs as nobody where the tests do.
    """
    with tempfile.TemporaryDirectory(prefix="newsextract-pg-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        user = {"user": "nobody"} if os.geteuid() == 0 else {}
        if user:
            shutil.chown(folder, "nobody")
        data, port = folder / "data", _free_port()
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
        start = [binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options]
        _call([binaries / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-N"], user)
        _call([*start, "start"], user)
        try:
            yield f"postgresql://tester@127.0.0.1:{port}/postgres"
        finally:
            _call([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], user)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _call(command: list[object], user: dict[str, str]) -> None:
    words = [str(word) for word in command]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    subprocess.run(words, check=True, capture_output=True, cwd="/", env=environment, **user)

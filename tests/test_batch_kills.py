"""A run that is killed at any moment goes on: every article is there once, row for row."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from stores import count_articles, read_target
from victim import COUNT, write_edition

KILLS = 20
FEW_KILLS = 4
HERE = Path(__file__).parent


def start_run(
    target: str, format: str, *, edition: int, workers: int = 1
) -> subprocess.Popen[bytes]:
    """Start a run in a process of its own and return it when it is about to begin."""
    command = [
        sys.executable,
        HERE / "victim.py",
        target,
        format,
        str(edition),
        "0.002",
        str(workers),
    ]
    paths = os.pathsep.join([str(HERE), *sys.path])
    victim = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONWARNINGS": "ignore"},
    )
    assert victim.stdout is not None
    assert victim.stdout.readline() == b"started\n"
    return victim


def time_run(target: str, format: str, *, edition: int, workers: int = 1) -> float:
    """Return the seconds that a run takes which nobody kills."""
    with start_run(target, format, edition=edition, workers=workers) as victim:
        start = time.perf_counter()
        assert victim.wait() == 0
        return time.perf_counter() - start


def kill_run(target: str, format: str, *, edition: int, after: float, workers: int = 1) -> bool:
    """Start a run, kill it ``after`` seconds, say if it still ran."""
    with start_run(target, format, edition=edition, workers=workers) as victim:
        time.sleep(after)
        alive = victim.poll() is None
        victim.kill()
    return alive


def survive_kills(target: str, format: str, fresh: str, *, kills: int) -> None:
    """Kill runs at random moments, let one finish, and compare with runs that were never killed.

    Each run has an edition of its own to write, which takes as long on this machine as it does.
    """
    write_edition(fresh, format, edition=0)
    seconds = time_run(fresh, format, edition=1)
    moments = random.Random(f"{format} {kills}")
    killed = sum(
        kill_run(target, format, edition=number, after=moments.uniform(0.0, seconds))
        for number in range(kills)
    )
    assert killed >= kills // 3, "the runs ended before they were killed: this proves nothing"
    write_edition(target, format, edition=kills)
    write_edition(fresh, format, edition=kills)
    assert count_articles(target) == COUNT
    assert read_target(target) == read_target(fresh)
    assert write_edition(target, format, edition=kills).unchanged == COUNT


FILES = {
    "sqlite": "out.db",
    "parquet": "parquet",
    "csv": "csv",
    "jsonl": "out.jsonl",
    "duckdb": "out.duckdb",
}


def survive_in_files(folder: Path, format: str, *, kills: int) -> None:
    """Do it with a file or folder, whose packages may be missing."""
    for package in {"parquet": ["pyarrow"], "duckdb": ["pyarrow", "duckdb"]}.get(format, []):
        pytest.importorskip(package)
    (folder / "fresh").mkdir()
    name = FILES[format]
    survive_kills(str(folder / name), format, str(folder / "fresh" / name), kills=kills)


@pytest.mark.parametrize("format", FILES)
def test_a_killed_run_goes_on(tmp_path: Path, format: str) -> None:
    """Nothing is lost, nothing is there twice, and changed articles replaced their old rows."""
    survive_in_files(tmp_path, format, kills=FEW_KILLS)


def test_a_killed_run_into_postgresql_goes_on(databases: Callable[[], str]) -> None:
    """The same on a server, whose lock goes with the connection of the killed process."""
    survive_kills(databases(), "postgresql", databases(), kills=FEW_KILLS)


@pytest.mark.slow
@pytest.mark.parametrize("format", ["sqlite", "parquet"])
def test_a_run_killed_twenty_times_goes_on(tmp_path: Path, format: str) -> None:
    """At more moments, so that every step of a commit is hit."""
    survive_in_files(tmp_path, format, kills=KILLS)


@pytest.mark.slow
def test_a_run_into_postgresql_killed_twenty_times_goes_on(databases: Callable[[], str]) -> None:
    """The same on a server."""
    survive_kills(databases(), "postgresql", databases(), kills=KILLS)

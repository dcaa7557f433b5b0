"""Ctrl-C, once or twice: the run ends in order, soon and without a traceback, and goes on later."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from stores import read_target
from tiny import TinyLoader, make_articles

from newsextract.batch import RunOptions, run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="sends signals")

COUNT = 2000
SECONDS = 10.0
"""Three are promised, on a machine that does nothing else."""
COMMAND = """
import sys
import newsextract.cli.running as running
from newsextract.cli import main
from tiny import TinyLoader, make_articles
running.make_loader = lambda args: TinyLoader(float(sys.argv[3]))
running.read_articles = lambda paths, options: Articles(make_articles(int(sys.argv[4])))
class Articles(list):
    def done(self, handled):
        return None
    def describe_left_out(self):
        return ""
sys.exit(main(["extract", "-", "--to", sys.argv[1], "--workers", sys.argv[2]]))
"""


def start(target: Path, *, workers: int, seconds: float) -> subprocess.Popen[str]:
    """Start a run, and return it when its first batch is stored."""
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    words = [str(target), str(workers), str(seconds), str(COUNT)]
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, *words],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
        start_new_session=True,
    )
    deadline = time.monotonic() + 120
    while not count_stored(target):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def count_stored(target: Path) -> int:
    """Return how many articles another process has stored so far."""
    try:
        connection = sqlite3.connect(f"file:{target}?mode=ro", uri=True)
        return connection.execute("SELECT COUNT(*) FROM articles").fetchone()[0]
    except sqlite3.Error:
        return 0


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("times", [1, 2])
def test_an_interrupted_run_ends_in_order(tmp_path: Path, workers: int, times: int) -> None:
    """The whole process group gets the signal, as from a terminal."""
    target = tmp_path / "out.db"
    process = start(target, workers=workers, seconds=0.01)
    began = time.monotonic()
    for _ in range(times):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.1)
    _, said = process.communicate(timeout=60)
    assert time.monotonic() - began < SECONDS
    assert process.returncode == 130
    assert "interrupted" in said
    assert "Traceback" not in said
    assert said.count("\n") == 1
    stored = count_stored(target)
    summary = run(make_articles(COUNT), RunOptions(str(target)), loader=TinyLoader())
    fresh = str(tmp_path / "fresh.db")
    run(make_articles(COUNT), RunOptions(fresh), loader=TinyLoader())
    assert summary.unchanged == stored < COUNT
    assert read_target(str(target)) == read_target(fresh)

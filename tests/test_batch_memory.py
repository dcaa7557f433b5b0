"""Memory stays flat, however long the input is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

PEAK = """
import resource, sys
from tiny import TinyLoader, make_article
from newsextract.batch import RunOptions, run
target, form, count = sys.argv[1:]
articles = (make_article(number, words=150) for number in range(int(count)))
options = RunOptions(target, format=form, dedupe=True, english_only=True)
summary = run(articles, options, loader=TinyLoader())
assert summary.written + summary.repeated == int(count)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def find_peak(target: Path, format: str, count: int) -> int:
    """Return the most memory that a run over ``count`` articles took, in units of the system."""
    paths = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(target), format, str(count)],
        env={**os.environ, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(done.stdout)


@pytest.mark.parametrize("format", ["sqlite", "jsonl", "parquet", "duckdb"])
def test_ten_thousand_articles_take_the_memory_of_a_thousand(tmp_path: Path, format: str) -> None:
    """Within a tenth; the index of duplicates lies on disk."""
    if format in ("parquet", "duckdb"):
        pytest.importorskip("pyarrow")
    if format == "duckdb":
        pytest.importorskip("duckdb")
    few = find_peak(tmp_path / f"few.{format}", format, 1_000)
    many = find_peak(tmp_path / f"many.{format}", format, 10_000)
    print(format, few, many)
    assert many <= 1.1 * few

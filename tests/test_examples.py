"""The scripts in ``examples/`` run as they are described, over the articles beside them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from invented_corpus import make_records

from newsextract.io.sinks import Entry, open_sink
from newsextract.records import Extraction

EXAMPLES = Path(__file__).parents[1] / "examples"

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the examples are not here"),
]


def call(*words: object, code: int = 0) -> str:
    """Run Python with ``words`` and return what it wrote to standard output."""
    paths = os.pathsep.join([path for path in sys.path if path])
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf8",
        env={**os.environ, "PYTHONPATH": paths, "PYTHONIOENCODING": "utf8"},
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout


def test_most_quoted(tmp_path: Path) -> None:
    """The records of the articles, then the table of their speakers by month."""
    pytest.importorskip("pandas")
    records = tmp_path / "records.jsonl"
    records.write_text(call("-m", "newsextract", "extract", EXAMPLES / "articles"), encoding="utf8")
    table = call(EXAMPLES / "most_quoted.py", records, "--most", 5)
    assert len(table.splitlines()) == 7
    assert "2024-03" in table
    assert "Graham Tulloch" in table


def test_nightly_feed(databases: Callable[[], str]) -> None:
    """The second night stores nothing anew."""
    url = databases()
    first = call(EXAMPLES / "nightly_feed.py", EXAMPLES / "articles", url)
    assert first.startswith("12 written\n")
    assert "Graham Tulloch" in first
    second = call(EXAMPLES / "nightly_feed.py", EXAMPLES / "articles", url)
    assert second.startswith("0 written, 12 unchanged\n")
    assert second.splitlines()[1:] == first.splitlines()[1:]


def test_notebook() -> None:
    """Every cell runs."""
    pytest.importorskip("pandas")
    shown = call(EXAMPLES / "notebook.py")
    assert shown.startswith("harbour 2024-03-12T09:30 ")
    assert "'articles': 12" in shown


def test_ten_questions(tmp_path: Path) -> None:
    """Over two thousand articles, whoever made them."""
    pytest.importorskip("pandas")
    pytest.importorskip("xlsxwriter")
    target = str(tmp_path / "news.db")
    sink = open_sink(target)
    found = [_once(Extraction.from_dict(record)) for record in make_records(2000)]
    sink.write([Entry(e.id, "d", sink.prepare(e)) for e in found], [])
    sink.close()
    shown = call(EXAMPLES / "ten_questions.py", target, "--folder", tmp_path, "--words", "ferry")
    assert [line[:2] for line in shown.splitlines() if line[1:2] == "."][:9] == [
        f"{number}." for number in range(1, 10)
    ]
    assert (tmp_path / "quotes.csv").exists()
    assert "the new ferry terminal" in shown


def _once(record: Extraction) -> Extraction:
    """Return a record in which whoever speaks twice is listed once."""
    people = tuple({person.id: person for person in record.people}.values())
    bodies = tuple({body.id: body for body in record.organizations}.values())
    return replace(record, people=people, organizations=bodies)

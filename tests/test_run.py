"""``newsextract.run``: the command's work from Python, with its progress."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from tiny import TinyLoader, make_articles

import newsextract
from newsextract.batch import RunSummary
from newsextract.batch.progress import ProgressLog
from newsextract.errors import TargetError


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A file of three articles."""
    path = tmp_path / "dump.jsonl"
    lines = [json.dumps({"id": a.id, "text": a.text}) for a in make_articles(3)]
    path.write_text("\n".join(lines), encoding="utf8")
    return path


def test_files_and_articles_go_in(tmp_path: Path, dump: Path) -> None:
    """A path, several, articles, or all in one; what is stored is not read again."""
    target = str(tmp_path / "out.db")
    seen: list[int] = []
    first = newsextract.run(
        dump, target, loader=TinyLoader(), report=lambda s: seen.append(s.written)
    )
    assert (first.written, seen[-1]) == (3, 3)
    second = newsextract.run([str(dump), *make_articles(5)[3:]], target, loader=TinyLoader())
    assert (second.written, second.unchanged) == (2, 3)


def test_linking_ends_a_run(tmp_path: Path, dump: Path) -> None:
    """On request."""
    target = tmp_path / "out.db"
    newsextract.run(dump, target, loader=TinyLoader(), link=True)
    with newsextract.open_store(str(target)) as store:
        assert {person.key for person in store.people()} >= {"person/ann-lee"}


def test_progress_is_logged_once_a_minute(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the password of a URL left out."""
    minutes = iter([0.0, 30.0, 61.0, 62.0])
    monkeypatch.setattr("newsextract.batch.progress.time.monotonic", lambda: next(minutes))
    log = ProgressLog("postgresql://me:secret@db/news")
    with caplog.at_level(logging.INFO, logger="newsextract.batch.progress"):
        for written in (10, 61, 62):
            log.update(RunSummary(written=written))
    assert [r.message for r in caplog.records] == [
        "postgresql://me@db/news: 61 written, 1.0 a second"
    ]


def test_paths_in_a_row_are_one_input(tmp_path: Path) -> None:
    """Of two files that give one id, the second is refused, as on the command line."""
    paths = [tmp_path / folder / "x.txt" for folder in "ab"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(f"Text {path.parent.name}.", encoding="utf8")
    summary = newsextract.run(paths, tmp_path / "out.db", loader=TinyLoader())
    assert (summary.written, summary.failed) == (1, 1)
    assert "another file of this input gave the id 'x'" in summary.failures[0].reason


@pytest.mark.parametrize(("name", "format"), [("out.jsonl", None), ("out", "jsonl")])
def test_a_file_of_records_is_not_linked(tmp_path: Path, name: str, format: str | None) -> None:
    """Which is said before anything is read or written."""
    with pytest.raises(TargetError, match="choose a database or a folder"):
        newsextract.run(make_articles(1), tmp_path / name, format=format, link=True)
    assert not list(tmp_path.iterdir())

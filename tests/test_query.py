"""The command ``query``: conditions in, rows out."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from test_stores import corpus, store_all

from newsextract.cli import MISUSE, OK, main


@pytest.fixture
def target(tmp_path: Path) -> str:
    """A database that holds a few articles."""
    return store_all(str(tmp_path / "out.db"), "sqlite", corpus())


def test_a_table_for_people(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The columns stand below each other, white space in a quote is one blank."""
    assert main(["query", target, "--speaker", "lee", "--kind", "direct", "--limit", "1"]) == OK
    assert capsys.readouterr().out == (
        "published   speaker  kind    content\n2025-03-03  Ann Lee  direct  We need the room\n"
    )


def test_csv_and_json_lines_have_every_column(
    target: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same rows in both."""
    main(["query", target, "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    main(["query", target, "--format", "jsonl"])
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["content"] for row in rows] == [line["content"] for line in lines]
    assert list(rows[0]) == list(lines[0])


def test_a_table_holds_nothing_that_a_terminal_obeys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An article sends no escape codes."""
    record = replace(corpus()[1], meta={"title": "Port\x1b[31m grows\u202e"})
    target = store_all(str(tmp_path / "hostile.db"), "sqlite", [record])
    assert main(["query", target, "--list", "articles"]) == OK
    assert capsys.readouterr().out.splitlines()[1].endswith("Port\ufffd[31m grows\ufffd")


def test_an_empty_folder_is_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Rather than one without quotes."""
    assert main(["query", str(tmp_path)]) == MISUSE
    assert "this folder holds no tables of newsextract" in capsys.readouterr().err


def test_people_and_articles(target: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Most quoted first; by day."""
    main(["query", target, "--list", "people", "--limit", "1"])
    assert capsys.readouterr().out.splitlines()[1] == "3       2         female  Ann Lee"
    main(["query", target, "--list", "articles", "--until", "2025-03-03"])
    assert "Port of Nore to double in size" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--list", "articles", "--speaker", "lee"], "--speaker cannot be used with --list"),
        (["--since", "soon"], "'soon' is not a date"),
    ],
)
def test_misuse(
    target: str, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Says which option does not fit."""
    assert main(["query", target, *arguments]) == MISUSE
    assert message in capsys.readouterr().err

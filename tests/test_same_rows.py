"""Every target holds the same rows for the same articles, whatever their texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from servers import find_postgres
from standin import make_extractor
from strategies import articles

from newsextract import Extractor
from newsextract.article import Article
from newsextract.batch import RunOptions, run
from newsextract.io.stores import Database, open_database
from newsextract.records.tables import TABLES, Column, Table

FILES = {
    "sqlite": "out.db",
    "csv": "csv",
    "jsonl": "out.jsonl",
    "parquet": "parquet",
    "duckdb": "out.duckdb",
}
NEEDED = {"parquet": "pyarrow", "duckdb": "duckdb"}


@dataclass(frozen=True)
class StandInLoader:
    """Loads the stand-in for the model, once."""

    signature: str = "standin/1"

    def load(self) -> Extractor:
        """Return the extractor."""
        return _extractor()


@cache
def _extractor() -> Extractor:
    return make_extractor()


def targets_in(folder: Path, databases: Callable[[], str] | None) -> dict[str, str]:
    """Return a new target of every kind that can be made here."""
    found = {
        format: str(folder / name)
        for format, name in FILES.items()
        if format not in NEEDED or find_spec(NEEDED[format])
    }
    return found | ({"postgresql": databases()} if databases else {})


def rows_of(target: str) -> dict[str, list[str]]:
    """Return the rows of every table of a target, sorted.

    A file of records has no texts, whose length and headline are then not compared.
    """
    with open_database(target) as database:
        return {table.name: sorted(_read_rows(database, table)) for table in TABLES}


def _read_rows(database: Database, table: Table) -> Iterator[str]:
    columns = [column for column in table.columns if column.name not in ("text_length", "title")]
    for row in database.select(table.name, [column.name for column in columns]):
        yield json.dumps(_comparable(columns, row))


def _comparable(columns: Sequence[Column], row: Sequence[Any]) -> list[Any]:
    """Return a row with values of JSON columns, which some targets keep as text, as values."""
    return [
        json.loads(value) if column.type == "json" and isinstance(value, str) else value
        for column, value in zip(columns, row, strict=True)
    ]


@settings(
    max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(texts=st.lists(articles(40), min_size=2, max_size=4), change=articles(20))
def test_every_target_holds_the_same_rows(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    texts: list[str],
    change: str,
) -> None:
    """Also after one article was read again with another text."""
    databases = request.getfixturevalue("databases") if find_postgres() else None
    targets = targets_in(tmp_path_factory.mktemp("rows"), databases)
    first = [Article(text, f"a{number}", "2025-03-03") for number, text in enumerate(texts)]
    for edition in (first, [Article(change, "a0"), *first[1:]]):
        for format, target in targets.items():
            run(edition, RunOptions(target, format=format), loader=StandInLoader())
    expected, *others = [rows_of(target) for target in targets.values()]
    for format, found in zip(list(targets)[1:], others, strict=True):
        for table, rows in found.items():
            assert rows == expected[table], f"{table} of {format}"

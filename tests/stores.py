"""Reading back what a target holds, whatever it is, so that tests can compare targets."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path
from typing import Any

from newsextract.records.tables import TABLES

Contents = dict[str, list[tuple[Any, ...]]]
NAMES = tuple(table.name for table in TABLES)


def read_target(target: str) -> Contents:
    """Return the rows of every table in ``target``, sorted; JSON columns as they compare."""
    if target.startswith("postgresql"):
        return _read_postgres(target)
    if target.endswith(".db"):
        return _read_sqlite(target)
    if target.endswith(".duckdb"):
        return _read_duckdb(target)
    if target.endswith(".jsonl"):
        return {"records": _read_lines(target)}
    return _read_folder(Path(target))


def count_articles(target: str) -> int:
    """Return how many articles ``target`` holds."""
    contents = read_target(target)
    return len(contents.get("articles", contents.get("records", [])))


def _read_sqlite(target: str) -> Contents:
    connection = sqlite3.connect(target)
    try:
        return {n: _sorted(connection.execute(f"SELECT * FROM {n}").fetchall()) for n in NAMES}
    finally:
        connection.close()


def _read_duckdb(target: str) -> Contents:
    import duckdb

    with duckdb.connect(target, read_only=True) as connection:
        return {n: _sorted(connection.execute(f"SELECT * FROM {n}").fetchall()) for n in NAMES}


def _read_postgres(target: str) -> Contents:
    import psycopg

    with psycopg.connect(target) as connection:
        return {n: _sorted(connection.execute(f"SELECT * FROM {n}").fetchall()) for n in NAMES}


def _read_lines(target: str) -> list[tuple[Any, ...]]:
    lines = Path(target).read_text(encoding="utf8").split("\n")
    return sorted((json.loads(line)["id"], line) for line in lines if line)


def _read_folder(folder: Path) -> Contents:
    if (folder / "articles.csv").exists():
        return {name: _read_csv(folder / f"{name}.csv") for name in NAMES}
    import pyarrow.parquet as pq

    tables = {name: pq.read_table(folder / name).to_pylist() for name in NAMES}
    return {name: _sorted([tuple(row.values()) for row in rows]) for name, rows in tables.items()}


def _read_csv(path: Path) -> list[tuple[Any, ...]]:
    with path.open(encoding="utf8", newline="") as file:
        rows = list(csv.reader(file))
    return _sorted([tuple(row) for row in rows[1:]])


def _sorted(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted((tuple(map(_comparable, row)) for row in rows), key=repr)


def _comparable(value: Any) -> Any:
    """Return JSON, which databases keep as text or as values in any order, as one text."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = json.loads(value)
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value

"""The columns that the page of a corpus needs, read from any store that records are kept in."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from newsextract.errors import InputError
from newsextract.extras import import_extra
from newsextract.records import SCHEMA

T = TypeVar("T")
Rows = dict[str, list[tuple[Any, ...]]]
Select = Callable[[str, tuple[str, ...]], Iterable[tuple[Any, ...]]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("id", "published", "title", "url"),
    "people": ("article_id", "id", "key"),
    "organizations": ("article_id", "id", "key"),
    "places": (
        "article_id", "id", "name", "geonames_id", "country_code", "latitude", "longitude",
    ),
    "mentions": ("article_id", "entity"),
    "sources": ("article_id", "id", "kind", "name", "entity"),
    "quotes": ("article_id", "id", "kind", "mode", "content", "speaker"),
}  # fmt: skip
_SQLITE = frozenset((".db", ".sqlite", ".sqlite3"))
_DUCKDB = frozenset((".duckdb", ".ddb"))
_POSTGRES = ("postgresql://", "postgres://")


def is_store(target: str) -> bool:
    """Return whether ``target`` is a database or a folder of tables, by its name and content."""
    path = Path(target)
    if target.startswith(_POSTGRES) or path.suffix.lower() in _SQLITE | _DUCKDB:
        return True
    return path.is_dir() and any(_table_files(path, "articles"))


def read_rows(target: str) -> Rows:
    """Return the rows of every table that the page counts, from the store at ``target``.

    Args:
        target: a SQLite or DuckDB file, a PostgreSQL URL, a folder of CSV or Parquet tables, or
            a file of records, one JSON object a line.

    Raises:
        InputError: there is no such file, or it holds no records.
        MissingExtra: the store needs a package that is not installed.
    """
    path = Path(target)
    if not target.startswith(_POSTGRES) and not path.exists():
        raise InputError(f"{target}: there is no such file")
    if path.is_dir():
        return _select_all(_folder_select(path))
    if is_store(target):
        return read_database(target, _select_all)
    with path.open(encoding="utf8") as lines:
        return rows_of_records(_parse_lines(lines, target))


def read_database(target: str, read: Callable[[Select], T]) -> T:
    """Return what ``read`` makes of a function that selects columns of a table of a database."""
    connection = _connect(target)

    def select(table: str, columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
        names = ", ".join(f'"{name}"' for name in columns)
        cursor = connection.cursor()
        cursor.execute(f'SELECT {names} FROM "{table}"')
        rows: Iterable[tuple[Any, ...]] = cursor.fetchall()
        return rows

    try:
        return read(select)
    except Exception as error:
        if "no such table" in str(error) or "not a database" in str(error):
            raise InputError(f"{target}: is no database of newsextract ({error})") from error
        raise
    finally:
        connection.close()


def _connect(target: str) -> Any:
    if target.startswith(_POSTGRES):
        return import_extra("psycopg", "postgres").connect(target)
    if not Path(target).is_file():
        raise InputError(f"{target}: there is no such file")
    if Path(target).suffix.lower() in _DUCKDB:
        return import_extra("duckdb", "duckdb").connect(target, read_only=True)
    import sqlite3

    return sqlite3.connect(f"{Path(target).resolve().as_uri()}?mode=ro", uri=True)


def _select_all(select: Select) -> Rows:
    return {table: list(select(table, columns)) for table, columns in COLUMNS.items()}


def _folder_select(folder: Path) -> Select:
    """Return a function that selects columns of the CSV or Parquet files in ``folder``."""

    def select(table: str, columns: tuple[str, ...]) -> Iterable[tuple[Any, ...]]:
        for path in _table_files(folder, table):
            read = _read_csv if path.suffix == ".csv" else _read_parquet
            yield from read(path, columns)

    return select


def _table_files(folder: Path, table: str) -> Iterator[Path]:
    for pattern in (f"{table}.csv", f"{table}.parquet", f"{table}/*.parquet", f"{table}/*.csv"):
        yield from sorted(folder.glob(pattern))


def _read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple(row[name] or None for name in columns)


def _read_parquet(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    table = import_extra("pyarrow.parquet", "arrow").read_table(path, columns=list(columns))
    yield from zip(*(table.column(name).to_pylist() for name in columns), strict=True)


def _parse_lines(lines: Iterable[str], target: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{target}, line {number}: is not JSON ({error.msg})") from error
        if not is_record(record):
            raise InputError(f"{target}, line {number}: is no record of schema {SCHEMA}")
        yield record


def is_record(value: Any) -> bool:
    """Return whether a JSON value says that it is a record of this version."""
    return isinstance(value, dict) and value.get("schema") == SCHEMA


def rows_of_records(records: Iterable[dict[str, Any]]) -> Rows:
    """Return the rows that the page counts of records as JSON values; the last of an id counts."""
    last = {record["id"]: record for record in records}
    rows: Rows = {table: [] for table in COLUMNS}
    for record in last.values():
        _add_rows(rows, record)
    return rows


def _add_rows(rows: Rows, record: dict[str, Any]) -> None:
    id_, meta = record["id"], record["meta"]
    rows["articles"].append((id_, record["published"], meta.get("title"), meta.get("url")))
    for table in ("people", "organizations", "places", "sources"):
        names = COLUMNS[table][1:]
        rows[table] += [(id_, *(item[name] for name in names)) for item in record[table]]
    for place in record["places"]:
        rows["mentions"] += [(id_, place["id"])] * len(place["mentions"])
    for quote in record["quotes"]:
        content = " … ".join(part["text"] for part in quote["content"])
        row = (id_, quote["id"], quote["kind"], quote["mode"], content, quote["speaker"])
        rows["quotes"].append(row)

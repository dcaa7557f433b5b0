"""Columns read from the tables of a store: a database, or a folder of CSV or Parquet files."""

from __future__ import annotations

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from newsextract.errors import InputError, import_extra

Row = tuple[Any, ...]

_SQLITE = frozenset((".db", ".sqlite", ".sqlite3"))
_DUCKDB = frozenset((".duckdb", ".ddb"))
_POSTGRES = ("postgresql://", "postgres://")


class Select(Protocol):
    """Reads ``columns`` of a table, of one article or of all; an empty cell is ``None``."""

    def __call__(
        self, table: str, columns: tuple[str, ...], article: str | None = None
    ) -> Iterable[Row]: ...


def is_store(target: str) -> bool:
    """Return whether ``target`` is a database or a folder of tables, by its name and content."""
    path = Path(target)
    if target.startswith(_POSTGRES) or path.suffix.lower() in _SQLITE | _DUCKDB:
        return True
    return path.is_dir() and any(_table_files(path, "articles"))


@contextmanager
def open_store(target: str) -> Iterator[Select]:
    """Give a function that reads the tables of ``target``: nothing is written to it.

    Args:
        target: a SQLite or DuckDB file, a PostgreSQL URL, or a folder of CSV or Parquet tables.

    Raises:
        InputError: there is no such store, or it has no tables of newsextract.
        MissingExtra: it needs a package that is not installed.
    """
    if not target.startswith(_POSTGRES) and not Path(target).exists():
        raise InputError(f"{target}: there is no such file")
    if Path(target).is_dir():
        yield _FolderSelect(Path(target))
        return
    connection, mark = _connect(target)
    try:
        yield _DatabaseSelect(connection, mark)
    except sqlite3.DatabaseError as error:
        raise InputError(f"{target}: is no database of newsextract ({error})") from error
    finally:
        connection.close()


def _connect(target: str) -> tuple[Any, str]:
    """Return a connection that only reads, and the mark of a parameter in its SQL."""
    if target.startswith(_POSTGRES):
        return import_extra("psycopg", "postgres").connect(target), "%s"
    if Path(target).suffix.lower() in _DUCKDB:
        return import_extra("duckdb", "duckdb").connect(target, read_only=True), "?"
    return sqlite3.connect(f"{Path(target).resolve().as_uri()}?mode=ro", uri=True), "?"


class _DatabaseSelect:
    """Selects by SQL."""

    def __init__(self, connection: Any, mark: str) -> None:
        self._connection = connection
        self._mark = mark

    def __call__(
        self, table: str, columns: tuple[str, ...], article: str | None = None
    ) -> Iterable[Row]:
        names = ", ".join(f'"{name}"' for name in columns)
        query = f"SELECT {names} FROM {table}"
        cursor = self._connection.cursor()
        if article is None:
            cursor.execute(query)
        else:
            cursor.execute(f'{query} WHERE "{_id_column(table)}" = {self._mark}', (article,))
        rows: Iterable[Row] = cursor.fetchall()
        return rows


class _FolderSelect:
    """Selects from the CSV or Parquet files of a folder; reads each once where articles matter."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_article: dict[tuple[str, tuple[str, ...]], dict[str, list[Row]]] = {}

    def __call__(
        self, table: str, columns: tuple[str, ...], article: str | None = None
    ) -> Iterable[Row]:
        if article is None:
            return self._read(table, columns)
        if (table, columns) not in self._by_article:
            self._by_article[table, columns] = self._group(table, columns)
        return self._by_article[table, columns].get(article, [])

    def _group(self, table: str, columns: tuple[str, ...]) -> dict[str, list[Row]]:
        grouped: dict[str, list[Row]] = defaultdict(list)
        for id_, *values in self._read(table, (_id_column(table), *columns)):
            grouped[id_].append(tuple(values))
        return grouped

    def _read(self, table: str, columns: tuple[str, ...]) -> Iterator[Row]:
        for path in _table_files(self._folder, table):
            yield from (_read_csv if path.suffix == ".csv" else _read_parquet)(path, columns)


def _id_column(table: str) -> str:
    return "id" if table == "articles" else "article_id"


def _table_files(folder: Path, table: str) -> Iterator[Path]:
    for pattern in (f"{table}.csv", f"{table}.parquet", f"{table}/*.parquet"):
        yield from sorted(folder.glob(pattern))


def _read_csv(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple(row[name] or None for name in columns)


def _read_parquet(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    parquet: Any = import_extra("pyarrow.parquet", "arrow")
    table = parquet.read_table(path, columns=list(dict.fromkeys(columns)))
    yield from zip(*(table.column(name).to_pylist() for name in columns), strict=True)

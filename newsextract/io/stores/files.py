"""File stores, loaded into a temporary SQLite database when they are queried."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from newsextract.errors import InputError, import_extra
from newsextract.io.sinks.books import FAILURES
from newsextract.io.sinks.ledger import LEDGER_NAME
from newsextract.io.sinks.sql import Dialect, create_statements
from newsextract.io.stores.recordfile import read_records, whole_records
from newsextract.records import Extraction
from newsextract.records.tables import LINK_TABLES, TABLES, Row, Table, flatten

_DIALECT = Dialect(
    {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "json": "TEXT"}, foreign_keys=False
)
_LARGEST_CELL = 2**31 - 1
_STORED = (*TABLES, *LINK_TABLES, FAILURES)
"""The tables that are read."""


class Tables(Protocol):
    """Loads tables into a database."""

    def load(self, connection: sqlite3.Connection, names: Sequence[str]) -> None:
        """Load the tables called ``names``, those that are not loaded yet."""
        ...


class FilesOfTables:
    """The tables of a folder of CSV or Parquet files; each is read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: set[str] = set()

    def load(self, connection: sqlite3.Connection, names: Sequence[str]) -> None:
        """Load the tables called ``names``, those that are not loaded yet."""
        _create_tables(connection)
        for table in _STORED:
            if table.name in names and table.name not in self._loaded:
                for path in table_files(self._folder, table.name):
                    _load_file(connection, table, path)
                self._loaded.add(table.name)


class RecordFile:
    """A file of records, turned into rows when a table is first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._loaded = False

    def load(self, connection: sqlite3.Connection, names: Sequence[str]) -> None:
        """Load all tables, because they come from the same lines."""
        if self._loaded:
            return
        _create_tables(connection)
        with whole_records(str(self._path)):
            for record in read_records(str(self._path)):
                rows = flatten(Extraction.from_dict(record))
                for table in TABLES:
                    _insert(connection, table, rows[table.name])
        self._loaded = True


def table_files(folder: Path, table: str) -> Iterator[Path]:
    """Yield the files of a table, in order."""
    for pattern in (f"{table}.csv", f"{table}.parquet", f"{table}/*.parquet"):
        yield from sorted(folder.glob(pattern))


def holds_tables(folder: Path) -> bool:
    """Return whether a run has written into ``folder``."""
    written = any(any(table_files(folder, table.name)) for table in _STORED)
    return written or (folder / LEDGER_NAME).is_file()


def _create_tables(connection: sqlite3.Connection) -> None:
    """Create all tables, unless an earlier call has."""
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        return
    for pragma in ("journal_mode = OFF", "synchronous = OFF"):
        connection.execute(f"PRAGMA {pragma}")
    for statement in create_statements(_DIALECT):
        connection.execute(statement)


def _load_file(connection: sqlite3.Connection, table: Table, path: Path) -> None:
    """Insert the rows of one file.

    Raises:
        InputError: it is damaged, or not a file of this table.
    """
    read = _read_csv if path.suffix == ".csv" else _read_parquet
    try:
        _insert(connection, table, read(path, table))
    except KeyError as error:
        raise InputError(
            f"{path}: has no column {error}: it was not written by newsextract, or by an earlier "
            "version; extract the articles into a new target"
        ) from error
    except (UnicodeDecodeError, csv.Error, sqlite3.Error) as error:
        raise InputError(f"{path}: not a readable table of newsextract ({error})") from error


def _insert(connection: sqlite3.Connection, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows; later ones replace earlier ones with the same key."""
    places = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT OR REPLACE INTO {table.name} VALUES ({places})", rows)


def _read_csv(path: Path, table: Table) -> Iterator[Row]:
    csv.field_size_limit(_LARGEST_CELL)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        for row in rows:
            if None in row or None in row.values():
                raise InputError(
                    f"{path}, line {rows.line_num}: the row is shorter or longer than the header"
                )
            yield tuple(row[c.name] if c.required else row[c.name] or None for c in table.columns)


def _read_parquet(path: Path, table: Table) -> Iterator[Row]:
    parquet: Any = import_extra("pyarrow.parquet", "arrow")
    try:
        rows = parquet.read_table(path, partitioning=None)
        columns = [rows.column(name).to_pylist() for name in table.column_names]
    except (OSError, ValueError, KeyError) as error:
        raise InputError(f"{path}: not a readable table of newsextract ({error})") from error
    yield from zip(*columns, strict=True)

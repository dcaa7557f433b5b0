"""Read-only access to a store: SQLite, DuckDB, PostgreSQL, or files loaded into SQLite."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

from newsextract.errors import InputError, import_extra
from newsextract.io.sinks import books
from newsextract.io.sinks.export import ENDINGS as EXPORTS
from newsextract.io.sinks.export import LEDGER
from newsextract.io.sinks.sql import quote
from newsextract.io.stores.files import (
    FilesOfTables,
    RecordFile,
    Tables,
    holds_tables,
    table_files,
)
from newsextract.io.stores.recordfile import ENDINGS
from newsextract.records.tables import ENTITY_MENTIONS, TABLES_VERSION

Row = tuple[Any, ...]

_SQLITE = frozenset((".db", ".sqlite", ".sqlite3"))
_DUCKDB = frozenset((".duckdb", ".ddb"))
_POSTGRES = ("postgresql://", "postgres://")
_AT_ONCE = 1000


class Database:
    """Read-only access to a store's tables and views, in SQL common to all stores.

    Args:
        connection: the driver's connection.
        target: the store, for messages.
        files: loads the tables of a store of files when first needed.
    """

    def __init__(self, connection: Any, target: str, files: Tables | None = None) -> None:
        self.target = target
        self._connection = connection
        self._files = files
        self._is_postgres = target.startswith(_POSTGRES)
        self._numbers = count()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Row]:
        """Yield the rows of a query, with ``?`` for its ``values``, a thousand at a time.

        Raises:
            InputError: the store lacks a table, or cannot be read.
        """
        with self._errors():
            cursor = self._open_cursor()
            cursor.execute(sql.replace("?", "%s") if self._is_postgres else sql, values)
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from rows
            cursor.close()

    def select(
        self, table: str, columns: Sequence[str], article: str | None = None
    ) -> Iterator[Row]:
        """Yield ``columns`` of a table's rows, of one article or of all, in no order.

        If the store was linked, ``key`` is the key from linking.
        """
        self.need(table)
        linked = table in ("people", "organizations") and "key" in columns
        if linked:
            self.need(ENTITY_MENTIONS.name)
        source = f"{quote(table)} AS t{_JOIN_LINKS if linked else ''}"
        names = ", ".join(
            _LINKED_KEY if linked and c == "key" else f"t.{quote(c)}" for c in columns
        )
        sql = f"SELECT {names} FROM {source}"
        if article is None:
            return self.execute(sql)
        column = quote("id" if table == "articles" else "article_id")
        return self.execute(f"{sql} WHERE t.{column} = ?", [article])

    def need(self, *tables: str) -> None:
        """Make sure that ``tables`` can be queried, by loading files if necessary."""
        if self._files is not None:
            self._files.load(self._connection, tables)

    def close(self) -> None:
        """Release the store."""
        self._connection.close()

    def _open_cursor(self) -> Any:
        if self._is_postgres:
            return self._connection.cursor(name=f"newsextract_{next(self._numbers)}")
        return self._connection.cursor()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn a driver's errors into ours."""
        try:
            yield
        except _driver_errors() as error:
            raise InputError(
                f"{self.target}: not a readable newsextract store ({error})"
            ) from error


_JOIN_LINKS = (
    " LEFT JOIN entity_mentions AS linked ON linked.article_id = t.article_id"
    ' AND linked."id" = t."id" AND linked."name" = t."name"'
)
_LINKED_KEY = 'COALESCE(linked."key", t."key")'


def is_store(target: str) -> bool:
    """Return whether ``target`` is a database or a folder of tables, by its name and content."""
    path = Path(target)
    if target.startswith(_POSTGRES) or path.suffix.lower() in _SQLITE | _DUCKDB:
        return True
    return path.is_dir() and any(table_files(path, "articles"))


@contextmanager
def open_database(target: str) -> Iterator[Database]:
    """Open a store to read its tables, and close it again.

    Args:
        target: a SQLite or DuckDB file, a PostgreSQL URL, a folder of CSV or Parquet tables, or a
            file of records.

    Raises:
        InputError: there is no such store, or it has no tables of newsextract.
        MissingExtra: it needs a package that is not installed.
    """
    database = connect_store(target)
    try:
        yield database
    finally:
        database.close()


def connect_store(target: str) -> Database:
    """Return an open store; the caller closes it. See :func:`open_database`."""
    path = Path(target)
    if not target.startswith(_POSTGRES) and not path.exists():
        raise InputError(f"{target}: no such file")
    if path.is_dir():
        if not holds_tables(path):
            raise InputError(f"{target}: this folder holds no tables of newsextract")
        return Database(sqlite3.connect(""), target, FilesOfTables(path))
    if path.suffix.lower() in EXPORTS and Path(f"{target}{LEDGER}").is_file():
        return connect_store(f"{target}{LEDGER}")
    if path.suffix.lower() in ENDINGS:
        return Database(sqlite3.connect(""), target, RecordFile(path))
    try:
        database = Database(_connect(target), target)
    except _driver_errors() as error:
        raise InputError(f"{target}: cannot be opened ({error})") from error
    try:
        _check_version(database)
    except BaseException:
        database.close()
        raise
    return database


def _connect(target: str) -> Any:
    """Return a connection that only reads."""
    if target.startswith(_POSTGRES):
        connection = import_extra("psycopg", "postgres").connect(target)
        connection.read_only = True
        return connection
    if Path(target).suffix.lower() in _DUCKDB:
        return import_extra("duckdb", "duckdb").connect(target, read_only=True)
    return sqlite3.connect(locate_sqlite(Path(target)), uri=True)


def locate_sqlite(path: Path) -> str:
    """Return the URI that opens an SQLite file to read it.

    Even to read a database with a write-ahead log, SQLite makes files beside it. Where it may not,
    and there is no log, it must be told that nothing changes the database.
    """
    path = path.resolve()
    has_log = path.with_name(f"{path.name}-wal").exists()
    is_fixed = not has_log and not os.access(path.parent, os.W_OK)
    return f"{path.as_uri()}?mode=ro{'&immutable=1' if is_fixed else ''}"


def _check_version(database: Database) -> None:
    """Refuse tables that another version of the package wrote.

    Raises:
        InputError: they are older or newer.
    """
    version = books.read_version(lambda sql, values: list(database.execute(sql, values)))
    if version != str(TABLES_VERSION):
        raise InputError(
            f"{database.target}: its tables have version {version}, this newsextract reads version "
            f"{TABLES_VERSION}: extract the articles into a new target"
        )


def _driver_errors() -> tuple[type[Exception], ...]:
    """Return the errors of the drivers that are installed."""
    errors: list[type[Exception]] = [sqlite3.Error]
    for module in ("duckdb", "psycopg"):
        with suppress(ImportError):
            errors.append(import_module(module).Error)
    return tuple(errors)

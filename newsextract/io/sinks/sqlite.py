"""SQLite: all tables in one file, with a full-text index over quotes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from newsextract.article import Failure
from newsextract.errors import TargetError
from newsextract.io.sinks import books
from newsextract.io.sinks.base import Entry, Links, RejectedError, Run, last_of_each
from newsextract.io.sinks.lock import FileLock
from newsextract.io.sinks.sql import Dialect, create_statements, insert_statement
from newsextract.records.tables import TABLES, TABLES_VERSION, flatten, storable

DIALECT = Dialect({"text": "TEXT", "integer": "INTEGER", "real": "REAL", "json": "TEXT"})

# The index stores no text; triggers keep it in sync with the quotes. Datasette recognizes it by the
# double quotation marks around the table's name.
FULL_TEXT = (
    "CREATE VIRTUAL TABLE quotes_fts USING FTS5(content, content=\"quotes\", tokenize='unicode61')",
    "CREATE TRIGGER quotes_inserted AFTER INSERT ON quotes BEGIN"
    " INSERT INTO quotes_fts(rowid, content) VALUES (new.rowid, new.content); END",
    "CREATE TRIGGER quotes_deleted AFTER DELETE ON quotes BEGIN"
    " INSERT INTO quotes_fts(quotes_fts, rowid, content)"
    " VALUES ('delete', old.rowid, old.content); END",
)


class SqliteSink:
    """Stores records in the SQLite database at ``path``.

    Raises:
        TargetError: it is in use by another run, newer than this package, or no database.
    """

    batch_articles = 64

    def __init__(self, path: str, *, store_text: bool = False) -> None:
        self.prepare = partial(flatten, store_text=store_text)
        self._path = path
        self._lock = FileLock(Path(path + ".lock"), path)
        try:
            self._connection = connect(path)
            with transaction(self._connection, path):
                self._open_tables()
            make_durable(self._connection, path)
        except BaseException:
            self._lock.close()
            raise

    def find_done(self, digests: Mapping[str, str]) -> set[str]:
        """Return the ids among ``digests`` that are stored with the same digest."""
        with sqlite_errors(self._path):
            return books.find_done(self._execute, digests)

    def start(self, run: Run) -> None:
        """Note that a run begins."""
        with transaction(self._connection, self._path):
            books.start_run(self._execute, run)

    def write(self, entries: Sequence[Entry], failures: Sequence[Failure]) -> None:
        """Store articles and failures in one transaction.

        Raises:
            RejectedError: a row breaks a key.
            TargetError: the disk is full, the file is damaged, or the like.
        """
        entries = last_of_each(entries)
        with transaction(self._connection, self._path):
            self._delete([storable(entry.id) for entry in entries])
            for table in TABLES:
                rows = [row for entry in entries for row in entry.payload[table.name]]
                self._connection.executemany(insert_statement(table), rows)
            ledger = [(storable(entry.id), entry.digest) for entry in entries]
            self._connection.executemany(insert_statement(books.LEDGER), ledger)
            books.write_failures(self._execute, failures)

    def finish(self, run: Run) -> None:
        """Record the end of a run, and let SQLite update its statistics."""
        with transaction(self._connection, self._path):
            books.finish_run(self._execute, run)
        with sqlite_errors(self._path):
            self._connection.execute("PRAGMA optimize")

    def write_links(self, tables: Links) -> None:
        """Replace the contents of the linking tables."""
        with transaction(self._connection, self._path):
            for table, rows in tables.items():
                self._connection.execute(f"DELETE FROM {table.name}")
                self._connection.executemany(insert_statement(table), rows)

    def close(self) -> None:
        """Close the database and release it."""
        self._connection.close()
        self._lock.close()

    def _open_tables(self) -> None:
        found = {name for (name,) in self._execute("SELECT name FROM sqlite_master", [])}
        if not found:
            for statement in (*create_statements(DIALECT), *FULL_TEXT):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {TABLES_VERSION}")
            books.write_version(self._execute)
            return
        known = books.INFO.name in found
        books.check_version(books.read_version(self._execute) if known else None, self._path)

    def _delete(self, ids: Sequence[str]) -> None:
        """Delete articles with all their rows: the tables' foreign keys cascade."""
        for name, column in (("articles", "id"), ("ledger", "article_id")):
            self._connection.executemany(
                f"DELETE FROM {name} WHERE {column} = ?", [(article_id,) for article_id in ids]
            )
        if ids:
            books.forget_failures(self._execute, ids)

    def _execute(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, values).fetchall()


def connect(path: str) -> sqlite3.Connection:
    """Return a connection that keeps foreign keys; the file is not changed yet.

    Raises:
        TargetError: the file cannot be opened.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        raise TargetError(f"{path}: {error}") from error
    return connection


def make_durable(connection: sqlite3.Connection, path: str) -> None:
    """Make commits survive a crash, and let others read during writing.

    Raises:
        TargetError: the file cannot be written.
    """
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error as error:
        raise TargetError(f"{path}: {error}") from error


@contextmanager
def sqlite_errors(target: str) -> Iterator[None]:
    """Convert SQLite's errors to messages about ``target``.

    Raises:
        RejectedError: a row breaks a key or a type.
        TargetError: the database cannot do it, now or ever.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError) as error:
        raise RejectedError(f"{target}: {error}") from error
    except sqlite3.OperationalError as error:
        raise TargetError(f"{target}: {error}; run the same command again to resume") from error
    except sqlite3.Error as error:
        raise TargetError(f"{target}: {error}; choose another target") from error


@contextmanager
def transaction(connection: sqlite3.Connection, target: str) -> Iterator[None]:
    """Commit everything in the block or nothing.

    Raises:
        RejectedError: a row breaks a key or a type.
        TargetError: the database cannot do it.
    """
    with sqlite_errors(target):
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

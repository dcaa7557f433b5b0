"""DuckDB: all tables in one file, loaded by Arrow (extra ``duckdb``).

DuckDB cannot delete and reinsert the target of a foreign key in one transaction, so its tables have
primary keys only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from newsextract.article import Failure
from newsextract.errors import TargetError, import_extra
from newsextract.io.sinks import books
from newsextract.io.sinks.arrow import to_arrow
from newsextract.io.sinks.base import (
    ROWS_AT_ONCE,
    Entry,
    Links,
    RejectedError,
    Run,
    batched,
    last_of_each,
)
from newsextract.io.sinks.lock import FileLock
from newsextract.io.sinks.sql import Dialect, create_statements, id_column, quote
from newsextract.records.tables import ENTITY_MENTIONS, TABLES, Row, Table, flatten, storable

DIALECT = Dialect(
    {"text": "VARCHAR", "integer": "BIGINT", "real": "DOUBLE", "json": "JSON"}, foreign_keys=False
)


class DuckdbSink:
    """Stores records in the DuckDB database at ``path``.

    Raises:
        TargetError: it is in use by another run, newer than this package, or no database.
    """

    batch_articles = 512

    def __init__(self, path: str, *, store_text: bool = False) -> None:
        self.prepare = partial(flatten, store_text=store_text)
        self._duckdb: Any = import_extra("duckdb", "duckdb")
        import_extra("pyarrow", "duckdb")
        self._path = path
        self._lock = FileLock(Path(path + ".lock"), path)
        try:
            with self._errors():
                self._connection = self._duckdb.connect(path, config={"threads": 1})
            with self._transaction():
                self._open_tables()
        except BaseException:
            self._lock.close()
            raise

    def find_done(self, digests: Mapping[str, str]) -> set[str]:
        """Return the ids among ``digests`` that are stored with the same digest."""
        with self._errors():
            return books.find_done(self._execute, digests)

    def start(self, run: Run) -> None:
        """Note that a run begins."""
        with self._transaction():
            books.start_run(self._execute, run)

    def write(self, entries: Sequence[Entry], failures: Sequence[Failure]) -> None:
        """Store articles and failures in one transaction.

        Raises:
            RejectedError: a row breaks a key.
            TargetError: the disk is full, the file is damaged, or the like.
        """
        entries = last_of_each(entries)
        ledger: list[Row] = [(storable(entry.id), entry.digest) for entry in entries]
        with self._transaction():
            self._delete([storable(entry.id) for entry in entries])
            for table in TABLES:
                self._load(table, [row for entry in entries for row in entry.payload[table.name]])
            self._load(books.LEDGER, ledger)
            books.write_failures(self._execute, failures)

    def finish(self, run: Run) -> None:
        """Note that a run ended, and write everything into the one file."""
        with self._transaction():
            books.finish_run(self._execute, run)
        with self._errors():
            self._connection.execute("CHECKPOINT")

    def write_links(self, tables: Links) -> None:
        """Replace the contents of the linking tables."""
        for table, rows in tables.items():
            with self._transaction():
                self._execute(f"DELETE FROM {quote(table.name)}", [])
            with self._transaction():
                for part in batched(rows, ROWS_AT_ONCE):
                    self._load(table, part)

    def close(self) -> None:
        """Close the database and release it."""
        self._connection.close()
        self._lock.close()

    def _open_tables(self) -> None:
        found = {name for (name,) in self._execute("SELECT table_name FROM duckdb_tables()", [])}
        if not found:
            for statement in create_statements(DIALECT):
                self._execute(statement, [])
            books.write_version(self._execute)
            return
        known = books.INFO.name in found
        books.check_version(books.read_version(self._execute) if known else None, self._path)

    def _delete(self, ids: Sequence[str]) -> None:
        for table in (*TABLES, ENTITY_MENTIONS, books.LEDGER, books.FAILURES):
            column = quote(id_column(table))
            self._execute(f"DELETE FROM {quote(table.name)} WHERE {column} = ANY(?)", [ids])

    def _load(self, table: Table, rows: Sequence[Row]) -> None:
        if not rows:
            return
        self._connection.register("new_rows", to_arrow(table, rows))
        self._connection.execute(f"INSERT INTO {quote(table.name)} SELECT * FROM new_rows")
        self._connection.unregister("new_rows")

    def _execute(self, sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        cursor = self._connection.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """Commit everything in the block or nothing."""
        with self._errors():
            self._connection.execute("BEGIN")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._roll_back()
                raise

    def _roll_back(self) -> None:
        try:
            self._connection.execute("ROLLBACK")
        except self._duckdb.Error:
            return  # a failed commit has already rolled back

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Convert DuckDB errors to :mod:`newsextract.errors`."""
        try:
            yield
        except (self._duckdb.ConstraintException, self._duckdb.ConversionException) as error:
            raise RejectedError(f"{self._path}: {error}") from error
        except self._duckdb.Error as error:
            raise TargetError(
                f"{self._path}: {error}; run the same command again to resume"
            ) from error

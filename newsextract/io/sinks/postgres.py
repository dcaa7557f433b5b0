"""PostgreSQL: rows by COPY, in the transaction that deletes the articles' old rows."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from newsextract.article import Failure
from newsextract.errors import TargetError, hide_passwords, import_extra
from newsextract.io.sinks import books
from newsextract.io.sinks.base import Entry, Links, RejectedError, Run, last_of_each
from newsextract.io.sinks.lock import PATIENCE, in_use
from newsextract.io.sinks.sql import Dialect, create_statements
from newsextract.records.tables import TABLES, Row, Table, flatten, storable

DIALECT = Dialect(
    {"text": "text", "integer": "bigint", "real": "double precision", "json": "jsonb"}
)
_LOCK = "SELECT pg_try_advisory_lock(hashtextextended('newsextract.' || current_schema(), 0))"
_FULL_TEXT = "CREATE INDEX quotes_by_words ON quotes USING gin (to_tsvector('english', content))"


class PostgresSink:
    """Stores records in the current schema of a PostgreSQL database (extra ``postgres``).

    Args:
        url: ``postgresql://user@host/database``, or any connection string of libpq.
        store_text: keep the articles' texts.

    Raises:
        TargetError: no connection, another run is writing, or the tables are newer.
    """

    batch_articles = 64

    def __init__(self, url: str, *, store_text: bool = False) -> None:
        self.prepare = partial(flatten, store_text=store_text)
        self._psycopg: Any = import_extra("psycopg", "postgres")
        self._target = _without_password(self._psycopg, url)
        with self._errors():
            self._connection = self._psycopg.connect(url, autocommit=True)
        try:
            with self._errors():
                self._lock()
                with self._connection.transaction():
                    self._open_tables()
        except BaseException:
            self._connection.close()
            raise

    def find_done(self, digests: Mapping[str, str]) -> set[str]:
        """Return the ids among ``digests`` that are stored with the same digest."""
        with self._errors():
            return books.find_done(self._execute, digests)

    def start(self, run: Run) -> None:
        """Note that a run begins."""
        with self._errors(), self._connection.transaction():
            books.start_run(self._execute, run)

    def write(self, entries: Sequence[Entry], failures: Sequence[Failure]) -> None:
        """Store articles and failures in one transaction.

        Raises:
            RejectedError: a row breaks a key.
            TargetError: the database went away, or cannot store more.
        """
        entries = last_of_each(entries)
        with self._errors(), self._connection.transaction():
            self._delete([storable(entry.id) for entry in entries])
            for table in TABLES:
                self._copy(table, [row for entry in entries for row in entry.payload[table.name]])
            self._copy(books.LEDGER, [(storable(entry.id), entry.digest) for entry in entries])
            books.write_failures(self._execute, failures)

    def finish(self, run: Run) -> None:
        """Note that a run ended."""
        with self._errors(), self._connection.transaction():
            books.finish_run(self._execute, run)

    def write_links(self, tables: Links) -> None:
        """Replace the contents of the linking tables."""
        with self._errors(), self._connection.transaction():
            for table, rows in tables.items():
                self._execute(f"DELETE FROM {table.name}", [])
                self._copy(table, rows)

    def close(self) -> None:
        """Close the connection, which releases the database."""
        self._connection.close()

    def _lock(self) -> None:
        """Take the lock that the server frees when this connection ends."""
        deadline = time.monotonic() + PATIENCE
        while not self._execute(_LOCK, [])[0][0]:
            if time.monotonic() > deadline:
                raise TargetError(in_use(self._target))
            time.sleep(0.05)

    def _open_tables(self) -> None:
        if self._execute("SELECT to_regclass('newsextract_info')", [])[0][0] is not None:
            books.check_version(books.read_version(self._execute), self._target)
            return
        for statement in (*create_statements(DIALECT), _FULL_TEXT):
            self._execute(statement, [])
        books.write_version(self._execute)

    def _delete(self, ids: Sequence[str]) -> None:
        """Delete articles with all their rows: the tables' foreign keys cascade."""
        for name, column in (("articles", "id"), ("ledger", "article_id"),
                             ("failures", "article_id")):  # fmt: skip
            self._execute(f"DELETE FROM {name} WHERE {column} = ANY(?)", [ids])

    def _copy(self, table: Table, rows: Iterable[Row]) -> None:
        sql = self._psycopg.sql
        names = sql.SQL(", ").join(map(sql.Identifier, table.column_names))
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)
        with self._connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def _execute(self, statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        cursor = self._connection.execute(statement.replace("?", "%s"), values or None)
        return cursor.fetchall() if cursor.description else []

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Convert driver errors to :mod:`newsextract.errors`."""
        try:
            yield
        except (
            self._psycopg.IntegrityError,
            self._psycopg.DataError,
            self._psycopg.errors.ProgramLimitExceeded,
        ) as error:
            raise RejectedError(f"{self._target}: {_first_line(error)}") from error
        except self._psycopg.Error as error:
            raise TargetError(
                f"{self._target}: {_first_line(error)}; when the database is back, run the "
                "same command again to resume"
            ) from error


def _without_password(psycopg: Any, url: str) -> str:
    """Return ``url`` for messages."""
    try:
        parts = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.Error:
        raise TargetError(f"{hide_passwords(url)}: not a PostgreSQL address") from None
    named = (f"{name}={parts[name]}" for name in ("host", "port", "dbname") if name in parts)
    return f"postgresql {' '.join(named)}".strip()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__

"""The ledger of a file target: an SQLite file beside the records that commits them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsextract.article import Failure
from newsextract.errors import TargetError
from newsextract.io.sinks import books
from newsextract.io.sinks.base import Entry, Run, last_of_each
from newsextract.io.sinks.files import disk_errors
from newsextract.io.sinks.lock import FileLock
from newsextract.io.sinks.sql import create_table
from newsextract.io.sinks.sqlite import (
    DIALECT,
    connect,
    make_durable,
    sqlite_errors,
    transaction,
)
from newsextract.records.tables import Table, parse_columns, storable

PARTS = Table(
    "parts", parse_columns("part:integer! file! start:integer! length:integer!"), ("part", "file")
)
PLACES = Table("places", parse_columns("article_id! part:integer!"), ("article_id",))
Range = tuple[int, int]
LEDGER_NAME = "_ledger.sqlite"
_CLAIMED = "claimed"


class FileLedger:
    """Tracks which bytes of a target's files are valid.

    Only what the committed ledger names is part of the target: the rest was left by a
    killed run. A part is a shard, or what one batch added to each file.

    Raises:
        TargetError: the target is in use by another run, or newer than this package.
    """

    def __init__(self, path: Path, target: str) -> None:
        self._lock = FileLock(path.with_name(path.name + ".lock"), target)
        self._path = path
        self.target = target
        try:
            self.connection = connect(str(path))
            with self.transaction():
                self._open_tables()
            make_durable(self.connection, target)
        except BaseException:
            self._lock.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit everything in the block or nothing; errors of writing files count too.

        Raises:
            TargetError: the disk is full, a file cannot be written, or the like.
        """
        with disk_errors(self.target), transaction(self.connection, self.target):
            yield

    def claim(self, found: Sequence[Path]) -> None:
        """Claim a new target, unless other files are in the way.

        Args:
            found: existing files with the names of the target's files.

        Raises:
            TargetError: there are some that newsextract did not write.
        """
        if self.flag(_CLAIMED):
            return
        if not found:
            self.flag(_CLAIMED, True)
            return
        self.close()
        self._path.unlink()
        raise TargetError(
            f"{self.target}: {found[0]} already exists and was not written by newsextract: move it "
            "away, or choose another target"
        )

    def execute(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        return self.connection.execute(sql, values).fetchall()

    def find_done(self, digests: Mapping[str, str]) -> set[str]:
        """Return the ids among ``digests`` that are stored with the same digest."""
        with sqlite_errors(self.target):
            return books.find_done(self.execute, digests)

    def start(self, run: Run) -> None:
        """Note that a run begins."""
        with self.transaction():
            books.start_run(self.execute, run)

    def finish(self, run: Run) -> None:
        """Note that a run ended."""
        with self.transaction():
            books.finish_run(self.execute, run)

    def next_part(self) -> int:
        """Return the number of a new part."""
        ((last,),) = self.execute("SELECT COALESCE(MAX(part), 0) FROM parts")
        return int(last) + 1

    def add_part(self, part: int, ranges: Mapping[str, Range]) -> None:
        """Record a part: the offset and length in bytes in each of its files."""
        rows = [(part, file, start, length) for file, (start, length) in ranges.items()]
        self.connection.executemany("INSERT INTO parts VALUES (?, ?, ?, ?)", rows)

    def drop_part(self, part: int) -> None:
        """Record that a part is gone."""
        self.execute("DELETE FROM parts WHERE part = ?", [part])

    def mark_done(self, digests: Mapping[str, str]) -> None:
        """Note that articles (id to digest) are stored."""
        self.connection.executemany("INSERT OR REPLACE INTO ledger VALUES (?, ?)", digests.items())
        if digests:
            books.forget_failures(self.execute, list(digests))

    def place(self, ids: Sequence[str], part: int) -> None:
        """Record that articles are now in ``part``."""
        rows = [(article_id, part) for article_id in ids]
        self.connection.executemany("INSERT OR REPLACE INTO places VALUES (?, ?)", rows)

    def parts_of(self, ids: Sequence[str]) -> dict[str, int]:
        """Return the part of each article that has one."""
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT article_id, part FROM places WHERE article_id IN ({marks})"
        return {row[0]: row[1] for row in self.execute(sql, ids)}

    def ids_in(self, part: int) -> set[str]:
        """Return the articles that are in ``part``."""
        return {
            row[0] for row in self.execute("SELECT article_id FROM places WHERE part = ?", [part])
        }

    def files(self) -> dict[str, int]:
        """Return the valid files and how many bytes of each are valid."""
        rows = self.execute("SELECT file, MAX(start + length) FROM parts GROUP BY file")
        return {row[0]: row[1] for row in rows}

    def flag(self, name: str, value: bool | None = None) -> bool:
        """Return whether the flag ``name`` is set; with ``value``, change it first."""
        if value is not None:
            self.execute("DELETE FROM newsextract_info WHERE name = ?", [name])
        if value:
            self.execute("INSERT INTO newsextract_info VALUES (?, 'yes')", [name])
        return bool(self.execute("SELECT 1 FROM newsextract_info WHERE name = ?", [name]))

    def read_table(self, table: Table) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a bookkeeping table, in order of their keys."""
        order = ", ".join(f'"{name}"' for name in table.key)
        yield from self.connection.execute(f"SELECT * FROM {table.name} ORDER BY {order}")

    def close(self) -> None:
        """Close the ledger and release the target."""
        self.connection.close()
        self._lock.close()

    def _open_tables(self) -> None:
        """Create the tables if there are none."""
        if self.execute("SELECT 1 FROM sqlite_master LIMIT 1"):
            books.check_version(self._version(), self.target)
            return
        for table in (*books.BOOKS, PARTS, PLACES):
            self.execute(create_table(table, DIALECT))
        self.execute("CREATE INDEX places_by_part ON places (part)")
        books.write_version(self.execute)

    def _version(self) -> str | None:
        try:
            return books.read_version(self.execute)
        except sqlite3.OperationalError:
            return None


class FileSink:
    """Base of the file sinks: the ledger records what is stored, and locks the target.

    A subclass says how a batch is written (``store``) and what a run leaves (``finish``).
    """

    def __init__(self, ledger: FileLedger) -> None:
        self._ledger = ledger
        try:
            self.open_files()
        except BaseException:
            ledger.close()
            raise

    def open_files(self) -> None:
        """Create the target's files, or restore them to what the ledger says.

        Raises:
            TargetError: something else changed them, or they cannot be written.
        """
        raise NotImplementedError

    def store(
        self, entries: Sequence[Entry], digests: Mapping[str, str], failures: Sequence[Failure]
    ) -> None:
        """Store articles of different ids, with their digests, and failures."""
        raise NotImplementedError

    def find_done(self, digests: Mapping[str, str]) -> set[str]:
        """Return the ids among ``digests`` that are stored with the same digest."""
        return self._ledger.find_done(digests)

    def start(self, run: Run) -> None:
        """Note that a run begins."""
        self._ledger.start(run)

    def write(self, entries: Sequence[Entry], failures: Sequence[Failure]) -> None:
        """Store articles and failures.

        Raises:
            TargetError: a file cannot be written.
        """
        entries = last_of_each(entries)
        self.store(entries, {storable(entry.id): entry.digest for entry in entries}, failures)

    def close(self) -> None:
        """Release the target."""
        self._ledger.close()

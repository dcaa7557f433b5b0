"""Parquet: a folder per table, shards written beside and renamed (extra ``arrow``).

A shard is a file in each table's folder. It is valid once the ledger names it; files
that it does not name were left by a killed run and are removed when the target is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from newsextract.article import Failure
from newsextract.errors import TargetError, import_extra
from newsextract.io.sinks import books
from newsextract.io.sinks.arrow import arrow_schema, to_arrow
from newsextract.io.sinks.base import ROWS_AT_ONCE, Entry, Links, Run, batched
from newsextract.io.sinks.files import disk_errors, replace_file
from newsextract.io.sinks.ledger import LEDGER_NAME, FileLedger, FileSink
from newsextract.io.sinks.sql import id_column
from newsextract.records.tables import TABLES, Row, Table, flatten

_Tables = Mapping[Table, Any]


class ParquetSink(FileSink):
    """Stores records in Parquet files, ``articles/part-000001.parquet`` and so on.

    Raises:
        TargetError: the folder is in use, newer than this package, or cannot be written.
    """

    batch_articles = 1000

    def __init__(self, path: str, *, store_text: bool = False) -> None:
        self.prepare = partial(flatten, store_text=store_text)
        self._arrow: Any = import_extra("pyarrow", "arrow")
        self._parquet: Any = import_extra("pyarrow.parquet", "arrow")
        self._folder = Path(path)
        _make_folders([self._folder / table.name for table in TABLES])
        super().__init__(FileLedger(self._folder / LEDGER_NAME, path))

    def store(
        self, entries: Sequence[Entry], digests: Mapping[str, str], failures: Sequence[Failure]
    ) -> None:
        """Store articles as a new shard; shards that held them before are rewritten."""
        with self._ledger.transaction():
            outdated = set(self._ledger.parts_of(list(digests)).values())
            for part in sorted(outdated):
                self._keep_rest(part, set(digests))
            if entries:
                self._add_shard(list(digests), self._tables_of(entries))
            for part in outdated:
                self._ledger.drop_part(part)
            self._ledger.mark_done(digests)
            books.write_failures(self._ledger.execute, failures)
        for part in outdated:
            self._remove_shard(part)

    def finish(self, run: Run) -> None:
        """Note that a run ended, and write the bookkeeping tables as files."""
        self._ledger.finish(run)
        self.write_links({t: self._ledger.read_table(t) for t in (books.FAILURES, books.RUNS)})

    def write_links(self, tables: Links) -> None:
        """Replace the contents of the linking tables, or of others."""
        for table, rows in tables.items():
            path = self._folder / f"{table.name}.parquet"
            with disk_errors(self._ledger.target):
                replace_file(path, partial(self._write_parts, table, rows))

    def _write_parts(self, table: Table, rows: Iterable[Row], file: BinaryIO) -> None:
        with self._parquet.ParquetWriter(file, arrow_schema(table), compression="zstd") as writer:
            for part in batched(rows, ROWS_AT_ONCE):
                writer.write_table(to_arrow(table, part))

    def _tables_of(self, entries: Sequence[Entry]) -> _Tables:
        return {
            table: to_arrow(table, [row for entry in entries for row in entry.payload[table.name]])
            for table in TABLES
        }

    def _keep_rest(self, part: int, replaced: set[str]) -> None:
        """Write the articles of a shard that are not replaced as a shard of their own."""
        kept = sorted(self._ledger.ids_in(part) - replaced)
        if kept:
            self._add_shard(kept, {table: self._read(table, part, kept) for table in TABLES})

    def _read(self, table: Table, part: int, ids: Sequence[str]) -> Any:
        compute: Any = import_extra("pyarrow.compute", "arrow")
        rows = self._parquet.read_table(self._path(table, part), partitioning=None)
        return rows.filter(compute.field(id_column(table)).isin(ids))

    def _add_shard(self, ids: Sequence[str], tables: _Tables) -> None:
        """Write a shard's files and name it in the ledger."""
        part = self._ledger.next_part()
        for table, rows in tables.items():
            path = self._path(table, part)
            replace_file(path, partial(self._parquet.write_table, rows, compression="zstd"))
        self._ledger.add_part(part, {_shard_name(part): (0, 0)})
        self._ledger.place(ids, part)

    def open_files(self) -> None:
        """Remove shards that the ledger does not name; refuse a target that lacks one it names."""
        named = self._ledger.files()
        self._ledger.claim(list(self._files()))
        for path in self._files():
            if path.name not in named:
                path.unlink()
        self._refuse_losses(named)

    def _refuse_losses(self, named: Mapping[str, int]) -> None:
        for table in TABLES:
            for name in named:
                if not (self._folder / table.name / name).is_file():
                    raise TargetError(
                        f"{self._folder}: {table.name}/{name} is gone, which the ledger names: "
                        "put it back, or choose another target"
                    )

    def _files(self) -> Iterator[Path]:
        for table in TABLES:
            yield from sorted((self._folder / table.name).glob("part-*.parquet*"))

    def _remove_shard(self, part: int) -> None:
        for table in TABLES:
            self._path(table, part).unlink(missing_ok=True)

    def _path(self, table: Table, part: int) -> Path:
        return self._folder / table.name / _shard_name(part)


def _shard_name(part: int) -> str:
    return f"part-{part:06}.parquet"


def _make_folders(folders: Sequence[Path]) -> None:
    try:
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"{error.filename}: {error.strerror}") from error

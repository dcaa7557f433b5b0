"""JSON Lines and CSV: append-only files; the ledger says how much of each is valid.

A batch is appended and synced, then recorded in the ledger. Bytes that a killed run left after that
are truncated when the target is opened. At the end of a run, old lines of replaced articles are
dropped: the files are rewritten beside and renamed.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from newsextract.article import Failure
from newsextract.errors import TargetError
from newsextract.io.sinks import books
from newsextract.io.sinks.base import NO_TABLES, ROWS_AT_ONCE, Entry, Links, Run, batched
from newsextract.io.sinks.files import TEMPORARY, disk_errors, replace_file, sync_file, sync_folder
from newsextract.io.sinks.ledger import LEDGER_NAME, FileLedger, FileSink, Range
from newsextract.records import Extraction
from newsextract.records.tables import TABLES, Row, Table, flatten, storable

Keep = Callable[[bytes, set[str]], bytes]
_SUPERSEDED = "superseded"
_RENAMING = "renaming"
_SAFE = "csv_safe"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_HEAD = 0


class AppendedFiles:
    """A group of files to which batches of the same articles are appended.

    Args:
        folder: where they are.
        heads: each file's name and first bytes.
        ledger: says which bytes of them are valid.

    Raises:
        TargetError: a file was changed or removed by something else.
    """

    def __init__(self, folder: Path, heads: Mapping[str, bytes], ledger: FileLedger) -> None:
        self._folder = folder
        self._ledger = ledger
        self._heads = heads
        ledger.claim([path for path in map(self._path, heads) if path.exists()])
        if not ledger.files():
            self._create()
        if ledger.flag(_RENAMING):
            self._rename()
        self._ends = ledger.files()
        self._cut()

    def append(
        self, data: Mapping[str, bytes], digests: Mapping[str, str], failures: Sequence[Failure]
    ) -> None:
        """Append ``data`` (file name to bytes), which holds the articles of ``digests``.

        Raises:
            TargetError: a file cannot be written.
        """
        with self._ledger.transaction():
            if self._ledger.parts_of(list(digests)):
                self._ledger.flag(_SUPERSEDED, True)
            ranges = self._write(data) if digests else {}
            part = self._ledger.next_part()
            self._ledger.add_part(part, ranges)
            self._ledger.place(list(digests), part)
            self._ledger.mark_done(digests)
            books.write_failures(self._ledger.execute, failures)
        self._ends |= {name: start + length for name, (start, length) in ranges.items()}

    def drop_superseded(self, keep: Keep) -> None:
        """Rewrite the files without replaced articles, if there are any.

        Args:
            keep: returns the part of a batch's bytes that belongs to the given article ids.
        """
        if not self._ledger.flag(_SUPERSEDED):
            return
        with self._ledger.transaction():
            for name in self._heads:
                self._rewrite(name, keep)
            self._ledger.flag(_SUPERSEDED, False)
            self._ledger.flag(_RENAMING, True)
        self._rename()
        self._ends = self._ledger.files()

    def _create(self) -> None:
        with self._ledger.transaction():
            for name, head in self._heads.items():
                replace_file(self._path(name), partial(_write, head))
            heads = {name: (0, len(head)) for name, head in self._heads.items()}
            self._ledger.add_part(_HEAD, heads)

    def _cut(self) -> None:
        """Truncate what the ledger does not name."""
        for name, length in self._ends.items():
            path = self._path(name)
            found = path.stat().st_size if path.is_file() else -1
            if found < length:
                raise TargetError(
                    f"{path}: is shorter than its ledger says: something else changed it; put it "
                    "back, or choose another target"
                )
            if found > length:
                os.truncate(path, length)
            path.with_name(name + TEMPORARY).unlink(missing_ok=True)

    def _write(self, data: Mapping[str, bytes]) -> dict[str, Range]:
        """Append to each file at its counted end, and return what was added where."""
        for name, added in data.items():
            with self._path(name).open("r+b") as file:
                file.truncate(self._ends[name])
                file.seek(self._ends[name])
                file.write(added)
                sync_file(file)
        return {name: (self._ends[name], len(added)) for name, added in data.items()}

    def _rewrite(self, name: str, keep: Keep) -> None:
        """Write a copy of a file without replaced articles, and record the new ranges."""
        parts = self._ledger.execute(
            "SELECT part, start, length FROM parts WHERE file = ? ORDER BY start, part", [name]
        )
        beside = self._path(name + TEMPORARY)
        with self._path(name).open("rb") as old, beside.open("wb") as new:
            for part, start, length in parts:
                old.seek(start)
                data = old.read(length)
                kept = data if part == _HEAD else keep(data, self._ledger.ids_in(part))
                self._ledger.execute(
                    "UPDATE parts SET start = ?, length = ? WHERE part = ? AND file = ?",
                    [new.tell(), len(kept), part, name],
                )
                new.write(kept)
            sync_file(new)

    def _rename(self) -> None:
        """Move the rewritten files into place; repeated after a crash."""
        with self._ledger.transaction():
            for name in self._heads:
                if (beside := self._path(name + TEMPORARY)).exists():
                    os.replace(beside, self._path(name))
            sync_folder(self._folder)
            self._ledger.flag(_RENAMING, False)

    def _path(self, name: str) -> Path:
        return self._folder / name


class JsonLinesSink(FileSink):
    """Stores records in one file, a JSON object per line; the ledger is ``<path>.ledger``.

    Failures are in ``<path>.failures.jsonl``. The articles' texts are never stored: a record has
    none.
    """

    batch_articles = 64

    def __init__(self, path: str, *, store_text: bool = False) -> None:
        if store_text:
            raise TargetError(f"{path}: a JSON record has no text to store: keep your own")
        self.prepare = to_line
        self._path = Path(path)
        super().__init__(FileLedger(Path(path + ".ledger"), path))

    def open_files(self) -> None:
        """Create the file, or truncate what a killed run left."""
        self._files = AppendedFiles(self._path.parent, {self._path.name: b""}, self._ledger)

    def store(
        self, entries: Sequence[Entry], digests: Mapping[str, str], failures: Sequence[Failure]
    ) -> None:
        """Append articles."""
        data = b"".join(entry.payload for entry in entries)
        self._files.append({self._path.name: data}, digests, failures)

    def finish(self, run: Run) -> None:
        """Drop replaced lines, note that a run ended, and write its failures beside."""
        self._files.drop_superseded(keep_lines)
        self._ledger.finish(run)
        path = self._path.with_name(self._path.name + ".failures.jsonl")
        if not self._ledger.execute("SELECT 1 FROM failures LIMIT 1"):
            path.unlink(missing_ok=True)
            return
        with disk_errors(str(self._path)):
            replace_file(path, self._write_failures)

    def _write_failures(self, file: BinaryIO) -> None:
        names = books.FAILURES.column_names
        for row in self._ledger.read_table(books.FAILURES):
            file.write(json.dumps(dict(zip(names, row, strict=True))).encode("ascii") + b"\n")

    def write_links(self, tables: Links) -> None:
        """Refuse: one file of records has no tables.

        Raises:
            TargetError: always.
        """
        raise TargetError(f"{self._path}: {NO_TABLES}")


class CsvSink(FileSink):
    """Stores records in a folder of CSV files, ``quotes.csv`` and so on (RFC 4180, UTF-8).

    With ``csv_safe``, which the folder remembers, cells that a spreadsheet would treat as a formula
    begin with an apostrophe.

    Attributes:
        csv_safe: whether this run or an earlier one chose that.
    """

    batch_articles = 128

    def __init__(self, path: str, *, store_text: bool = False, csv_safe: bool = False) -> None:
        self.prepare = partial(flatten, store_text=store_text)
        self._folder = Path(path)
        try:
            self._folder.mkdir(exist_ok=True)
        except OSError as error:
            raise TargetError(f"{path}: {error.strerror}") from error
        self.csv_safe = csv_safe
        super().__init__(FileLedger(self._folder / LEDGER_NAME, path))

    def open_files(self) -> None:
        """Create the files, or truncate what a killed run left."""
        heads = {_csv_name(table): _to_csv([table.column_names]) for table in TABLES}
        self._files = AppendedFiles(self._folder, heads, self._ledger)
        self.csv_safe = self._ledger.flag(_SAFE, True if self.csv_safe else None)

    def store(
        self, entries: Sequence[Entry], digests: Mapping[str, str], failures: Sequence[Failure]
    ) -> None:
        """Append articles."""
        data = {
            _csv_name(table): self._to_csv(row for e in entries for row in e.payload[table.name])
            for table in TABLES
        }
        self._files.append(data, digests, failures)

    def finish(self, run: Run) -> None:
        """Drop replaced rows, note that a run ended, and write the bookkeeping tables as files."""
        self._files.drop_superseded(keep_rows)
        self._ledger.finish(run)
        self.write_links({t: self._ledger.read_table(t) for t in (books.FAILURES, books.RUNS)})

    def write_links(self, tables: Links) -> None:
        """Replace the contents of the linking tables, or of others."""
        for table, rows in tables.items():
            with disk_errors(str(self._folder)):
                replace_file(
                    self._folder / _csv_name(table), partial(self._write_rows, table, rows)
                )

    def _write_rows(self, table: Table, rows: Iterable[Row], file: BinaryIO) -> None:
        file.write(_to_csv([table.column_names]))
        for part in batched(rows, ROWS_AT_ONCE):
            file.write(self._to_csv(part))

    def _to_csv(self, rows: Iterable[Row | Sequence[Any]]) -> bytes:
        return _to_csv(map(make_safe, rows) if self.csv_safe else rows)


def to_line(extraction: Extraction) -> bytes:
    """Return a record as one line of JSON, whatever its text contains."""
    record = extraction.to_dict()
    try:
        line = json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf8")
    except ValueError:
        line = json.dumps({**record, "meta": storable(record["meta"])}).encode("ascii")
    return line + b"\n"


def keep_lines(data: bytes, ids: set[str]) -> bytes:
    """Return the lines of ``data`` whose records' ids are among ``ids``."""
    lines = (line for line in data.split(b"\n") if line)
    kept = [line + b"\n" for line in lines if storable(json.loads(line)["id"]) in ids]
    return b"".join(kept)


def keep_rows(data: bytes, ids: set[str]) -> bytes:
    """Return the CSV rows of ``data`` whose first field is among ``ids``."""
    csv.field_size_limit(max(csv.field_size_limit(), len(data)))
    rows = csv.reader(io.StringIO(data.decode("utf8"), newline=""))
    safe = {make_safe([article_id])[0] for article_id in ids}
    return _to_csv(row for row in rows if row[0] in ids or row[0] in safe)


def make_safe(row: Sequence[Any]) -> list[Any]:
    """Return a row in which no text begins like a formula of a spreadsheet."""
    return [
        f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
        for value in row
    ]


def _csv_name(table: Table) -> str:
    return f"{table.name}.csv"


def _to_csv(rows: Iterable[Row | Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf8")


def _write(data: bytes, file: BinaryIO) -> None:
    file.write(data)

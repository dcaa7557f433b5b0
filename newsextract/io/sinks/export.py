"""Export to one file: a table as CSV, TSV or Parquet, or an Excel workbook of all tables.

The records are kept in an SQLite database beside the file (``<path>.ledger``), so that runs
can be resumed; the file is rewritten from it at the end of a run or of linking.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from newsextract.article import Failure
from newsextract.errors import TargetError, import_extra
from newsextract.io.sinks.appended import make_safe
from newsextract.io.sinks.base import ROWS_AT_ONCE, Entry, Links, Run, batched
from newsextract.io.sinks.files import disk_errors, replace_file
from newsextract.io.sinks.sql import VIEWS
from newsextract.io.sinks.sqlite import SqliteSink
from newsextract.records.tables import LINK_TABLES, TABLES

ENDINGS = frozenset((".csv", ".tsv", ".parquet", ".xlsx"))
LEDGER = ".ledger"
_SAID = "who_said_what"
_SAFE = "csv_safe"
_SHEETS = (*VIEWS, *(table.name for table in (*TABLES, *LINK_TABLES)))
_MOST_ROWS = 1_048_575
_LONGEST_CELL = 32_767
_NOT_IN_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_TYPES = {c.name: c.type for table in (*TABLES, *LINK_TABLES) for c in table.columns
          if c.name != "id"}  # fmt: skip
"""The type of each column; an ``id`` is a text, also where it is a number."""

Rows = Iterator[tuple[Any, ...]]


class ExportSink:
    """Stores records behind one file, and writes the file when a run ends.

    ``people.csv`` holds the table or view of that name; ``quotes.csv`` and a file of any other
    name hold ``who_said_what``, every quote with its speaker and article; ``news.xlsx`` holds a
    sheet for each view and table. With ``csv_safe``, which the ledger remembers, cells of CSV and
    TSV that a spreadsheet would treat as a formula begin with an apostrophe.

    Raises:
        TargetError: the file has another ending, already exists and no run has written it, or is
            in use.
    """

    def __init__(self, path: str, *, store_text: bool = False, csv_safe: bool = False) -> None:
        self._path = Path(path)
        ledger = path + LEDGER
        if self._path.suffix.lower() not in ENDINGS:
            raise TargetError(
                f"{path}: the name of a table must end in .csv, .tsv, .parquet or .xlsx"
            )
        if self._path.exists() and not Path(ledger).exists():
            raise TargetError(
                f"{path}: already exists and was not written by newsextract: move it away, or "
                "choose another target"
            )
        if self._path.suffix.lower() == ".xlsx":
            import_extra("xlsxwriter", "excel")
        if self._path.suffix.lower() == ".parquet":
            import_extra("pyarrow", "arrow")
        self._store = SqliteSink(ledger, store_text=store_text)
        self._ledger = ledger
        if csv_safe:
            _choose_safe(ledger)
        self.batch_articles = self._store.batch_articles
        self.prepare = self._store.prepare

    def find_done(self, digests: Mapping[str, str]) -> set[str]:
        """Return the ids among ``digests`` that are stored with the same digest."""
        return self._store.find_done(digests)

    def start(self, run: Run) -> None:
        """Note that a run begins."""
        self._store.start(run)

    def write(self, entries: Sequence[Entry], failures: Sequence[Failure]) -> None:
        """Store articles and failures in the ledger."""
        self._store.write(entries, failures)

    def finish(self, run: Run) -> None:
        """Note that a run ended, and write the file."""
        self._store.finish(run)
        self._export()

    def write_links(self, tables: Links) -> None:
        """Replace the contents of the linking tables, and rewrite the file."""
        self._store.write_links(tables)
        self._export()

    def close(self) -> None:
        """Release the file."""
        self._store.close()

    def _export(self) -> None:
        connection = sqlite3.connect(self._ledger)
        write = {".csv": _write_csv, ".tsv": _write_csv, ".parquet": _write_parquet,
                 ".xlsx": _write_workbook}[self._path.suffix.lower()]  # fmt: skip
        try:
            with disk_errors(str(self._path)):
                replace_file(self._path, partial(write, connection, self._path))
        finally:
            connection.close()


def _choose_safe(ledger: str) -> None:
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute(f"CREATE TABLE IF NOT EXISTS {_SAFE} (chosen INTEGER)")


def _is_safe(connection: sqlite3.Connection) -> bool:
    """Return whether this run or an earlier one chose cells that are no formulas."""
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (_SAFE,))
    return found.fetchone() is not None


def choose_table(path: Path) -> str:
    """Return the table or view that a file is named after."""
    named = path.stem.lower()
    return named if named in _SHEETS and named != "quotes" else _SAID


def _read(connection: sqlite3.Connection, name: str) -> tuple[list[str], Rows]:
    """Return the columns and the rows of a table or view, in the order of its key."""
    order = "published, article_id, start" if name == _SAID else "1, 2"
    if name == "people_by_quotes":
        order = "quotes DESC, name"
    cursor = connection.execute(f"SELECT * FROM {name} ORDER BY {order}")
    return [column[0] for column in cursor.description], cursor


def _write_csv(connection: sqlite3.Connection, path: Path, file: BinaryIO) -> None:
    """Write CSV that spreadsheets read as UTF-8: with a byte order mark; TSV without."""
    columns, rows = _read(connection, choose_table(path))
    tabs = path.suffix.lower() == ".tsv"
    text = io.TextIOWrapper(file, encoding="utf-8" if tabs else "utf-8-sig", newline="")
    writer = csv.writer(text, delimiter="\t" if tabs else ",")
    writer.writerow(columns)
    writer.writerows(map(make_safe, rows) if _is_safe(connection) else rows)
    text.flush()
    text.detach()


def _write_parquet(connection: sqlite3.Connection, path: Path, file: BinaryIO) -> None:
    arrow: Any = import_extra("pyarrow", "arrow")
    parquet: Any = import_extra("pyarrow.parquet", "arrow")
    columns, rows = _read(connection, choose_table(path))
    types = {"integer": arrow.int64(), "real": arrow.float64()}
    fields = [arrow.field(n, types.get(_TYPES.get(n, ""), arrow.string())) for n in columns]
    schema = arrow.schema(fields)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for part in batched(rows, ROWS_AT_ONCE):
            values = zip(*part, strict=True)
            arrays = [arrow.array(map(_as(f.type), v), f.type)
                      for f, v in zip(schema, values, strict=True)]  # fmt: skip
            writer.write_table(arrow.Table.from_arrays(arrays, schema=schema))


def _as(type_: Any) -> Any:
    """Return a function that converts a cell to an Arrow type."""
    return (lambda v: None if v is None else str(v)) if str(type_) == "string" else (lambda v: v)


def _write_workbook(connection: sqlite3.Connection, path: Path, file: BinaryIO) -> None:
    xlsxwriter: Any = import_extra("xlsxwriter", "excel")
    plain = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, plain)
    bold = book.add_format({"bold": True})
    for name in _SHEETS:
        columns, rows = _read(connection, name)
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, bold)
        for number, row in enumerate(rows, 1):
            if number > _MOST_ROWS:
                raise TargetError(
                    f"{path}: {name} has more rows than a sheet holds: choose a database"
                )
            sheet.write_row(number, 0, map(_cell, row))
    book.close()


def _cell(value: Any) -> Any:
    """Return a value that fits a cell: without control characters, and cut to the limit."""
    if not isinstance(value, str):
        return value
    text = _NOT_IN_XML.sub("\ufffd", value)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"

"""Choose the sink for a target by its suffix, its URL or the format given."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from newsextract.errors import TargetError, hide_passwords
from newsextract.io.sinks.base import NO_TABLES, Sink

TARGET_FORMATS = ("jsonl", "csv", "parquet", "sqlite", "duckdb", "postgresql", "table")

_ENDINGS = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".db": "sqlite", ".sqlite": "sqlite",
    ".sqlite3": "sqlite", ".duckdb": "duckdb", ".ddb": "duckdb", ".csv": "table", ".tsv": "table",
    ".parquet": "table", ".xlsx": "table",
}  # fmt: skip
_SCHEMES = ("postgresql://", "postgres://")
_SINKS = {
    "jsonl": ("appended", "JsonLinesSink"),
    "csv": ("appended", "CsvSink"),
    "parquet": ("parquet", "ParquetSink"),
    "sqlite": ("sqlite", "SqliteSink"),
    "duckdb": ("duckdb", "DuckdbSink"),
    "postgresql": ("postgres", "PostgresSink"),
    "table": ("export", "ExportSink"),
}
_FOLDERS = ("csv", "parquet")
_RECORDS = (".json", ".jsonl", ".ndjson")
_SAFE_ENDINGS = (".csv", ".tsv")


def open_sink(
    target: str, format: str | None = None, *, store_text: bool = False, csv_safe: bool = False
) -> Sink:
    """Return the open sink for ``target``.

    Args:
        target: ``out.db``, ``out.duckdb``, ``out.jsonl``, a folder (with ``format``), a file of
            one table (``quotes.csv``, ``.tsv``, ``.parquet``) or of all (``news.xlsx``), or
            ``postgresql://user@host/database``.
        format: one of :data:`TARGET_FORMATS`, if the target's name does not tell.
        store_text: keep the articles' texts in the table ``articles``.
        csv_safe: write CSV in which spreadsheets treat no cell as a formula.

    Raises:
        TargetError: the format is unknown, or the target cannot be opened.
    """
    name = format or guess_format(target)
    if name not in TARGET_FORMATS:
        raise TargetError(
            f"{name_target(target)}: unknown format {name!r}; choose {', '.join(TARGET_FORMATS)}"
        )
    _check_parent(target, name)
    module, sink = _SINKS[name]
    make: Callable[..., Sink] = getattr(import_module(f"newsextract.io.sinks.{module}"), sink)
    has_cells = name == "table" and Path(target).suffix.lower() in _SAFE_ENDINGS
    if csv_safe and name != "csv" and not has_cells:
        kind = Path(target).suffix if name == "table" else name
        raise TargetError(f"{name_target(target)}: --csv-safe is for CSV and TSV, not for {kind}")
    options = {"csv_safe": True} if csv_safe else {}
    return make(target, store_text=store_text, **options)


def guess_format(target: str) -> str:
    """Return the format that a target's ending or URL implies.

    Raises:
        TargetError: they imply none.
    """
    if target.lower().startswith(_SCHEMES):
        return "postgresql"
    path = Path(target)
    if path.suffix.lower() in _ENDINGS and not path.is_dir():
        return _ENDINGS[path.suffix.lower()]
    made = (path / "_ledger.sqlite").is_file()
    found = next((name for name in _FOLDERS if made and _holds(path, name)), None)
    if found is None:
        raise TargetError(
            f"{name_target(target)}: the name does not tell the format: use an ending such as "
            ".jsonl, .db or .duckdb, or --format csv or --format parquet for a folder"
        )
    return found


def check_linkable(target: str, format: str | None = None) -> None:
    """Refuse to link a file of records, before anything is read.

    Raises:
        TargetError: it is one.
    """
    path = Path(target)
    if format == "jsonl" or (path.suffix.lower() in _RECORDS and not path.is_dir()):
        raise TargetError(f"{name_target(target)}: {NO_TABLES}")


def name_target(target: str) -> str:
    """Return ``target`` for messages: a URL without its password and parameters."""
    name = hide_passwords(target)
    return name.partition("?")[0] if target.lower().startswith(_SCHEMES) else name


def _holds(folder: Path, name: str) -> bool:
    return any(folder.glob(f"articles*.{name}")) or any(folder.glob(f"articles/*.{name}"))


def _check_parent(target: str, name: str) -> None:
    if name != "postgresql" and not Path(target).absolute().parent.is_dir():
        raise TargetError(f"{target}: no such folder: {Path(target).absolute().parent}")

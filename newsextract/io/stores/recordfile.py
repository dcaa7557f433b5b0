"""Files of records: JSON Lines, or one JSON file, as ``newsextract extract`` writes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsextract.errors import InputError
from newsextract.records import SCHEMA, Extraction, record_fields
from newsextract.records.jsontext import parse_json

ENDINGS = frozenset((".json", ".jsonl", ".ndjson"))


@contextmanager
def whole_records(target: str) -> Iterator[None]:
    """Convert errors from incomplete or malformed records.

    Raises:
        InputError: a part is missing, of another type or too large.
    """
    try:
        yield
    except (
        AttributeError, KeyError, OverflowError, TypeError, ValueError, sqlite3.Error,
    ) as error:  # fmt: skip
        raise InputError(
            f"{target}: a record is incomplete ({type(error).__name__}: {error})"
        ) from error


def read_records(target: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON Lines file, or those of a JSON file, as JSON values.

    Raises:
        InputError: there is no such file, or something in it is no record of this version.
    """
    path = Path(target)
    if not path.is_file():
        raise InputError(f"{target}: no such file")
    try:
        yield from _read_file(path, target)
    except UnicodeDecodeError as error:
        raise InputError(f"{target}: not UTF-8 text ({error.reason})") from error


def is_record(value: Any) -> bool:
    """Return whether a JSON value claims to be a record of this version."""
    return isinstance(value, dict) and value.get("schema") == SCHEMA


def _read_file(path: Path, target: str) -> Iterator[dict[str, Any]]:
    if path.suffix.lower() == ".json":
        yield from _parse_whole(path.read_text(encoding="utf-8-sig"), target)
        return
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _parse_record(line, f"{target}, line {number}")


def _parse_whole(text: str, target: str) -> Iterator[dict[str, Any]]:
    value = parse_json(text, target)
    for record in value if isinstance(value, list) else [value]:
        yield _check(record, target)


def _parse_record(line: str, where: str) -> dict[str, Any]:
    return _check(parse_json(line, where), where)


def _check(value: Any, where: str) -> dict[str, Any]:
    if not is_record(value):
        raise InputError(f"{where}: not a record of schema {SCHEMA}")
    missing = [name for name in record_fields(Extraction) if name not in value]
    if missing:
        raise InputError(f"{where}: the record lacks {', '.join(missing)}")
    record: dict[str, Any] = value
    return record

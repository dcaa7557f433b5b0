"""The columns that the page of a corpus needs, from a store or from records as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsextract.errors import InputError
from newsextract.records import SCHEMA, Extraction, record_fields
from newsextract.records.jsontext import parse_json
from newsextract.views.report.stores import Row, is_store, open_store

Rows = dict[str, list[Row]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("id", "published", "title", "url"),
    "people": ("article_id", "id", "key"),
    "organizations": ("article_id", "id", "key"),
    "places": (
        "article_id", "id", "name", "geonames_id", "country_code", "latitude", "longitude",
        "feature_code",
    ),
    "mentions": ("article_id", "entity"),
    "sources": ("article_id", "id", "kind", "name", "entity"),
    "quotes": ("article_id", "id", "kind", "mode", "content", "speaker"),
}  # fmt: skip


def read_rows(target: str) -> Rows:
    """Return the rows of every table that the page counts, from the store at ``target``.

    Args:
        target: a SQLite or DuckDB file, a PostgreSQL URL, a folder of CSV or Parquet tables, or
            a file of records, one JSON object a line.

    Raises:
        InputError: there is no such file, or it holds no records.
        MissingExtra: the store needs a package that is not installed.
    """
    if is_store(target):
        with open_store(target) as select:
            return {table: list(select(table, columns)) for table, columns in COLUMNS.items()}
    with whole_records(target):
        return rows_of_records(read_records(target))


@contextmanager
def whole_records(target: str) -> Iterator[None]:
    """Turn what a record with missing or strange parts raises into an error that says so.

    Raises:
        InputError: a part is missing or of another type.
    """
    try:
        yield
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{target}: a record is not whole ({type(error).__name__}: {error})"
        ) from error


def read_records(target: str) -> Iterator[dict[str, Any]]:
    """Yield the records of a JSON Lines file, or the one of a JSON file, as JSON values.

    Raises:
        InputError: there is no such file, or something in it is no record of this version.
    """
    path = Path(target)
    if not path.is_file():
        raise InputError(f"{target}: there is no such file")
    try:
        yield from _read_file(path, target)
    except UnicodeDecodeError as error:
        raise InputError(f"{target}: is not UTF-8 text ({error.reason})") from error


def _read_file(path: Path, target: str) -> Iterator[dict[str, Any]]:
    if path.suffix.lower() == ".json":
        yield from _parse_whole(path.read_text(encoding="utf8"), target)
        return
    with path.open(encoding="utf8") as lines:
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
        raise InputError(f"{where}: is no record of schema {SCHEMA}")
    missing = [name for name in record_fields(Extraction) if name not in value]
    if missing:
        raise InputError(f"{where}: the record lacks {', '.join(missing)}")
    record: dict[str, Any] = value
    return record


def is_record(value: Any) -> bool:
    """Return whether a JSON value says that it is a record of this version."""
    return isinstance(value, dict) and value.get("schema") == SCHEMA


def rows_of_records(records: Iterable[dict[str, Any]]) -> Rows:
    """Return the rows that the page counts of records as JSON values; the last of an id counts."""
    last = {record["id"]: _rows_of_record(record) for record in records}
    return {table: [row for rows in last.values() for row in rows[table]] for table in COLUMNS}


def _rows_of_record(record: dict[str, Any]) -> Rows:
    id_, meta = record["id"], record["meta"]
    rows: Rows = {"articles": [(id_, record["published"], meta.get("title"), meta.get("url"))]}
    for table in ("people", "organizations", "places", "sources"):
        names = COLUMNS[table][1:]
        rows[table] = [(id_, *(item[name] for name in names)) for item in record[table]]
    named = (place["id"] for place in record["places"] for _ in place["mentions"])
    rows["mentions"] = [(id_, place) for place in named]
    rows["quotes"] = [(id_, *_quote_values(quote)) for quote in record["quotes"]]
    return rows


def _quote_values(quote: dict[str, Any]) -> Row:
    content = " … ".join(part["text"] for part in quote["content"])
    return quote["id"], quote["kind"], quote["mode"], content, quote["speaker"]

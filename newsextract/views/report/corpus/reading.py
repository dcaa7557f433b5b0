"""The columns that the page of a corpus needs, from a store or from records as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from newsextract.io.stores.database import Row, is_store, open_database
from newsextract.io.stores.recordfile import read_records, whole_records

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
        with open_database(target) as database:
            return {
                table: list(database.select(table, columns)) for table, columns in COLUMNS.items()
            }
    with whole_records(target):
        return rows_of_records(read_records(target))


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

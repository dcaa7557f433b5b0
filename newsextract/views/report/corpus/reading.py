"""Read the columns the corpus page needs, from a store or from JSON records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from newsextract.io.stores.database import Row, is_store, open_database
from newsextract.io.stores.recordfile import read_records, whole_records
from newsextract.records import Extraction

Rows = dict[str, list[Row]]

COLUMNS: dict[str, tuple[str, ...]] = {
    "articles": ("id", "published", "title", "url", "meta", "text"),
    "layout": ("article_id", "start", "end", "kind"),
    "people": ("article_id", "id", "key", "name", "gender"),
    "organizations": ("article_id", "id", "key", "name"),
    "places": (
        "article_id", "id", "name", "geonames_id", "country_code", "latitude", "longitude",
        "feature_code",
    ),
    "mentions": ("article_id", "entity"),
    "sources": ("article_id", "id", "kind", "name", "entity"),
    "quotes": (
        "article_id", "id", "kind", "mode", "content", "cue", "context_start", "context_end",
        "speaker", "via", "score", "context",
    ),
    "quote_parts": ("article_id", "quote", "start", "end"),
    "quote_mentions": ("article_id", "quote", "entity"),
}  # fmt: skip
_LATER: dict[str, Any] = {"gender": None, "mentions": ()}
"""Fields that records of the first versions lack."""


def read_rows(target: str) -> Rows:
    """Return the rows that the page needs, from the store at ``target``.

    Args:
        target: a SQLite or DuckDB file, a PostgreSQL URL, a folder of CSV or Parquet tables, or
            a file of records, one JSON object per line.

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
    """Return the rows that the page needs from JSON records; the last record of an id counts."""
    return _gather({record["id"]: _rows_of_record(record, None) for record in records})


def rows_of_extractions(extractions: Iterable[Extraction]) -> Rows:
    """Return the rows that the page needs from extractions, with their texts if known."""
    return _gather({e.id: _rows_of_record(e.to_dict(), e.text) for e in extractions})


def _gather(last: Mapping[str, Rows]) -> Rows:
    return {table: [row for rows in last.values() for row in rows[table]] for table in COLUMNS}


def _rows_of_record(record: dict[str, Any], text: str | None) -> Rows:
    id_, meta = record["id"], record["meta"]
    title, url = meta.get("title"), meta.get("url")
    if not isinstance(title, str) or not title.strip():
        title = None
    rows: Rows = {"articles": [(id_, record["published"], title, url, meta, text)]}
    for table in ("layout", "people", "organizations", "places", "sources"):
        names = COLUMNS[table][1:]
        items = (_LATER | item for item in record[table])
        rows[table] = [(id_, *(item[name] for name in names)) for item in items]
    named = (place["id"] for place in record["places"] for _ in place["mentions"])
    rows["mentions"] = [(id_, place) for place in named]
    rows["quotes"] = [(id_, *_quote_values(quote)) for quote in record["quotes"]]
    rows["quote_parts"] = [
        (id_, quote["id"], part["start"], part["end"])
        for quote in record["quotes"]
        for part in quote["content"]
    ]
    rows["quote_mentions"] = [
        (id_, quote["id"], entity)
        for quote in record["quotes"]
        for entity in (_LATER | quote)["mentions"]
    ]
    return rows


def _quote_values(quote: dict[str, Any]) -> Row:
    content = " … ".join(part["text"] for part in quote["content"])
    cue, context = quote["cue"], quote["context"]
    return (
        quote["id"],
        quote["kind"],
        quote["mode"],
        content,
        cue and cue["text"],
        context["start"],
        context["end"],
        quote["speaker"],
        quote["via"],
        quote["score"],
        None,
    )

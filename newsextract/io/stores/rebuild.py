"""Rebuild a record from the rows of a store."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from newsextract.errors import InputError
from newsextract.io.stores.database import Database
from newsextract.records import Extraction
from newsextract.records.tables import find_table

Values = dict[str, Any]

_CAST = {"integer": int, "real": float}


def build_record(database: Database, article: str) -> Extraction:
    """Return the record of ``article`` from an open store.

    Raises:
        InputError: the store has no such article.
    """
    head = next(iter(_read(database, "articles", article)), None)
    if head is None:
        raise InputError(f"{database.target}: no article with the id {article!r}")
    text = head.pop("text")
    people = _read(database, "people", article)
    _add_parts(people, "roles", _read(database, "person_roles", article), "person")
    _add_parts(people, "affiliations", _read(database, "person_affiliations", article), "person")
    organizations, places = (_read(database, name, article) for name in ("organizations", "places"))
    mentions = _read(database, "mentions", article)
    for records in (people, organizations, places):
        _add_parts(records, "mentions", mentions, "entity")
    quotes = [_nest_quote(row) for row in _read(database, "quotes", article)]
    _add_parts(quotes, "content", _read(database, "quote_parts", article), "quote")
    _add_parts(quotes, "mentions", _read(database, "quote_mentions", article), "quote")
    for quote in quotes:
        quote["mentions"] = [mention["entity"] for mention in quote["mentions"]]
    sources = [_add_quotes(row, quotes) for row in _read(database, "sources", article)]
    record = head | {"meta": head["meta"] or {}, "people": people, "places": places}
    record |= {"organizations": organizations, "quotes": quotes, "sources": sources}
    record |= {name: _read(database, name, article) for name in ("layout", "dates", "issues")}
    return Extraction.from_dict(record, text=text)


def _read(database: Database, name: str, article: str) -> list[Values]:
    """Return the rows of one article as dictionaries, in the order of their ids."""
    table = find_table(name)
    rows = [
        {
            column.name: _cast(value, column.type)
            for column, value in zip(table.columns, row, strict=True)
        }
        for row in database.select(name, table.column_names, article)
    ]
    return sorted(rows, key=lambda row: (len(str(row["id"])), str(row["id"])))


def _cast(value: Any, type_: str) -> Any:
    """Return a cell as its column's type, because CSV holds only text."""
    if value is None:
        return None
    if type_ == "json":
        return json.loads(value) if isinstance(value, str) else value
    return _CAST[type_](value) if type_ in _CAST else value


def _add_parts(records: list[Values], name: str, parts: Iterable[Values], owner: str) -> None:
    """Give each record the ``parts`` whose column ``owner`` holds its id."""
    owned: dict[str, list[Values]] = defaultdict(list)
    for part in parts:
        owned[part[owner]].append(part)
    for record in records:
        record[name] = owned[record["id"]]


def _nest_quote(row: Values) -> Values:
    context = {"start": row["context_start"], "end": row["context_end"]}
    return row | {"cue": _span(row, "cue"), "source": _span(row, "source"), "context": context}


def _span(row: Values, name: str) -> Values | None:
    if row[name] is None:
        return None
    return {"start": row[f"{name}_start"], "end": row[f"{name}_end"], "text": row[name]}


def _add_quotes(source: Values, quotes: Iterable[Values]) -> Values:
    """Return ``source`` with the quotes it said and relayed."""
    said = [quote["id"] for quote in quotes if quote["speaker"] == source["id"]]
    relayed = [quote["id"] for quote in quotes if quote["via"] == source["id"]]
    return source | {"quotes": said, "relays": relayed}

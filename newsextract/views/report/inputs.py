"""Inputs of a report: a store, a file of records, or articles still to be extracted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from newsextract.errors import InputError
from newsextract.io.stores.database import is_store, open_database
from newsextract.io.stores.rebuild import build_record
from newsextract.io.stores.recordfile import is_record, read_records, whole_records
from newsextract.records import Extraction

Sort = Literal["store", "records", "articles"]


def sort_input(path: str) -> Sort:
    """Return the kind of input at ``path``, by its name and first line."""
    if is_store(path):
        return "store"
    if Path(path).suffix.lower() in (".json", ".jsonl", ".ndjson") and _begins_with_record(path):
        return "records"
    return "articles"


def _begins_with_record(path: str) -> bool:
    """Return whether the first line, or the whole of a short file, is a record."""
    try:
        with Path(path).open(encoding="utf-8-sig") as file:
            first = file.readline()
            if first.strip() in ("{", "[", ""):
                first += file.read()
        value = json.loads(first)
    except (OSError, ValueError, RecursionError):
        return False
    return is_record(value[0] if isinstance(value, list) and value else value)


def read_extractions(path: str, texts: Mapping[str, str]) -> Iterator[Extraction]:
    """Yield the records of a store or of a file of records, with their texts if known.

    Args:
        path: the store or file.
        texts: the articles' texts by id, for a file of records.
    """
    if sort_input(path) == "store":
        with open_database(path) as database:
            for (id_,) in list(database.select("articles", ("id",))):
                yield build_record(database, id_)
        return
    for record in read_records(path):
        yield _build(record, path, texts)


def find_extraction(path: str, article: str, texts: Mapping[str, str]) -> Extraction:
    """Return the record of one article, the last of a file of records that holds several.

    Raises:
        InputError: there is none.
    """
    if sort_input(path) == "store":
        with open_database(path) as database:
            return build_record(database, article)
    last = None
    for record in read_records(path):
        if record["id"] == article:
            last = record
    if last is None:
        raise InputError(f"{path}: no article with the id {article!r}")
    return _build(last, path, texts)


def _build(record: dict[str, Any], path: str, texts: Mapping[str, str]) -> Extraction:
    with whole_records(path):
        return Extraction.from_dict(record, text=texts.get(record["id"]))

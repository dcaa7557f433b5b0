"""Datasette metadata: descriptions and display settings of tables and columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

_ENDINGS = frozenset((".db", ".sqlite", ".sqlite3"))
_TABLES = {
    "who_said_what": "Every quote with its speaker, its sentence and its article",
    "people_by_quotes": "How often people are quoted; statements are quotes without stances",
    "quotes_by_gender": "Women and men; share is of the quotes of people whose gender is known",
    "articles": "One row per article; country is where it is mainly set",
    "quotes": "What is attributed to a source: search its words above",
    "quote_mentions": "Who and what the content of a quote mentions",
    "entities": "People and organizations over all articles, after newsextract link",
    "entity_mentions": "Which record of an article is which entity",
}
_COLUMNS = {
    "kind": "direct: all in quotation marks; mixed: part of it; indirect: none",
    "mode": "statement: voiced; stance: believed, wished or feared",
    "via": "Who relays the quote, if not the speaker",
    "sentence": "The sentence or sentences around the quote",
    "score": "Probability that content and speaker are right",
    "start": "Offset of the content in the article, in Unicode code points",
    "speaker_key": "The speaker over all articles, after newsextract link",
}


def describe_tables(database: str) -> dict[str, Any]:
    """Return the metadata of a database for Datasette.

    Args:
        database: its file, or the name that Datasette gives it: the file's without its ending.
    """
    path = Path(database)
    name = path.stem if path.suffix in _ENDINGS else path.name
    tables: dict[str, Any] = {name: {"description": text} for name, text in _TABLES.items()}
    tables["who_said_what"] |= {
        "columns": _COLUMNS, "facets": ["speaker_kind", "kind", "country"], "size": 50,
    }  # fmt: skip
    tables["quotes"] |= {"fts_table": "quotes_fts", "facets": ["kind", "mode"]}
    tables["entities"] |= {"sort_desc": "statements", "facets": ["kind", "gender"]}
    tables["articles"] |= {"label_column": "title", "sort_desc": "published"}
    for hidden in ("ledger", "newsextract_info"):
        tables[hidden] = {"hidden": True}
    return {"title": "Who said what", "databases": {name: {"tables": tables}}}

"""The record flattened: keys are keys, references lead somewhere, every value can be stored."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from strategies import extractions
from tiny import make_article, read

from newsextract.records import Extraction
from newsextract.records.tables import TABLES, find_table, flatten, parse_columns, storable


def rows_of(record: Extraction, name: str) -> list[dict[str, object]]:
    """Return the rows of one table as mappings."""
    names = find_table(name).column_names
    return [dict(zip(names, row, strict=True)) for row in flatten(record)[name]]


def test_every_table_has_the_article_and_an_id_in_its_key() -> None:
    """The key of a row is (article_id, id); an article's is its id."""
    keys = {table.name: table.key for table in TABLES}
    assert keys.pop("articles") == ("id",)
    assert set(keys.values()) == {("article_id", "id")}


def test_references_lead_to_tables_that_come_first() -> None:
    """Tables can be made and filled in their order."""
    made: set[str] = set()
    for table in TABLES:
        made.add(table.name)
        assert {reference.table for reference in table.references} <= made


def test_the_sample_record_is_flattened(sample: Extraction) -> None:
    """Quotes, their parts, sources and mentions stand in their tables with the article's id."""
    quotes = rows_of(sample, "quotes")
    assert [quote["id"] for quote in quotes] == ["Q1", "Q2", "Q3"]
    assert quotes[0]["content"] == "The port will double in size by next year"
    assert quotes[0]["cue"] == "said"
    assert quotes[1]["via"] == "S2"
    assert {row["article_id"] for row in quotes} == {"nore"}
    assert [row["quote"] for row in rows_of(sample, "quote_parts")] == ["Q1", "Q2", "Q3"]
    assert {row["id"] for row in rows_of(sample, "sources")} == {"S1", "S2", "S3"}


def test_the_article_row_lifts_title_and_url() -> None:
    """What people look for has columns of its own; all of meta stays as JSON."""
    (row,) = rows_of(read(make_article(3)), "articles")
    assert row["title"] == "Port, part 3"
    assert row["url"] == "https://nore.example/3"
    assert json.loads(str(row["meta"]))["title"] == "Port, part 3"
    assert row["text"] is None


def test_text_is_kept_only_on_request() -> None:
    """Its length is always there."""
    record = read(make_article(3))
    (row,) = flatten(record, store_text=True)["articles"]
    names = find_table("articles").column_names
    assert row[names.index("text")] == record.text
    assert row[names.index("text_length")] == len(record.text or "")


@pytest.mark.parametrize(
    ("value", "stored", "why"),
    [
        ("a\0b", "a\ufffdb", "PostgreSQL has no NUL in text"),
        ("a\ud800b", "a\ufffdb", "a lone surrogate is not UTF-8"),
        ("\ufffd 😀 é", "\ufffd 😀 é", "the rest of Unicode stays"),
        (float("nan"), None, "JSON has no NaN"),
        ({"a\0": [1, "b\0"]}, {"a\ufffd": [1, "b\ufffd"]}, "inside objects too"),
        (True, True, "a boolean is no text"),
    ],
)
def test_storable(value: object, stored: object, why: str) -> None:
    """What no database takes is replaced one for one."""
    assert storable(value) == stored, why


def test_parse_columns() -> None:
    """A column is text that may be null, unless it says otherwise."""
    plain, number = parse_columns("name size:integer!")
    assert (plain.name, plain.type, plain.required) == ("name", "text", False)
    assert (number.name, number.type, number.required) == ("size", "integer", True)


@given(extractions())
def test_every_record_fits_its_tables(record: Extraction) -> None:
    """Rows are as wide as their tables, and every text is UTF-8 without NUL."""
    for name, rows in flatten(record).items():
        table = find_table(name)
        assert all(len(row) == len(table.columns) for row in rows)
        for row in rows:
            assert all("\0" not in value for value in row if isinstance(value, str))
            str(row).encode("utf8")

"""SQL that makes the tables and views, the same for SQLite, DuckDB and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsextract.io.sinks.books import BOOKS
from newsextract.records.tables import TABLES, Table


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where the databases differ: the names of types, and whether foreign keys are kept."""

    types: Mapping[str, str]
    foreign_keys: bool = True


VIEWS = {
    "who_said_what": """
SELECT quotes.article_id, articles.published, articles.title,
       sources."name" AS speaker, sources."kind" AS speaker_kind,
       COALESCE(people."key", organizations."key") AS speaker_key,
       relays."name" AS via, quotes."kind", quotes."mode", quotes."content",
       quotes."start", quotes."end", quotes."id" AS quote_id
FROM quotes
JOIN articles ON articles."id" = quotes.article_id
LEFT JOIN sources ON sources.article_id = quotes.article_id AND sources."id" = quotes.speaker
LEFT JOIN sources AS relays ON relays.article_id = quotes.article_id AND relays."id" = quotes.via
LEFT JOIN people ON people.article_id = quotes.article_id AND people."id" = sources.entity
LEFT JOIN organizations
  ON organizations.article_id = quotes.article_id AND organizations."id" = sources.entity
""",
    "people_by_quotes": """
SELECT MIN(people."name") AS "name", people."key",
       COUNT(*) AS quotes, COUNT(DISTINCT people.article_id) AS articles
FROM people
JOIN sources ON sources.article_id = people.article_id AND sources.entity = people."id"
JOIN quotes ON quotes.article_id = sources.article_id AND quotes.speaker = sources."id"
GROUP BY COALESCE(people."key", people."name"), people."key"
""",
}


def quote(name: str) -> str:
    """Return an SQL identifier in quotation marks."""
    return '"' + name.replace('"', '""') + '"'


def create_statements(dialect: Dialect) -> Iterator[str]:
    """Yield the statements that make every table, index and view."""
    for table in (*TABLES, *BOOKS):
        yield create_table(table, dialect)
        yield from create_indexes(table)
    for name, select in VIEWS.items():
        yield f"CREATE VIEW {quote(name)} AS {select.strip()}"


def create_table(table: Table, dialect: Dialect) -> str:
    """Return the statement that makes ``table``, with its keys."""
    lines = [
        f"{quote(column.name)} {dialect.types[column.type]}{' NOT NULL' if column.required else ''}"
        for column in table.columns
    ]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    if dialect.foreign_keys:
        lines += _foreign_keys(table)
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {quote(table.name)} (\n  {body}\n)"


def create_indexes(table: Table) -> Iterator[str]:
    """Yield the statements that make the indexes of ``table``."""
    for columns in table.indexes:
        name = quote(f"{table.name}_by_{'_'.join(columns)}")
        yield f"CREATE INDEX {name} ON {quote(table.name)} ({_names(columns)})"


def insert_statement(table: Table) -> str:
    """Return the statement that inserts a row, with ``?`` for its values."""
    places = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {quote(table.name)} ({_names(table.column_names)}) VALUES ({places})"


def id_column(table: Table) -> str:
    """Return the column of a record's table that holds the article's id."""
    return "id" if table.name == "articles" else "article_id"


def _foreign_keys(table: Table) -> Iterator[str]:
    """Yield the foreign keys of ``table``; those inside an article are checked at commit."""
    for reference in table.references:
        key = "id" if reference.table == "articles" else "article_id, id"
        names = ", ".join(quote(name) for name in key.split(", "))
        ending = " ON DELETE CASCADE" if reference.cascades else " DEFERRABLE INITIALLY DEFERRED"
        yield (
            f"FOREIGN KEY ({_names(reference.columns)}) "
            f"REFERENCES {quote(reference.table)} ({names}){ending}"
        )


def _names(columns: tuple[str, ...]) -> str:
    return ", ".join(quote(name) for name in columns)

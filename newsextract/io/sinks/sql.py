"""SQL for tables and views, shared by SQLite, DuckDB and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from newsextract.io.sinks.books import BOOKS
from newsextract.records.tables import LINK_TABLES, TABLES, Table


@dataclass(frozen=True, slots=True)
class Dialect:
    """How databases differ: the names of types, and whether foreign keys are enforced."""

    types: Mapping[str, str]
    foreign_keys: bool = True


PEOPLE_BY_QUOTES = """
SELECT COALESCE(MIN(entities."name"), MIN(said.speaker)) AS "name", said.speaker_key AS "key",
       CASE WHEN COUNT(CASE WHEN said.speaker_gender = 'female' THEN 1 END)
               > COUNT(CASE WHEN said.speaker_gender = 'male' THEN 1 END) THEN 'female'
            WHEN COUNT(CASE WHEN said.speaker_gender = 'male' THEN 1 END)
               > COUNT(CASE WHEN said.speaker_gender = 'female' THEN 1 END) THEN 'male'
       END AS gender,
       COUNT(*) AS quotes, COUNT(CASE WHEN said."mode" = 'statement' THEN 1 END) AS statements,
       COUNT(DISTINCT said.article_id) AS articles,
       MIN(said.published) AS first_seen, MAX(said.published) AS last_seen
FROM who_said_what AS said
LEFT JOIN entities ON entities."key" = said.speaker_key
{where}
GROUP BY COALESCE(said.speaker_key, said.speaker), said.speaker_key
"""

VIEWS = {
    "who_said_what": """
SELECT quotes.article_id, quotes."id" AS quote_id, articles.published, articles.title, articles.url,
       articles.country, sources."name" AS speaker, sources."kind" AS speaker_kind,
       COALESCE(linked."key", people."key", organizations."key") AS speaker_key,
       people.gender AS speaker_gender, relays."name" AS via, quotes.cue, quotes."kind",
       quotes."mode", quotes."content", quotes."context" AS sentence, quotes.score,
       quotes."start", quotes."end"
FROM quotes
JOIN articles ON articles."id" = quotes.article_id
LEFT JOIN sources ON sources.article_id = quotes.article_id AND sources."id" = quotes.speaker
LEFT JOIN sources AS relays ON relays.article_id = quotes.article_id AND relays."id" = quotes.via
LEFT JOIN people ON people.article_id = quotes.article_id AND people."id" = sources.entity
LEFT JOIN organizations
  ON organizations.article_id = quotes.article_id AND organizations."id" = sources.entity
LEFT JOIN entity_mentions AS linked
  ON linked.article_id = quotes.article_id AND linked."id" = sources.entity
  AND linked."name" = COALESCE(people."name", organizations."name")
""",
    "said_about": """
SELECT said.article_id, said.quote_id, said.published, said.speaker, said.speaker_key,
       CASE WHEN people."id" IS NOT NULL THEN 'person'
            WHEN organizations."id" IS NOT NULL THEN 'organization' ELSE 'place' END
         AS mentioned_kind,
       COALESCE(entities."name", people."name", organizations."name", places."name") AS mentioned,
       COALESCE(linked."key", people."key", organizations."key") AS mentioned_key,
       said."mode", said."content"
FROM who_said_what AS said
JOIN quote_mentions AS m ON m.article_id = said.article_id AND m."quote" = said.quote_id
LEFT JOIN people ON people.article_id = m.article_id AND people."id" = m.entity
LEFT JOIN organizations
  ON organizations.article_id = m.article_id AND organizations."id" = m.entity
LEFT JOIN places ON places.article_id = m.article_id AND places."id" = m.entity
LEFT JOIN entity_mentions AS linked
  ON linked.article_id = m.article_id AND linked."id" = m.entity
  AND linked."name" = COALESCE(people."name", organizations."name")
LEFT JOIN entities ON entities."key" = linked."key"
""",
    "people_by_quotes": PEOPLE_BY_QUOTES.format(where="WHERE said.speaker_kind = 'person'"),
    "quotes_by_gender": """
SELECT p.gender, COUNT(*) AS people, SUM(p.quotes) AS quotes, SUM(p.statements) AS statements,
       CASE WHEN p.gender IS NOT NULL
            THEN CAST(SUM(p.quotes) AS DOUBLE PRECISION)
                 / (SELECT SUM(quotes) FROM people_by_quotes WHERE gender IS NOT NULL)
       END AS share
FROM people_by_quotes AS p
GROUP BY p.gender
""",
}


def quote(name: str) -> str:
    """Return an SQL identifier in quotation marks."""
    return '"' + name.replace('"', '""') + '"'


def create_statements(dialect: Dialect) -> Iterator[str]:
    """Yield the statements that make every table, index and view."""
    for table in (*TABLES, *LINK_TABLES, *BOOKS):
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

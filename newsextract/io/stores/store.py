"""The store: queries for who said what about whom, when and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from types import TracebackType
from typing import Any, TypedDict, Unpack

from newsextract.io.sinks.books import FAILURES
from newsextract.io.sinks.sql import PEOPLE_BY_QUOTES
from newsextract.io.stores.answer import Answer
from newsextract.io.stores.conditions import (
    Condition,
    Day,
    Filters,
    find_conditions,
    find_days,
    join_conditions,
)
from newsextract.io.stores.database import Database, connect_store
from newsextract.io.stores.rebuild import build_record
from newsextract.io.stores.rows import ArticleRow, MentionRow, PersonRow, QuoteRow, RepeatRow
from newsextract.records import Extraction

_SAID_TABLES = (
    "articles", "quotes", "sources", "people", "organizations", "places", "quote_mentions",
    "entity_mentions", "entities",
)  # fmt: skip


class Questions(TypedDict, total=False):
    """Conditions of :meth:`Store.quotes` and :meth:`Store.people`: see :class:`Filters`."""

    speaker: str | None
    about: str | None
    since: Day | None
    until: Day | None
    country: str | None
    kind: str | None
    mode: str | None
    gender: str | None


class Store:
    """Read-only queries on what a run stored. Use it in ``with``.

    Results are read during iteration, and can be converted to frames::

        with newsextract.open_store("news.db") as store:
            for quote in store.quotes(speaker="Ann Lee", about="harbour", since="2024-03"):
                print(quote.published, quote.content)
            frame = store.people().frame()
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def close(self) -> None:
        """Release the store."""
        self.database.close()

    def quotes(self, **questions: Unpack[Questions]) -> Answer[QuoteRow]:
        """Return the matching quotes, by publication and position in the article.

        Args:
            **questions: ``speaker``, ``about``, ``since``, ``until``, ``country``, ``kind``,
                ``mode``, ``gender``, as in :class:`~newsextract.io.stores.conditions.Filters`.
        """
        order = ' ORDER BY said.published, said.article_id, said."start"'
        return self._ask(QuoteRow, "SELECT {columns} FROM who_said_what AS said {where}", order,
                         Filters(**questions))  # fmt: skip

    def people(self, **questions: Unpack[Questions]) -> Answer[PersonRow]:
        """Return the people quoted, most quoted first; only matching quotes are counted.

        Args:
            **questions: as for :meth:`quotes`.
        """
        order = " ORDER BY quotes DESC, 1"
        return self._ask(PersonRow, PEOPLE_BY_QUOTES, order, Filters(**questions), person=True)

    def mentions(self, **questions: Unpack[Questions]) -> Answer[MentionRow]:
        """Return who speaks of whom: a row for each mention in the content of matching quotes.

        Args:
            **questions: as for :meth:`quotes`.
        """
        order = " ORDER BY about.published, about.article_id, about.quote_id, about.mentioned"
        return self._ask(MentionRow, _ABOUT, order, Filters(**questions))

    def repeats(self) -> Answer[RepeatRow]:
        """Return the articles that runs with ``dedupe`` skipped, and which ones they repeat."""

        def read() -> Iterator[tuple[Any, ...]]:
            self.database.need(FAILURES.name)
            yield from self.database.execute(_REPEATS)

        return Answer(RepeatRow, read)

    def articles(
        self, *, since: Day | None = None, until: Day | None = None, country: str | None = None
    ) -> Answer[ArticleRow]:
        """Return the matching articles, by publication, with their number of quotes."""
        conditions = list(find_days("articles.published", since=since, until=until))
        if country is not None:
            conditions.append(("articles.country = ?", [country.upper()]))

        def read() -> Iterator[tuple[Any, ...]]:
            self.database.need("articles", "quotes")
            where, values = join_conditions(conditions)
            yield from self.database.execute(_ARTICLES.format(where=where), values)

        return Answer(ArticleRow, read)

    def records(
        self, *, since: Day | None = None, until: Day | None = None, country: str | None = None
    ) -> Iterator[Extraction]:
        """Yield the whole records of matching articles, with their texts if stored."""
        for article in self.articles(since=since, until=until, country=country):
            yield self.record(article.id)

    def record(self, id: str) -> Extraction:
        """Return the record of one article.

        Raises:
            InputError: the store has no such article.
        """
        return build_record(self.database, id)

    def _ask(
        self, kind: type[Any], select: str, order: str, filters: Filters, *, person: bool = False
    ) -> Answer[Any]:
        table = "about" if kind is MentionRow else "said"
        fields = (f'{table}."{field.name}"' for field in dataclasses.fields(kind))
        columns = ", ".join(fields)

        def read() -> Iterator[tuple[Any, ...]]:
            self.database.need(*_SAID_TABLES)
            conditions: list[Condition] = list(find_conditions(self.database, filters))
            if person:
                conditions.append(("said.speaker_kind = ?", ["person"]))
            where, values = join_conditions(conditions)
            yield from self.database.execute(
                select.format(columns=columns, where=where) + order, values
            )

        return Answer(kind, read)


_ABOUT = """
SELECT {columns} FROM said_about AS about
JOIN who_said_what AS said
  ON said.article_id = about.article_id AND said.quote_id = about.quote_id
{where}
"""

_REPEATS = """
SELECT article_id, SUBSTR(reason, LENGTH('repeats ') + 1) FROM failures
WHERE stage = 'repeat' ORDER BY article_id
"""

_ARTICLES = """
SELECT articles."id", articles.published, articles.title, articles.url, articles.country,
       articles.language, COUNT(quotes."id")
FROM articles LEFT JOIN quotes ON quotes.article_id = articles."id"
{where}
GROUP BY articles."id", articles.published, articles.title, articles.url, articles.country,
         articles.language
ORDER BY articles.published, articles."id"
"""


def open_store(target: str) -> Store:
    """Open what a run stored for queries.

    Args:
        target: a SQLite or DuckDB file, a PostgreSQL URL, a folder of CSV or Parquet tables, or a
            file of records. Files are loaded into a temporary database first.

    Raises:
        InputError: there is no such store, or it has no tables of newsextract.
        MissingExtra: it needs a package that is not installed.
    """
    return Store(connect_store(str(target)))

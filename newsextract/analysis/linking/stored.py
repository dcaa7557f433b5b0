"""Link the records of a store: read its tables, write ``entities`` and ``entity_mentions``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from newsextract.analysis.linking.entries import ArticleFacts, make_entries, year_of
from newsextract.analysis.linking.identity import find_majority
from newsextract.analysis.linking.spool import Merge, Spool, choose_from
from newsextract.errors import InputError
from newsextract.io.sinks import check_linkable, open_sink
from newsextract.io.stores import Database, open_database
from newsextract.language.strings import fold
from newsextract.records.tables import ENTITIES, ENTITY_MENTIONS, ENTITY_MERGES, LINK_TABLES, Row

_NEEDED = (
    "articles", "people", "organizations", "places", "person_roles", "person_affiliations",
    "sources", "quotes", *(table.name for table in LINK_TABLES),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LinkSummary:
    """The result of linking: how many entities, how many new keys, which merges."""

    people: int
    organizations: int
    new: int
    merges: tuple[Merge, ...] = ()

    def __str__(self) -> str:
        parts = [f"{self.people:,} people", f"{self.organizations:,} organizations",
                 f"{self.new:,} new"]  # fmt: skip
        if self.merges:
            parts.append(f"{len(self.merges):,} merged")
        return ", ".join(parts)


def link_store(target: str, format: str | None = None) -> LinkSummary:
    """Give the people and organizations of a store stable keys and write the linking tables.

    Articles that were linked before keep their keys; new ones join them. Where new articles show
    that two keys are one, the one with fewer articles is merged into the other, which the table
    ``entity_merges`` records.

    Args:
        target: a SQLite or DuckDB file, a PostgreSQL URL, or a folder of CSV or Parquet tables.
        format: of a folder, if its files do not tell.

    Raises:
        InputError: there is no such store.
        TargetError: it cannot be written, or is a file of records.
    """
    return _relink(target, format, _Change())


def merge_keys(target: str, key: str, into: str) -> LinkSummary:
    """Merge one key into another by hand, and link. See :func:`link_store`.

    Raises:
        InputError: the store has no such key, or the two are one or of different kinds.
    """
    return _relink(target, None, _Change(merge=Merge(key, into, "by hand")))


def undo_merge(target: str, key: str) -> LinkSummary:
    """Permanently undo the merge of ``key`` into another. See :func:`link_store`.

    Raises:
        InputError: it was not.
    """
    return _relink(target, None, _Change(undo=key))


@dataclass(frozen=True, slots=True)
class _Change:
    """A manual change made before linking."""

    merge: Merge | None = None
    undo: str | None = None


def _relink(target: str, format: str | None, change: _Change) -> LinkSummary:
    check_linkable(target, format)
    with open_database(target) as database:
        database.need(*_NEEDED)
        work = _Work(database, target, change)
    try:
        work.link()
        sink = open_sink(target, format)
        try:
            sink.write_links({
                ENTITIES: work.entity_rows(),
                ENTITY_MENTIONS: work.mention_rows(),
                ENTITY_MERGES: work.merge_rows(),
            })  # fmt: skip
        finally:
            sink.close()
    finally:
        work.close()
    return work.summary()


class _Work:
    """One linking of a store: its inputs and pending results."""

    def __init__(self, database: Database, target: str, change: _Change) -> None:
        self._kinds: dict[str, str] = dict(database.execute('SELECT "key", "kind" FROM entities'))
        self._merges = {key: (into, basis, undone) for key, into, basis, undone in
                        database.execute('SELECT "key", merged_into, basis, undone'
                                         " FROM entity_merges")}  # fmt: skip
        self._change(target, change)
        apart = [(key, into) for key, (into, _, undone) in self._merges.items() if undone]
        self._spool = Spool([*self._kinds, *self._merges], apart)
        self._temporary = self._spool.database
        for statement in _TABLES:
            self._temporary.execute(statement)
        self._read_counts(database)
        for facts, first_keys in read_facts(database):
            self._take(facts, first_keys)

    def link(self) -> None:
        """Link what was read."""
        for linked in self._spool.link():
            self._temporary.execute(
                _KEEP_FIRST,
                (linked.article, linked.id, linked.kind, linked.name, linked.key, linked.key,
                 linked.basis),
            )  # fmt: skip
        for merge in self._spool.merges:
            self._merges[merge.key] = (merge.into, merge.basis, 0)
            self._temporary.execute(
                "UPDATE linked SET key = ? WHERE key = ?", [merge.into, merge.key]
            )

    def mention_rows(self) -> Iterator[Row]:
        """Yield the rows of ``entity_mentions``."""
        yield from self._temporary.execute(
            "SELECT article, id, name, key, first_key, basis FROM linked ORDER BY article, id"
        )

    def merge_rows(self) -> Iterator[Row]:
        """Yield the rows of ``entity_merges``."""
        for key, (into, basis, undone) in sorted(self._merges.items()):
            yield key, into, basis, undone

    def entity_rows(self) -> Iterator[Row]:
        """Yield the rows of ``entities``, one key at a time."""
        rows = self._temporary.execute(_BY_KEY)
        for key, group in groupby(rows, key=lambda row: row[0]):
            yield _to_entity(key, list(group))

    def summary(self) -> LinkSummary:
        """Return what was done."""
        counts = dict(self._counts)
        return LinkSummary(
            counts.get("person", 0), counts.get("organization", 0), self._new,
            tuple(self._spool.merges),
        )  # fmt: skip

    def close(self) -> None:
        """Remove the temporary database but keep the counts."""
        self._counts = self._temporary.execute(
            "SELECT kind, COUNT(DISTINCT key) FROM linked GROUP BY kind"
        ).fetchall()
        keys = self._temporary.execute("SELECT DISTINCT key FROM linked")
        self._new = sum(1 for (key,) in keys if key not in self._kinds)
        self._spool.close()

    def _change(self, target: str, change: _Change) -> None:
        """Record the caller's merge or its undoing.

        Raises:
            InputError: the store has no such key or merge, or the merge makes no sense.
        """
        if change.undo is not None:
            if change.undo not in self._merges or self._merges[change.undo][2]:
                raise InputError(f"{target}: the key {change.undo!r} was not merged into another")
            self._merges[change.undo] = (*self._merges[change.undo][:2], 1)
        if change.merge is not None:
            self._check_merge(target, change.merge.key, change.merge.into)
            self._merges[change.merge.key] = (change.merge.into, change.merge.basis, 0)

    def _check_merge(self, target: str, key: str, into: str) -> None:
        for wanted in (key, into):
            if wanted not in self._kinds:
                raise InputError(f"{target}: no such key {wanted!r}; link it first")
        if key == into:
            raise InputError(f"{target}: {key!r} cannot be merged into itself")
        kind, other = self._kinds[key], self._kinds[into]
        if kind != other:
            raise InputError(
                f"{target}: {key!r} ({kind}) and {into!r} ({other}) are of different kinds"
            )

    def _read_counts(self, database: Database) -> None:
        self._temporary.executemany(
            "INSERT INTO published VALUES (?, ?)",
            database.execute('SELECT "id", published FROM articles'),
        )
        self._temporary.executemany(
            "INSERT INTO counts VALUES (?, ?, ?, ?)", database.execute(_QUOTES_OF_ENTITIES)
        )

    def _take(self, facts: ArticleFacts, first: dict[str, tuple[str, str]]) -> None:
        """Spool the entries of an article; those that were linked before keep their keys."""
        for entry in make_entries(facts):
            self._temporary.execute(
                "INSERT INTO genders VALUES (?, ?, ?)", (entry.article, entry.id, entry.gender)
            )
            if entry.id not in first:
                self._spool.add(entry)
                continue
            first_key, basis = first[entry.id]
            key = self._resolve(first_key)
            self._spool.add(entry.with_key(key))
            self._temporary.execute(
                "INSERT INTO linked VALUES (?, ?, ?, ?, ?, ?, ?)",
                (entry.article, entry.id, entry.kind, entry.name, key, first_key, basis),
            )

    def _resolve(self, key: str) -> str:
        """Return the key that a key was merged into, else itself."""
        seen = {key}
        while key in self._merges and not self._merges[key][2]:
            key = self._merges[key][0]
            if key in seen:
                return key
            seen.add(key)
        return key


def read_facts(
    database: Database,
) -> Iterator[tuple[ArticleFacts, dict[str, tuple[str, str]]]]:
    """Yield the facts of each article, with the keys and bases of its records.

    The tables are read in parallel, in the order of the articles, so that only one article is in
    memory at a time.
    """
    streams = {name: _Stream(database.execute(sql)) for name, sql in _STREAMS.items()}
    for id, country, published in database.execute(_ARTICLES):
        facts, first = ArticleFacts(id, country, year_of(published)), {}
        for _, record, name, key, gender, first_key, basis in streams["people"].take(id):
            facts.people.append((record, name, key, gender))
            if first_key:
                first[record] = first_key, basis
        for _, record, name, key, aliases, first_key, basis in streams["organizations"].take(id):
            names = json.loads(aliases) if isinstance(aliases, str) else aliases
            facts.organizations.append((record, name, tuple(names), key))
            if first_key:
                first[record] = first_key, basis
        for _, _, name in streams["places"].take(id):
            facts.places.update(fold(name).split())
        for _, person, text in streams["person_roles"].take(id):
            facts.roles.setdefault(person, []).append(text)
        for _, person, text in streams["person_affiliations"].take(id):
            facts.affiliations.setdefault(person, []).append(text)
        yield facts, first


class _Stream:
    """Rows in the order of their articles, taken article by article."""

    def __init__(self, rows: Iterator[tuple[Any, ...]]) -> None:
        self._rows = rows
        self._next = next(rows, None)

    def take(self, article: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of ``article``, which must come in the order of the rows."""
        while self._next is not None and self._next[0] == article:
            yield self._next
            self._next = next(self._rows, None)


def _to_entity(key: str, rows: list[tuple[Any, ...]]) -> Row:
    """Return the row of a key from the rows of its records."""
    names = Counter(row[2] for row in rows)
    name = choose_from(names)
    gender = find_majority(Counter(row[3] for row in rows if row[3]))
    days = sorted(row[4] for row in rows if row[4])
    aliases = json.dumps(sorted(set(names) - {name}), ensure_ascii=False)
    return (
        key, rows[0][1], name, aliases, gender,
        days[0] if days else None, days[-1] if days else None, len({row[5] for row in rows}),
        sum(row[6] or 0 for row in rows), sum(row[7] or 0 for row in rows),
    )  # fmt: skip


_TABLES = (
    "CREATE TABLE linked (article TEXT, id TEXT, kind TEXT, name TEXT, key TEXT, first_key TEXT,"
    " basis TEXT, PRIMARY KEY (article, id))",
    "CREATE TABLE counts (article TEXT, id TEXT, quotes INTEGER, statements INTEGER,"
    " PRIMARY KEY (article, id))",
    "CREATE TABLE published (article TEXT PRIMARY KEY, day TEXT)",
    "CREATE TABLE genders (article TEXT, id TEXT, gender TEXT, PRIMARY KEY (article, id))",
)
_KEEP_FIRST = (
    "INSERT INTO linked VALUES (?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (article, id) DO UPDATE SET key = excluded.key"
)
_BY_KEY = """
SELECT linked.key, linked.kind, linked.name, genders.gender, published.day, linked.article,
       counts.quotes, counts.statements
FROM linked
LEFT JOIN genders USING (article, id)
LEFT JOIN published USING (article)
LEFT JOIN counts USING (article, id)
ORDER BY linked.key
"""
_QUOTES_OF_ENTITIES = """
SELECT sources.article_id, sources.entity, COUNT(*),
       COUNT(CASE WHEN quotes."mode" = 'statement' THEN 1 END)
FROM sources
JOIN quotes ON quotes.article_id = sources.article_id AND quotes.speaker = sources."id"
WHERE sources.entity IS NOT NULL
GROUP BY sources.article_id, sources.entity
"""
_ARTICLES = 'SELECT "id", country, published FROM articles ORDER BY "id"'
_FROM = """
FROM {table} AS t JOIN articles ON articles."id" = t.article_id
LEFT JOIN entity_mentions AS l
  ON l.article_id = t.article_id AND l."id" = t."id" AND l."name" = t."name"
ORDER BY t.article_id, t."id"
"""
_PARTS = """
SELECT t.article_id, t.{owner}, t.{text} FROM {table} AS t
JOIN articles ON articles."id" = t.article_id ORDER BY t.article_id, t."id"
"""
_STREAMS = {
    "people": 'SELECT t.article_id, t."id", t."name", t."key", t.gender, l.first_key, l.basis'
    + _FROM.format(table="people"),
    "organizations": 'SELECT t.article_id, t."id", t."name", t."key", t.aliases, l.first_key,'
    " l.basis" + _FROM.format(table="organizations"),
    "person_roles": _PARTS.format(table="person_roles", owner="person", text="text"),
    "person_affiliations": _PARTS.format(table="person_affiliations", owner="person", text="text"),
    "places": _PARTS.format(table="places", owner='"id"', text='"name"'),
}

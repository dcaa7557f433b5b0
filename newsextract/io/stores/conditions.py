"""Translate query conditions to SQL on ``who_said_what``."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from newsextract.errors import InputError
from newsextract.io.stores.database import Database
from newsextract.language.strings import fold

Day = str | dt.date
Condition = tuple[str, list[Any]]
_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_ABOUT_TABLES = ("people", "organizations", "places")


@dataclass(frozen=True, slots=True)
class Filters:
    """Query conditions; ``None`` matches everything.

    Args:
        speaker: a name or part of one in whole words, in any case and with or without diacritics
            ("lee", "Ann Lee"), or a key. All articles that a key links count.
        about: the same for a person, organization or place that the content mentions.
        since: first day, month or year of publication ("2024-08-14", "2024-08", "2024", a date).
        until: last day, month or year, inclusive.
        country: ISO 3166-1 alpha-2 code of the country where the article is mainly set.
        kind: ``direct``, ``mixed`` or ``indirect``.
        mode: ``statement`` or ``stance``.
        gender: of the speaker, ``female`` or ``male``.
    """

    speaker: str | None = None
    about: str | None = None
    since: Day | None = None
    until: Day | None = None
    country: str | None = None
    kind: str | None = None
    mode: str | None = None
    gender: str | None = None


def find_conditions(database: Database, filters: Filters) -> Iterator[Condition]:
    """Yield the conditions on rows of ``who_said_what``."""
    for column in ("kind", "mode"):
        if (value := getattr(filters, column)) is not None:
            yield f'said."{column}" = ?', [value]
    if filters.gender is not None:
        yield "said.speaker_gender = ?", [filters.gender]
    if filters.country is not None:
        yield "said.country = ?", [filters.country.upper()]
    yield from find_days("said.published", since=filters.since, until=filters.until)
    if filters.speaker is not None:
        yield _speaker_condition(database, filters.speaker)
    if filters.about is not None:
        yield _about_condition(database, filters.about)


def find_days(column: str, *, since: Day | None, until: Day | None) -> Iterator[Condition]:
    """Yield the conditions that ``column``, an ISO 8601 text, is from ``since`` to ``until``."""
    if since is not None:
        yield f"{column} >= ?", [str(_bounds(since)[0])]
    if until is not None:
        yield f"{column} < ?", [str(_bounds(until)[1])]


def matches(wanted: str, name: str | None) -> bool:
    """Whether ``name`` has the folded words ``wanted`` side by side.

    >>> matches("lee", "Ann Lee"), matches("lee", "Ann Leeds")
    (True, False)
    """
    return name is not None and f" {wanted} " in f" {fold(name)} "


def any_of(column: str, values: Iterable[Any]) -> Condition:
    """Return the condition that ``column`` has one of ``values``."""
    known = sorted(set(values))
    return f"{column} IN ({', '.join('?' * len(known)) or 'NULL'})", known


def _speaker_condition(database: Database, wanted: str) -> Condition:
    database.need("sources")
    folded = fold(wanted)
    names = [n for (n,) in database.execute('SELECT DISTINCT "name" FROM sources')
             if matches(folded, n)]  # fmt: skip
    by_name, name_values = any_of("said.speaker", names)
    by_key, key_values = any_of("said.speaker_key", {wanted, *_keys_of(database, folded)})
    return f"({by_name} OR {by_key})", [*name_values, *key_values]


def _about_condition(database: Database, wanted: str) -> Condition:
    """Whether a mention in the content is of an entity with this name, or with such a key."""
    database.need("quote_mentions", *_ABOUT_TABLES)
    folded = fold(wanted)
    keys = {wanted, *_keys_of(database, folded)}
    parts = [_about(database, table, folded, keys) for table in _ABOUT_TABLES]
    sql = " OR ".join(part for part, _ in parts)
    return f"({sql})", [value for _, values in parts for value in values]


def _about(database: Database, table: str, folded: str, keys: set[str]) -> Condition:
    names = [n for (n,) in database.execute(f'SELECT DISTINCT "name" FROM {table}')
             if matches(folded, n)]  # fmt: skip
    sql, values = any_of('e."name"', names)
    if table != "places":
        by_key, key_values = any_of('COALESCE(l."key", e."key")', keys)
        sql, values = f"({sql} OR {by_key})", [*values, *key_values]
    linked = (
        "LEFT JOIN entity_mentions AS l"
        ' ON l.article_id = e.article_id AND l."id" = e."id" AND l."name" = e."name"'
    )
    return (
        "EXISTS (SELECT 1 FROM quote_mentions AS m"
        f' JOIN {table} AS e ON e.article_id = m.article_id AND e."id" = m.entity {linked}'
        f' WHERE m.article_id = said.article_id AND m."quote" = said.quote_id AND {sql})',
        values,
    )


def _keys_of(database: Database, folded: str) -> set[str]:
    """Return the keys of the entities with this name or alias."""
    database.need("entities")
    rows = database.execute('SELECT "key", "name", aliases FROM entities')
    return {key for key, *names in rows if any(matches(folded, str(n)) for n in names)}


def _bounds(day: Day) -> tuple[dt.date, dt.date]:
    """Return the first day of a year, month or day, and the first one after it.

    Raises:
        InputError: it is none of these.
    """
    text = day.isoformat()[:10] if isinstance(day, dt.date) else day
    match = _PARTIAL.fullmatch(text)
    try:
        year, month, date = (int(part) if part else None for part in match.groups())  # type: ignore[union-attr]
        first = dt.date(year or 0, month or 1, date or 1)
        if date:
            return first, first + dt.timedelta(days=1)
        after = first.replace(day=28) + dt.timedelta(days=4) if month else first.replace(month=12)
        return first, (after if month else after + dt.timedelta(days=31)).replace(day=1)
    except (AttributeError, ValueError, OverflowError):
        raise InputError(f"{text!r} is not a date such as 2024-08-14, 2024-08 or 2024") from None


def join_conditions(conditions: Sequence[Condition]) -> Condition:
    """Return conditions as one WHERE clause, empty where there are none."""
    sql = " AND ".join(sql for sql, _ in conditions)
    values = [value for _, part in conditions for value in part]
    return (f"WHERE {sql}" if sql else "", values)

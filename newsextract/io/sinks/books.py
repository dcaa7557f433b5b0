"""Bookkeeping tables of every target: ledger, failures, runs, version.

SQL that SQLite, DuckDB and PostgreSQL share; an ``Execute`` runs one statement, with ``?`` for
parameters, and returns its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from newsextract.article import Failure, stable_id
from newsextract.errors import TargetError
from newsextract.io.sinks.base import Run
from newsextract.records.tables import TABLES_VERSION, Table, parse_columns, storable

Execute = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]

LEDGER = Table("ledger", parse_columns("article_id! digest!"), ("article_id",))
FAILURES = Table("failures", parse_columns("place! stage! article_id reason!"), ("place", "stage"))
RUNS = Table(
    "runs",
    parse_columns(
        "id! started! finished machine! version! options:json! articles:integer!"
        " skipped:integer! failed:integer!"
    ),
    ("id",),
)
INFO = Table("newsextract_info", parse_columns("name! value!"), ("name",))
BOOKS = (LEDGER, FAILURES, RUNS, INFO)
_LONGEST_PLACE = 500
_VERSION_NAME = "tables_version"


def read_version(execute: Execute) -> str | None:
    """Return the version of the tables in a target."""
    rows = execute('SELECT "value" FROM newsextract_info WHERE "name" = ?', [_VERSION_NAME])
    return rows[0][0] if rows else None


def write_version(execute: Execute) -> None:
    """Write the version of the tables into a new target."""
    execute("INSERT INTO newsextract_info VALUES (?, ?)", [_VERSION_NAME, str(TABLES_VERSION)])


def check_version(version: str | None, target: str) -> None:
    """Refuse a target whose tables this version of the package does not know.

    Raises:
        TargetError: they are newer, or not ours.
    """
    if version is None or not version.isdigit():
        raise TargetError(f"{target}: has tables that are not newsextract's: choose another target")
    if int(version) < TABLES_VERSION:
        raise TargetError(
            f"{target}: was made by an earlier newsextract (tables version {version}, this one "
            f"writes {TABLES_VERSION}): read the articles into a new target"
        )
    if int(version) > TABLES_VERSION:
        raise TargetError(
            f"{target}: was made by a newer newsextract (tables version {version}, this one "
            f"writes {TABLES_VERSION}): upgrade newsextract, or write to another target"
        )


def find_done(execute: Execute, digests: Mapping[str, str]) -> set[str]:
    """Return the ids among ``digests`` that the ledger has with the same digest."""
    wanted = {storable(article_id): article_id for article_id in digests}
    places = ", ".join("?" * len(wanted))
    sql = f"SELECT article_id, digest FROM ledger WHERE article_id IN ({places})"
    rows = execute(sql, list(wanted)) if wanted else []
    return {wanted[stored] for stored, digest in rows if digests[wanted[stored]] == digest}


def start_run(execute: Execute, run: Run) -> None:
    """Write a run's row and delete the read failures of the last run, which would recur."""
    row = asdict(run)
    names = ", ".join(f'"{name}"' for name in row)
    execute(f"INSERT INTO runs ({names}) VALUES ({', '.join('?' * len(row))})", [*row.values()])
    execute("DELETE FROM failures WHERE stage = ?", ["read"])


def finish_run(execute: Execute, run: Run) -> None:
    """Complete a run's row."""
    changed = {"finished": run.finished, "articles": run.articles, "skipped": run.skipped,
               "failed": run.failed}  # fmt: skip
    pairs = ", ".join(f'"{name}" = ?' for name in changed)
    execute(f'UPDATE runs SET {pairs} WHERE "id" = ?', [*changed.values(), run.id])


def write_failures(execute: Execute, failures: Sequence[Failure]) -> None:
    """Write failures, replacing older ones of the same places."""
    for failure in failures:
        place = shorten(storable(failure.where))
        row = [place, failure.stage, storable(failure.id), storable(failure.reason)]
        execute("DELETE FROM failures WHERE place = ? AND stage = ?", row[:2])
        execute("INSERT INTO failures VALUES (?, ?, ?, ?)", row)


def shorten(place: str) -> str:
    """Return a place short enough for a key: an index of PostgreSQL takes at most 2,700 bytes."""
    return place if len(place) <= _LONGEST_PLACE else place[:_LONGEST_PLACE] + stable_id(place)


def forget_failures(execute: Execute, ids: Sequence[str]) -> None:
    """Delete the failures of articles that are now stored."""
    places = ", ".join("?" * len(ids))
    execute(f"DELETE FROM failures WHERE article_id IN ({places})", ids)

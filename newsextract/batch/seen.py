"""Ids seen by a run, on disk, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class SeenIds:
    """The ids seen so far."""

    def __init__(self) -> None:
        self._index = open_index()
        self._index.execute("CREATE TABLE ids (id TEXT PRIMARY KEY) WITHOUT ROWID")
        self._index.execute("BEGIN")

    def add(self, ids: Iterable[str]) -> int:
        """Remember ``ids`` and return how many of them are new."""
        before = self._index.total_changes
        self._index.executemany("INSERT OR IGNORE INTO ids VALUES (?)", ((id,) for id in ids))
        return self._index.total_changes - before


def open_index() -> sqlite3.Connection:
    """Return a database in an anonymous file that is deleted with the connection."""
    index = sqlite3.connect("", isolation_level=None)
    index.execute("PRAGMA journal_mode = OFF")
    return index

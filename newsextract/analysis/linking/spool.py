"""External sorting for linking: entries are sorted on disk and read one block at a time."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from newsextract.analysis.linking.entries import Entry, Kind, organization_key, read_entry
from newsextract.analysis.linking.identity import Identity
from newsextract.analysis.linking.organizations import cluster_organizations
from newsextract.analysis.linking.people import cluster_people
from newsextract.language.nouns import SMALL_WORDS
from newsextract.language.strings import fold, initials_of

_MEANT = 0.9
"""Share of articles spelling an acronym out that must agree on the expansion."""
_TELLING = 4
"""Letters from which an acronym stands for the only name with these initials."""


@dataclass(frozen=True, slots=True)
class Linked:
    """The key of one record; ``basis`` names the evidence."""

    article: str
    id: str
    kind: Kind
    name: str
    key: str
    basis: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A key to be merged into another because of new articles."""

    key: str
    into: str
    basis: str


class Spool:
    """A temporary database of entries to be linked.

    Args:
        keys: existing keys, which never change.
        apart: pairs of keys that must not be merged.
    """

    def __init__(self, keys: Sequence[str] = (), apart: Sequence[tuple[str, str]] = ()) -> None:
        self.merges: list[Merge] = []
        self._apart = {frozenset(pair) for pair in apart}
        self.database = self._database = sqlite3.connect("", isolation_level=None)
        for statement in _TABLES:
            self._database.execute(statement)
        self._database.execute("BEGIN")
        self._database.executemany("INSERT OR IGNORE INTO used VALUES (?)", [(k,) for k in keys])

    def add(self, entry: Entry) -> None:
        """Add an entry; the order of entries affects only the numbering of namesakes."""
        self._database.execute(
            "INSERT INTO entries (kind, block, is_new, entry) VALUES (?, ?, ?, ?)",
            (entry.kind, entry.block, entry.key is None or entry.is_known, entry.to_json()),
        )
        if entry.kind == "organization":
            self._note_acronyms(entry)

    def _note_acronyms(self, entry: Entry) -> None:
        initials = initials_of(fold(entry.name).split(), without=SMALL_WORDS)
        if _is_acronym(entry.name):
            self._database.execute("INSERT OR IGNORE INTO unexplained VALUES (?)", [entry.block])
        elif len(initials) >= _TELLING:
            pair = (initials, entry.block)
            self._database.execute("INSERT OR IGNORE INTO initials VALUES (?, ?)", pair)
        for alias in entry.aliases:
            if _is_acronym(alias) and " " in entry.name:
                pair = (organization_key(alias), entry.block)
                self._database.execute(_COUNT_ACRONYM, pair)

    def link(self) -> Iterator[Linked]:
        """Yield the key of every entry of the blocks that hold a new one; fill ``merges``."""
        self._move_acronyms()
        self._database.execute("CREATE INDEX by_block ON entries (kind, block, n)")
        rows = self._database.execute(_BY_BLOCK)
        for (kind, _), group in groupby(rows, key=lambda row: (row[0], row[1])):
            entries = [read_entry(text) for _, _, text in group]
            yield from self._link_block(kind, entries)

    def close(self) -> None:
        """Remove the temporary database."""
        self._database.close()

    def _link_block(self, kind: Kind, entries: list[Entry]) -> Iterator[Linked]:
        cluster: dict[Kind, Callable[[], list[Identity]]] = {
            "person": lambda: cluster_people(entries, self._is_apart),
            "organization": lambda: cluster_organizations(entries),
        }
        for identity in cluster[kind]():
            key = self._choose_key(kind, identity)
            for entry in identity.entries:
                basis = identity.basis[entry.article, entry.id]
                yield Linked(entry.article, entry.id, kind, entry.name, key, basis)

    def _choose_key(self, kind: Kind, identity: Identity) -> str:
        """Return an existing key of an identity, preferably the caller's, else a new one."""
        if not identity.keys:
            return self._make_key(f"{kind}/{slug(choose_name(identity))}")
        sizes = Counter(entry.key for entry in identity.entries)
        order = sorted(identity.keys, key=lambda k: (k not in identity.known, -sizes[k], k))
        for other in order[1:]:
            bases = (identity.basis[e.article, e.id] for e in identity.entries if e.key == other)
            self.merges.append(Merge(other, order[0], next(bases, "evidence")))
        return order[0]

    def _make_key(self, stem: str) -> str:
        """Return ``stem``, with a number if it is taken."""
        number, key = 1, stem
        while not self._database.execute("INSERT OR IGNORE INTO used VALUES (?)", [key]).rowcount:
            number += 1
            key = f"{stem}-{number}"
        return key

    def _is_apart(self, a: Identity, b: Identity) -> bool:
        return any(frozenset((x, y)) in self._apart for x in a.keys for y in b.keys)

    def _move_acronyms(self) -> None:
        """Move acronyms into the block of the expansion that nearly all articles give.

        Without one, a long acronym joins the only name with these initials.
        """
        rows = self._database.execute(
            "SELECT acronym, block, times FROM acronyms ORDER BY acronym, times DESC"
        ).fetchall()
        for acronym, group in groupby(rows, key=lambda row: row[0]):
            meanings = list(group)
            if meanings[0][2] >= _MEANT * sum(times for _, _, times in meanings):
                self._move(acronym, meanings[0][1])
        for acronym, block in self._database.execute(_BY_INITIALS).fetchall():
            self._move(acronym, block)

    def _move(self, acronym: str, block: str) -> None:
        self._database.execute(
            "UPDATE entries SET block = ? WHERE kind = 'organization' AND block = ?",
            [block, acronym],
        )


def choose_name(identity: Identity) -> str:
    """Return the most frequent full name; among equals, the longest."""
    return choose_from(Counter(entry.name for entry in identity.entries))


def choose_from(names: Counter[str]) -> str:
    """Return the full name with the highest count; among equals, the longest."""
    full = [name for name in names if " " in name] or list(names)
    return max(full, key=lambda name: (names[name], not name.isupper(), len(name), name))


def slug(name: str) -> str:
    """Return ``name`` as part of a key: folded, with hyphens."""
    return re.sub(r"\s+", "-", fold(name)) or "unnamed"


def _is_acronym(name: str) -> bool:
    return name.isupper() and " " not in name and len(name) > 1


_TABLES = (
    "PRAGMA journal_mode = OFF",
    "CREATE TABLE entries (n INTEGER PRIMARY KEY, kind TEXT, block TEXT, is_new, entry TEXT)",
    "CREATE TABLE acronyms (acronym TEXT, block TEXT, times INTEGER, PRIMARY KEY (acronym, block))",
    "CREATE TABLE initials (initials TEXT, block TEXT, PRIMARY KEY (initials, block))",
    "CREATE TABLE unexplained (acronym TEXT PRIMARY KEY)",
    "CREATE TABLE used (key TEXT PRIMARY KEY)",
)
_COUNT_ACRONYM = (
    "INSERT INTO acronyms VALUES (?, ?, 1)"
    " ON CONFLICT (acronym, block) DO UPDATE SET times = times + 1"
)
_BY_INITIALS = """
SELECT acronym, MIN(block) FROM unexplained JOIN initials ON initials = acronym
WHERE acronym NOT IN (SELECT acronym FROM acronyms) GROUP BY acronym HAVING COUNT(*) = 1
"""
_BY_BLOCK = """
SELECT kind, block, entry FROM entries AS e
WHERE EXISTS (SELECT 1 FROM entries AS o WHERE o.kind = e.kind AND o.block = e.block AND o.is_new)
ORDER BY kind DESC, block, n
"""

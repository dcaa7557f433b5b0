"""The caller's known people and organizations: names, aliases and ids."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from newsextract.errors import InputError
from newsextract.language.organization_names import organization_words
from newsextract.language.person_names import GENERATIONS, read_name
from newsextract.language.strings import fold
from newsextract.records import Gender
from newsextract.records.jsontext import parse_json

KnownKind = Literal["person", "organization"]
_KINDS = ("person", "organization")
_GENERATIONS = frozenset(map(fold, GENERATIONS))
_GENDERS = ("female", "male")


@dataclass(frozen=True, slots=True)
class KnownEntity:
    """One entry of the caller's list."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: KnownKind = "person"
    gender: Gender | None = None


@dataclass(frozen=True)
class Known:
    """The list, by folded name, and genders by id. A name that two entries share finds neither."""

    people: Mapping[str, str] = field(default_factory=dict)
    organizations: Mapping[str, str] = field(default_factory=dict)
    genders: Mapping[str, Gender] = field(default_factory=dict)

    def find_person(
        self, words: Iterable[str], *, title: str | None = None, suffix: str | None = None
    ) -> str | None:
        """Return the id of the person with this name, given as folded words.

        A title counts where a name is one word ("Pope Francis"), and so does "Jr.".
        """
        plain = tuple(words)
        written = "".join(plain)
        keys = [f"{written}{suffix or ''}", *([] if suffix in _GENERATIONS else [written])]
        if title and len(plain) == 1:
            keys.insert(0, f"{title}{keys[0]}")
        return next((self.people[key] for key in keys if key in self.people), None)

    def find_organization(self, name: str) -> str | None:
        """Return the id of the organization with this name."""
        return self.organizations.get(squeeze(name))


def squeeze(name: str) -> str:
    """Return ``name`` folded, without articles and spaces."""
    folded = fold(name)
    return folded.removeprefix("the ").replace(" ", "")


def _person_key(name: str) -> str:
    """Return what :meth:`Known.find_person` looks up for a name: read as those of articles are."""
    read = read_name(name)
    title = read.title if read.title and not read.is_full else None
    return "".join((title or "", *read.words, read.suffix or ""))


def _organization_key(name: str) -> str:
    """Return what :meth:`Known.find_organization` looks up for a name: without "Inc."."""
    return squeeze(" ".join(organization_words(name)))


def make_known(entries: Iterable[KnownEntity]) -> Known:
    """Return ``entries`` indexed by every name and alias."""
    people: dict[str, set[str]] = {}
    organizations: dict[str, set[str]] = {}
    genders: dict[str, Gender] = {}
    for entry in entries:
        if entry.gender:
            genders[entry.id] = entry.gender
        person = entry.kind == "person"
        table, read = (people, _person_key) if person else (organizations, _organization_key)
        for name in (entry.name, *entry.aliases):
            for key in {squeeze(name), read(name)}:
                table.setdefault(key, set()).add(entry.id)
    return Known(_unambiguous(people), _unambiguous(organizations), genders)


def _unambiguous(table: dict[str, set[str]]) -> dict[str, str]:
    return {name: next(iter(ids)) for name, ids in table.items() if name and len(ids) == 1}


def read_known(source: str | Path | Iterable[KnownEntity | Mapping[str, Any]]) -> Known:
    """Return the caller's people and organizations, ready for ``load(known=…)``.

    Args:
        source: the path of a CSV or JSONL file, or the entries themselves. An entry has ``id``
            and ``name``, and may have ``aliases`` (a list, or in CSV a text with ";" between
            them), ``kind`` ("person", the default, or "organization") and, of a person, ``gender``
            ("female" or "male").

    Raises:
        InputError: the file is missing, or an entry lacks ``id`` or ``name``.
    """
    if isinstance(source, (str, Path)):
        rows: Iterable[KnownEntity | Mapping[str, Any]] = _read_rows(Path(source))
    else:
        rows = source
    numbered = enumerate(rows, 1)
    return make_known(
        row if isinstance(row, KnownEntity) else _to_entry(row, n) for n, row in numbered
    )


def _read_rows(path: Path) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a CSV or JSONL file."""
    if not path.is_file():
        raise InputError(f"{path}: no such file of known people and organizations")
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            yield from _parse_rows(lines, path)
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text of rows: {error}") from error


def _parse_rows(lines: Iterable[str], path: Path) -> Iterator[Mapping[str, Any]]:
    if path.suffix.casefold() == ".csv":
        yield from csv.DictReader(lines)
        return
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _read_json(line, path, number)


def _read_json(line: str, path: Path, number: int) -> Mapping[str, Any]:
    row = parse_json(line, f"{path}, line {number}")
    if not isinstance(row, dict):
        raise InputError(f"{path}, line {number}: expected an object with id and name")
    return row


def _to_entry(row: Mapping[str, Any], number: int) -> KnownEntity:
    """Return the entry that one row describes."""
    for key in ("id", "name"):
        if not row.get(key):
            raise InputError(f"known people and organizations, entry {number}: no {key!r}")
    kind: Any = row.get("kind") or "person"
    if kind not in _KINDS:
        raise InputError(f"known, entry {number}: kind is {kind!r}, expected one of {_KINDS}")
    gender: Any = row.get("gender") or None
    if gender not in (None, *_GENDERS):
        raise InputError(f"known, entry {number}: gender is {gender!r}, expected one of {_GENDERS}")
    aliases = row.get("aliases") or ()
    names = aliases.split(";") if isinstance(aliases, str) else aliases
    if not isinstance(names, Iterable):
        raise InputError(f"known, entry {number}: aliases are {aliases!r}, expected a list")
    clean = tuple(n.strip() for n in map(str, names) if n.strip())
    return KnownEntity(str(row["id"]), str(row["name"]), clean, kind, gender)

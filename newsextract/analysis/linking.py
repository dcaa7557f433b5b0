"""Linking over articles: one stable key for a person or body in a set of records.

Names alone link only where they are full and equal but for case and diacritics. Two people of
one full name stay apart where they share no role, affiliation or company. A lone name joins
a full one only on such evidence, and only where one candidate is left.
"""

from __future__ import annotations

import dataclasses
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from newsextract.language.strings import fold
from newsextract.records import Extraction, Organization, Person
from newsextract.stages.known import squeeze

_ENOUGH_COMPANY = 2
_SMALL = frozenset(("the", "of", "for", "and", "in", "at", "to", "a", "an", "s", "former"))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One person or body of one record; ``clues`` are what it can be recognised by."""

    article: int
    id: str
    name: str
    key: str | None
    clues: frozenset[str]
    company: frozenset[str] = frozenset()


def link(records: Iterable[Extraction]) -> tuple[Extraction, ...]:
    """Return ``records`` with a ``key`` for every person and organisation.

    Keys that are there already (of the caller's own list) are kept, and the records of the
    same person in other articles get them too. The order of the records decides only the
    numbers of people who share a name: ``person/ann-lee``, ``person/ann-lee-2``.
    """
    articles = tuple(records)
    keys: dict[tuple[int, str], str] = {}
    keys.update(_link_people(articles))
    keys.update(_link_organizations(articles))
    return tuple(_with_keys(record, n, keys) for n, record in enumerate(articles))


def _with_keys(record: Extraction, article: int, keys: dict[tuple[int, str], str]) -> Extraction:
    people = tuple(dataclasses.replace(p, key=keys[article, p.id]) for p in record.people)
    bodies = tuple(dataclasses.replace(o, key=keys[article, o.id]) for o in record.organizations)
    return dataclasses.replace(record, people=people, organizations=bodies)


def _link_people(articles: Sequence[Extraction]) -> dict[tuple[int, str], str]:
    """Return the key of each person: full names first, then the lone ones."""
    by_name: dict[str, list[_Entry]] = defaultdict(list)
    for number, record in enumerate(articles):
        for person in record.people:
            by_name[fold(person.name)].append(_person_entry(number, record, person))
    groups: dict[str, list[list[_Entry]]] = {
        name: split_namesakes(entries) for name, entries in by_name.items() if " " in name
    }
    surnames: dict[str, list[list[_Entry]]] = defaultdict(list)
    for name, found in groups.items():
        surnames[name.split()[-1]] += found
    for name, entries in by_name.items():
        if " " not in name:
            groups[name] = list(_join_lone(entries, surnames.get(name, [])))
    return dict(_name_groups("person", groups))


def _person_entry(article: int, record: Extraction, person: Person) -> _Entry:
    """Return what tells one person: words of roles, bodies of affiliation, company."""
    words = {w for role in person.roles for w in fold(role.text).split()} - _SMALL
    bodies = {"@" + squeeze(a.text) for a in person.affiliations}
    others = {fold(p.name) for p in record.people if p is not person and " " in p.name}
    others |= {squeeze(o.name) for o in record.organizations}
    return _Entry(
        article, person.id, person.name, person.key, frozenset(words | bodies), frozenset(others)
    )


def split_namesakes(entries: Sequence[_Entry]) -> list[list[_Entry]]:
    """Return the entries of one full name, one list a person.

    Those that share a clue or company are one; one that has no roles joins the first.
    """
    parent = list(range(len(entries)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[str, int] = {}
    for i, entry in enumerate(entries):
        evidence = entry.clues | entry.company | ({"key:" + entry.key} if entry.key else set())
        for clue in evidence if entry.clues or entry.key else ():
            other = first.setdefault(clue, i)
            parent[max(find(i), find(other))] = min(find(i), find(other))
    groups: dict[int, list[_Entry]] = {}
    for i, entry in enumerate(entries):
        if entry.clues or entry.key:
            groups.setdefault(find(i), []).append(entry)
    bare = [entry for entry in entries if not (entry.clues or entry.key)]
    if not groups:
        return [bare]
    largest = max(groups.values(), key=len)
    largest.extend(bare)
    return list(groups.values())


def _join_lone(
    entries: Sequence[_Entry], candidates: Sequence[list[_Entry]]
) -> Iterator[list[_Entry]]:
    """Yield the lone entries that fit no full name; add the others to the one they fit."""
    left: list[_Entry] = []
    for entry in entries:
        fits = [group for group in candidates if _fits(entry, group)]
        if len(fits) == 1:
            fits[0].append(entry)
        else:
            left.append(entry)
    if left:
        yield from split_namesakes(left)


def _fits(entry: _Entry, group: Sequence[_Entry]) -> bool:
    """Whether a lone name shares a role or affiliation, or enough company, with a person."""
    if any(entry.clues & other.clues for other in group):
        return True
    return any(len(entry.company & other.company) >= _ENOUGH_COMPANY for other in group)


def _link_organizations(articles: Sequence[Extraction]) -> dict[tuple[int, str], str]:
    """Return the key of each organisation; an acronym goes with the one name it stands for."""
    full: dict[str, set[str]] = defaultdict(set)
    for record in articles:
        for body in record.organizations:
            for alias in body.aliases:
                if alias.isupper() and " " not in alias and " " in body.name:
                    full[squeeze(alias)].add(squeeze(body.name))
    groups: dict[str, list[list[_Entry]]] = {}
    for number, record in enumerate(articles):
        for body in record.organizations:
            name = squeeze(body.name)
            known = full.get(name, set())
            home = next(iter(known)) if len(known) == 1 else name
            entry = _Entry(number, body.id, _full_name(body), body.key, frozenset())
            groups.setdefault(home, [[]])[0].append(entry)
    return dict(_name_groups("organization", groups))


def _full_name(body: Organization) -> str:
    return fold(body.name).removeprefix("the ")


def _name_groups(
    kind: str, groups: dict[str, list[list[_Entry]]]
) -> Iterator[tuple[tuple[int, str], str]]:
    """Yield the key of every entry: the caller's where one is given, else made of the name."""
    for found in groups.values():
        ordered = sorted((g for g in found if g), key=lambda g: (g[0].article, g[0].id))
        for number, group in enumerate(ordered, 1):
            given = Counter(entry.key for entry in group if entry.key)
            name = max((e.name for e in group), key=len)
            made = f"{kind}/{slug(name)}" + (f"-{number}" if number > 1 else "")
            key = given.most_common(1)[0][0] if len(given) == 1 else made
            for entry in group:
                yield (entry.article, entry.id), entry.key or key


def slug(name: str) -> str:
    """Return ``name`` as part of a key: folded, with hyphens."""
    return re.sub(r"\s+", "-", fold(name)) or "unnamed"

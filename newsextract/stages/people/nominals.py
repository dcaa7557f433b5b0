"""Nominal mentions: phrases that repeat a person's role without the name."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from newsextract.language.nouns import SMALL_WORDS, role_noun
from newsextract.language.strings import fold
from newsextract.records import Block, Mention, Person, Role
from newsextract.stages.people.appositives import read_phrase_after
from newsextract.stages.people.roles import to_role

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LONGEST = 20
_STEM = 6
_SMALL = SMALL_WORDS | {"former"}


def add_nominals(doc: Doc, blocks: Sequence[Block], people: Sequence[Person]) -> tuple[Person, ...]:
    """Return ``people`` with the mentions that repeat a whole role.

    "the head of the Lithuanian ministry" after "The head of Lithuania's ministry, Ann Lee":
    the same words in another form, so a mention and a role. "the head" alone decides nothing.
    """
    keys = _index_roles(people)
    if not keys:
        return tuple(people)
    extra: dict[str, list[Role]] = {}
    for role in _full_roles(doc, blocks, people):
        owner = keys.get(stems(role.text))
        if owner:
            extra.setdefault(owner, []).append(role)
    return tuple(_extend(p, extra[p.id]) if p.id in extra else p for p in people)


def stems(phrase: str) -> frozenset[str]:
    """Return the stems of the words that distinguish one role from another."""
    return frozenset(w[:_STEM] for w in fold(phrase).split() if w not in _SMALL)


def _index_roles(people: Sequence[Person]) -> dict[frozenset[str], str]:
    """Return the person of each role of two telling words or more that only one person has."""
    owners: dict[frozenset[str], set[str]] = {}
    for person in people:
        for role in person.roles:
            owners.setdefault(stems(role.text), set()).add(person.id)
    return {k: next(iter(v)) for k, v in owners.items() if len(k) > 1 and len(v) == 1}


def _full_roles(doc: Doc, blocks: Sequence[Block], people: Sequence[Person]) -> Iterator[Role]:
    """Yield the definite phrases with a role noun and a complement that no name is beside."""
    taken = {i for p in people for r in p.roles for i in (r.start,)}
    repeats = [b for b in blocks if b.kind == "duplicate"]
    the = doc.vocab.strings["the"]
    for i in np.flatnonzero(doc.to_array("LOWER") == the).tolist():
        token = doc[i]
        if i + 2 >= len(doc):
            continue
        limit = min(len(doc), token.i + _LONGEST)
        if not any(role_noun(t.text) for t in doc[token.i + 1 : min(limit, token.i + 6)]):
            continue
        spans = read_phrase_after(doc, token.i + 1, limit)
        role = to_role(doc, *spans[0]) if spans else None
        if role is None or role.start in taken or not re.search(r"\b(?:of|for|at)\b", role.text):
            continue
        if not any(b.start <= role.start < b.end for b in repeats):
            yield role


def _extend(person: Person, found: Sequence[Role]) -> Person:
    """Return ``person`` with nominal mentions, and the roles that are new in their words."""
    have = {fold(r.text) for r in person.roles}
    new = {fold(r.text): r for r in reversed(found) if fold(r.text) not in have}
    mentions = [*person.mentions, *(Mention(r.start, r.end, r.text, "nominal") for r in found)]
    return dataclasses.replace(
        person,
        roles=tuple(sorted((*person.roles, *new.values()), key=lambda r: r.start)),
        mentions=tuple(sorted(mentions, key=lambda m: (m.start, m.end))),
    )

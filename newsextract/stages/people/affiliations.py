"""Affiliations: the organizations that a person's roles belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text
from newsextract.language.nouns import POSSESSIVE_ENDINGS
from newsextract.language.rules import rule
from newsextract.records import Affiliation, HasOffsets, Mention, Organization, Role
from newsextract.stages.people.mentions import NameMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARTY = re.compile(r"\s*(?:\(([RDI]-[\w.\s]{2,14})\)|,\s([RDI]-[A-Z][\w.]{1,5}\.?)(?=,|$))")
_PARTY_TOKENS = 9
_LINKS = frozenset(("of", "from", "with", "at", "for"))
Owner = tuple[Mention, str]


@dataclass(frozen=True, slots=True)
class Owners:
    """The mentions of organizations, with the organization's id, by where they begin and end."""

    starts: dict[int, Owner]
    ends: dict[int, Owner]


def list_owners(organizations: Iterable[Organization]) -> Owners:
    """Return the mentions of all organizations."""
    starts = {m.start: (m, o.id) for o in organizations for m in o.mentions}
    return Owners(starts, {m.end: (m, owner) for m, owner in starts.values()})


def find_affiliations(
    doc: Doc,
    mentions: Sequence[NameMention],
    *,
    roles: Sequence[Role],
    owners: Owners,
) -> tuple[Affiliation, ...]:
    """Return the ``owners`` in ``roles`` and directly beside the names, and parties.

    "spokesman for the Red Cross", "Ann Lee of NBC News", "NBC's Ann Lee", "Ann Lee (R-Wis.)".
    """
    found = [*_in_roles(doc, roles, owners), *_beside(doc, mentions, owners)]
    found += _parties(doc, mentions)
    first: dict[str, Affiliation] = {}
    for affiliation in sorted(found, key=lambda a: a.start):
        first.setdefault(affiliation.organization or affiliation.text, affiliation)
    return tuple(first.values())


@rule
def _in_roles(doc: Doc, roles: Sequence[HasOffsets], owners: Owners) -> Iterator[Affiliation]:
    """Yield the organizations named inside roles."""
    for role in roles:
        for start in range(role.start, role.end):
            if start in owners.starts:
                yield _to_affiliation(owners.starts[start])


@rule
def _beside(doc: Doc, mentions: Sequence[NameMention], owners: Owners) -> Iterator[Affiliation]:
    """Yield the organizations after "of" or "from", and those that possess the name."""
    for mention in mentions:
        after = mention.last
        if after + 1 < len(doc) and doc[after].lower_ in _LINKS:
            at = after + 1 + (doc[after + 1].lower_ == "the")
            if at < len(doc) and doc[at].idx in owners.starts:
                yield _to_affiliation(owners.starts[doc[at].idx])
        if mention.first > 1 and doc[mention.first - 1].text in POSSESSIVE_ENDINGS:
            end = doc[mention.first - 1].idx
            if end in owners.ends:
                yield _to_affiliation(owners.ends[end])


@rule
def _parties(doc: Doc, mentions: Sequence[NameMention]) -> Iterator[Affiliation]:
    """Yield the party and state after a name, in parentheses or between commas."""
    for mention in mentions:
        after = doc[mention.last : mention.last + _PARTY_TOKENS]
        match = _PARTY.match(after.text)
        if match:
            start, end = (after.start_char + at for at in match.span(match.lastindex or 0))
            yield Affiliation(doc_text(doc)[start:end], start, end)


def _to_affiliation(owner: Owner) -> Affiliation:
    mention, organization = owner
    return Affiliation(mention.text, mention.start, mention.end, organization)

"""Affiliations: the organizations that a person's roles belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text
from newsextract.language.nouns import POSSESSIVE_ENDINGS
from newsextract.language.rules import rule
from newsextract.records import Affiliation, Organization, Role
from newsextract.stages.people.mentions import NameMention

if TYPE_CHECKING:
    from spacy.tokens import Doc

_PARTY = re.compile(r"\s*(?:\(([RDI]-[\w.\s]{2,14})\)|,\s([RDI]-[A-Z][\w.]{1,5}\.?)(?=,|$))")
_PARTY_TOKENS = 9
_LINKS = frozenset(("of", "from", "with", "at", "for"))
Owners = dict[int, Affiliation]


def list_owners(organizations: Iterable[Organization]) -> Owners:
    """Return every mention of an organization as an affiliation, by where it starts and ends."""
    owners = [Affiliation(m.text, m.start, m.end, o.id) for o in organizations for m in o.mentions]
    return {at: owner for owner in owners for at in (owner.end, owner.start)}


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
    found = [*_in_roles(roles, owners), *_beside(doc, mentions, owners), *_parties(doc, mentions)]
    first: dict[str, Affiliation] = {}
    for affiliation in sorted(found, key=lambda a: a.start):
        first.setdefault(affiliation.organization or affiliation.text, affiliation)
    return tuple(first.values())


@rule
def _in_roles(roles: Sequence[Role], owners: Owners) -> Iterator[Affiliation]:
    """Yield the organizations named inside roles."""
    inside = (at for role in roles for at in range(role.start, role.end))
    yield from (owners[at] for at in inside if at in owners and owners[at].start == at)


@rule
def _beside(doc: Doc, mentions: Sequence[NameMention], owners: Owners) -> Iterator[Affiliation]:
    """Yield the organizations after "of" or "from", and those that possess the name."""
    for mention in mentions:
        before = doc[max(0, mention.first - 1) : mention.first]
        near = [token for token in before if token.text in POSSESSIVE_ENDINGS]
        after = doc[mention.last : mention.last + 3]
        if len(after) > 1 and after[0].lower_ in _LINKS:
            near += after[1 : 2 + (after[1].lower_ == "the")]
        yield from (owners[token.idx] for token in near if token.idx in owners)


@rule
def _parties(doc: Doc, mentions: Sequence[NameMention]) -> Iterator[Affiliation]:
    """Yield the party and state after a name, in parentheses or between commas."""
    for mention in mentions:
        after = doc[mention.last : mention.last + _PARTY_TOKENS]
        match = _PARTY.match(after.text)
        if match:
            start, end = (after.start_char + at for at in match.span(match.lastindex or 0))
            yield Affiliation(doc_text(doc)[start:end], start, end)

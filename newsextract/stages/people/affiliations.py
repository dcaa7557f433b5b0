"""Affiliations: the organizations that a person's roles belong to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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


def find_affiliations(
    doc: Doc,
    mentions: Sequence[NameMention],
    *,
    roles: Sequence[Role],
    organizations: Sequence[Organization],
) -> tuple[Affiliation, ...]:
    """Return the organizations in ``roles`` and directly beside the names.

    "spokesman for the Red Cross", "Ann Lee of NBC News", "NBC's Ann Lee", "Ann Lee (R-Wis.)".
    """
    owners = {m.start: (m, o.id) for o in organizations for m in o.mentions}
    found = [*_in_roles(doc, roles, owners), *_beside(doc, mentions, owners)]
    found += _parties(doc, mentions)
    first: dict[str, Affiliation] = {}
    for affiliation in sorted(found, key=lambda a: a.start):
        first.setdefault(affiliation.organization or affiliation.text, affiliation)
    return tuple(first.values())


@rule
def _in_roles(
    doc: Doc, roles: Sequence[HasOffsets], owners: dict[int, Owner]
) -> Iterator[Affiliation]:
    """Yield the organizations named inside roles."""
    for role in roles:
        for start in range(role.start, role.end):
            if start in owners:
                yield _to_affiliation(owners[start])


@rule
def _beside(
    doc: Doc, mentions: Sequence[NameMention], owners: dict[int, Owner]
) -> Iterator[Affiliation]:
    """Yield the organizations after "of" or "from", and those that possess the name."""
    ends = {m.end: (m, owner) for m, owner in owners.values()}
    for mention in mentions:
        after = mention.last
        if after + 1 < len(doc) and doc[after].lower_ in _LINKS:
            at = after + 1 + (doc[after + 1].lower_ == "the")
            if at < len(doc) and doc[at].idx in owners:
                yield _to_affiliation(owners[doc[at].idx])
        if mention.first > 1 and doc[mention.first - 1].text in POSSESSIVE_ENDINGS:
            end = doc[mention.first - 1].idx
            if end in ends:
                yield _to_affiliation(ends[end])


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

"""Index of an article's people, organizations and places by position and name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.language.strings import fold
from newsextract.records import Mention, Organization, Person, Place, Quote, SourceKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SMALL_WORDS = frozenset(("of", "the", "and", "for", "in"))
Entity = Person | Organization | Place


@dataclass(frozen=True, slots=True)
class Entities:
    """What an article names, as the stages before this one found it.

    ``unnamed`` are the mentions of each person who is never named.
    """

    people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    places: tuple[Place, ...] = ()
    unnamed: tuple[tuple[Mention, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something that can be a source; equal referents are one source."""

    kind: SourceKind
    name: str
    entity: str | None = None
    members: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells this referent from another."""
        return (self.kind, self.entity or "; ".join(self.members) or fold(self.name))


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name of an entity in the text, with token offsets (half-open)."""

    first: int
    last: int
    referent: Referent


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of one article, ready for looking up."""

    spans: tuple[NamedSpan, ...]
    by_token: dict[int, NamedSpan]
    initials: dict[str, Referent]
    bodies: dict[str, list[Referent]]
    linked: dict[int, Referent]
    role_owners: dict[int, Referent]
    counts: Counter[str]


def make_cast(doc: Doc, entities: Entities, quotes: Sequence[Quote] = ()) -> Cast:
    """Return the lookup tables over ``entities``, found in ``doc``."""
    spans = tuple(sorted(_spans(doc, entities), key=lambda s: s.first))
    by_token = {i: span for span in spans for i in range(span.first, span.last)}
    return Cast(
        spans,
        by_token,
        initials=_initials(entities),
        bodies=_bodies_by_word(entities.organizations),
        linked=_linked_tokens(doc, entities, quotes),
        role_owners=dict(_role_tokens(doc, entities.people)),
        counts=Counter(span.referent.entity or "" for span in spans),
    )


def _linked_tokens(doc: Doc, entities: Entities, quotes: Sequence[Quote]) -> dict[int, Referent]:
    """Return for the tokens of pronouns and nominals whom they stand for, the shortest last.

    Somebody without a name is called by the longest nominal or source.
    """
    sources = {q.source.start: q.source.text for q in quotes if q.source}
    pairs = [(m, Referent("person", p.name, p.id)) for p in entities.people for m in p.mentions]
    for mentions in entities.unnamed:
        phrases = [(m.text, sources.get(m.start, "")) for m in mentions if m.form == "nominal"]
        name = " ".join(max(sum(phrases, ()), key=len, default=mentions[0].text).split())
        pairs += [(m, Referent("unnamed", name)) for m in mentions]
    linked: dict[int, Referent] = {}
    for mention, referent in sorted(pairs, key=lambda pair: pair[0].start - pair[0].end):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if mention.form != "name" and span is not None:
            linked.update(dict.fromkeys(range(span.start, span.end), referent))
    return linked


def _bodies_by_word(bodies: Sequence[Organization]) -> dict[str, list[Referent]]:
    """Return for each word the organizations in whose names it stands."""
    found: dict[str, list[Referent]] = {}
    for body in bodies:
        for word in dict.fromkeys(fold(body.name).split()):
            found.setdefault(word, []).append(Referent("organization", body.name, body.id))
    return found


def _initials(entities: Entities) -> dict[str, Referent]:
    """Return the initials that mean one entity alone: of an office ("CEO"), of an organization."""
    named = [(o.name, 3, Referent("organization", o.name, o.id)) for o in entities.organizations]
    named += [
        (r.text, 2, Referent("person", p.name, p.id)) for p in entities.people for r in p.roles
    ]
    found: dict[str, set[Referent]] = {}
    for name, fewest, referent in named:
        initials = "".join(w[0] for w in fold(name).split() if w not in _SMALL_WORDS)
        if len(initials) >= fewest:
            found.setdefault(initials, set()).add(referent)
    return {initials: owners.pop() for initials, owners in found.items() if len(owners) == 1}


def _role_tokens(doc: Doc, people: Sequence[Person]) -> Iterator[tuple[int, Referent]]:
    """Yield the tokens of each role with the person who has it alone."""
    owners: dict[tuple[int, int], set[str]] = {}
    for person in people:
        for role in person.roles:
            owners.setdefault((role.start, role.end), set()).add(person.id)
    for person in people:
        for role in person.roles:
            span = doc.char_span(role.start, role.end, alignment_mode="expand")
            if span is not None and len(owners[role.start, role.end]) == 1:
                referent = Referent("person", person.name, person.id)
                yield from ((i, referent) for i in range(span.start, span.end))


def _kinds(entities: Entities) -> Iterator[tuple[SourceKind, Entity]]:
    yield from (("person", p) for p in entities.people)
    yield from (("organization", o) for o in entities.organizations)
    yield from (("place", p) for p in entities.places)


def _spans(doc: Doc, entities: Entities) -> Iterator[NamedSpan]:
    """Yield the name mentions of all entities; nominal and adjective mentions are none."""
    for kind, entity in _kinds(entities):
        referent = Referent(kind, entity.name, entity.id)
        for mention in entity.mentions:
            if mention.form != "name":
                continue
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                yield NamedSpan(span.start, span.end, referent)

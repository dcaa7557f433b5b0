"""Index of an article's people, organizations and places by position and name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.language.nouns import role_noun
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
    by_name: dict[str, Referent]
    by_start: dict[str, Referent]
    bodies: dict[str, list[Referent]]
    linked: dict[int, Referent]
    roles: dict[str, tuple[tuple[str, frozenset[str]], ...]]
    role_owners: dict[int, Referent]
    counts: Counter[str]


def make_cast(doc: Doc, entities: Entities, quotes: Sequence[Quote] = ()) -> Cast:
    """Return the lookup tables over ``entities``, found in ``doc``."""
    spans = tuple(sorted(_spans(doc, entities), key=lambda s: s.first))
    by_token = {i: span for span in spans for i in range(span.first, span.last)}
    by_name: dict[str, Referent] = {}
    for kind, entity in _kinds(entities):
        for name in (entity.name, *getattr(entity, "aliases", ())):
            by_name.setdefault(fold(name), Referent(kind, entity.name, entity.id))
    return Cast(
        spans,
        by_token,
        by_name,
        by_start=_short_forms(entities),
        bodies=_bodies_by_word(entities.organizations),
        linked=_linked_tokens(doc, entities, quotes),
        roles={p.id: tuple(map(_role_words, (r.text for r in p.roles))) for p in entities.people},
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


def _short_forms(entities: Entities) -> dict[str, Referent]:
    """Return what stands for an entity without being a name the encoder found.

    At least two first words of an organization's name, and the initials of a role ("CEO").
    """
    forms: dict[str, set[Referent]] = {}
    for body in entities.organizations:
        words = fold(body.name).split()
        for size in range(2, len(words)):
            name = " ".join(words[:size])
            forms.setdefault(name, set()).add(Referent("organization", body.name, body.id))
    for body in entities.organizations:
        initials = "".join(w[0] for w in fold(body.name).split() if w not in _SMALL_WORDS)
        if len(initials) > 2:
            forms.setdefault(initials, set()).add(Referent("organization", body.name, body.id))
    for person in entities.people:
        for role in person.roles:
            initials = "".join(w[0] for w in fold(role.text).split() if w not in _SMALL_WORDS)
            if len(initials) > 1:
                forms.setdefault(initials, set()).add(Referent("person", person.name, person.id))
    return {form: found.pop() for form, found in forms.items() if len(found) == 1}


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


def _role_words(text: str) -> tuple[str, frozenset[str]]:
    """Return the head noun of a role and all of its words."""
    words = text.replace("-", " ").split()
    ends = [i for i, w in enumerate(words) if w.casefold() in ("of", "for", "at", "in", "to")]
    zone = words[: ends[0]] if ends else words
    head = next((noun for w in reversed(zone) if (noun := role_noun(w))), "")
    return head, frozenset(fold(text).split())


def find_referent(cast: Cast, names: Sequence[str]) -> Referent | None:
    """Return the entity that one of ``names`` is, written out in full."""
    folded = [fold(name) for name in names]
    found = next((r for name in folded if (r := cast.by_name.get(name))), None)
    return found or next((r for name in folded if (r := cast.by_start.get(name))), None)

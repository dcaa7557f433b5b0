"""Index of an article's people, organizations and places by position and name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from newsextract.language.doc import tokens_of
from newsextract.language.nouns import SMALL_WORDS
from newsextract.language.strings import fold, initials_of
from newsextract.records import HasOffsets, Mention, Organization, Person, Place, SourceKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

Key = TypeVar("Key", bound=Hashable)


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
class Occurrence:
    """A referent at its tokens (half-open); ``spoke`` tells that it is the source of a quote."""

    first: int
    last: int
    referent: Referent
    spoke: bool = False


@dataclass(frozen=True, slots=True)
class EntityIndex:
    """Lookup tables over the entities of one article.

    Args:
        spans: their names, in text order.
        by_token: the name at a token.
        initials: whom the initials of an office ("CEO") or organization mean, where it is one.
        bodies: the organizations by each word of their names.
        linked: whom the role, the pronoun or the nominal at a token stands for.
        counts: how often each entity is named, by its id.
    """

    spans: tuple[Occurrence, ...]
    by_token: dict[int, Occurrence]
    initials: dict[str, Referent]
    bodies: dict[str, list[Referent]]
    linked: dict[int, Referent]
    counts: Counter[str | None]


def make_index(doc: Doc, entities: Entities, sources: Sequence[Span] = ()) -> EntityIndex:
    """Return the lookup tables over ``entities``; ``sources`` of quotes tell whole phrases."""
    people = [(p, Referent("person", p.name, p.id)) for p in entities.people]
    bodies = [(o, Referent("organization", o.name, o.id)) for o in entities.organizations]
    places = [(p, Referent("place", p.name, p.id)) for p in entities.places]
    named: list[tuple[Person | Organization | Place, Referent]] = [*people, *bodies, *places]
    mentions = [(m, who) for entity, who in named for m in entity.mentions]
    linked = [(m, who) for m, who in mentions if m.form in ("pronoun", "nominal")]
    roles = [(role, who) for person, who in people for role in person.roles]
    names = (
        Occurrence(span.start, span.stop, who)
        for mention, who in mentions
        if mention.form == "name" and (span := tokens_of(doc, mention))
    )
    spans = tuple(sorted(names, key=lambda name: name.first))
    return EntityIndex(
        spans,
        by_token={i: span for span in spans for i in range(span.first, span.last)},
        initials=_initials(
            [(role.text, 2, who) for role, who in roles]
            + [(body.name, 3, who) for body, who in bodies]
        ),
        bodies=_by_word(referent for _, referent in bodies),
        linked=_linked_tokens(doc, [*_of_one(roles).items(), *linked], entities.unnamed, sources),
        counts=Counter(span.referent.entity for span in spans),
    )


def _linked_tokens(
    doc: Doc,
    pairs: Sequence[tuple[HasOffsets, Referent]],
    unnamed: Sequence[Sequence[Mention]],
    sources: Sequence[Span],
) -> dict[int, Referent]:
    """Map the tokens of roles, pronouns and nominals to referents; the shortest phrase wins.

    Somebody without a name is called by the longest nominal or source.
    """
    written = {source.start: source.text for source in sources}
    linked = list(pairs)
    for mentions in unnamed:
        phrases = [(m.text, written.get(m.start, "")) for m in mentions if m.form == "nominal"]
        name = " ".join(max(sum(phrases, ()), key=len, default=mentions[0].text).split())
        linked += [(m, Referent("unnamed", name)) for m in mentions]
    ordered = sorted(linked, key=lambda pair: pair[0].start - pair[0].end)
    return {i: referent for mention, referent in ordered for i in tokens_of(doc, mention)}


def _by_word(bodies: Iterable[Referent]) -> dict[str, list[Referent]]:
    found: dict[str, list[Referent]] = defaultdict(list)
    for body in bodies:
        for word in dict.fromkeys(fold(body.name).split()):
            found[word].append(body)
    return found


def _initials(names: Iterable[tuple[str, int, Referent]]) -> dict[str, Referent]:
    """Return the initials of names, where long enough, that mean one entity alone."""
    written = (
        (initials_of(fold(name).split(), without=SMALL_WORDS), fewest, who)
        for name, fewest, who in names
    )
    return _of_one((initials, who) for initials, fewest, who in written if len(initials) >= fewest)


def _of_one(pairs: Iterable[tuple[Key, Referent]]) -> dict[Key, Referent]:
    """Return what belongs to one referent alone, and to whom."""
    owners: dict[Key, set[Referent]] = defaultdict(set)
    for key, referent in pairs:
        owners[key].add(referent)
    return {key: found.pop() for key, found in owners.items() if len(found) == 1}

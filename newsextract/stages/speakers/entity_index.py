"""Index of an article's people, organizations and places by position and name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.language.doc import tokens_of
from newsextract.language.nouns import SMALL_WORDS
from newsextract.language.strings import fold, initials_of
from newsextract.records import (
    HasOffsets,
    Mention,
    Organization,
    Person,
    Place,
    Role,
    SourceKind,
    Span,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc


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
    counts: Counter[str]


def make_index(doc: Doc, entities: Entities, sources: Sequence[Span] = ()) -> EntityIndex:
    """Return the lookup tables over ``entities``; ``sources`` of quotes tell whole phrases."""
    people = [(p, Referent("person", p.name, p.id)) for p in entities.people]
    bodies = [(o, Referent("organization", o.name, o.id)) for o in entities.organizations]
    places = [(p, Referent("place", p.name, p.id)) for p in entities.places]
    mentions = [(m, referent) for person, referent in people for m in person.mentions]
    linked = [(m, referent) for m, referent in mentions if m.form != "name"]
    mentions += [(m, referent) for body, referent in bodies for m in body.mentions]
    mentions += [(m, referent) for place, referent in places for m in place.mentions]
    roles = [(role, referent) for person, referent in people for role in person.roles]
    names = [
        Occurrence(span.start, span.stop, referent)
        for mention, referent in mentions
        if mention.form == "name" and (span := tokens_of(doc, mention))
    ]
    spans = tuple(sorted(names, key=lambda s: s.first))
    return EntityIndex(
        spans,
        by_token={i: span for span in spans for i in range(span.first, span.last)},
        initials=_initials(
            [(role.text, 2, referent) for role, referent in roles]
            + [(body.name, 3, referent) for body, referent in bodies]
        ),
        bodies=_by_word(referent for _, referent in bodies),
        linked=_linked_tokens(doc, [*_owned_roles(roles), *linked], entities.unnamed, sources),
        counts=Counter(span.referent.entity or "" for span in spans),
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
    found: dict[str, set[Referent]] = defaultdict(set)
    for name, fewest, referent in names:
        initials = initials_of(fold(name).split(), without=SMALL_WORDS)
        if len(initials) >= fewest:
            found[initials].add(referent)
    return {initials: owners.pop() for initials, owners in found.items() if len(owners) == 1}


def _owned_roles(roles: Sequence[tuple[Role, Referent]]) -> Iterator[tuple[Role, Referent]]:
    """Yield the roles that one person alone has where they are written."""
    owners: dict[Role, set[Referent]] = defaultdict(set)
    for role, referent in roles:
        owners[role].add(referent)
    yield from ((role, found.pop()) for role, found in owners.items() if len(found) == 1)

"""Index of an article's people, organizations and places by position and name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsextract.language.doc import tokens_of
from newsextract.language.nouns import SMALL_WORDS
from newsextract.language.strings import fold, initials_of
from newsextract.records import Mention, Organization, Person, Place, Role, SourceKind, Span

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
class NamedSpan:
    """A name of an entity in the text, with token offsets (half-open)."""

    first: int
    last: int
    referent: Referent


@dataclass(frozen=True, slots=True)
class Cast:
    """The entities of one article, ready for looking up.

    Args:
        spans: their names, in text order.
        by_token: the name at a token.
        initials: whom the initials of an office ("CEO") or organization mean, where it is one.
        bodies: the organizations by each word of their names.
        linked: whom the pronouns and nominals at a token stand for.
        role_owners: the person who alone has the role at a token.
        counts: how often each entity is named, by its id.
    """

    spans: tuple[NamedSpan, ...]
    by_token: dict[int, NamedSpan]
    initials: dict[str, Referent]
    bodies: dict[str, list[Referent]]
    linked: dict[int, Referent]
    role_owners: dict[int, Referent]
    counts: Counter[str]


def make_cast(doc: Doc, entities: Entities, sources: Sequence[Span] = ()) -> Cast:
    """Return the lookup tables over ``entities``; ``sources`` of quotes tell whole phrases."""
    people = [(p, Referent("person", p.name, p.id)) for p in entities.people]
    bodies = [(o, Referent("organization", o.name, o.id)) for o in entities.organizations]
    places = [(p, Referent("place", p.name, p.id)) for p in entities.places]
    mentions = [(m, referent) for entity, referent in people for m in entity.mentions]
    mentions += [(m, referent) for entity, referent in bodies for m in entity.mentions]
    mentions += [(m, referent) for entity, referent in places for m in entity.mentions]
    names = [
        NamedSpan(span.start, span.stop, referent)
        for mention, referent in mentions
        if mention.form == "name" and (span := tokens_of(doc, mention))
    ]
    roles = [(role, referent) for person, referent in people for role in person.roles]
    spans = tuple(sorted(names, key=lambda s: s.first))
    return Cast(
        spans,
        by_token={i: span for span in spans for i in range(span.first, span.last)},
        initials=_initials(
            [(role.text, 2, referent) for role, referent in roles]
            + [(body.name, 3, referent) for body, referent in bodies]
        ),
        bodies=_by_word(referent for _, referent in bodies),
        linked=_linked_tokens(doc, people, entities.unnamed, sources),
        role_owners=_role_tokens(doc, roles),
        counts=Counter(span.referent.entity or "" for span in spans),
    )


def _linked_tokens(
    doc: Doc,
    people: Sequence[tuple[Person, Referent]],
    unnamed: Sequence[Sequence[Mention]],
    sources: Sequence[Span],
) -> dict[int, Referent]:
    """Return for the tokens of pronouns and nominals whom they stand for, the shortest last.

    Somebody without a name is called by the longest nominal or source.
    """
    written = {source.start: source.text for source in sources}
    pairs = [(m, referent) for person, referent in people for m in person.mentions]
    for mentions in unnamed:
        phrases = [(m.text, written.get(m.start, "")) for m in mentions if m.form == "nominal"]
        name = " ".join(max(sum(phrases, ()), key=len, default=mentions[0].text).split())
        pairs += [(m, Referent("unnamed", name)) for m in mentions]
    linked: dict[int, Referent] = {}
    for mention, referent in sorted(pairs, key=lambda pair: pair[0].start - pair[0].end):
        if mention.form != "name":
            linked.update(dict.fromkeys(tokens_of(doc, mention), referent))
    return linked


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


def _role_tokens(doc: Doc, roles: Sequence[tuple[Role, Referent]]) -> dict[int, Referent]:
    owners: dict[Role, set[Referent]] = defaultdict(set)
    for role, referent in roles:
        owners[role].add(referent)
    alone = [(role, found.pop()) for role, found in owners.items() if len(found) == 1]
    return {i: referent for role, referent in alone for i in tokens_of(doc, role)}

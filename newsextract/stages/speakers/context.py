"""The resolution context: the entities of the article, and who has spoken so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from newsextract.language.doc import tokens_of
from newsextract.records import Block, Person, Span
from newsextract.stages.page import Page
from newsextract.stages.speakers.entity_index import Cast, Entities, NamedSpan, Referent, make_cast

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible antecedent where it is; ``spoke`` tells that it is the source of a quote."""

    first: int
    last: int
    referent: Referent
    spoke: bool = False


@dataclass(slots=True)
class Scene:
    """The document, its entities, and the sources resolved so far in text order."""

    page: Page
    cast: Cast
    author: Referent | None = None
    topic: Referent | None = None
    said: list[Candidate] = field(default_factory=list)

    @property
    def doc(self) -> Doc:
        """The annotated document."""
        return self.page.doc

    def names_before(self, at: int, limit: int) -> Iterator[NamedSpan]:
        """Yield the last ``limit`` names before token ``at``, nearest first."""
        stop = bisect_left(self.cast.spans, at, key=lambda span: span.first)
        for i in range(stop - 1, max(-1, stop - 1 - limit), -1):
            yield self.cast.spans[i]

    def said_before(self, at: int, limit: int) -> Iterator[Candidate]:
        """Return the last ``limit`` sources before token ``at``, nearest first."""
        stop = bisect_left(self.said, at, key=lambda c: c.first)
        before = (self.said[i] for i in range(stop - 1, -1, -1) if self.said[i].last <= at)
        return islice(before, limit)


def make_scene(
    page: Page, blocks: Sequence[Block], *, sources: Sequence[Span], entities: Entities
) -> Scene:
    """Return the scene before any source is resolved."""
    cast = make_cast(page.doc, entities, sources)
    author, topic = find_author(cast, page.doc, blocks), find_topic(cast, entities.people)
    return Scene(page, cast, author, topic)


def find_topic(cast: Cast, people: Sequence[Person]) -> Referent | None:
    """Return the person whom the article names twice as often as any other, and not just once."""
    ranked = sorted(people, key=lambda person: -cast.counts[person.id])
    counts = [*(cast.counts[person.id] for person in ranked[:2]), 1, 1]
    clear = ranked and counts[0] >= 2 * counts[1]
    return Referent("person", ranked[0].name, ranked[0].id) if clear else None


def find_author(cast: Cast, doc: Doc, blocks: Sequence[Block]) -> Referent | None:
    """Return the person named in the byline, if there is one only."""
    bylines = [tokens_of(doc, block) for block in blocks if block.kind == "byline"]
    named = {span.referent for span in cast.spans if any(span.first in line for line in bylines)}
    people = [referent for referent in named if referent.kind == "person"]
    return people[0] if len(people) == 1 else None

"""The resolution state: the entities of the article, and who has spoken so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from newsextract.records import Block, Person, Span
from newsextract.stages.page import Page
from newsextract.stages.speakers.authors import Author, find_authors
from newsextract.stages.speakers.entity_index import (
    Entities,
    EntityIndex,
    Occurrence,
    Referent,
    make_index,
)
from newsextract.stages.speakers.phrases import Phrase

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc


Choose = Callable[[Phrase, Sequence[Referent | None], "NDArray[np.float32]"], int]
"""Returns the index of the chosen referent, given features (referents, features)."""


@dataclass(slots=True)
class State:
    """The document, its entities, and the sources resolved so far in text order."""

    page: Page
    index: EntityIndex
    authors: Sequence[Author] = ()
    topic: Referent | None = None
    said: list[Occurrence] = field(default_factory=list)
    choose: Choose | None = None

    @property
    def doc(self) -> Doc:
        """The annotated document."""
        return self.page.doc

    def author_of(self, at: int) -> Referent | None:
        """Return who wrote token ``at``, outside quotations."""
        return next((author.referent for author in self.authors if at < author.end), None)

    def names_before(self, at: int, limit: int) -> Sequence[Occurrence]:
        """Return the last ``limit`` names before token ``at``, nearest first."""
        stop = bisect_left(self.index.spans, at, key=lambda span: span.first)
        return self.index.spans[max(0, stop - limit) : stop][::-1]

    def said_before(self, at: int, limit: int) -> Iterator[Occurrence]:
        """Return the last ``limit`` sources before token ``at``, nearest first."""
        stop = bisect_left(self.said, at, key=lambda c: c.first)
        before = (self.said[i] for i in range(stop - 1, -1, -1) if self.said[i].last <= at)
        return islice(before, limit)


def make_state(
    page: Page, blocks: Sequence[Block], *, sources: Sequence[Span], entities: Entities
) -> State:
    """Return the state before any source is resolved."""
    index = make_index(page.doc, entities, sources)
    authors = find_authors(page, index, blocks)
    return State(page, index, authors, find_topic(index, entities.people))


def find_topic(index: EntityIndex, people: Sequence[Person]) -> Referent | None:
    """Return the person whom the article names twice as often as any other, and not just once."""
    ranked = sorted(people, key=lambda person: -index.counts[person.id])
    counts = [*(index.counts[person.id] for person in ranked[:2]), 1, 1]
    clear = ranked and counts[0] >= 2 * counts[1]
    return Referent("person", ranked[0].name, ranked[0].id) if clear else None

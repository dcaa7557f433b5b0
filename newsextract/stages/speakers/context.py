"""The resolution context: the entities of the article, and who has spoken so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from newsextract.language.doc import doc_text
from newsextract.language.nouns import POSSESSIVE_ENDINGS
from newsextract.records import Block, Person, Quote
from newsextract.stages.speakers.entity_index import Cast, Entities, NamedSpan, Referent, make_cast

if TYPE_CHECKING:
    from spacy.tokens import Doc

OUTSIDE, QUOTED = 0, 1


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

    doc: Doc
    text: str
    cast: Cast
    entities: Entities
    sentences: Sequence[int]
    paragraphs: Sequence[int]
    quoted: bytearray
    author: Referent | None = None
    topic: Referent | None = None
    said: list[Candidate] = field(default_factory=list)

    def sentence_of(self, i: int) -> int:
        """Return the ordinal of the sentence that token ``i`` is in."""
        return self.sentences[i] if i < len(self.sentences) else 0

    def names_before(self, at: int, limit: int) -> Iterator[NamedSpan]:
        """Yield the last ``limit`` names before token ``at``, nearest first."""
        stop = bisect_left(self.cast.spans, at, key=lambda span: span.first)
        for i in range(stop - 1, max(-1, stop - 1 - limit), -1):
            yield self.cast.spans[i]

    def said_before(self, at: int, limit: int) -> Iterator[Candidate]:
        """Yield the last ``limit`` sources before token ``at``, nearest first."""
        found = 0
        stop = bisect_left(self.said, at, key=lambda c: c.first)
        for i in range(stop - 1, -1, -1):
            if self.said[i].last <= at:
                yield self.said[i]
                found += 1
            if found >= limit:
                return

    def is_subject(self, first: int, last: int) -> bool:
        """Whether the name opens a clause: no preposition before it, no possessive after it."""
        before = self.doc[first - 1] if first else None
        after = self.doc[last] if last < len(self.doc) else None
        if after is not None and after.text in POSSESSIVE_ENDINGS:
            return False
        opens = (
            before is None or self.doc[first].is_sent_start or before.pos_ not in ("ADP", "VERB")
        )
        return bool(opens) and (after is None or after.pos_ in ("VERB", "AUX", "PUNCT", "ADV", ""))


def make_scene(
    doc: Doc, blocks: Sequence[Block], *, quotes: Sequence[Quote], entities: Entities
) -> Scene:
    """Return the scene before any source is resolved."""
    text = doc_text(doc)
    cast = make_cast(doc, entities, quotes)
    columns = doc.to_array(["SENT_START", "IS_SPACE"]).reshape(len(doc), 2)
    ends = [i + 1 for i in np.flatnonzero(columns[:, 1]).tolist() if "\n" in doc[i].text]
    opens = np.zeros(len(doc) + 1, dtype=np.int64)
    opens[ends] = 1
    return Scene(
        doc, text, cast, entities,
        sentences=np.cumsum(columns[:, 0] == 1).tolist(), paragraphs=np.cumsum(opens).tolist(),
        quoted=mark_quoted(doc, quotes),
        author=find_author(cast, doc, blocks), topic=find_topic(cast, entities.people),
    )  # fmt: skip


def mark_quoted(doc: Doc, quotes: Sequence[Quote]) -> bytearray:
    """Return for each token whether it is inside the content of a direct quote."""
    marks = bytearray(len(doc))
    for quote in quotes:
        if quote.kind != "direct":
            continue
        for part in quote.content:
            span = doc.char_span(part.start, part.end, alignment_mode="expand")
            if span is not None:
                marks[span.start : span.end] = bytes((QUOTED,)) * len(span)
    return marks


def find_topic(cast: Cast, people: Sequence[Person]) -> Referent | None:
    """Return the person whom the article names twice as often as any other, and not just once."""
    ranked = sorted(people, key=lambda person: -cast.counts[person.id])
    counts = [*(cast.counts[person.id] for person in ranked[:2]), 1, 1]
    if not ranked or counts[0] < 2 * counts[1]:
        return None
    return Referent("person", ranked[0].name, ranked[0].id)


def find_author(cast: Cast, doc: Doc, blocks: Sequence[Block]) -> Referent | None:
    """Return the person named in the byline, if there is one only."""
    lines = [b for b in blocks if b.kind == "byline"]
    names = {
        span.referent
        for span in cast.spans
        for line in lines
        if line.start <= doc[span.first].idx < line.end and span.referent.kind == "person"
    }
    return names.pop() if len(names) == 1 else None

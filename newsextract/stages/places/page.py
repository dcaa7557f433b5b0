"""An article as the toponym finders see it: text, entities and spans already taken."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, NamedTuple

from newsextract.gazetteer.reader import Gazetteer
from newsextract.language.doc import doc_text
from newsextract.records import Block, HasOffsets
from newsextract.stages.places.toponyms import Toponym

if TYPE_CHECKING:
    from spacy.tokens import Doc

_WORD = re.compile(
    r"[^\W\d_a-z](?<![\w.].)(?<![^\W\d_]['’-].)[\w.]*(?:['’](?!s\b)\w+|-[^\W\d_a-z]\w*|-(?:on|upon|in|by|de|le|la|sur)\b)*"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_STORMS = ("torm ", "urricane ", "yphoon ", "yclone ")
_STORM = re.compile(r"\b(?:[Ss]torm|[Hh]urricane|[Tt]yphoon|[Cc]yclone) ([A-Z]\w+)\b(?! [A-Z])")
_ILLNESSES = ("virus", "fever", "disease", "syndrome")
_DISEASE = re.compile(rf"\b([A-Z]\w+(?: [A-Z]\w+)?) (?:{'|'.join(_ILLNESSES)})\b")
_LONGEST_NAME = 4
BODIES = frozenset({"ORG", "FAC", "PRODUCT", "MISC"})


class Entity(NamedTuple):
    """An entity of the encoder, in characters."""

    start: int
    end: int
    label: str


class Word(NamedTuple):
    """A word that begins with a capital."""

    start: int
    end: int
    text: str


@dataclass
class Page:
    """The article while its places are being found.

    ``taken`` marks the characters of people and of the places found so far, and those of web
    addresses, sums of money ("20 U.S. dollars") and blocks that repeat others; ``named`` those of
    all entities, ``bodies`` those of organizations, buildings and titles, whose names hold names
    of places.
    """

    text: str
    blocks: Sequence[Block]
    entities: tuple[Entity, ...]
    gazetteer: Gazetteer
    people: Sequence[HasOffsets]
    taken: bytearray
    named: bytearray
    bodies: bytearray
    found: list[Toponym] = field(default_factory=list)

    @cached_property
    def words(self) -> list[Word]:
        """The capitalized words of the text."""
        found = ((m.start(), m[0].rstrip(".")) for m in _WORD.finditer(self.text))
        return [Word(start, start + len(w), w) for start, w in found if w[0].isupper()]

    def is_free(self, start: int, end: int) -> bool:
        """Return whether the range is free."""
        return 1 not in self.taken[start:end]

    def is_unnamed(self, start: int, end: int) -> bool:
        """Return whether the range is free and contains no entity."""
        return 1 not in self.named[start:end] and self.is_free(start, end)

    def is_outside_bodies(self, start: int, end: int) -> bool:
        """Return whether no organization's name is there."""
        return 1 not in self.bodies[start:end]

    def add(self, toponyms: Iterable[Toponym]) -> None:
        """Add the toponyms in free ranges."""
        for toponym in toponyms:
            if toponym.start < toponym.end and self.is_free(toponym.start, toponym.end):
                self.found.append(toponym)
                mark(self.taken, toponym)

    def take_people(self) -> None:
        """Mark the names of people as taken."""
        for mention in self.people:
            mark(self.taken, mention)

    @cached_property
    def storms(self) -> frozenset[str]:
        """The names of storms that the text calls storms."""
        named = any(word in self.text for word in _STORMS)
        return frozenset(_STORM.findall(self.text) if named else ())

    @cached_property
    def namesakes(self) -> frozenset[str]:
        """The names of storms and diseases in the text."""
        named = any(word in self.text for word in _ILLNESSES)
        return self.storms | frozenset(_DISEASE.findall(self.text) if named else ())

    @cached_property
    def families(self) -> frozenset[str]:
        """The last words of the names of people."""
        return frozenset(self.text[p.start : p.end].rpartition(" ")[2] for p in self.people)

    @cached_property
    def names(self) -> list[Word]:
        """The runs of up to four capitalized words with single spaces between, longest first."""
        text, words = self.text, self.words
        runs: list[Word] = []
        joined = [text[a.end : b.start] == " " for a, b in pairwise(words)]
        for first, word in enumerate(words):
            links = takewhile(bool, joined[first : first + _LONGEST_NAME - 1])
            ends = [last.end for last in words[first : first + 1 + sum(links)]]
            runs += [Word(word.start, end, text[word.start : end]) for end in reversed(ends)]
        return runs


def open_page(
    doc: Doc, blocks: Sequence[Block], *, gazetteer: Gazetteer, people: Iterable[HasOffsets]
) -> Page:
    """Return the article with its repeated blocks and web addresses taken."""
    text = doc_text(doc)
    entities = tuple(Entity(e.start_char, e.end_char, e.label_) for e in doc.ents)
    repeated = [block for block in blocks if block.kind == "duplicate"]
    addresses = [Entity(*address.span(), "URL") for address in _ADDRESS.finditer(text)]
    sums = [entity for entity in entities if entity.label == "MONEY"]
    return Page(
        text,
        blocks,
        entities,
        gazetteer,
        people=[*people, *(entity for entity in entities if entity.label == "PERSON")],
        taken=mark_all(text, [*repeated, *addresses, *sums]),
        named=mark_all(text, entities),
        bodies=mark_all(text, [entity for entity in entities if entity.label in BODIES]),
    )


def mark_all(text: str, spans: Iterable[HasOffsets]) -> bytearray:
    """Return a mask of ``text``: 1 for each character of the spans."""
    mask = bytearray(len(text))
    for span in spans:
        mark(mask, span)
    return mask


def mark(mask: bytearray, span: HasOffsets) -> None:
    """Set the characters of ``span`` in ``mask``."""
    start, end = span.start, min(span.end, len(mask))
    mask[start:end] = b"\1" * (end - start)

"""Entities: spans with a final label, reconciled over the whole article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.records import Block
from newsextract.stages.entities.reconcile import settle_entities

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

__all__ = ["find_entities"]


def find_entities(doc: Doc, blocks: Sequence[Block], label: str) -> Iterator[Span]:
    """Yield the entities of ``label`` that do not stand in a block that repeats another."""
    repeats = iter([b for b in blocks if b.kind == "duplicate"])
    block = next(repeats, None)
    for first, last, settled in settle_entities(doc):
        start = doc[first].idx
        while block is not None and block.end <= start:
            block = next(repeats, None)
        if settled == label and (block is None or start < block.start):
            yield doc[first:last]

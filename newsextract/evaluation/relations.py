"""Gold and extracted attributions in a common form, paired by content overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from newsextract.evaluation.names import overlap
from newsextract.evaluation.spans import Offsets, Spans, join, word_starts
from newsextract.records import Quote, Span


@dataclass(frozen=True, slots=True)
class Relation:
    """Content, cue and source as trimmed spans; ``number`` is the gold attribution's, from 1."""

    content: Spans
    cue: Spans
    source: Spans
    words: frozenset[int]
    source_words: frozenset[int]
    number: int = 0
    quote: Quote | None = None


def gold_relations(gold: dict[str, Any]) -> list[Relation]:
    """Return the attributions of ``gold`` that count, those without content left out."""
    wanted = gold.get("evaluated")
    relations = (
        relation_of(gold["text"], (a["content"], a["cue"], a["source"]), number=number)
        for number, a in enumerate(gold["attributions"], 1)
        if wanted is None or number in wanted
    )
    return [relation for relation in relations if relation.content]


def found_relations(text: str, quotes: Iterable[Quote]) -> list[Relation]:
    """Return ``quotes`` as relations, those without content left out."""
    relations = (
        relation_of(
            text,
            map(_offsets, (quote.content, (quote.cue,), (quote.source,))),
            quote=quote,
        )
        for quote in quotes
    )
    return [relation for relation in relations if relation.content]


def _offsets(spans: Iterable[Span | None]) -> list[Offsets]:
    return [(span.start, span.end) for span in spans if span]


def relation_of(
    text: str,
    parts: Iterable[Iterable[Offsets]],
    *,
    number: int = 0,
    quote: Quote | None = None,
) -> Relation:
    """Return the relation of ``parts``: the spans of content, cue and source."""
    content, cue, source = (join(text, spans) for spans in parts)
    return Relation(
        content=content,
        cue=cue,
        source=source,
        words=word_starts(text, content),
        source_words=word_starts(text, source),
        number=number,
        quote=quote,
    )


def pair(
    gold: Sequence[frozenset[int]], found: Sequence[frozenset[int]], *, least: float
) -> list[tuple[int, int]]:
    """Return index pairs of gold and found contents, greedily by word overlap, each used once."""
    candidates = sorted(
        ((overlap(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found) if a & b),
        reverse=True,
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for share, i, j in candidates:
        if share >= least and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


def same_source(a: Relation, b: Relation) -> bool:
    """Return whether two relations name the same source: words in common, or neither has one."""
    if not a.source or not b.source:
        return not a.source and not b.source
    return bool(a.source_words & b.source_words)

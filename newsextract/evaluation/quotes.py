"""Attributions: source, cue and content as exact spans, and how they go together."""

from __future__ import annotations

from typing import Any

from newsextract.evaluation.relations import (
    Relation,
    found_relations,
    gold_relations,
    pair,
    same_source,
)
from newsextract.evaluation.tally import F1, Tally
from newsextract.records import Extraction

MEASURES = (
    F1("source"),
    F1("cue"),
    F1("content"),
    F1("content tokens"),
    F1("relation"),
    F1("relation overlap"),
)
_LEAST = {"relation": 1.0, "relation overlap": 0.8}


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the attributions of one article; quotes inside quotes are left out on our side."""
    result = Tally()
    text = gold["text"]
    wanted = gold_relations(gold)
    found = found_relations(text, (quote for quote in record.quotes if not quote.in_quote))
    result.add_sets("source", {r.source for r in wanted} - {()}, {r.source for r in found} - {()})
    result.add_sets("cue", {r.cue for r in wanted} - {()}, {r.cue for r in found} - {()})
    missed, extra = result.add_sets(
        "content", {r.content for r in wanted}, {r.content for r in found}
    )
    for group, contents in (("missed", missed), ("extra", extra)):
        for content in sorted(contents):
            result.add_error(gold["id"], group, text[content[0][0] : content[-1][1]])
    result.add_sets("content tokens", _words(wanted), _words(found))
    for name, least in _LEAST.items():
        pairs = pair([r.words for r in wanted], [r.words for r in found], least=least)
        hits = sum(same_source(wanted[i], found[j]) for i, j in pairs)
        result.add_hits(name, hits, gold=len(wanted), found=len(found))
    return result


def _words(relations: list[Relation]) -> frozenset[int]:
    return frozenset().union(*(relation.words for relation in relations))

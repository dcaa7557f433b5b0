"""Attributions: exact spans of source, cue and content, and their relations."""

from __future__ import annotations

from typing import Any

from newsextract.evaluation.marks import QuotedStretches
from newsextract.evaluation.relations import (
    Relation,
    found_relations,
    gold_relations,
    pair,
    same_source,
)
from newsextract.evaluation.reliability import add_score
from newsextract.evaluation.tally import F1, Share, Tally
from newsextract.records import Extraction, Quote

MEASURES = (
    F1("source"),
    F1("cue"),
    F1("content"),
    F1("content tokens"),
    F1("relation"),
    F1("relation overlap"),
)
BY_KIND = tuple(
    Share(f"{kind} recall", f"{kind} right", f"{kind} all")
    for kind in ("direct", "mixed", "indirect")
)


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the attributions of one article; quotes inside quotes are left out on our side."""
    result = Tally()
    text = gold["text"]
    wanted = gold_relations(gold)
    found = found_relations(text, (quote for quote in record.quotes if not quote.in_quote))
    _add_spans(result, wanted, found, article=gold)
    _add_relations(result, "relation", wanted, found=found, least=1.0)
    right = _add_relations(result, "relation overlap", wanted, found=found, least=0.8)
    for quote, is_right in _judge(found, right):
        if quote.score is not None:
            add_score(result, quote.score, right=is_right)
    stretches = QuotedStretches(text)
    found_again = {i for i, _ in right}
    for i, relation in enumerate(wanted):
        result.add_case(stretches.kind_of(relation.words), i in found_again)
    return result


def judge_quotes(gold: dict[str, Any], record: Extraction) -> list[tuple[Quote, bool]]:
    """Return each quote with whether its content overlaps a gold one's by 80 %, by its source."""
    wanted = gold_relations(gold)
    found = found_relations(gold["text"], (quote for quote in record.quotes if not quote.in_quote))
    return _judge(found, _right_pairs(wanted, found, least=0.8))


def _judge(found: list[Relation], right: list[tuple[int, int]]) -> list[tuple[Quote, bool]]:
    answers = {j for _, j in right}
    return [(r.quote, j in answers) for j, r in enumerate(found) if r.quote is not None]


def _add_spans(
    result: Tally, wanted: list[Relation], found: list[Relation], *, article: dict[str, Any]
) -> None:
    result.add_sets("source", {r.source for r in wanted} - {()}, {r.source for r in found} - {()})
    result.add_sets("cue", {r.cue for r in wanted} - {()}, {r.cue for r in found} - {()})
    missed, extra = result.add_sets(
        "content", {r.content for r in wanted}, {r.content for r in found}
    )
    for group, contents in (("missed", missed), ("extra", extra)):
        for content in sorted(contents):
            words = article["text"][content[0][0] : content[-1][1]]
            result.add_error(article["id"], group, words)
    result.add_sets("content tokens", _words(wanted), _words(found))


def _add_relations(
    result: Tally, name: str, wanted: list[Relation], *, found: list[Relation], least: float
) -> list[tuple[int, int]]:
    """Count the relations whose content overlaps by ``least``; return which were right."""
    right = _right_pairs(wanted, found, least=least)
    result.add_hits(name, len(right), gold=len(wanted), found=len(found))
    return right


def _right_pairs(
    wanted: list[Relation], found: list[Relation], *, least: float
) -> list[tuple[int, int]]:
    """Return the pairs, by number, whose content overlaps by ``least`` and whose source fits."""
    pairs = pair([r.words for r in wanted], [r.words for r in found], least=least)
    return [(i, j) for i, j in pairs if same_source(wanted[i], found[j])]


def _words(relations: list[Relation]) -> frozenset[int]:
    return frozenset().union(*(relation.words for relation in relations))

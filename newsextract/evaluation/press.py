"""Evaluate the press corpus: quotes, speakers, and every mention of every person."""

from __future__ import annotations

from typing import Any

from newsextract.evaluation import people
from newsextract.evaluation.coreference import PRONOUNS
from newsextract.evaluation.names import fold_name
from newsextract.evaluation.relations import (
    Relation,
    found_relations,
    pair,
    relation_of,
    same_source,
)
from newsextract.evaluation.spans import Offsets
from newsextract.evaluation.speakers import BY_KIND, Speaker, same_speaker, speaker_of
from newsextract.evaluation.tally import F1, Share, Tally
from newsextract.records import Extraction, Mention, Quote

SAME = 0.6
"""Words of two contents in common, of those in either, from which they are one quote."""
MEASURES = (
    F1("quotes"),
    F1("said"),
    Share("nested quotes found", "nested right", "nested all"),
    Share("speaker accuracy", "speaker right", "speaker all"),
    Share("kind accuracy", "kind right", "kind all"),
    F1("source"),
    F1("cue"),
    F1("names"),
    F1("people"),
    F1("roles"),
    F1("pronouns"),
    F1("nominals"),
)

__all__ = ["BY_KIND", "MEASURES", "gold_quotes", "judge_quotes", "tally"]


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the quotes of one article, who said them, and the mentions of people."""
    text = gold["text"]
    roles = [list(dict.fromkeys(text[a:b] for a, b in p["roles"])) for p in gold["people"]]
    named = [{**p, "roles": own} for p, own in zip(gold["people"], roles, strict=True)]
    result = people.tally({**gold, "people": named}, record)
    wanted = gold_quotes(gold)
    found = found_relations(text, record.quotes)
    _add_quotes(result, gold, record, wanted=wanted, found=found)
    for part in ("source", "cue"):
        own, ours = ({getattr(r, part) for r in side} - {()} for side in (wanted, found))
        result.add_sets(part, own, ours)
    _add_names(result, gold, record)
    for form in ("pronoun", "nominal"):
        _add_mentions(result, gold, record, form=form)
    return result


def gold_quotes(gold: dict[str, Any]) -> list[Relation]:
    """Return the quotes of ``gold`` that have a content; ``number`` counts from 1."""
    found = (
        relation_of(
            gold["text"],
            (
                [tuple(part) for part in quote["content"]],
                [tuple(quote["cue"])] if quote["cue"] else [],
                [tuple(quote["source"])] if quote["source"] else [],
            ),
            number=number,
        )
        for number, quote in enumerate(gold["quotes"], 1)
    )
    return [relation for relation in found if relation.content]


def judge_quotes(gold: dict[str, Any], record: Extraction) -> list[tuple[Quote, bool]]:
    """Return each quote with whether it is a gold one, with its source as written."""
    wanted, found = gold_quotes(gold), found_relations(gold["text"], record.quotes)
    pairs = pair([r.words for r in wanted], [r.words for r in found], least=SAME)
    right = {j for i, j in pairs if same_source(wanted[i], found[j])}
    return [(r.quote, j in right) for j, r in enumerate(found) if r.quote is not None]


def _add_quotes(
    result: Tally,
    gold: dict[str, Any],
    record: Extraction,
    *,
    wanted: list[Relation],
    found: list[Relation],
) -> None:
    pairs = dict(pair([r.words for r in wanted], [r.words for r in found], least=SAME))
    said = 0
    for i, relation in enumerate(wanted):
        if any(_holds(other, relation) for other in wanted):
            result.add_case("nested", i in pairs)
        if i in pairs:
            want = gold["quotes"][relation.number - 1]["speaker"]
            said += _add_speaker(result, gold, want, speaker_of(record, found[pairs[i]].quote))
        else:
            result.add_error(gold["id"], "missed quote", _start_of(gold, relation))
    for j in sorted(set(range(len(found))) - set(pairs.values())):
        result.add_error(gold["id"], "extra quote", _start_of(gold, found[j]))
    result.add_hits("quotes", len(pairs), gold=len(wanted), found=len(found))
    result.add_hits("said", said, gold=len(wanted), found=len(found))


def _holds(outer: Relation, inner: Relation) -> bool:
    """Whether ``inner`` is a part of what ``outer`` says."""
    (start, _), (_, end) = inner.content[0], inner.content[-1]
    first, last = outer.content[0][0], outer.content[-1][1]
    return outer.content != inner.content and first <= start and end <= last


def _start_of(gold: dict[str, Any], relation: Relation) -> str:
    start = relation.content[0][0]
    return str(gold["text"][start : start + 90])


def _add_speaker(result: Tally, gold: dict[str, Any], want: dict[str, str], have: Speaker) -> bool:
    right = same_speaker(want, have)
    result.add_case("speaker", right)
    result.add_case("kind", want["kind"] == have.kind)
    result.add_case(f"speaker {want['kind']}", right)
    if not right:
        wanted = f"{want['kind']} {want.get('name') or ''}".strip()
        result.add_error(gold["id"], "speaker", wanted, str(have))
    return right


def _add_names(result: Tally, gold: dict[str, Any], record: Extraction) -> None:
    wanted = {tuple(span) for person in gold["people"] for span in person["names"]}
    found = {(m.start, m.end) for _, m in _mentions(record, "name")}
    missed, extra = result.add_sets("names", wanted, found)
    for group, spans in (("missed name", missed), ("extra name", extra)):
        for start, end in sorted(spans):
            result.add_error(gold["id"], group, gold["text"][start:end])


def _mentions(record: Extraction, form: str) -> list[tuple[str, Mention]]:
    """Return the mentions of people of one form, each with the person's folded name."""
    return [
        (fold_name(person.name), mention)
        for person in record.people
        for mention in person.mentions
        if mention.form == form
    ]


def _add_mentions(result: Tally, gold: dict[str, Any], record: Extraction, *, form: str) -> None:
    """Count mentions with the right person: pronouns by their span, nominals where they overlap."""
    wanted = [(span, fold_name(p["name"])) for p in gold["people"] for span in p[f"{form}s"]]
    found = {
        (m.start, m.end, who)
        for who, m in _mentions(record, form)
        if form == "nominal" or m.text.casefold() in PRONOUNS
    }
    left, hits = sorted(found), 0
    for (start, end), who in wanted:
        near = (f for f in left if f[2] == who and _fits(f[:2], (start, end), form))
        match = next(near, None)
        if match is not None:
            left.remove(match)
            hits += 1
        else:
            result.add_error(gold["id"], f"missed {form}", gold["text"][start:end], who)
    result.add_hits(f"{form}s", hits, gold=len(wanted), found=len(found))


def _fits(one: Offsets, other: Offsets, form: str) -> bool:
    if form == "pronoun":
        return one == other
    return one[0] < other[1] and other[0] < one[1]

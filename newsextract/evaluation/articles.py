"""Evaluate whole articles: statements, speakers, people, dates and layout."""

from __future__ import annotations

from typing import Any

from newsextract.evaluation import people
from newsextract.evaluation.dates import add_dates
from newsextract.evaluation.layout import add_block
from newsextract.evaluation.names import telling_words
from newsextract.evaluation.relations import Relation, found_relations, pair
from newsextract.evaluation.spans import Offsets, Spans, join, word_starts
from newsextract.evaluation.speakers import same_speaker, speaker_of
from newsextract.evaluation.tally import F1, Share, Tally
from newsextract.records import Extraction

_BEFORE = 2000
MEASURES = (
    F1("statements"),
    Share("direct recall", "direct right", "direct all"),
    Share("indirect recall", "indirect right", "indirect all"),
    Share("mixed recall", "mixed right", "mixed all"),
    Share("speaker accuracy", "speaker right", "speaker all"),
    F1("people"),
    F1("roles"),
    F1("dates relaxed", "relaxed"),
    F1("dates value", "value"),
    Share("via accuracy", "via right", "via all"),
    F1("headline"),
    F1("dateline"),
)


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count everything annotated in one article; stances are left out on our side."""
    result = people.tally(gold, record)
    _add_statements(result, gold, record)
    timexes = [
        {**d, "start": d["char"], "end": d["char"] + len(d["text"]), "type": None}
        for d in gold["dates"]
    ]
    add_dates(result, gold, timexes, record=record)
    add_block(result, gold, record, kind="headline", want=gold.get("headline") or "")
    add_block(result, gold, record, kind="dateline", want=gold.get("dateline") or "")
    return result


def _add_statements(result: Tally, gold: dict[str, Any], record: Extraction) -> None:
    text = gold["text"]
    wanted = _locate(text, gold["quotes"])
    statements = (quote for quote in record.quotes if quote.mode == "statement")
    found = found_relations(text, statements)
    pairs = dict(
        pair([word_starts(text, spans) for spans, _ in wanted], [r.words for r in found], least=0.6)
    )
    result.add_hits("statements", len(pairs), gold=len(wanted), found=len(found))
    for i, (_, quote) in enumerate(wanted):
        result.add_case(quote["type"], i in pairs)
        if i in pairs:
            _add_speaker(result, gold, record, pair=(quote, found[pairs[i]]))
        else:
            result.add_error(gold["id"], "missed statement", quote["content"][0][:90])


def _add_speaker(
    result: Tally,
    gold: dict[str, Any],
    record: Extraction,
    *,
    pair: tuple[dict[str, Any], Relation],
) -> None:
    """Count the speaker of one statement that was found and, where there is one, its ``via``."""
    want, relation = pair
    have = speaker_of(record, relation.quote)
    right = same_speaker(want["speaker"], have)
    result.add_case("speaker", right)
    if not right:
        wanted = f"{want['speaker']['kind']} {want['speaker'].get('name') or ''}".strip()
        result.add_error(gold["id"], "speaker", wanted, str(have))
    if want.get("via"):
        via = record.via_of(relation.quote) if relation.quote else None
        shared = telling_words(want["via"]) & telling_words(via.name if via else "")
        result.add_case("via", bool(shared))


def _locate(text: str, quotes: list[dict[str, Any]]) -> list[tuple[Spans, dict[str, Any]]]:
    """The gold statements with the offsets of their parts, looked up in text order.

    A part is looked for from a little before the last statement on, then from the start.
    """
    located: list[tuple[Spans, dict[str, Any]]] = []
    position = 0
    for quote in quotes:
        start = max(0, position - _BEFORE)
        parts: list[Offsets] = []
        for part in quote["content"]:
            found = _find(text, part, start) or _find(text, part, 0)
            if found:
                parts.append(found)
                start = found[1]
        if parts:
            position = parts[0][0]
            located.append((join(text, parts), quote))
    return [item for item in located if item[0]]


def _find(text: str, part: str, start: int) -> Offsets | None:
    i = text.find(part, start)
    return (i, i + len(part)) if i >= 0 and part else None

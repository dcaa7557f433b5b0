"""Layout blocks against gold annotation."""

from __future__ import annotations

from typing import Any

from newsextract.evaluation.names import same_phrase, telling_words
from newsextract.evaluation.tally import F1, Tally
from newsextract.records import BlockKind, Extraction

MEASURES = (F1("headline"),)
_SAME = 0.8


def tally(gold: dict[str, Any], record: Extraction) -> Tally:
    """Count the headline of one article whose text opens with the title that the corpus gives."""
    result = Tally()
    first = gold["text"].lstrip().split("\n")[0]
    title = gold.get("title")
    if telling_words(title) and same_phrase(title, first, least=_SAME):
        add_block(result, gold, record, kind="headline", want=first)
    return result


def add_block(
    result: Tally, gold: dict[str, Any], record: Extraction, *, kind: BlockKind, want: str
) -> None:
    """Count the blocks of ``kind`` against the one text wanted ("" for none)."""
    text = gold["text"]
    have = [text[block.start : block.end] for block in record.layout if block.kind == kind]
    hit = bool(want) and any(same_phrase(want, text, least=_SAME) for text in have)
    result.add_hits(kind, int(hit), gold=int(bool(want)), found=len(have))
    if bool(want) != hit or len(have) > hit:
        result.add_error(gold["id"], kind, want or "none", " | ".join(have) or "none")

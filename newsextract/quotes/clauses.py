"""Clauses that an attribution interrupts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as DocSpan

_OPENERS = frozenset(
    ("after", "although", "and", "as", "because", "but", "if", "since", "that", "when", "where",
     "which", "while", "who", "whose")
)  # fmt: skip
_SHORTEST = 3


def clause_after(doc: Doc, content: DocSpan, *, cue: DocSpan, source: DocSpan) -> DocSpan | None:
    """Return the clause that a cue with its source holds up, where ``content`` only opens it.

    In "the north, where, according to Ann Lee, two towns were lost" the encoder may give "the
    north, where": what Ann Lee said is "two towns were lost". "The north was lost, according to
    Ann Lee" has no clause that is held up, and neither has a source at its sentence's end.
    """
    last = content[-1]
    if content.end > cue.start or source.start < cue.end or last.lower_ not in _OPENERS:
        return None
    start = source.end
    if start >= len(doc) or doc[start].text != ",":
        return None
    end = source.sent.end
    while end > start and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return doc[start + 1 : end] if end - start > _SHORTEST else None


def source_with_apposition(parts: Sequence[DocSpan], *, cue: DocSpan, source: DocSpan) -> DocSpan:
    """Return the source with the noun phrase before it that was taken for content.

    In "the head of the force, Ann Lee, said that it rained" the phrase before the name belongs to
    the source. "The bridge is closed, Ann Lee said, and will stay so" has a verb there.
    """
    doc = source.doc
    if source.end > cue.start or not any(part.start >= cue.end for part in parts):
        return source
    for part in parts:
        touches = part.end < source.start <= part.end + 1 and doc[part.end].text == ","
        if touches and _is_noun_phrase(part):
            return doc[part.start : source.end]
    return source


def _is_noun_phrase(part: DocSpan) -> bool:
    """Whether the part holds no verb and no quotation mark."""
    return not any(token.pos_ in ("VERB", "AUX") or token.is_quote for token in part)

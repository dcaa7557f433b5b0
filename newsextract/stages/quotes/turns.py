"""Transcripts: speaker turns, from one label at the start of a line to the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text
from newsextract.language.rules import rule
from newsextract.records import Block

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LABEL = re.compile(
    r"[\"“]?(?P<label>[^\W\d_a-z][\w.'’ -]{0,40})(?P<colon>:)\s+(?=\S)"
    r"|(?P<question>Q)(?:[.:]|\s)\s+(?=\S)"
)
_WORD = re.compile(r"[^\W\d_]")
_STAGE = ("(", "[", '"(', "“(")
_FEWEST = 4
_MOST_PARAGRAPHS = 8
Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn, in characters; ``colon`` is ``None`` if the label has none."""

    label: Offsets
    colon: Offsets | None
    parts: tuple[Offsets, ...]


@rule
def find_turns(doc: Doc, blocks: Sequence[Block]) -> list[Turn]:
    """Return the turns of a transcript; none for an article that is none.

    Fires: lines that begin "LEE:", "“LEE:" (of a transcript that is quoted), "Ann Lee:" (a name of
    the article), "Q:". Not: a list with labels of which none comes again, nor one of numbers:
    "Bath: 12". Paragraphs between two turns belong to the first; what follows the last one may be
    the editor's.
    """
    text = doc_text(doc)
    names = {ent.text.casefold() for ent in doc.ents if ent.label_ == "PERSON"}
    spoken = [block for block in blocks if block.kind in ("paragraph", "subhead")]
    found = ((i, _open_turn(text, block, names)) for i, block in enumerate(spoken))
    openings = {i: opening for i, opening in found if opening is not None}
    counts = Counter(text[slice(*label)].casefold() for label, _, _ in openings.values())
    if len(openings) < _FEWEST or len(counts) < 2 or max(counts.values()) < 2:
        return []
    turns = []
    for first, after in pairwise([*openings, max(openings) + 1]):
        label, colon, begin = openings[first]
        rest = [b for b in spoken[first + 1 : after] if not text.startswith(_STAGE, b.start)]
        parts = [(begin, spoken[first].end), *((b.start, b.end) for b in rest[:_MOST_PARAGRAPHS])]
        turns.append(Turn(label, colon, tuple(parts)))
    return turns


def _open_turn(
    text: str, block: Block, names: set[str]
) -> tuple[Offsets, Offsets | None, int] | None:
    """Return where the label of a turn, its colon and its words stand, or None."""
    match = _LABEL.match(text, block.start, block.end)
    if match is None or not _WORD.search(text, match.end(), block.end):
        return None
    group = "label" if match["label"] else "question"
    label = match[group]
    if not label.isupper() and label.casefold() not in names:
        return None
    colon = match.span("colon") if match["colon"] else None
    return match.span(group), colon, match.end()

"""Attributions as typed values: from the encoder, transcripts and signed quotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsextract.stages.quotes.turns import Turn

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

FORM_SCORE = 0.95
"""Score of turns in a transcript, signed quotations and the like, which no model weighs."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with its source and the parts of its content, as spans of the document.

    Attributions may overlap: what Ann Lee says Bo Ray told her is content of both.

    Args:
        cue: the words that attribute, if there are any.
        source: who they attribute to, as written beside the cue.
        contents: the parts of what is attributed, in text order; none where the cue occurs alone.
        score: the calibrated probability that all of it is right.
        verbatim: whether the words are the speaker's own, with marks around them or without.
    """

    cue: Span | None
    source: Span | None
    contents: tuple[Span, ...]
    score: float | None = None
    verbatim: bool = False

    @property
    def start(self) -> int:
        """Where the first part of its content begins, in characters."""
        return self.contents[0].start_char


def read_attributions(doc: Doc) -> list[Attribution]:
    """Return what the encoder found: one attribution a cue, then the contents without a cue.

    The span groups ``source``, ``cue`` and ``content`` and the indices in their ``attrs`` are read
    here and nowhere else.
    """
    sources, cues, contents = (list(doc.spans.get(n, ())) for n in ("source", "cue", "content"))
    source_of = _read_list(doc, "cue", "source", default=-1)
    scores = _read_list(doc, "content", "score", default=None)
    parts: dict[int, list[int]] = {}
    for content, cue in enumerate(_read_list(doc, "content", "cue", default=-1)):
        parts.setdefault(cue, []).append(content)
    loose = parts.pop(-1, [])
    linked = [
        Attribution(
            cue,
            sources[source] if source >= 0 else None,
            in_order(contents[i] for i in parts.get(number, ())),
            scores[parts[number][0]] if number in parts else None,
        )
        for number, (cue, source) in enumerate(zip(cues, source_of, strict=False))
    ]
    return linked + [Attribution(None, None, (contents[i],), scores[i]) for i in loose]


def _read_list(doc: Doc, group: str, name: str, *, default: int | None) -> list[Any]:
    """Return an attribute of a span group, one value per span."""
    spans = doc.spans.get(group)
    return (spans.attrs.get(name) or [default] * len(spans)) if spans else []


def in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans sorted by where they start."""
    return tuple(sorted(spans, key=lambda span: span.start))


def read_turns(doc: Doc, turns: Iterable[Turn]) -> Iterator[Attribution]:
    """Yield the turns of transcripts and interviews, and signed quotations, as attributions."""

    def span(offsets: tuple[int, int]) -> Span:
        found = doc.char_span(*offsets, alignment_mode="expand")
        assert found is not None, "blocks stand in the text"
        return found

    for turn in turns:
        cue = span(turn.colon) if turn.colon else None
        parts = tuple(span(part) for part in turn.parts)
        yield Attribution(cue, span(turn.label), parts, score=FORM_SCORE, verbatim=True)

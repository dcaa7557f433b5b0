"""Speeches over several quotations: a record for each, and none left out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text
from newsextract.language.rules import repair, rule
from newsextract.stages.quotes.attributions import Attribution
from newsextract.stages.quotes.marks import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_ENDS = (".", "!", "?", "…")


@repair(argument=0)
def part_speeches(
    attributions: list[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Give each quotation of a speech its own record, unless all of them stand after the cue.

    In '"It rains. "It pours," Ann Lee said. "We are wet. "We are cold."' the first and the last
    have no cue of their own. 'Ann Lee said: "It rains. "It pours."' stays one record.
    """
    openings = {quotation.start for quotation in quotations}
    loose = {(a.contents[0].start, a.contents[0].end) for a in attributions if a.cue is None}
    parted: list[Attribution] = []
    for attribution in attributions:
        own, *others = _part(attribution, openings)
        parted.append(own)
        for other in others:
            span = (other.contents[0].start, other.contents[0].end)
            if span not in loose:
                loose.add(span)
                parted.append(other)
    return parted


def _part(attribution: Attribution, openings: set[int]) -> list[Attribution]:
    """Return the attribution with the speeches beside its cue, then the others."""
    cue = attribution.cue
    pieces = [piece for part in attribution.contents for piece in _cut(part, openings)]
    before = [piece for piece in pieces if cue is not None and piece.start < cue.start]
    early, late = (_group(side, openings) for side in (before, pieces[len(before) :]))
    beside = 1 if early else len(late)
    kept = tuple(piece for speech in (*early[-1:], *late[:beside]) for piece in speech)
    others = [replace(attribution, cue=None, source=None, contents=tuple(speech))
              for speech in (*early[:-1], *late[beside:])]  # fmt: skip
    return [replace(attribution, contents=kept), *others] if others else [attribution]


def _cut(part: Span, openings: set[int]) -> list[Span]:
    """Return the part, cut before each speech that opens in it."""
    doc = part.doc
    inside = range(part.start + 1, part.end)
    cuts = [i for i in inside if doc[i].is_quote and _opens(doc, i, openings)]
    return [doc[a:b] for a, b in pairwise([part.start, *cuts, part.end])]


def _group(pieces: Sequence[Span], openings: set[int]) -> list[list[Span]]:
    """Return the pieces by speech."""
    speeches: list[list[Span]] = []
    for piece in pieces:
        if speeches and not _opens(piece.doc, piece.start, openings):
            speeches[-1].append(piece)
        else:
            speeches.append([piece])
    return speeches


def _opens(doc: Doc, at: int, openings: set[int]) -> bool:
    """Whether a quotation opens at or before the token ``at``, after the end of a sentence."""
    token = doc[at]
    if token.idx in openings and at and doc[at - 1].is_quote:
        at -= 1
    elif token.idx + len(token) not in openings or not token.is_quote:
        return False
    before = doc_text(doc)[max(0, doc[at].idx - 4) : doc[at].idx].rstrip(" \t\r\n\u00a0\"”»'’")
    return before.endswith(_ENDS)


@rule
def take_reopened(
    doc: Doc, attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> Iterator[Attribution]:
    """Yield the quotations that the encoder passes over in a speech that it found.

    Where a mark is not closed and opens again, the same person goes on: between "It rains." and
    "We are wet." in '"It rains. "It pours. "We are wet," Ann Lee said.' they say "It pours."
    """
    scores = _scores_by_start(attributions, quotations)
    for chain in _chains(doc_text(doc), quotations):
        known = [scores[quotation.start] for quotation in chain if quotation.start in scores]
        for quotation in chain:
            span = doc.char_span(quotation.start, quotation.end, alignment_mode="contract")
            if known and quotation.start not in scores and span is not None and len(span):
                yield Attribution(None, None, (span,), min(known))


def _scores_by_start(
    attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> dict[int, float]:
    """Return the score of an attribution whose content opens each quotation, by its start."""
    starts = [quotation.start for quotation in quotations]
    scores: dict[int, float] = {}
    for attribution in attributions:
        for part in attribution.contents:
            first = bisect_left(starts, part.start_char)
            last = bisect_left(starts, part.end_char)
            scores |= dict.fromkeys(starts[first:last], attribution.score or 0.0)
    return scores


def _chains(text: str, quotations: Sequence[Quotation]) -> Iterator[list[Quotation]]:
    """Yield the quotations of each speech that opens again without being closed."""
    chain: list[Quotation] = []
    for quotation in quotations:
        if chain and not _goes_on(text, chain[-1], quotation):
            yield chain
            chain = []
        chain.append(quotation)
    yield chain


def _goes_on(text: str, left: Quotation, right: Quotation) -> bool:
    """Whether nothing but space and a mark is between a sentence's end and what opens again."""
    between = text[left.end : right.start].strip()
    ended = text[left.start : left.end].rstrip().endswith(_ENDS)
    return not left.closed and len(between) == 1 and ended

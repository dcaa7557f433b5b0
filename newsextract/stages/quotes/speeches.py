"""Speeches over several quotations: a record for each, and none left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text, sentence_of
from newsextract.language.rules import repair, rule
from newsextract.stages.quotes.attributions import FORM_SCORE, Attribution, in_order
from newsextract.stages.quotes.marks import Quotation

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_ENDS = (".", "!", "?", "…")
_HELD = (",", "!", "?", "…", "—", "–", "-")
"""What a quotation ends with where its sentence goes on."""
_TWO_MARKS = re.compile(r"[\"”»][ \t\u00a0]+[\"“«]")
_SPACE_AND_MARKS = " \t\u00a0\"”»'’`"
_REST, _GAP = 200, 50
"""Characters from a cue to its line's end, and from there to a quotation, at the most."""
_LEAD = 4
"""Characters before a quotation in which the end of a sentence is looked for."""
_MARK = 2
"""Characters of the longest quotation mark."""


@repair(argument=0)
def part_speeches(
    attributions: list[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Give each quotation of a speech its own record, unless all of them stand after the cue.

    In '"It rains. "It pours," Ann Lee said. "We are wet. "We are cold."' the first and the last
    have no cue of their own. 'Ann Lee said: "It rains. "It pours."' stays one record.
    """
    openings = [quotation.start for quotation in quotations]
    split = [_part(attribution, openings) for attribution in attributions]
    parted = [own for own, *_ in split]
    taken = {_first_word(part) for own in parted for part in own.contents}
    for _, *others in split:
        parted += [other for other in others if _first_word(other.contents[0]) not in taken]
        taken |= {_first_word(other.contents[0]) for other in others}
    return parted


def _first_word(part: Span) -> int:
    """Return the token that a part begins with, behind a quotation mark."""
    return part.start + part[0].is_quote


def _part(attribution: Attribution, openings: Sequence[int]) -> list[Attribution]:
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


def _cut(part: Span, openings: Sequence[int]) -> list[Span]:
    """Return the part, cut before each speech that opens in it."""
    doc = part.doc
    first = bisect_right(openings, part.start_char + _MARK)
    last = bisect_left(openings, part.end_char)
    words = (
        doc.char_span(at, at + 1, alignment_mode="expand")
        for at in openings[first:last]
        if _follows_sentence(doc_text(doc), at)
    )
    marks = [word.start - 1 for word in words if word is not None]
    cuts = [mark for mark in marks if part.start < mark < part.end]
    return [doc[a:b] for a, b in pairwise([part.start, *cuts, part.end])]


def _group(pieces: Sequence[Span], openings: Sequence[int]) -> list[list[Span]]:
    """Return the pieces by speech."""
    speeches: list[list[Span]] = []
    for piece in pieces:
        if speeches and not _opens(piece, openings):
            speeches[-1].append(piece)
        else:
            speeches.append([piece])
    return speeches


def _opens(piece: Span, openings: Sequence[int]) -> bool:
    """Whether a quotation opens with the piece, after the end of a sentence."""
    at = piece.doc[_first_word(piece)].idx if len(piece) > 1 else piece.start_char
    near = bisect_left(openings, at)
    opens = near < len(openings) and openings[near] == at
    return opens and _follows_sentence(doc_text(piece.doc), at)


def _follows_sentence(text: str, start: int) -> bool:
    """Whether the mark before a quotation opens a line or is after the end of a sentence."""
    mark = start - (2 if text[start - 2 : start] in ("``", "''") else 1)
    before = text[max(0, mark - _LEAD) : mark]
    return not before or "\n" in before or before.rstrip(_SPACE_AND_MARKS).endswith(_ENDS)


@repair(argument=1)
def take_next_line(
    doc: Doc, attributions: list[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Give a cue whose line ends in a colon the quotation that opens the line after it.

    The encoder links inside a line. In 'Ann Lee said:' over '“It rains.”' the cue has no content.
    """
    taken: dict[int, Attribution] = {}
    for attribution in attributions:
        quotation = _in_next_line(attribution, quotations)
        span = _span_of(doc, quotation) if quotation is not None else None
        if span is not None:
            taken[span.start] = replace(attribution, contents=(span,), score=FORM_SCORE)
    others = (a for a in attributions if not a.contents or _first_word(a.contents[0]) not in taken)
    return [*others, *taken.values()]


def _in_next_line(attribution: Attribution, quotations: Sequence[Quotation]) -> Quotation | None:
    if attribution.cue is None or attribution.contents:
        return None
    text, start = doc_text(attribution.cue.doc), attribution.cue.end_char
    end = text.find("\n", start, start + _REST)
    if end < 0 or not text[start:end].rstrip().endswith(":"):
        return None
    at = bisect_left(quotations, (end, 0, False))
    if at == len(quotations) or quotations[at].start > end + _GAP:
        return None
    return quotations[at] if len(text[end : quotations[at].start].strip()) <= _MARK else None


@repair(argument=1)
def give_to_adjacent(
    doc: Doc, attributions: list[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Give each quotation to the cue that its own sentence goes on with.

    In '"We tried," said Ash. "Not enough," Dunn shot back.' the encoder may give both to one cue,
    or the first to both.
    """
    by_end = {quotation.end: quotation for quotation in quotations if quotation.closed}
    owners = {
        quotation: number
        for number, attribution in enumerate(attributions)
        if (quotation := _adjacent(attribution, by_end)) is not None
    }
    starts = sorted(quotation.start for quotation in owners)
    by_start = {quotation.start: attributions[number] for quotation, number in owners.items()}
    kept = [
        tuple(part for part in a.contents if _is_free(part, a, starts=starts, owners=by_start))
        for a in attributions
    ]
    for quotation, number in owners.items():
        span = _span_of(doc, quotation)
        if not kept[number] and span is not None:
            kept[number] = (span,)
    return [
        replace(a, contents=parts) for a, parts in zip(attributions, kept, strict=True) if parts
    ]


def _adjacent(attribution: Attribution, by_end: Mapping[int, Quotation]) -> Quotation | None:
    """Return the quotation right before the words of source and cue, in the same sentence."""
    cue, source = attribution.cue, attribution.source
    if cue is None or source is None or source.end not in (cue.start, cue.end + len(source)):
        return None
    doc, first = cue.doc, min(cue.start, source.start)
    quotation = by_end.get(doc[first - 1].idx) if first else None
    if quotation is None or doc_text(doc)[quotation.end - 1] not in _HELD:
        return None
    return quotation if _follows_sentence(doc_text(doc), quotation.start) else None


def _is_free(
    part: Span, attribution: Attribution, *, starts: list[int], owners: dict[int, Attribution]
) -> bool:
    """Whether a part opens no quotation that belongs to a cue of another sentence."""
    at = bisect_left(starts, part.start_char)
    near = starts[at] if at < len(starts) and starts[at] - part.start_char <= _MARK else None
    cue = attribution.cue
    if near is None or cue is None or near < cue[0].idx < part.end_char:
        return True
    owner = owners[near].cue
    assert owner is not None, "an owner has a cue"
    return sentence_of(part.doc, owner.start) == sentence_of(part.doc, cue.start)


def _span_of(doc: Doc, quotation: Quotation) -> Span | None:
    """Return the words of a quotation, if there are any."""
    span = doc.char_span(quotation.start, quotation.end, alignment_mode="contract")
    return span or None


@repair(argument=1)
def take_following(
    doc: Doc, attributions: list[Attribution], quotations: Sequence[Quotation]
) -> list[Attribution]:
    """Give a cue the quotation that follows its words in the line, if the encoder left it out.

    Fires: '"It rains," Ann Lee said. "It pours."', '"It rains," said Ann Lee, "and it pours."' Not:
    '"Odd," Ann Lee said. "Rain" was on.', '"Odd," said Ann Lee of "The Rain."'
    """
    covered = (part for attribution in attributions for part in attribution.contents)
    taken = {quotation for part in covered for quotation in _quotations_in(part, quotations)}
    last = {q: n for n, a in enumerate(attributions) for q in _spoken(a, quotations)}
    more: dict[int, Span] = {}
    text = doc_text(doc)
    for before, quotation in pairwise(quotations):
        if quotation in taken or before not in last or not _resumes(text, before, quotation):
            continue
        cue, gap = attributions[last[before]].cue, text[before.end : quotation.start]
        if cue is None or not before.end <= cue.start_char < quotation.start or "\n" in gap:
            continue
        span = _span_of(doc, quotation)
        if span is not None:
            more[last[before]] = span
    return [
        replace(a, contents=in_order((*a.contents, more[n]))) if n in more else a
        for n, a in enumerate(attributions)
    ]


def _resumes(text: str, before: Quotation, quotation: Quotation) -> bool:
    """Whether a quotation is a sentence, or the second half of one that ``before`` begins.

    A sentence is halved where there is a comma at both ends of the gap.
    """
    ends = any(mark in text[quotation.end - 1 : quotation.end + _MARK] for mark in _ENDS)
    gap = text[before.end : quotation.start].rstrip(f"{_SPACE_AND_MARKS}“«‘")
    halved = text[before.end - 1] == "," and gap.endswith(",")
    return quotation.closed and ends and (halved or _follows_sentence(text, quotation.start))


def _quotations_in(part: Span, quotations: Sequence[Quotation]) -> Sequence[Quotation]:
    """Return the quotations that begin in a part or hold its beginning."""
    first = bisect_right(quotations, (part.start_char + _MARK, 0, False)) - 1
    last = bisect_left(quotations, (part.end_char, 0, False))
    return [q for q in quotations[max(0, first) : last] if q.end > part.start_char]


def _spoken(attribution: Attribution, quotations: Sequence[Quotation]) -> Sequence[Quotation]:
    """Return the quotations of an attribution, if there are as many as parts of its content."""
    parts = attribution.contents
    found = [q for part in parts for q in _quotations_in(part, quotations)]
    return found if len(found) == len(parts) else ()


@rule
def take_reopened(
    doc: Doc, attributions: Sequence[Attribution], quotations: Sequence[Quotation]
) -> Iterator[Attribution]:
    """Yield the quotations that the encoder passes over in a speech that it found.

    Where a mark is not closed and opens again, the same person goes on: between "It rains." and
    "We are wet." in '"It rains. "It pours. "We are wet," Ann Lee said.' they say "It pours." So
    with two in a row: “It rains.” “It pours,” Ann Lee said. Not: It is a “pit.” “It pours,” ….
    """
    scores = _scores_by_start(attributions, quotations)
    for chain in _chains(doc_text(doc), quotations):
        known = [scores[quotation.start] for quotation in chain if quotation.start in scores]
        for quotation in chain:
            span = _span_of(doc, quotation)
            if known and quotation.start not in scores and span is not None:
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
    """Whether nothing but space and marks is between a sentence's end and what opens again.

    A quotation that is closed must be a sentence of its own, and in the same line.
    """
    between = text[left.end : right.start].strip()
    if not text[left.start : left.end].rstrip().endswith(_ENDS):
        return False
    if left.closed:
        return bool(_TWO_MARKS.fullmatch(between)) and _follows_sentence(text, left.start)
    return len(between) == 1

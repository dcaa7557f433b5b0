"""Signed quotations, followed by the speaker's name: “We won.” — Ann Lee."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text
from newsextract.language.rules import rule
from newsextract.stages.quotes.marks import Quotation
from newsextract.stages.quotes.turns import Offsets, Turn

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SIGNED = re.compile(
    r"(?:''|[\"”“»«‟＂'’])?[ \t\u00a0]*+(?:\r?\n){0,2}[ \t\u00a0]*+"
    r"(?P<dash>[―—–]|--?)[ \t\u00a0]*+"
    r"(?P<name>[^\W\d_a-z][\w.'’-]*(?:[ \u00a0][^\W\d_a-z][\w.'’-]*){0,4})"
    r"(?:,[^\n“\"]{1,80})?(?=[ \t\u00a0]*(?:[\r\n“”\"]|$))"
)
_LABEL = re.compile(r"[\s•*-]*+(?P<label>[^\n:“\"]{2,80})(?P<colon>:)\s*+(?:``|''|[“\"„«»”‟＂'‘])?")
_OPENED = re.compile(r"(?:^|[\r\n])\W{0,4}$")
_REACH = 4


@rule
def find_signed(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Turn]:
    """Yield the quotations that fill their line and that a dash and a person's name follow.

    Fires: "“We won.” — Ann Lee, mayor" at a line's end, the dash on the same line or the next, and
    on one line with others of its kind. Not: "“We won” — Riga cheered.", "She said “we won” — Ann
    Lee".
    """
    text, last = doc_text(doc), 0
    people = {ent.start_char: ent.end_char for ent in doc.ents if ent.label_ == "PERSON"}
    for quotation in quotations:
        signed = _SIGNED.match(text, quotation.end)
        near = max(last, quotation.start - _REACH)
        opened = near == last or _OPENED.search(text, near, quotation.start)
        name = _find_person(signed.span("name"), people) if signed and opened else None
        if signed and name:
            last = signed.end()
            yield Turn(name, signed.span("dash"), ((quotation.start, quotation.end),))


@rule
def find_labeled(doc: Doc, quotations: Sequence[Quotation]) -> Iterator[Turn]:
    """Yield the quotations behind a person and a colon, in that line or opening the next one.

    Fires: "Ann Lee: “We won.”", "And from Mayor Ann Lee:" over "“We won.”". Not: "Ann Lee said:
    “No.”", whose cue is a verb, nor "Bath: “We won.”".
    """
    text = doc_text(doc)
    people = [ent for ent in doc.ents if ent.label_ == "PERSON"]
    lines = [0, *(match.end() for match in re.finditer("\n", text))]
    for quotation in quotations:
        start = _line_start(text, quotation.start, lines=lines)
        label = _LABEL.fullmatch(text, start, quotation.start)
        near = bisect_right(people, quotation.start, key=lambda ent: ent.end_char) - 1
        if label is None or near < 0 or people[near].start_char < start:
            continue
        span = doc.char_span(*label.span("label"), alignment_mode="expand")
        if span is not None and not any(token.pos_ in ("VERB", "AUX") for token in span):
            words = (quotation.start, quotation.end)
            yield Turn(label.span("label"), label.span("colon"), (words,))


def _line_start(text: str, at: int, *, lines: Sequence[int]) -> int:
    """Return where the line of a quotation begins, or the line before that the quotation opens."""
    start, end = lines[bisect_right(lines, at) - 1], at - 1
    while end > 0 and text[end - 1].isspace():
        end -= 1
    if end > start or not text.startswith(":", end - 1):
        return start
    return lines[bisect_right(lines, end) - 1]


def _find_person(name: Offsets, people: dict[int, int]) -> Offsets | None:
    """Return ``name`` where a person's name is most of it, or all of it behind a title."""
    start, end = name
    found = people.get(start, start)
    if 2 * (min(found, end) - start) > end - start:
        return start, found
    return name if any(people.get(at) == end for at in range(start, end)) else None

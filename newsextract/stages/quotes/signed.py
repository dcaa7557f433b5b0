"""Signed quotations, followed by the speaker's name: “We won.” — Ann Lee."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsextract.language.doc import doc_text
from newsextract.language.rules import rule
from newsextract.stages.quotes.marks import Quotation
from newsextract.stages.quotes.turns import Offsets, Turn

if TYPE_CHECKING:
    from spacy.tokens import Doc

_SIGNED = re.compile(
    r"[\"”“»]?[ \t\u00a0]*+(?:\r?\n){0,2}[ \t\u00a0]*+(?P<dash>[―—–]|--?)[ \t\u00a0]*+"
    r"(?P<name>[^\W\d_a-z][\w.'’-]*(?:[ \u00a0][^\W\d_a-z][\w.'’-]*){0,4})"
    r"(?:,[^\n“\"]{1,80})?(?=[ \t\u00a0]*(?:[\r\n“”\"]|$))"
)
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


def _find_person(name: Offsets, people: dict[int, int]) -> Offsets | None:
    """Return the person's name that begins at ``name`` and continues for most of it."""
    start, end = name
    found = people.get(start, start)
    return (start, found) if 2 * (min(found, end) - start) > end - start else None

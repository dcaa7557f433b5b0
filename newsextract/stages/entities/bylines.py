"""Names in a byline are people, whatever label the encoder gave them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Span

from newsextract.gazetteer.reader import open_gazetteer
from newsextract.language.doc import doc_text, name_words
from newsextract.language.nouns import role_noun
from newsextract.language.person_names import is_family, is_given
from newsextract.language.rules import rule
from newsextract.records import Block

if TYPE_CHECKING:
    from spacy.tokens import Doc

_BY = re.compile(
    r"(?:(?:analysis|comment|compiled|interview|opinion|report|reported|review|story|text|words|"
    r"written) )?by:? |words: |",
    re.IGNORECASE,
)
"""What stands before the names in a byline; it may be nothing."""
_WORD = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
_PARTICLES = "al|bin|da|de|del|della|der|di|dos|du|la|le|van|von"
_CAPITALS = r"[A-ZÀ-ÖØ-Þ]{2,}(?: [A-ZÀ-ÖØ-Þ.'’-]{2,}){1,3}(?= [A-ZÀ-ÖØ-Þ][a-z])"
_NAME = re.compile(rf"{_CAPITALS}|{_WORD}(?: (?:(?:{_PARTICLES}) )*{_WORD}){{1,3}}")
_AFFILIATED = re.compile(r" [|@]")
_JOINT = re.compile(r" (?:and|&) |, (?:and )?", re.IGNORECASE)


def name_authors(doc: Doc, blocks: Sequence[Block]) -> list[Span]:
    """Return the entities of ``doc``, the names in its bylines as people.

    Fires: "By Wei Chen and Sana Khan in Oslo", "By Israel Lopez | Oslo". Not: "By Nore Press
    Agency", whose words the encoder takes for an organization and none for a given name.
    """
    bylines = (block for block in blocks if block.kind == "byline")
    authors = [author for block in bylines for author in _find_authors(doc, block)]
    taken = {token.i for author in authors for token in author}
    others = [ent for ent in doc.ents if taken.isdisjoint(range(ent.start, ent.end))]
    return sorted((*others, *authors), key=lambda span: span.start)


@rule
def _find_authors(doc: Doc, block: Block) -> Iterator[Span]:
    """Yield the names that open a byline, up to what is not a name: a place, an office."""
    text = doc_text(doc)
    joint = _BY.match(text, block.start, block.end)
    while joint and (match := _NAME.match(text, joint.end(), block.end)):
        span = _without_office(doc, match)
        signed = _AFFILIATED.match(text, match.end(), block.end) and not open_gazetteer().find(
            match[0]
        )
        if span is None or not _is_author(span, joint[0] or ("by " if signed else "")):
            return
        yield span
        joint = _JOINT.match(text, match.end(), block.end)


def _without_office(doc: Doc, match: re.Match[str]) -> Span | None:
    """Return a name without the office before it: "Staff Writer Bo Lind"."""
    span = doc.char_span(match.start(), match.end())
    if span is None:
        return None
    start = max((token.i + 1 for token in span if role_noun(token.text)), default=span.start)
    return Span(doc, start, span.end, label="PERSON") if span.end - start > 1 else None


def _is_author(span: Span, joint: str) -> bool:
    """Whether a name is an author's; ``joint`` is the text before it.

    Behind "by" and "and" all are, but organizations; behind a comma, and in a line without "by",
    those whose words are names of people, and behind a comma no place.
    """
    labels, comma = {token.ent_type_ for token in span}, joint.startswith(",")
    if joint and not comma and labels.isdisjoint(("ORG", "MISC", "PRODUCT")):
        return True
    words = name_words(span)
    place = comma and "LOC" in labels
    return not place and bool(words) and (is_given(words[0]) or is_family(words[-1]))

"""Find the authors behind "I" outside quotations: named in a byline or a signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsextract.language.doc import doc_text, tokens_of
from newsextract.language.rules import rule
from newsextract.records import Block
from newsextract.stages.page import Page
from newsextract.stages.speakers.entity_index import EntityIndex, Referent

_MARKS = 4
_OPENS_LINE = re.compile(rf"(?:^|\n)[^\w\n]{{0,{_MARKS}}}\Z")
_ENDS_LINE = re.compile(rf"[^\w\n]{{0,{_MARKS}}}(?:\n|\Z)")
_IN_LAST_LINE = re.compile(r",? (?:is|writes|teaches|works)\b[^\n]*+\s*+\Z")


@dataclass(frozen=True, slots=True)
class Author:
    """The author of the text up to token ``end``, from where the previous author's text ends."""

    end: int
    referent: Referent


def find_authors(page: Page, index: EntityIndex, blocks: Sequence[Block]) -> tuple[Author, ...]:
    """Return the authors of an article, in text order.

    The one person whom the byline names wrote all of it; without a byline it is who signs.
    """
    bylines = {i for block in blocks if block.kind == "byline" for i in tokens_of(page.doc, block)}
    named = {span.referent for span in index.spans if span.first in bylines}
    people = [referent for referent in named if referent.kind == "person"]
    if people:
        return (Author(len(page), people[0]),) if len(people) == 1 else ()
    return tuple(_find_signatures(page, index))


@rule
def _find_signatures(page: Page, index: EntityIndex) -> Iterator[Author]:
    """Yield who signs: "Ann Lee" alone in a line, "Ann Lee is a poet in Bath." as the last one.

    A name that the article has elsewhere is a heading or its subject, not a signature.
    """
    text = doc_text(page.doc)
    for span in index.spans:
        once = span.referent.kind == "person" and index.counts[span.referent.entity] == 1
        if not once or span.last - span.first < 2:
            continue
        start, end = page.offsets(span.first, span.last)
        opens = _OPENS_LINE.search(text, max(0, start - _MARKS - 1), start)
        if opens and (_ENDS_LINE.match(text, end) or _IN_LAST_LINE.match(text, end)):
            yield Author(span.first, span.referent)

"""Queries on a ``Doc`` that several stages share, cached."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from newsextract.language.nouns import POSSESSIVE_ENDINGS
from newsextract.language.person_names import fold_word
from newsextract.records import Block, HasOffsets

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


def doc_text(doc: Doc) -> str:
    """Return ``doc.text``, which spaCy joins again at every call, joined once."""
    text: str | None = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return text


def tokens_of(doc: Doc, span: HasOffsets | None) -> range:
    """Return the tokens that a span of the text touches; none for no span.

    They are those of ``doc.char_span``, which makes a span of spaCy's at every call.
    """
    if span is None:
        return range(0)
    starts = token_starts(doc)
    first = max(0, bisect_right(starts, span.start) - 1)
    if first < len(starts) and starts[first] + len(doc[first]) <= span.start:
        first += 1
    return range(first, bisect_left(starts, span.end, lo=first))


def token_starts(doc: Doc) -> Sequence[int]:
    """Return where the tokens start in the text, read once."""
    starts = doc.user_data.get("starts")
    if starts is None:
        starts = doc.user_data["starts"] = doc.to_array("IDX").astype("i")
    return cast("Sequence[int]", starts.data)  # whose values are far sooner read than an array's


def find_words(doc: Doc, words: Iterable[str], attribute: str = "ORTH") -> list[int]:
    """Return the tokens that are one of ``words``, as written or, with "LOWER", in lower case."""
    keys = np.array([doc.vocab.strings[word] for word in words], np.uint64)
    found: list[int] = np.flatnonzero(np.isin(doc.to_array(attribute), keys)).tolist()
    return found


def entities_of(doc: Doc, blocks: Sequence[Block], label: str) -> Iterator[Span]:
    """Yield the entities of ``label`` that are not in a block that repeats another."""
    repeats = iter([block for block in blocks if block.kind == "duplicate"])
    block = next(repeats, None)
    for ent in doc.ents:
        while block is not None and block.end <= ent.start_char:
            block = next(repeats, None)
        if ent.label_ == label and (block is None or ent.start_char < block.start):
            yield ent


def name_words(name: Span) -> tuple[str, ...]:
    """Return the folded words of a name, without possessive endings."""
    words = (fold_word(t.text) for t in name if t.text not in POSSESSIVE_ENDINGS)
    return tuple(word for word in words if word)


def word_before(span: Span) -> str:
    """Return the token before a span as written; nothing at the start of the text."""
    return span.doc[span.start - 1].text if span.start else ""


def word_after(span: Span) -> str:
    """Return the token after a span as written; nothing at the end of the text."""
    return span.doc[span.end].text if span.end < len(span.doc) else ""


def sentence_of(doc: Doc, i: int) -> tuple[int, int]:
    """Return the half-open range of tokens of the sentence that token ``i`` is in.

    ``token.sent`` walks to both ends of the sentence at every call: on a page of one endless
    sentence, as scraped tables are, that takes time with the square of its length.
    """
    edges: list[int] | None = doc.user_data.get("sentences")
    if edges is None:
        starts = (doc.to_array(["SENT_START"]) == 1).nonzero()[0].tolist()
        edges = doc.user_data["sentences"] = [0, *starts[starts[:1] == [0] :], len(doc)]
    at = bisect_right(edges, i, hi=len(edges) - 1)
    return edges[at - 1], edges[at]

"""What coreference asks of a document, read from it once: words, tags, sentences, quotations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from newsextract.language.nouns import POSSESSIVE_ENDINGS
from newsextract.records import Place, Quote

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

NO_QUOTE = -1
_CLAUSE_EDGES = frozenset(("CCONJ", "SCONJ", "PUNCT"))
_QUOTE_MARKS = frozenset('"“”„«»‟＂') | {"``", "''"}
_HALF = 64


@dataclass(frozen=True, slots=True)
class Page:
    """A document as columns, one value a token.

    ``quote`` is the index of the innermost quote whose content holds the token, or ``NO_QUOTE``;
    ``marked`` tells whether it stands in quotation marks; ``country`` is the ISO code of a place
    that it names.
    """

    doc: Doc
    lower: Sequence[str]
    pos: Sequence[str]
    label: Sequence[str]
    sentence: Sequence[int]
    paragraph: Sequence[int]
    quote: Sequence[int]
    marked: Sequence[bool]
    country: Sequence[str | None]
    queries: NDArray[np.float32] | None
    keys: NDArray[np.float32] | None
    offices: set[str] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.lower)

    def is_subject(self, first: int, last: int) -> bool:
        """Whether a verb follows and neither verb nor preposition precedes: "Ann Lee said"."""
        before = self.pos[first - 1] if first else ""
        if before in ("ADP", "VERB", "AUX") and self.sentence[first - 1] == self.sentence[first]:
            return False
        at = last
        while at < len(self) and (self.pos[at] == "ADV" or self.lower[at] == ","):
            at += 1
        return at < len(self) and self.pos[at] in ("VERB", "AUX")

    def is_possessor(self, last: int) -> bool:
        """Whether a possessive ending follows."""
        return last < len(self) and self.lower[last] in POSSESSIVE_ENDINGS

    def has_verb(self, left: int, right: int) -> bool:
        """Whether a verb stands between two tokens."""
        return any(pos in ("VERB", "AUX") for pos in self.pos[left:right])

    def same_clause(self, left: int, right: int) -> bool:
        """Whether nothing that can part two clauses stands between two tokens."""
        return not any(
            pos in _CLAUSE_EDGES or low in ("who", "that", "which", "to")
            for pos, low in zip(self.pos[left:right], self.lower[left:right], strict=True)
        )

    def has_subject(self, left: int, right: int) -> bool:
        """Whether a noun or pronoun stands before a verb between two tokens: another clause."""
        return any(
            self.pos[i] in ("NOUN", "PROPN", "PRON") and self.pos[i + 1] in ("VERB", "AUX")
            for i in range(left, right - 1)
        )

    def pair_scores(self, first: int, last: int, spans: Sequence[tuple[int, int]]) -> list[float]:
        """Return what the encoder gives each of ``spans`` as antecedent of the tokens."""
        if self.queries is None or self.keys is None or not spans:
            return [0.0] * len(spans)
        query = self.queries[first:last].mean(axis=0)
        keys = np.stack([self.keys[a:b].mean(axis=0) for a, b in spans])
        scores: list[float] = (keys @ query / 8).tolist()
        return scores


def read_page(doc: Doc, quotes: Sequence[Quote], places: Sequence[Place] = ()) -> Page:
    """Return the columns of ``doc``, with where its ``quotes`` and ``places`` stand."""
    tokens = list(doc)
    tensor = doc.tensor
    has_tensor = getattr(tensor, "shape", (0,))[0] == len(doc) and len(doc) > 0
    return Page(
        doc,
        lower=[t.lower_ for t in tokens],
        pos=[t.pos_ for t in tokens],
        label=[t.ent_type_ for t in tokens],
        sentence=np.cumsum(doc.to_array(["SENT_START"]) == 1).tolist(),
        paragraph=_paragraphs(doc),
        quote=_find_quotes(doc, quotes),
        marked=_find_marked(doc),
        country=_find_countries(doc, places),
        queries=np.asarray(tensor[:, :_HALF], np.float32) if has_tensor else None,
        keys=np.asarray(tensor[:, _HALF:], np.float32) if has_tensor else None,
    )


def _paragraphs(doc: Doc) -> list[int]:
    found, at = [], 0
    for token in doc:
        found.append(at)
        at += token.is_space and "\n" in token.text
    return found


def _find_quotes(doc: Doc, quotes: Sequence[Quote]) -> list[int]:
    """Return the innermost quote of each token; longer contents are laid down first."""
    starts = [token.idx for token in doc]
    inside = [NO_QUOTE] * len(doc)
    sizes = [q.content[-1].end - q.content[0].start if q.content else 0 for q in quotes]
    for index in sorted(range(len(quotes)), key=lambda i: -sizes[i]):
        for part in quotes[index].content:
            first = max(bisect_right(starts, part.start) - 1, 0)
            last = bisect_right(starts, part.end - 1)
            inside[first:last] = [index] * (last - first)
    return inside


def _find_countries(doc: Doc, places: Sequence[Place]) -> list[str | None]:
    found: list[str | None] = [None] * len(doc)
    for place in places:
        for mention in place.mentions if place.country_code else ():
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                found[span.start : span.end] = [place.country_code] * len(span)
    return found


def _find_marked(doc: Doc) -> list[bool]:
    """Return for each token whether it stands in quotation marks of its line."""
    found, inside = [], False
    for token in doc:
        text = token.text
        if token.is_space and "\n" in text:
            inside = False
        elif text in _QUOTE_MARKS:
            inside = text in ("“", "„", "«", "``") or (text in ('"', "‟", "＂") and not inside)
        found.append(inside)
    return found

"""A document as columns, read once: words, tags, sentences, quotations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from spacy.attrs import ENT_TYPE, LOWER, ORTH, POS, SENT_START

from newsextract.language.doc import token_starts, tokens_of
from newsextract.language.nouns import POSSESSIVE_ENDINGS
from newsextract.records import Place, Quote

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

NO_QUOTE = -1
_CLAUSE_EDGES = frozenset(("CCONJ", "SCONJ", "PUNCT"))
_QUOTE_MARKS = frozenset('"“”„«»‟＂') | {"``", "''"}
_HALF = 64
_CLAUSE_REACH = 100
"""Tokens that no clause is longer than: a page of one endless sentence takes linear time."""


@dataclass(frozen=True, slots=True)
class Page:
    """A document as columns, one value per token.

    ``quote`` is the index of the innermost quote whose content holds the token, or ``NO_QUOTE``;
    ``marked`` tells whether it is in quotation marks; ``country`` is the ISO code of a place
    that it names. ``nominals`` are the phrases that the encoder takes for named people, ``None``
    where it marks none at all.
    """

    doc: Doc
    starts: Sequence[int]
    text: Sequence[str]
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
    nominals: Sequence[range] | None = None
    offices: set[str] = field(default_factory=set)
    means: dict[tuple[int, int], NDArray[np.float32]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lower)

    def offsets(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters that a range of tokens covers."""
        return self.starts[first], self.starts[last - 1] + len(self.text[last - 1])

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
        """Whether a verb is between two tokens."""
        return right - left > _CLAUSE_REACH or any(
            pos in ("VERB", "AUX") for pos in self.pos[left:right]
        )

    def same_clause(self, left: int, right: int) -> bool:
        """Whether nothing that can part two clauses is between two tokens."""
        return right - left <= _CLAUSE_REACH and not any(
            pos in _CLAUSE_EDGES or low in ("who", "that", "which", "to")
            for pos, low in zip(self.pos[left:right], self.lower[left:right], strict=True)
        )

    def has_subject(self, left: int, right: int) -> bool:
        """Whether a noun or pronoun is before a verb between two tokens: another clause."""
        return right - left > _CLAUSE_REACH or any(
            self.pos[i] in ("NOUN", "PROPN", "PRON") and self.pos[i + 1] in ("VERB", "AUX")
            for i in range(left, right - 1)
        )

    def pair_scores(self, first: int, last: int, spans: Sequence[tuple[int, int]]) -> list[float]:
        """Return the encoder's scores of ``spans`` as antecedents of the tokens."""
        if self.queries is None or self.keys is None or not spans:
            return [0.0] * len(spans)
        query = _mean(self.queries, first, last)
        keys = np.array([self._key(self.keys, span) for span in spans])
        scores: list[float] = (keys @ query / 8).tolist()
        return scores

    def _key(self, keys: NDArray[np.float32], span: tuple[int, int]) -> NDArray[np.float32]:
        """Return the mean of the keys of a mention, which many mentions after it ask for."""
        if span not in self.means:
            self.means[span] = _mean(keys, *span)
        return self.means[span]


def read_page(doc: Doc, quotes: Sequence[Quote], places: Sequence[Place] = ()) -> Page:
    """Return the columns of ``doc``, with where its ``quotes`` and ``places`` stand."""
    starts, texts, tensor = token_starts(doc), _names(doc, ORTH), doc.tensor
    sentences = np.flatnonzero(doc.to_array(SENT_START) == 1)
    has_tensor = getattr(tensor, "shape", (0,))[0] == len(doc) and len(doc) > 0
    return Page(
        doc,
        starts=starts,
        text=texts,
        lower=_names(doc, LOWER),
        pos=_names(doc, POS),
        label=_names(doc, ENT_TYPE),
        sentence=_number(sentences.tolist(), len(doc)),
        paragraph=_number(_find_paragraphs(texts), len(doc)),
        quote=_find_quotes(starts, quotes),
        marked=_find_marked(texts),
        country=_find_countries(doc, places),
        queries=np.asarray(tensor[:, :_HALF], np.float32) if has_tensor else None,
        keys=np.asarray(tensor[:, _HALF:], np.float32) if has_tensor else None,
        nominals=_read_nominals(doc),
    )


def _mean(vectors: NDArray[np.float32], first: int, last: int) -> NDArray[np.float32]:
    """Return the mean of the rows, most often of one; the method ``mean`` takes far longer."""
    mean: NDArray[np.float32] = vectors[first]
    if last - first > 1:
        mean = np.add.reduce(vectors[first:last], 0) / np.float32(last - first)
    return mean


def _read_nominals(doc: Doc) -> list[range] | None:
    spans = doc.spans.get("nominal")
    return None if spans is None else [range(span.start, span.end) for span in spans]


def _names(doc: Doc, attribute: int) -> list[str]:
    """Return the strings of a column of spaCy's ids, of which few are different."""
    ids = doc.to_array(attribute).data
    names = {key: doc.vocab.strings[key] for key in {*ids}}
    return [names[key] for key in ids]


def _number(starts: Sequence[int], size: int) -> Sequence[int]:
    """Return for each of so many tokens how many units have started before or at it."""
    return _pack(np.bincount(np.array(starts, np.intp), minlength=size).cumsum())


def _pack(values: NDArray[Any]) -> Sequence[int]:
    """Return whole numbers as a sequence of four bytes each, where a list takes ten times that."""
    return cast("Sequence[int]", values.astype(np.int32).data)


def _find_paragraphs(texts: Sequence[str]) -> list[int]:
    """Return the tokens after line ends."""
    return [i + 1 for i, text in enumerate(texts[:-1]) if "\n" in text and text.isspace()]


def _find_quotes(starts: Sequence[int], quotes: Sequence[Quote]) -> Sequence[int]:
    """Return the innermost quote of each token."""
    inside = np.full(len(starts), NO_QUOTE)
    sizes = [q.content[-1].end - q.content[0].start if q.content else 0 for q in quotes]
    order = sorted(range(len(quotes)), key=lambda i: -sizes[i])
    for index in order:
        for part in quotes[index].content:
            first = max(bisect_right(starts, part.start), 1) - 1
            last = bisect_left(starts, part.end)
            inside[first:last] = index
    return _pack(inside)


def _find_countries(doc: Doc, places: Sequence[Place]) -> list[str | None]:
    found: list[str | None] = [None] * len(doc)
    for place in places:
        for mention in place.mentions if place.country_code else ():
            for i in tokens_of(doc, mention):
                found[i] = place.country_code
    return found


def _find_marked(texts: Sequence[str]) -> list[bool]:
    """Return for each token whether it is in quotation marks of its line."""
    found, inside = [], False
    for text in texts:
        if text in _QUOTE_MARKS:
            inside = text in ("“", "„", "«", "``") or (text in ('"', "‟", "＂") and not inside)
        elif "\n" in text and text.isspace():
            inside = False
        found.append(inside)
    return found

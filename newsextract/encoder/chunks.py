"""Noun chunks over Universal Dependencies: spaCy's English iterator expects other labels."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

_HEADS = frozenset(("NOUN", "PROPN", "PRON"))
_PARTS = frozenset(
    ("det", "det:predet", "amod", "compound", "nummod", "nmod:poss", "nmod:desc", "flat",
     "flat:name", "fixed", "advmod", "punct", "case", "cc", "conj", "nmod:unmarked", "goeswith")
)  # fmt: skip
_JOINED = frozenset(("compound", "flat", "flat:name", "fixed", "goeswith", "nmod:desc"))


def noun_chunks(doclike: Doc | Span) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, label) of each base noun phrase: for ``vocab.get_noun_chunks``.

    "the old man's hat" is one chunk, "the mayor of Kharkiv" two, "Ann and Bob" two.
    """
    label = doclike.vocab.strings.add("NP")
    last = -1
    for token in doclike:
        if token.pos_ not in _HEADS or token.dep_ in _JOINED or token.i < last:
            continue
        if token.dep_ == "nmod:poss" and token.pos_ != "PRON":
            continue
        start, end = _left_edge(token), _right_edge(token)
        if start >= last:
            last = end
            yield start, end, label


def _left_edge(token: Token) -> int:
    """Return where the modifiers before ``token`` that hang on it without a gap begin."""
    start = token.i
    for child in reversed(list(token.lefts)):
        if child.dep_ not in _PARTS or child.dep_ in ("case", "punct", "cc"):
            break
        if child.right_edge.i + 1 != start:
            break
        start = child.left_edge.i
    return start


def _right_edge(token: Token) -> int:
    """Return where the parts of a name after ``token`` end: "President Joe Biden"."""
    end = token.i + 1
    for child in token.rights:
        if child.dep_ not in _JOINED or child.left_edge.i != end:
            break
        end = child.right_edge.i + 1
    return end

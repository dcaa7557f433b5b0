"""Classify unnamed sources: a fitted layer over phrase features and encoder states."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from newsextract.language.lexicon import read_words
from newsextract.language.noun_classes import noun_senses
from newsextract.language.nouns import is_plural, role_noun, singular
from newsextract.records import SourceKind
from newsextract.stages.speakers.phrases import Phrase

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    Floats = NDArray[np.float32]

WEIGHTS = Path(__file__).parents[2] / "data" / "source_kind_weights.npz"
KINDS: tuple[SourceKind, ...] = ("unnamed", "group", "organization", "document", "place")
WIDTH = 128
"""The columns of ``doc.tensor``."""
_SENSES = "pgclao"
_ENDINGS = (
    "er", "or", "ist", "man", "woman", "ian", "ee", "ant", "ent", "ion", "ment", "ity", "ty",
    "people",
)  # fmt: skip
_LISTS = ("document_nouns", "organization_nouns", "group_nouns", "place_nouns")
_SCALE = 0.25
_SOMEBODY = frozenset(("another", "someone", "somebody", "other"))


def find_kind(doc: Doc, phrase: Phrase) -> SourceKind:
    """Return the kind of source that a phrase without a name at its head is.

    "The spokesman" is ``unnamed``, "residents" a ``group``, "the ministry" an ``organization``,
    "the survey" a ``document``. Quantities, coordinations and plural organizations are groups,
    whatever the layer says.
    """
    token = doc[phrase.head]
    if {token.lower_, singular(token.lower_)} & read_words("quantity_nouns") or token.like_num:
        return "unnamed" if doc[phrase.first].lower_ == "one" else "group"
    if phrase.coordinated:
        return "group"
    if token.lower_ in _SOMEBODY:
        return "unnamed"
    kind = KINDS[int(kind_chances(doc, phrase).argmax())]
    return "group" if kind == "organization" and is_plural(token.lower_) else kind


def kind_chances(doc: Doc, phrase: Phrase) -> Floats:
    """Return the probability of each of ``KINDS``."""
    scores = describe_phrase(doc, phrase) @ read_weights()
    shares = np.exp(scores - scores.max())
    chances: Floats = shares / shares.sum()
    return chances


def describe_phrase(doc: Doc, phrase: Phrase) -> Floats:
    """Return the features of a phrase: its head noun, its form, and the encoder's states.

    The states (of the head, and the mean of the phrase) are 0 where the document has none.
    """
    head = doc[phrase.head]
    word = head.lower_
    senses = noun_senses(word).ljust(3)
    plural = is_plural(word)
    form = (
        1.0, senses == "   ", plural, role_noun(word) is not None, head.is_title, head.is_upper,
        head.pos_ == "PROPN", head.pos_ == "NOUN",
        *(head.ent_type_ == label for label in ("NORP", "ORG", "LOC")),
        *(phrase.determiner == kind for kind in ("definite", "indefinite", "possessive", None)),
        phrase.possessor is not None, word == "old" or "year" in word,
        *(bool({word, singular(word)} & read_words(name)) for name in _LISTS),
    )  # fmt: skip
    known = [sense == letter for sense in senses[:3] for letter in _SENSES]
    several = [plural and senses[0] == letter for letter in _SENSES]
    ends = [word.endswith(ending) for ending in _ENDINGS]
    values = np.array((*form, *known, *several, *ends), np.float32)
    if getattr(doc.tensor, "shape", None) != (len(doc), WIDTH):
        return np.concatenate([values, np.zeros(2 * WIDTH, np.float32)])
    states = np.asarray(doc.tensor[phrase.first : phrase.last], np.float32) * _SCALE
    return np.concatenate([values, states[phrase.head - phrase.first], states.mean(axis=0)])


@cache
def read_weights() -> Floats:
    """Return the fitted weights, (features, ``KINDS``)."""
    with np.load(WEIGHTS) as arrays:
        weights: Floats = arrays["weights"].astype(np.float32)
    return weights

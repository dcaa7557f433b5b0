"""The labels of the tagging heads, and which tag may follow which (BIOES)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ENTITY_LABELS = ("PERSON", "ORG", "LOC", "FAC", "NORP", "DATE", "MONEY", "PRODUCT", "MISC")
CUE_LABELS = ("cue",)
LOOSE_LABELS = ("content",)
"""What is quoted without a cue: the next paragraph of a speech, for the most part."""
ROLE_LABELS = ("source", "content")
"""What a word can be to a cue."""
PHRASE_LABELS = ("role", "nominal")
"""A role beside a person's name ("the mayor of Bath"), a noun phrase that stands for a person."""
CONVENTIONS = ("press", "polnear", "annotated")
"""Who decided what counts as an attribution: records follow the first, the last is that of the
annotations in the package.
"""
TAGGERS = {"cue": CUE_LABELS, "loose": LOOSE_LABELS, "phrase": PHRASE_LABELS}
"""The layers of tags beside the entities, each with its labels."""
UPOS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
)  # fmt: skip


def bioes_tags(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tags of ``labels``: O, then B-, I-, E- and S- of each."""
    return ("O", *(f"{part}-{label}" for label in labels for part in "BIES"))


def legal_transitions(labels: tuple[str, ...]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which tag may follow which (from row to column), and which may open a line.

    What may open may also follow a closing tag; what may close a line is what opening may follow.
    """
    tags = bioes_tags(labels)
    opens = np.array([tag[0] in "OBS" for tag in tags])
    closes = np.array([tag[0] in "OES" for tag in tags])
    legal = closes[:, None] & opens[None, :]
    for i, tag in enumerate(tags):
        for j, after in enumerate(tags):
            if tag[0] in "BI" and after[0] in "IE" and tag[2:] == after[2:]:
                legal[i, j] = True
    return legal, opens


def encode_spans(
    spans: list[tuple[int, int, str]], length: int, labels: tuple[str, ...]
) -> list[int]:
    """Return one tag index a word for ``spans`` (first word, end word, label); the first wins."""
    tags = [0] * length
    for start, end, label in spans:
        if any(tags[start:end]) or start >= end:
            continue
        base = 1 + 4 * labels.index(label)
        if end - start == 1:
            tags[start] = base + 3
        else:
            tags[start:end] = [base, *[base + 1] * (end - start - 2), base + 2]
    return tags


def decode_spans(tags: list[int], labels: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """Return the spans (first word, end word, label) of a legal sequence of tag indices."""
    values = np.array(tags, np.intp)
    parts = np.where(values > 0, (values - 1) % 4, 1)
    starts = np.flatnonzero((parts == 0) | (parts == 3))
    ends = np.flatnonzero(parts >= 2) + 1
    kinds = (values[starts] - 1) // 4
    return [
        (start, end, labels[kind])
        for start, end, kind in zip(starts.tolist(), ends.tolist(), kinds.tolist(), strict=True)
    ]

"""The labels of the tagging heads, and which tag may follow which (BIOES)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

ENTITY_LABELS = ("PERSON", "ORG", "LOC", "FAC", "NORP", "DATE", "MONEY", "PRODUCT", "MISC")
ATTRIBUTION_LABELS = ("source", "cue", "content")
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
    spans, start = [], 0
    for i, tag in enumerate(tags):
        part = (tag - 1) % 4
        if tag == 0 or part == 1:
            continue
        if part in (0, 3):
            start = i
        if part in (2, 3):
            spans.append((start, i + 1, labels[(tag - 1) // 4]))
    return spans

"""Role scores: whether each word near a cue is in its source, its content, or neither.

A biaffine layer between a cue and a word scores the tags of the word, as semantic role labeling
does for a predicate and its arguments (Dozat and Manning 2017; Cai et al. 2018). Every cue has a
sequence of tags of its own, so that attributions may stand inside one another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
Range = tuple[int, int]

REACH = 200
"""Words on either side of a cue, inside its line, that may belong to its source or content."""
DENSE = 8
"""Times that each word of a line is scored on either side of its cues, at the most."""
SLOPE = 0.1
_EDGES = np.array((1, 2, 3, 4, 6, 9, 13, 20, 30, 45, 70, 110))
OFFSETS = 2 * (len(_EDGES) + 1) + 1


@dataclass(frozen=True, slots=True)
class RoleWeights:
    """The parameters of the layer, for cue vectors and word vectors of one width.

    ``products`` (tags, width + 1, width + 1) is the biaffine form, whose last row and column go
    with a constant 1; ``offsets`` (OFFSETS, tags) scores how far a word is from the cue.
    """

    products: Floats
    offsets: Floats


def bend(vectors: Floats) -> Floats:
    """Return ``vectors`` past a leaky rectifier, with a constant 1 behind them."""
    bent = np.where(vectors > 0, vectors, SLOPE * vectors)
    return np.concatenate([bent, np.ones((len(bent), 1), bent.dtype)], 1)


def word_offsets(cues: Sequence[Range], reaches: Sequence[Range]) -> Ints:
    """Return the bucket of the distance from each cue of the words in its reach, cue after cue.

    It is 0 inside of a cue; on either side other buckets.
    """
    (starts, ends), (first, last) = np.array(cues).T, np.array(reaches).T
    sizes = last - first
    at = np.arange(sizes.sum()) + np.repeat(first - np.cumsum(sizes) + sizes, sizes)
    before, after = np.repeat(starts, sizes) - 1 - at, at - np.repeat(ends, sizes)
    gaps = np.maximum(before, after)
    sides = 1 + (after >= 0) * (len(_EDGES) + 1)
    buckets: Ints = np.where(gaps < 0, 0, sides + np.searchsorted(_EDGES, gaps, side="right"))
    return buckets


def reach_of(cue: Range, line: Range, *, cues: int = 1) -> Range:
    """Return the words of the cue's line that may belong to it.

    In a line with many ``cues``, denser than any prose, each has the fewer, so that time is linear.
    """
    near = min(REACH, max(1, DENSE * (line[1] - line[0]) // cues))
    return max(line[0], cue[0] - near), min(line[1], cue[1] + near)


def score_roles(
    cues: Floats,
    words: Floats,
    weights: RoleWeights,
    *,
    spans: Sequence[Range],
    reaches: Sequence[Range],
) -> Floats:
    """Return the tag scores of every word in reach of each cue, one cue after the other.

    Args:
        cues: mean vector of each cue, (cues, width).
        words: vector of each word, (words, width).
        weights: of the layer.
        spans: the word range of each cue.
        reaches: the word range that is scored for it.
    """
    asked = np.einsum("cw,twv->ctv", bend(cues), weights.products, optimize=True)
    answering = bend(words)
    rows = [answering[a:b] @ own.T for (a, b), own in zip(reaches, asked, strict=True)]
    scores: Floats = np.concatenate(rows)
    scores += weights.offsets[word_offsets(spans, reaches)]
    return scores

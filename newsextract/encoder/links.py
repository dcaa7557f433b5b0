"""Links between spans: which source a cue has, which cue a content, which antecedent a mention."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_EDGES = (1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 100)
DISTANCE_BUCKETS = 2 * (len(_EDGES) + 1)
Range = tuple[int, int]


def distance_bucket(query: Range, key: Range) -> int:
    """Return the bucket of the distance in words between two spans, by direction."""
    after = key[0] >= query[1]
    gap = key[0] - query[1] if after else query[0] - key[1]
    bucket = sum(gap >= edge for edge in _EDGES)
    return bucket + after * (len(_EDGES) + 1)


def link_scores(
    query: NDArray[np.float32], keys: NDArray[np.float32], distances: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the score of each key: log-odds against no link at all.

    Args:
        query: mean query vector of the span, (width,).
        keys: mean key vectors of the candidates, (n, width).
        distances: the learnt score of each candidate's distance, (n,).
    """
    scores: NDArray[np.float32] = keys @ query / np.float32(query.shape[0] ** 0.5) + distances
    return scores


def span_means(states: NDArray[np.float32], spans: Sequence[Range]) -> NDArray[np.float32]:
    """Return the mean state of each half-open word range, (spans, width)."""
    if not spans:
        return np.zeros((0, states.shape[1]), np.float32)
    return np.stack([states[start:end].mean(0) for start, end in spans])

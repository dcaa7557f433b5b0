"""Links between spans: which source a cue has, which cue a content, which antecedent a mention."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_EDGES = np.array((1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 100))
DISTANCE_BUCKETS = 2 * (len(_EDGES) + 1)
Range = tuple[int, int]
Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


def distance_bucket(query: Range, key: Range) -> int:
    """Return the bucket of the distance in words between two spans, by direction."""
    after = key[0] >= query[1]
    gap = key[0] - query[1] if after else query[0] - key[1]
    return bisect_right(_EDGES, gap) + after * (len(_EDGES) + 1)


def distance_buckets(queries: Ints, keys: Ints) -> Ints:
    """Return the bucket of each pair of spans: both (pairs, 2)."""
    after = keys[:, 0] >= queries[:, 1]
    gaps = np.where(after, keys[:, 0] - queries[:, 1], queries[:, 0] - keys[:, 1])
    return np.searchsorted(_EDGES, gaps, side="right") + after * (len(_EDGES) + 1)


def link_scores(queries: Floats, keys: Floats, distances: Floats) -> Floats:
    """Return the score of each pair: log-odds against no link at all.

    Args:
        queries: mean query vectors of the spans, (pairs, width).
        keys: mean key vectors of their candidates, (pairs, width).
        distances: the learnt score of each pair's distance, (pairs,).
    """
    products: Floats = np.einsum("pw,pw->p", queries, keys)
    return products / np.float32(queries.shape[1] ** 0.5) + distances


def span_means(states: Floats, spans: Sequence[Range]) -> Floats:
    """Return the mean state of each word range, (spans, width); ranges are in order and apart."""
    if not spans:
        return np.zeros((0, states.shape[1]), np.float32)
    edges = np.array(spans)
    within = edges.ravel()[: -1 if spans[-1][1] == len(states) else None]
    sums = np.add.reduceat(states, within, axis=0)[::2]
    means: Floats = sums / np.diff(edges).astype(np.float32)
    return means

"""Word ranges: distances between them, and the mean states of their words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_EDGES = np.array((1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 100))
DISTANCE_BUCKETS = 2 * (len(_EDGES) + 1)
Range = tuple[int, int]
Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


def distance_buckets(queries: Ints, keys: Ints) -> Ints:
    """Return the bucket of the distance in words of each pair of spans, by direction.

    Both are word ranges, (pairs, 2).
    """
    after = keys[:, 0] >= queries[:, 1]
    gaps = np.where(after, keys[:, 0] - queries[:, 1], queries[:, 0] - keys[:, 1])
    buckets: Ints = np.searchsorted(_EDGES, gaps, side="right") + after * (len(_EDGES) + 1)
    return buckets


def span_means(states: Floats, spans: Sequence[Range]) -> Floats:
    """Return the mean state of each word range, (spans, width)."""
    if not spans:
        return np.zeros((0, states.shape[1]), np.float32)
    starts, ends = np.array(spans).T
    sizes = ends - starts
    firsts = np.cumsum(sizes) - sizes
    words = np.repeat(starts - firsts, sizes) + np.arange(sizes.sum())
    sums = np.add.reduceat(states[words], firsts, axis=0)
    means: Floats = (sums / sizes[:, None].astype(np.float32)).astype(np.float32)
    return means

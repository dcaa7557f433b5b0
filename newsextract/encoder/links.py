"""Links between spans: which source a cue has, which cue a content, which antecedent a mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_EDGES = np.array((1, 2, 3, 5, 8, 12, 18, 27, 40, 60, 100))
DISTANCE_BUCKETS = 2 * (len(_EDGES) + 1)
Range = tuple[int, int]
Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
_SURE = 8.0


@dataclass(frozen=True, slots=True)
class Links:
    """For each query span the index of its key span or -1, and the log-odds of that choice."""

    keys: list[int]
    margins: list[float]


def distance_buckets(queries: Ints, keys: Ints) -> Ints:
    """Return the bucket of the distance in words of each pair of spans, by direction.

    Both are word ranges, (pairs, 2).
    """
    after = keys[:, 0] >= queries[:, 1]
    gaps = np.where(after, keys[:, 0] - queries[:, 1], queries[:, 0] - keys[:, 1])
    buckets: Ints = np.searchsorted(_EDGES, gaps, side="right") + after * (len(_EDGES) + 1)
    return buckets


def link_scores(queries: Floats, keys: Floats, distances: Floats) -> Floats:
    """Return the score of each pair: log-odds against no link at all.

    Args:
        queries: mean query vectors of the spans, (pairs, width).
        keys: mean key vectors of their candidates, (pairs, width).
        distances: the learnt score of each pair's distance, (pairs,).
    """
    products = np.einsum("pw,pw->p", queries, keys)
    scores: Floats = (products / np.float32(queries.shape[1] ** 0.5) + distances).astype(np.float32)
    return scores


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


def best_links(
    vectors: tuple[Floats, Floats],
    spans: tuple[list[Range], list[Range]],
    *,
    distances: Floats,
    starts: Sequence[int],
) -> Links:
    """Return for each query span the best key span of its line, or none.

    Args:
        vectors: mean query vectors (queries, width) and mean key vectors (keys, width).
        spans: the word ranges of queries and of keys, each in order.
        distances: the score of each distance bucket.
        starts: where lines start.

    A best score under 0, which is the score of no link, gives none.
    """
    (queries, keys), (asking, answering) = vectors, spans
    if not asking or not answering:
        return Links([-1] * len(asking), [_SURE] * len(asking))
    asked, answered = (np.array(ranges) for ranges in spans)
    lines = [np.searchsorted(starts, ranges[:, 0], side="right") for ranges in (asked, answered)]
    query, key = np.nonzero(lines[0][:, None] == lines[1])
    gaps = distances[distance_buckets(asked[query], answered[key])]
    scores = np.full((len(asked), len(answered)), -np.inf, np.float32)
    scores[query, key] = link_scores(queries[query], keys[key], gaps)
    best: list[int] = np.where(scores.max(1) >= 0, scores.argmax(1), -1).tolist()
    return Links(best, _margins(scores))


def _margins(scores: Floats) -> list[float]:
    """Return the log-odds of the best of each row and of no link, whose score is 0."""
    choices = np.hstack([scores, np.zeros((len(scores), 1))])
    shares = np.exp(choices - choices.max(1, keepdims=True))
    margins: list[float] = np.minimum(-np.log(shares.sum(1) - 1 + np.exp(-_SURE)), _SURE).tolist()
    return margins

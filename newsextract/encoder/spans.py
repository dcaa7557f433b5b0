"""Minimum-Bayes-risk span selection.

The best sequence of tags holds spans that are more likely wrong than right, and lacks others that
several sequences share. Names are therefore chosen by what they are worth on the average over all
sequences (minimum Bayes risk, Goel and Byrne 2000).
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.marginals import BEGIN_END, BEGIN_IN, IN_END, IN_IN, Marginals

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
POSSIBLE = 0.05
"""Spans that are less probable are not looked at."""
WORTH = 0.43
"""What a span must be worth to be found; chosen on dev articles, as the share for edges."""
EXACT = 0.5
"""What the right edges are worth; the rest is for the words that a span shares with a right one."""


class Span(NamedTuple):
    """A candidate span (half-open word range) and the probability of exactly these edges."""

    start: int
    end: int
    label: str
    probability: float


def choose_spans(marginals: Marginals, labels: Sequence[str]) -> list[Span]:
    """Return the disjoint spans that are together worth most, in order.

    Args:
        marginals: the probabilities of the tags of ``labels``.
        labels: the labels, in the order of their tags.
    """
    spans: list[Span] = []
    worths: list[float] = []
    for number, label in enumerate(labels):
        own = sorted(Span(a, b, label, p) for a, b, p in _possible_spans(marginals, number))
        spans += own
        worths += _worth(own)
    order = sorted((n for n in range(len(spans)) if worths[n] > WORTH), key=lambda n: spans[n].end)
    return _disjoint([spans[n] for n in order], [worths[n] - WORTH for n in order])


def _possible_spans(marginals: Marginals, label: int) -> Iterator[tuple[int, int, float]]:
    """Yield (start, end, probability) of each span that is ``POSSIBLE``.

    Of spans that begin at one word, the probability of being longer falls with each word: that
    bounds how far to look, and a long line has no more candidates a word than a short one.
    """
    begin, _, end, alone = marginals.of_label(label).T
    for word in np.flatnonzero(alone > POSSIBLE).tolist():
        yield word, word + 1, float(alone[word])
    steps = marginals.steps[:, :, label]
    inside = np.cumsum(steps[IN_IN])
    falling = -inside
    ends = np.flatnonzero(end > POSSIBLE)
    for start in np.flatnonzero(begin > POSSIBLE).tolist():
        chance = math.log(begin[start])
        if start + 1 < len(end):
            at = np.array([start + 1])
            yield from _if_possible(start, at, chance + steps[BEGIN_END, at])
        if start + 2 < len(end):
            going = chance + steps[BEGIN_IN, start + 1] - inside[start + 1]
            reach = int(np.searchsorted(falling, going - math.log(POSSIBLE), side="right"))
            first, last = np.searchsorted(ends, (start + 2, reach + 1))
            at = ends[first:last]
            yield from _if_possible(start, at, going + inside[at - 1] + steps[IN_END, at])


def _if_possible(start: int, last: Ints, chances: Floats) -> Iterator[tuple[int, int, float]]:
    """Yield the spans from ``start`` through each word of ``last`` that are ``POSSIBLE``."""
    for word, chance in zip(last.tolist(), np.exp(chances).tolist(), strict=True):
        if chance > POSSIBLE:
            yield start, word + 1, chance


def _worth(spans: Sequence[Span]) -> list[float]:
    """Return what each of the spans of one label, in order, is worth on the average."""
    worths = [span.probability for span in spans]
    beside: list[int] = []
    for n, span in enumerate(spans):
        beside = [other for other in beside if spans[other].end > span.start]
        for other in beside:
            shared = (1 - EXACT) * _likeness(spans[other], span)
            worths[n] += shared * spans[other].probability
            worths[other] += shared * span.probability
        beside.append(n)
    return worths


def _likeness(one: Span, other: Span) -> float:
    """Return the words that two spans share, of those of both (Jaccard 1901)."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def _disjoint(spans: Sequence[Span], gains: Sequence[float]) -> list[Span]:
    """Return the disjoint spans with the highest sum of gains; ``spans`` are sorted by end."""
    ends = [span.end for span in spans]
    totals, before = [0.0], []
    for n, (span, gain) in enumerate(zip(spans, gains, strict=True)):
        before.append(bisect_right(ends, span.start, 0, n))
        totals.append(max(totals[-1], totals[before[-1]] + gain))
    chosen: list[Span] = []
    n = len(spans)
    while n:
        if totals[n] > totals[n - 1]:
            chosen.append(spans[n - 1])
            n = before[n - 1]
        else:
            n -= 1
    return chosen[::-1]

"""The stretches of a text in which spans may stand; all else is outside of any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
LEGAL = -1e3
"""Transitions score less than this only where they are illegal."""


@dataclass(frozen=True, slots=True)
class Transitions:
    """Scores of one tag after another (from row to column) and at both ends of a line."""

    between: Floats
    opening: Floats
    closing: Floats


class Stretch(NamedTuple):
    """The words from ``start`` to before ``end``, and whether those open and close their line."""

    start: int
    end: int
    opens: bool
    closes: bool


def find_stretches(
    emissions: Floats,
    lines: Sequence[tuple[int, int]],
    transitions: Transitions,
    *,
    lead: float = 0.0,
) -> list[Stretch]:
    """Return the stretches of ``lines`` whose words may stand in a span, longest first.

    Args:
        emissions: (words, tags); tag 0 is O.
        lines: half-open word ranges; no span crosses from one to the next.
        transitions: the scores that go with the emissions.
        lead: by how much O must lead every span over a word, for the word to be outside.
    """
    if not len(emissions):
        return []
    certain = _leads_of_outside(emissions, transitions) > lead
    stretches = [s for line in lines for s in _uncertain(line, certain)]
    return sorted(stretches, key=lambda s: (s.start - s.end, s.start))


def _leads_of_outside(emissions: Floats, transitions: Transitions) -> NDArray[np.float64]:
    """Return by how much O leads, at the least, whatever spans stand around each word.

    A span gains over O at most the lead of the best other tag of its words, and what the best
    transitions give (sums of stretches from running extremes of a cumulative sum, as for the
    maximum subarray).
    """
    between, opening, closing = transitions.between, transitions.opening, transitions.closing
    beside = np.concatenate((between[0], between[:, 0], opening[:1], closing[:1]))
    most = max(between.max(), opening.max(), closing.max())
    gains = emissions[:, 1:].max(1) - emissions[:, 0] + (most - between[0, 0])
    sums = np.concatenate(([0.0], np.cumsum(gains, dtype=np.float64)))
    lowest = np.minimum.accumulate(sums)[:-1]
    highest = np.maximum.accumulate(sums[::-1])[-2::-1]
    edges = 2 * (most - beside[beside > LEGAL].min())
    leads: NDArray[np.float64] = lowest - highest - edges
    return leads


def _uncertain(line: tuple[int, int], certain: NDArray[np.bool_]) -> list[Stretch]:
    """Return each run of a line's words that are not certainly O."""
    first, last = line
    edges = np.flatnonzero(np.diff(np.concatenate(([True], certain[first:last], [True]))))
    runs = (edges + first).reshape(-1, 2).tolist()
    return [Stretch(start, end, start == first, end == last) for start, end in runs]


def batch_stretches(stretches: list[Stretch], most: int = 4096) -> list[list[Stretch]]:
    """Return groups of stretches, longest first, of a bounded number of cells each."""
    groups: list[list[Stretch]] = []
    for stretch in stretches:
        size = stretch.end - stretch.start
        longest = groups[-1][0].end - groups[-1][0].start if groups else 0
        if not groups or longest * len(groups[-1]) > most or 2 * size < longest - 8:
            groups.append([])
        groups[-1].append(stretch)
    return groups


def lay_side_by_side(stretches: Sequence[Stretch], length: int) -> tuple[Ints, list[int]]:
    """Return the words of ``stretches``, longest first, as columns (steps, stretches) of one table.

    Also returns how many stretches go on at each step; past its end a column holds any word.
    """
    edges = np.array([(s.start, s.end) for s in stretches])
    sizes = edges[:, 1] - edges[:, 0]
    steps = np.arange(sizes[0])
    words = np.minimum(edges[:, 0] + steps[:, None], length - 1)
    live: list[int] = np.searchsorted(-sizes, -steps, side="left").tolist()
    return words, live

"""The best legal sequence of tags (Viterbi 1967), for many stretches of text at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def best_tags(
    emissions: Floats, lines: Sequence[tuple[int, int]], transitions: Transitions
) -> list[int]:
    """Return the best tag of each word; tag 0 is O.

    Args:
        emissions: (words, tags).
        lines: half-open word ranges; no span crosses from one to the next.
        transitions: the scores that go with the emissions.
    """
    if not len(emissions):
        return []
    tags = np.zeros(len(emissions), np.intp)
    certain = _certainly_outside(emissions, transitions)
    stretches = [s for line in lines for s in _uncertain_stretches(line, certain)]
    stretches.sort(key=lambda s: (s[0] - s[1], s[0]))
    for batch in batch_stretches(stretches):
        _decode(emissions, batch, transitions, tags=tags)
    found: list[int] = tags.tolist()
    return found


def _certainly_outside(emissions: Floats, transitions: Transitions) -> NDArray[np.bool_]:
    """Return the words that are O in every best sequence: they cut a line into short stretches.

    A span gains over O at most the lead of the best other tag of its words, and what the best
    transitions give; a word is O if no stretch around it gains (sums of stretches from running
    extremes of a cumulative sum, as for the maximum subarray).
    """
    between, opening, closing = transitions.between, transitions.opening, transitions.closing
    beside = np.concatenate((between[0], between[:, 0], opening[:1], closing[:1]))
    most = max(between.max(), opening.max(), closing.max())
    gains = emissions[:, 1:].max(1) - emissions[:, 0] + (most - between[0, 0])
    sums = np.concatenate(([0.0], np.cumsum(gains, dtype=np.float64)))
    lowest = np.minimum.accumulate(sums)[:-1]
    highest = np.maximum.accumulate(sums[::-1])[-2::-1]
    edges = 2 * (most - beside[beside > LEGAL].min())
    outside: NDArray[np.bool_] = highest - lowest + edges < 0
    return outside


Stretch = tuple[int, int, bool, bool]


def _uncertain_stretches(line: tuple[int, int], certain: NDArray[np.bool_]) -> list[Stretch]:
    """Return (start, end, opens the line, closes the line) of each run that is not certainly O."""
    first, last = line
    edges = np.flatnonzero(np.diff(np.concatenate(([True], certain[first:last], [True]))))
    runs = (edges + first).reshape(-1, 2).tolist()
    return [(start, end, start == first, end == last) for start, end in runs]


def batch_stretches(stretches: list[Stretch], most: int = 4096) -> list[list[Stretch]]:
    """Return groups of stretches, longest first, of a bounded number of cells each."""
    groups: list[list[Stretch]] = []
    for stretch in stretches:
        size = stretch[1] - stretch[0]
        full = not groups or (groups[-1][0][1] - groups[-1][0][0]) * len(groups[-1]) > most
        if full or 2 * size < groups[-1][0][1] - groups[-1][0][0] - 8:
            groups.append([])
        groups[-1].append(stretch)
    return groups


def lay_side_by_side(ranges: Sequence[tuple[int, int]], length: int) -> tuple[Ints, list[int]]:
    """Return the words of ``ranges``, longest first, as columns (steps, ranges) of one table.

    Also returns how many ranges go on at each step; past its end a column holds any word.
    """
    edges = np.array(ranges)
    sizes = edges[:, 1] - edges[:, 0]
    steps = np.arange(sizes[0])
    words = np.minimum(edges[:, 0] + steps[:, None], length - 1)
    live: list[int] = np.searchsorted(-sizes, -steps, side="left").tolist()
    return words, live


def _decode(
    emissions: Floats, stretches: list[Stretch], transitions: Transitions, *, tags: Ints
) -> None:
    """Write the best tags of ``stretches``, longest first, into ``tags``."""
    between = transitions.between
    opens, closes = np.array([s[2:] for s in stretches]).T
    words, live = lay_side_by_side([s[:2] for s in stretches], len(emissions))
    scores = emissions[words].transpose(0, 2, 1).copy()
    scores[0] += np.where(opens, transitions.opening[:, None], between[0][:, None])
    for i in range(1, len(live)):
        n = live[i]
        scores[i, :, :n] += (scores[i - 1, :, None, :n] + between[:, :, None]).max(0)
    following = np.where(closes, transitions.closing[:, None], between[:, :1])
    for i in range(len(live) - 1, -1, -1):
        n = live[i]
        best = (scores[i, :, :n] + following[:, :n]).argmax(0)
        tags[words[i, :n]] = best
        following[:, :n] = between[:, best]

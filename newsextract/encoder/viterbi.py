"""The best legal sequence of tags (Viterbi 1967), for many stretches of text at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
CERTAIN = 10.0
"""Words whose O tag leads by this many nats are O: they cut a line into short stretches."""


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
    tags = [0] * len(emissions)
    if not tags:
        return tags
    others = emissions[:, 1:].max(1)
    certain = emissions[:, 0] - others > CERTAIN
    stretches = [s for line in lines for s in _uncertain_stretches(line, certain)]
    stretches.sort(key=lambda s: (s[0] - s[1], s[0]))
    for batch in _batches(stretches):
        _decode(emissions, batch, transitions, tags=tags)
    return tags


Stretch = tuple[int, int, bool, bool]


def _uncertain_stretches(line: tuple[int, int], certain: NDArray[np.bool_]) -> list[Stretch]:
    """Return (start, end, opens the line, closes the line) of each run that is not certainly O."""
    first, last = line
    edges = np.flatnonzero(np.diff(np.concatenate(([True], certain[first:last], [True]))))
    runs = (edges + first).reshape(-1, 2).tolist()
    return [(start, end, start == first, end == last) for start, end in runs]


def _batches(stretches: list[Stretch], most: int = 4096) -> list[list[Stretch]]:
    """Return groups of stretches, longest first, of a bounded number of cells each."""
    groups: list[list[Stretch]] = []
    for stretch in stretches:
        size = stretch[1] - stretch[0]
        full = not groups or (groups[-1][0][1] - groups[-1][0][0]) * len(groups[-1]) > most
        if full or 2 * size < groups[-1][0][1] - groups[-1][0][0] - 8:
            groups.append([])
        groups[-1].append(stretch)
    return groups


def _decode(
    emissions: Floats, stretches: list[Stretch], transitions: Transitions, *, tags: list[int]
) -> None:
    starts = np.array([s[0] for s in stretches])
    sizes = np.array([s[1] - s[0] for s in stretches])
    opens = np.array([s[2] for s in stretches])[:, None]
    closes = np.array([s[3] for s in stretches])[:, None]
    between = transitions.between
    score = np.where(opens, transitions.opening, between[0]) + emissions[starts]
    back = np.zeros((int(sizes[0]), *score.shape), np.int16)
    for i in range(1, int(sizes[0])):
        live = int(np.searchsorted(-sizes, -i, side="left"))
        paths = score[:live, :, None] + between
        back[i, :live] = paths.argmax(1)
        score[:live] = paths.max(1) + emissions[starts[:live] + i]
    last = (score + np.where(closes, transitions.closing, between[:, 0])).argmax(1).tolist()
    for row, (start, end, _, _) in enumerate(stretches):
        tag = last[row]
        for i in range(end - start - 1, -1, -1):
            tags[start + i] = tag
            tag = int(back[i, row, tag])

"""The lines of a text side by side, so that one pass over them decodes many at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.links import Range

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]
_MOST_CELLS = 1 << 18
"""Words and tags that are decoded at once."""


@dataclass(frozen=True, slots=True)
class Transitions:
    """Scores of one tag after another (from row to column) and at both ends of a line."""

    between: Floats
    opening: Floats
    closing: Floats


def batch_lines(lines: Sequence[Range], *, tags: int) -> list[list[Range]]:
    """Return groups of lines, longest first, of like lengths and bounded size.

    Args:
        lines: half-open word ranges.
        tags: how many tags each word has.
    """
    groups: list[list[Range]] = []
    most = _MOST_CELLS // tags
    longest = 0
    for line in sorted(lines, key=lambda line: (line[0] - line[1], line[0])):
        size = line[1] - line[0]
        if not groups or longest * len(groups[-1]) > most or 4 * size < longest - 8:
            groups.append([])
            longest = size
        groups[-1].append(line)
    return groups


def lay_side_by_side(lines: Sequence[Range]) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Return the words of ``lines``, longest first, as columns (steps, lines) of two tables.

    The first reads each line from its start, the second from its end. Also returns which cells
    are inside; past them a column repeats its last word.
    """
    starts, ends = np.array(lines).T
    steps = np.arange(ends[0] - starts[0])[:, None]
    inside = steps < ends - starts
    return np.minimum(starts + steps, ends - 1), np.maximum(ends - 1 - steps, starts), inside

"""The best legal sequence of tags (Viterbi 1967), for many lines of text at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.lines import Transitions, batch_lines, lay_side_by_side
from newsextract.encoder.links import Range

Floats = NDArray[np.float32]


def best_tags(emissions: Floats, lines: Sequence[Range], transitions: Transitions) -> list[int]:
    """Return the best tag of each word; tag 0 is O.

    Args:
        emissions: (words, tags).
        lines: half-open word ranges; no span crosses from one to the next.
        transitions: the scores that go with the emissions.
    """
    tags = [0] * len(emissions)
    for batch in batch_lines(lines):
        paths = _best_paths(emissions, batch, transitions)
        for (start, end), path in zip(batch, paths, strict=True):
            tags[start:end] = path
    return tags


def _best_paths(
    emissions: Floats, lines: Sequence[Range], transitions: Transitions
) -> Iterator[list[int]]:
    """Yield the best tags of each of ``lines``, longest first."""
    words, _, inside = lay_side_by_side(lines)
    scores = emissions[words].transpose(0, 2, 1).copy()
    scores[0] += transitions.opening[:, None]
    between = transitions.between[:, :, None]
    for i in range(1, len(scores)):
        scores[i] += np.maximum.reduce(scores[i - 1, :, None] + between)
    origins = (scores[:-1, :, None] + between).argmax(1)
    for line, size in enumerate(inside.sum(0).tolist()):
        tag = int((scores[size - 1, :, line] + transitions.closing).argmax())
        path = [tag]
        for origin in origins[: size - 1, :, line][::-1].tolist():
            tag = origin[tag]
            path.append(tag)
        yield path[::-1]

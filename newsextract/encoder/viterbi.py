"""The best legal sequence of tags (Viterbi 1967), for many lines of text at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.lines import Transitions, batch_lines, lay_side_by_side
from newsextract.encoder.links import Range

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


def best_tags(emissions: Floats, lines: Sequence[Range], transitions: Transitions) -> list[int]:
    """Return the best tag of each word; tag 0 is O.

    Args:
        emissions: (words, tags).
        lines: half-open word ranges; no span crosses from one to the next.
        transitions: the scores that go with the emissions.
    """
    tags = np.zeros(len(emissions), np.intp)
    for batch in batch_lines(lines, tags=emissions.shape[1]):
        _decode(emissions, batch, transitions, found=tags)
    best: list[int] = tags.tolist()
    return best


def _decode(
    emissions: Floats, lines: Sequence[Range], transitions: Transitions, *, found: Ints
) -> None:
    """Write the best tags of ``lines``, longest first, into ``found``."""
    words, _, inside = lay_side_by_side(lines)
    scores = emissions[words].transpose(0, 2, 1).copy()
    scores[0] += transitions.opening[:, None]
    between = transitions.between[:, :, None]
    for i in range(1, len(scores)):
        scores[i] += np.maximum.reduce(scores[i - 1, :, None] + between)
    origins = (scores[:-1, :, None] + between).argmax(1)
    origins.transpose(0, 2, 1)[~inside[1:]] = np.arange(scores.shape[1])
    tags, each = np.empty_like(words), np.arange(len(lines))
    tags[-1] = (scores[inside.sum(0) - 1, :, each] + transitions.closing).argmax(1)
    for i in range(len(origins) - 1, -1, -1):
        tags[i] = origins[i, tags[i + 1], each]
    found[words[inside]] = tags[inside]

"""The best legal sequence of tags (Viterbi 1967), for many stretches of text at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.stretches import (
    Stretch,
    Transitions,
    batch_stretches,
    find_stretches,
    lay_side_by_side,
)

Floats = NDArray[np.float32]
Ints = NDArray[np.intp]


def best_tags(
    emissions: Floats, lines: Sequence[tuple[int, int]], transitions: Transitions
) -> list[int]:
    """Return the best tag of each word; tag 0 is O.

    Args:
        emissions: (words, tags).
        lines: half-open word ranges; no span crosses from one to the next.
        transitions: the scores that go with the emissions.
    """
    tags = np.zeros(len(emissions), np.intp)
    for batch in batch_stretches(find_stretches(emissions, lines, transitions)):
        _decode(emissions, batch, transitions, tags=tags)
    found: list[int] = tags.tolist()
    return found


def _decode(
    emissions: Floats, stretches: list[Stretch], transitions: Transitions, *, tags: Ints
) -> None:
    """Write the best tags of ``stretches``, longest first, into ``tags``."""
    between = transitions.between
    opens, closes = np.array([(s.opens, s.closes) for s in stretches]).T
    words, live = lay_side_by_side(stretches, len(emissions))
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

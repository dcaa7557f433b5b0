"""How probable tags and spans are: forward and backward over the lines of a text (Baum 1972)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.links import Range
from newsextract.encoder.viterbi import Transitions, batch_stretches, lay_side_by_side

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_LEAST = 1e-30


@dataclass(frozen=True, slots=True)
class Marginals:
    """Probabilities of one text; words in lines that were left out have zeros.

    ``tags`` (words, tags) holds the probability of each tag, ``onward`` (words,) the
    log-probability of the chosen tag given the one chosen for the word before.
    """

    chosen: Ints
    tags: Floats
    onward: Floats

    def span_log_probability(self, span: Range) -> float:
        """Return the log-probability that exactly the chosen tags of ``span`` are right."""
        start, end = span
        first = np.log(self.tags[start, self.chosen[start]] + _LEAST)
        return float(first + self.onward[start + 1 : end].sum())


def tag_marginals(
    emissions: NDArray[np.float32],
    lines: Sequence[Range],
    transitions: Transitions,
    *,
    chosen: Sequence[int],
) -> Marginals:
    """Return the probabilities of all tags, and of the ``chosen`` ones along their path.

    Args:
        emissions: (words, tags).
        lines: half-open word ranges, the lines to read.
        transitions: the scores that go with the emissions.
        chosen: a legal tag of each word.
    """
    found = Marginals(
        np.array(chosen, np.intp), np.zeros(emissions.shape), np.zeros(len(emissions))
    )
    stretches = sorted(((a, b, True, True) for a, b in lines), key=lambda s: (s[0] - s[1], s[0]))
    for batch in batch_stretches(stretches):
        _read_lines(emissions, [(s[0], s[1]) for s in batch], transitions, found=found)
    return found


def _read_lines(
    emissions: NDArray[np.float32],
    lines: Sequence[Range],
    transitions: Transitions,
    *,
    found: Marginals,
) -> None:
    """Write the probabilities of ``lines``, longest first, into ``found``."""
    words, live = lay_side_by_side(lines, len(emissions))
    own = emissions[words].astype(np.float64).transpose(0, 2, 1)
    own = np.exp(own - own.max(1, keepdims=True))
    between = np.exp(transitions.between.astype(np.float64))
    opening, closing = (
        np.exp(scores.astype(np.float64))[:, None]
        for scores in (transitions.opening, transitions.closing)
    )
    ahead, norms = _forward(own, between, opening, live)
    behind = _backward(own, between, closing, live, norms=norms)
    rows = np.arange(len(lines))
    for i, n in enumerate(live):
        at = words[i, :n]
        both = ahead[i, :, :n] * behind[i, :, :n]
        found.tags[at] = (both / both.sum(0)).T
        if i:
            tag, before = found.chosen[at], found.chosen[words[i - 1, :n]]
            part = rows[:n]
            share = between[before, tag] * own[i, tag, part] * behind[i, tag, part]
            share /= norms[i, :n] * behind[i - 1, before, part] + _LEAST
            found.onward[at] = np.log(share + _LEAST)


def _forward(
    own: Floats, between: Floats, opening: Floats, live: Sequence[int]
) -> tuple[Floats, Floats]:
    """Return the shares of tags given the words so far, and what each step was divided by."""
    ahead, norms = own.copy(), np.ones((len(own), own.shape[2]))
    ahead[0] *= opening
    for i, n in enumerate(live):
        if i:
            ahead[i, :, :n] *= (ahead[i - 1, :, None, :n] * between[:, :, None]).sum(0)
        norms[i, :n] = ahead[i, :, :n].sum(0)
        ahead[i, :, :n] /= norms[i, :n]
    return ahead, norms


def _backward(
    own: Floats, between: Floats, closing: Floats, live: Sequence[int], *, norms: Floats
) -> Floats:
    """Return how probable the words to come are after each tag, in the measure of ``norms``."""
    behind = np.zeros_like(own)
    for i in range(len(live) - 1, -1, -1):
        going = live[i + 1] if i + 1 < len(live) else 0
        behind[i, :, going : live[i]] = closing
        if going:
            coming = own[i + 1, :, :going] * behind[i + 1, :, :going] / norms[i + 1, :going]
            behind[i, :, :going] = (between[:, :, None] * coming).sum(1)
    return behind

"""How probable tags are: forward and backward over the lines of a text (Baum 1972)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.links import Range
from newsextract.encoder.stretches import Transitions, batch_lines, lay_side_by_side

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
_LEAST = 1e-30


@dataclass(frozen=True, slots=True)
class Marginals:
    """Probabilities of the tags of one text; BIOES, so that four tags belong to each label.

    ``tags`` (words, tags) holds the probability of each tag. ``steps`` (4, words, labels) holds
    log-probabilities of a word's tag given that of the word before: a span that begins there goes
    on (``BEGIN_IN``) or ends (``BEGIN_END``), a span inside goes on (``IN_IN``) or ends
    (``IN_END``).
    """

    tags: Floats
    steps: Floats

    def of_label(self, label: int) -> Floats:
        """Return the probabilities of the four tags of ``label``, (words, 4)."""
        return self.tags[:, 1 + 4 * label : 5 + 4 * label]

    def span_probability(self, span: Range, label: int) -> float:
        """Return the probability that the words of ``span``, and just these, have ``label``."""
        start, end = span
        begin, _, _, alone = self.of_label(label)[start]
        steps = self.steps[:, start + 1 : end, label]
        if end - start == 1:
            return float(alone)
        if end - start == 2:
            return float(begin * np.exp(steps[BEGIN_END, 0]))
        inside = steps[BEGIN_IN, 0] + steps[IN_IN, 1:-1].sum() + steps[IN_END, -1]
        return float(begin * np.exp(inside))


BEGIN_IN, BEGIN_END, IN_IN, IN_END = range(4)
_STEPS = ((1, 2), (1, 3), (2, 2), (2, 3))
"""The tags of the first label that each kind of step goes from and to."""
_RESCALED = 4
"""Words after which shares are scaled to sum to one again."""


def tag_marginals(
    emissions: NDArray[np.float32], lines: Sequence[Range], transitions: Transitions
) -> Marginals:
    """Return the probabilities of all tags.

    Args:
        emissions: (words, tags).
        lines: half-open word ranges; no span crosses from one to the next.
        transitions: the scores that go with the emissions.

    Outside of ``lines`` all is O.
    """
    words, tags = emissions.shape
    impossible = np.full((4, words, (tags - 1) // 4), np.log(_LEAST))
    found = Marginals(np.zeros((words, tags)), impossible)
    found.tags[:, 0] = 1.0
    for batch in batch_lines(lines):
        _read_lines(emissions, batch, transitions, found=found)
    return found


def _read_lines(
    emissions: NDArray[np.float32],
    lines: Sequence[Range],
    transitions: Transitions,
    *,
    found: Marginals,
) -> None:
    """Write the probabilities of ``lines``, longest first, into ``found``."""
    words, sizes = lay_side_by_side(lines, len(emissions))
    own = emissions[words].astype(np.float64).transpose(0, 2, 1)
    own = np.exp(own - own.max(1, keepdims=True))
    between, opening, closing = (
        np.exp(scores.astype(np.float64))
        for scores in (transitions.between, transitions.opening, transitions.closing)
    )
    ahead, scales = _forward(own, between, opening)
    behind = _backward(own, between, closing, sizes, scales=scales)
    inside = np.arange(len(words))[:, None] < sizes
    both = (ahead * behind).transpose(0, 2, 1)[inside]
    found.tags[words[inside]] = both / both.sum(1, keepdims=True)
    coming = own[1:] * behind[1:] / scales[1:, None]
    for kind, (tag, after) in enumerate(_STEPS):
        change = between[tag::4, after::4].diagonal()[:, None]
        share = change * coming[:, after::4] / (behind[:-1, tag::4] + _LEAST)
        shares = share.transpose(0, 2, 1)[inside[1:]]
        found.steps[kind, words[1:][inside[1:]]] = np.log(shares + _LEAST)


def _forward(own: Floats, between: Floats, opening: Floats) -> tuple[Floats, Floats]:
    """Return the shares of tags given the words so far, and what each step was divided by."""
    ahead, scales = own.copy(), np.ones((len(own), own.shape[2]))
    ahead[0] *= opening[:, None]
    turned = between.T.copy()
    for i in range(1, len(own)):
        shares = ahead[i]
        shares *= turned @ ahead[i - 1]
        if i % _RESCALED == 0:
            scales[i] = shares.sum(0)
            shares /= scales[i]
    return ahead, scales


def _backward(
    own: Floats, between: Floats, closing: Floats, sizes: Ints, *, scales: Floats
) -> Floats:
    """Return how probable the words to come are after each tag, in the measure of ``scales``."""
    behind = np.zeros_like(own)
    behind[sizes - 1, :, np.arange(len(sizes))] = closing
    weights = own / scales[:, None]
    live = np.searchsorted(-sizes, -np.arange(1, len(own)), side="left").tolist()
    for i in range(len(own) - 2, -1, -1):
        n = live[i]
        behind[i, :, :n] = between @ (weights[i + 1, :, :n] * behind[i + 1, :, :n])
    return behind

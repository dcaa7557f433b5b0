"""How probable tags are: forward and backward over the lines of a text (Baum 1972)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.links import Range
from newsextract.encoder.stretches import (
    Stretch,
    Transitions,
    batch_stretches,
    find_stretches,
    lay_side_by_side,
)

Floats = NDArray[np.float64]
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
_LEAD = 8.0
"""How far O leads where the probability of spans is negligible, in log-odds."""


def tag_marginals(
    emissions: NDArray[np.float32], lines: Sequence[Range], transitions: Transitions
) -> Marginals:
    """Return the probabilities of all tags.

    Args:
        emissions: (words, tags).
        lines: half-open word ranges; no span crosses from one to the next.
        transitions: the scores that go with the emissions.

    Where spans have a negligible probability, O has all of it.
    """
    words, tags = emissions.shape
    found = Marginals(np.zeros((words, tags)), np.full((4, words, (tags - 1) // 4), np.log(_LEAST)))
    found.tags[:, 0] = 1.0
    for batch in batch_stretches(find_stretches(emissions, lines, transitions, lead=_LEAD)):
        _read_stretches(emissions, batch, transitions, found=found)
    return found


def _read_stretches(
    emissions: NDArray[np.float32],
    stretches: Sequence[Stretch],
    transitions: Transitions,
    *,
    found: Marginals,
) -> None:
    """Write the probabilities of ``stretches``, longest first, into ``found``."""
    words, live = lay_side_by_side(stretches, len(emissions))
    opens, closes = np.array([(s.opens, s.closes) for s in stretches]).T
    own = emissions[words].astype(np.float64).transpose(0, 2, 1)
    own = np.exp(own - own.max(1, keepdims=True))
    between, opening, closing = (
        np.exp(scores.astype(np.float64))
        for scores in (transitions.between, transitions.opening, transitions.closing)
    )
    before = np.where(opens, opening[:, None], between[0][:, None])
    following = np.where(closes, closing[:, None], between[:, :1])
    ahead, norms = _forward(own, between, before, live)
    behind = _backward(own, between, following, live, norms=norms)
    inside = np.arange(len(stretches)) < np.array(live)[:, None]
    both = (ahead * behind).transpose(0, 2, 1)[inside]
    found.tags[words[inside]] = both / both.sum(1, keepdims=True)
    coming = own[1:] * behind[1:] / norms[1:, None]
    for kind, (tag, after) in enumerate(_STEPS):
        change = between[tag::4, after::4].diagonal()[:, None]
        share = change * coming[:, after::4] / (behind[:-1, tag::4] + _LEAST)
        shares = share.transpose(0, 2, 1)[inside[1:]]
        found.steps[kind, words[1:][inside[1:]]] = np.log(shares + _LEAST)


def _forward(
    own: Floats, between: Floats, opening: Floats, live: Sequence[int]
) -> tuple[Floats, Floats]:
    """Return the shares of tags given the words so far, and what each step was divided by."""
    ahead, norms = own.copy(), np.ones((len(own), own.shape[2]))
    ahead[0] *= opening
    for i, n in enumerate(live):
        if i:
            ahead[i, :, :n] *= between.T @ ahead[i - 1, :, :n]
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
        behind[i, :, going : live[i]] = closing[:, going : live[i]]
        if going:
            coming = own[i + 1, :, :going] * behind[i + 1, :, :going] / norms[i + 1, :going]
            behind[i, :, :going] = between @ coming
    return behind

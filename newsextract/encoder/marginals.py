"""How probable tags are: forward and backward over the lines of a text (Baum 1972)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newsextract.encoder.lines import Transitions, batch_lines, lay_side_by_side
from newsextract.encoder.links import Range

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
    own = emissions.astype(np.float64)
    own = np.exp(own - own.max(1, keepdims=True))
    for batch in batch_lines(lines, tags=tags):
        _read_lines(own, batch, transitions, found=found)
    return found


def _read_lines(
    own: Floats, lines: Sequence[Range], transitions: Transitions, *, found: Marginals
) -> None:
    """Write the probabilities of ``lines``, longest first, into ``found``.

    Args:
        own: the weight that each word gives each tag, (words, tags).
        lines: of like lengths.
        transitions: the scores of one tag after another.
        found: all probabilities of the text.
    """
    words, backwards, inside = lay_side_by_side(lines)
    between, opening, closing = (
        np.exp(scores, dtype=np.float64)
        for scores in (transitions.between, transitions.opening, transitions.closing)
    )
    coming, shares = _walk(
        own[np.stack((words, backwards), 1)],
        np.stack((between, between.T)),
        np.stack((opening, closing))[:, None],
    )
    at, back = words[inside], backwards[inside]
    behind, following = np.empty_like(own), np.empty_like(own)
    behind[back], following[back] = coming[:, 1][inside], shares[:, 1][inside]
    both = shares[:, 0][inside] * behind[at]
    found.tags[at] = both / both.sum(1, keepdims=True)
    later = words[1:][inside[1:]]
    before, after = behind[later - 1] + _LEAST, following[later]
    for kind, (tag, to) in enumerate(_STEPS):
        change = between[tag::4, to::4].diagonal()
        share = change * after[:, to::4] / before[:, tag::4]
        found.steps[kind, later] = np.log(share + _LEAST)


def _walk(own: Floats, between: Floats, opening: Floats) -> tuple[Floats, Floats]:
    """Walk along all lines at once, forward and backward.

    Args:
        own: the weight of the tags of each word, (steps, directions, lines, tags).
        between: the weight of one tag after another, (directions, tags, tags).
        opening: the weight of the first tag, (directions, 1, tags).

    Returns:
        The weight of each tag by the words before it, and by its own word too; both are shares
        of those of one step, scaled now and then.
    """
    coming, shares = np.empty_like(own), own.copy()
    coming[0] = opening
    shares[0] *= opening
    for i in range(1, len(own)):
        np.matmul(shares[i - 1], between, coming[i])
        shares[i] *= coming[i]
        if i % _RESCALED == 0:
            shares[i] /= np.add.reduce(shares[i], -1, keepdims=True)
    return coming, shares

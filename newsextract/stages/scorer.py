"""A small fitted network that scores candidates by their features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PARTS = ("hidden", "bias", "output", "direct")


@dataclass(frozen=True, slots=True)
class Scorer:
    """A network of one hidden layer over the features x: score = v · relu(W x + b) + u · x."""

    hidden: Floats
    bias: Floats
    output: Floats
    direct: Floats

    @property
    def parts(self) -> tuple[Floats, Floats, Floats, Floats]:
        """The arrays, in the order of ``PARTS``."""
        return self.hidden, self.bias, self.output, self.direct

    def score(self, rows: Floats) -> Floats:
        """Return the score of each row of features."""
        scores: Floats = np.maximum(rows @ self.hidden + self.bias, 0) @ self.output
        return scores + rows @ self.direct


@cache
def read_scorer(path: Path) -> Scorer:
    """Return the fitted scorer in a file."""
    with np.load(path) as arrays:
        return Scorer(*(arrays[name].astype(np.float32) for name in PARTS))


def write_scorer(scorer: Scorer, path: Path) -> None:
    """Write a scorer for :func:`read_scorer`."""
    hidden, bias, output, direct = (part.astype(np.float16) for part in scorer.parts)
    np.savez(path, hidden=hidden, bias=bias, output=output, direct=direct)

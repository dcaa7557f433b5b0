"""Share emission scores between repeated names."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
SHARE = 0.75
"""How far a word's scores move to the mean of its occurrences; chosen on dev articles."""


def agree(emissions: Floats, texts: Sequence[str]) -> Floats:
    """Return the tag scores, with those of each repeated name moved toward their mean.

    "Ozola" alone in a headline is told from a company by "Marta Ozola" in the text. Only words
    that begin with a capital take part: of others too few are names, and a number is now a part
    of one ("CFC 2"), now a count.

    Args:
        emissions: (words, tags).
        texts: the words.
    """
    at = [i for i, text in enumerate(texts) if text[0].isupper()]
    if not at:
        return emissions
    _, group, sizes = np.unique([texts[i] for i in at], return_inverse=True, return_counts=True)
    sums = np.zeros((len(sizes), emissions.shape[1]), np.float32)
    np.add.at(sums, group, emissions[at])
    moved = emissions.copy()
    moved[at] += SHARE * (sums[group] / sizes[group, None] - emissions[at])
    return moved
